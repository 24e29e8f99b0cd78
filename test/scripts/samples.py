"""Runs the Python samples of a document, each in a world of its own. Prints what each of them prints, by operationId."""

import contextlib
import io
import json
import os
import sys

import requests

sandbox = os.environ["PLURALKIT_URL"].removesuffix("/v2") + "/_sandbox"


def run(source):
    # A mock has no world: it responds with 404.
    requests.post(f"{sandbox}/reset", timeout=10)
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            exec(source, {})
    except Exception as error:
        return repr(error)
    return output.getvalue()


with open(sys.argv[1], encoding="utf-8") as file:
    paths = json.load(file)["paths"]
operations = [value for item in paths.values() for value in item.values() if "operationId" in value]
results = {
    operation["operationId"]: run(sample["source"])
    for operation in operations
    for sample in operation["x-codeSamples"]
    if sample["lang"] == "Python"
}
json.dump(results, sys.stdout)
