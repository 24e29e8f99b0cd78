"""The client of openapi-generator's `python`, used as a bot would."""

import os

from openapi_client import (
    ApiClient,
    Configuration,
    MemberCreate,
    MemberPatch,
    MemberPrivacyPatch,
    Privacy,
    PrivacyPatch,
    ProxyTagPatch,
    SwitchCreate,
)
from openapi_client.api.members_api import MembersApi
from openapi_client.api.switches_api import SwitchesApi
from openapi_client.api.systems_api import SystemsApi
from openapi_client.exceptions import NotFoundException
from openapi_client.models.member_guild_settings_not_found import MemberGuildSettingsNotFound
from openapi_client.models.member_not_found import MemberNotFound

configuration = Configuration(
    host=os.environ["PLURALKIT_URL"], api_key={"LegacyToken": os.environ["PLURALKIT_TOKEN"]}
)
with ApiClient(configuration) as client:
    client.user_agent = "languages/1.0 (me@example.com)"
    systems, members, switches = SystemsApi(client), MembersApi(client), SwitchesApi(client)

    assert systems.get_system("@me").id == "harbor"
    assert systems.get_system("nooks").privacy is None
    assert len(members.list_members("@me")) >= 5

    created = members.create_member(MemberCreate(name="Juniper", proxy_tags=[ProxyTagPatch(prefix="j:")]))
    changed = members.update_member(created.id, MemberPatch(pronouns="they/them"))
    assert changed.pronouns == "they/them" and len(changed.proxy_tags) == 1, "the proxy tags were lost"
    members.update_member(created.id, MemberPatch(privacy=MemberPrivacyPatch(visibility=PrivacyPatch.PRIVACY_PATCH_PRIVATE)))
    cleared = members.update_member(created.id, MemberPatch(pronouns=None))
    assert cleared.pronouns is None
    assert cleared.privacy.visibility == Privacy.PRIVATE, "the privacy was lost"

    # One status, two kinds of errors.
    for reference, kind in ((created.id, MemberGuildSettingsNotFound), ("zzzzz", MemberNotFound)):
        try:
            members.get_member_guild_settings(reference, "920000000000000009")
            raise AssertionError("the settings should not be found")
        except NotFoundException as error:
            assert isinstance(error.data.actual_instance, kind), type(error.data.actual_instance)

    switch = switches.create_switch("@me", SwitchCreate(members=[created.id]))
    assert switch.members[0].id == created.id
    switches.delete_switch("@me", switch.id)
    members.delete_member(created.id)

    try:
        members.get_member("zzzzz")
        raise AssertionError("the member should not be found")
    except NotFoundException as error:
        assert isinstance(error.data, MemberNotFound), type(error.data)
    nobody = switches.get_fronters_with_http_info("nooks")
    assert nobody.status_code == 204 and nobody.data is None
print("ok")
