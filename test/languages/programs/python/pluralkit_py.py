"""pluralkit.py against the sandbox: its server is replaced, which it has no option for."""

import os

import pluralkit.v2.client as module

module.SERVER = os.environ["PLURALKIT_URL"]
client = module.Client(os.environ["PLURALKIT_TOKEN"], async_mode=False, user_agent="languages/1.0 (me@example.com)")

assert client.get_system().name == "The Harbour"
members = list(client.get_members())
assert len(members) >= 5
created = client.new_member(name="Juniper")
assert client.update_member(created.id, pronouns="they/them").pronouns == "they/them"
client.delete_member(created.id)
print("ok")
