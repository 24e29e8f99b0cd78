"""The client of openapi-python-client, used as a bot would."""

import os

from plural_kit_api_client import AuthenticatedClient
from plural_kit_api_client.api.members import (
    create_member,
    delete_member,
    get_member,
    get_member_guild_settings,
    list_members,
    update_member,
)
from plural_kit_api_client.api.switches import create_switch, delete_switch, get_fronters
from plural_kit_api_client.api.systems import get_system
from plural_kit_api_client.models import (
    MemberCreate,
    MemberGuildSettingsNotFound,
    MemberNotFound,
    MemberPatch,
    MemberPrivacyPatch,
    OwnMember,
    Privacy,
    PrivacyPatch,
    ProxyTagPatch,
    SwitchCreate,
    System,
)

client = AuthenticatedClient(
    base_url=os.environ["PLURALKIT_URL"],
    token=os.environ["PLURALKIT_TOKEN"],
    prefix="",  # a legacy token is sent as it is
    headers={"User-Agent": "languages/1.0 (me@example.com)"},
)

system = get_system.sync("@me", client=client)
assert isinstance(system, System) and system.id == "harbor" and system.privacy, type(system)
other = get_system.sync("nooks", client=client)
assert isinstance(other, System) and other.privacy is None
assert len(list_members.sync("@me", client=client) or []) >= 5

created = create_member.sync(
    client=client, body=MemberCreate(name="Juniper", proxy_tags=[ProxyTagPatch(prefix="j:")])
)
assert isinstance(created, OwnMember), type(created)
changed = update_member.sync(created.id, client=client, body=MemberPatch(pronouns="they/them"))
assert isinstance(changed, OwnMember), type(changed)
assert changed.pronouns == "they/them" and len(changed.proxy_tags) == 1, "the proxy tags were lost"
privacy = MemberPrivacyPatch(visibility=PrivacyPatch.PRIVACY_PATCH_PRIVATE)
update_member.sync(created.id, client=client, body=MemberPatch(privacy=privacy))
cleared = update_member.sync(created.id, client=client, body=MemberPatch(pronouns=None))
assert isinstance(cleared, OwnMember) and cleared.pronouns is None
assert cleared.privacy.visibility == Privacy.PRIVATE, "the privacy was lost"

# One status, two kinds of errors.
guild = "920000000000000009"
unset = get_member_guild_settings.sync(created.id, guild, client=client)
assert isinstance(unset, MemberGuildSettingsNotFound), type(unset)
missing = get_member_guild_settings.sync("zzzzz", guild, client=client)
assert isinstance(missing, MemberNotFound), type(missing)

switch = create_switch.sync("@me", client=client, body=SwitchCreate(members=[created.id]))
assert hasattr(switch, "members"), type(switch)
assert delete_switch.sync_detailed("@me", str(switch.id), client=client).status_code == 204
assert delete_member.sync_detailed(created.id, client=client).status_code == 204

missing = get_member.sync("zzzzz", client=client)
assert isinstance(missing, MemberNotFound), type(missing)
nobody = get_fronters.sync_detailed("nooks", client=client)
assert nobody.status_code == 204 and nobody.parsed is None
print("ok")
