"""Tests in Python against a sandbox that listens at PLURALKIT_URL, with the standard library alone."""

import json
import os
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

URL = os.environ.get("PLURALKIT_URL", "http://127.0.0.1:4011/v2")
SANDBOX = URL.removesuffix("/v2") + "/_sandbox"


def call(method, url, body=None, token=None):
    headers = {"User-Agent": "my-tests/1.0 (me@example.com)"}
    if token is not None:
        headers["Authorization"] = token
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    with urlopen(Request(url, data=data, headers=headers, method=method)) as response:
        text = response.read()
        return json.loads(text) if text else None


class SandboxTest(unittest.TestCase):
    def setUp(self):
        call("POST", f"{SANDBOX}/reset")
        systems = call("GET", f"{SANDBOX}/world")["systems"]
        self.token = next(system["token"] for system in systems if system["id"] == "harbor")

    def test_renames_a_member(self):
        call("PATCH", f"{URL}/members/marina", {"name": "Mar"}, self.token)
        self.assertEqual(call("GET", f"{URL}/members/marina")["name"], "Mar")

    def test_finds_no_member(self):
        with self.assertRaises(HTTPError) as raised:
            call("GET", f"{URL}/members/zzzzz")
        self.assertEqual(json.loads(raised.exception.read())["code"], 20002)


if __name__ == "__main__":
    unittest.main()
