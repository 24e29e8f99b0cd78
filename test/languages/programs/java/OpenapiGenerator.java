import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.MembersApi;
import org.openapitools.client.api.SwitchesApi;
import org.openapitools.client.api.SystemsApi;
import org.openapitools.client.model.MemberCreate;
import org.openapitools.client.model.MemberGuildSettingsNotFound;
import org.openapitools.client.model.MemberNotFound;
import org.openapitools.client.model.MemberNotFoundOrMemberGuildSettingsNotFound;
import org.openapitools.client.model.MemberPatch;
import org.openapitools.client.model.MemberPrivacyPatch;
import org.openapitools.client.model.Privacy;
import org.openapitools.client.model.PrivacyPatch;
import org.openapitools.client.model.ProxyTagPatch;
import org.openapitools.client.model.SwitchCreate;

/** The client of openapi-generator's `java` with the library `native`, used as a bot would. */
public class OpenapiGenerator {
    static void check(boolean condition, String message) {
        if (!condition) throw new IllegalStateException(message);
    }

    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(java.lang.System.getenv("PLURALKIT_URL"));
        // This library sends no credentials of its own.
        client.setRequestInterceptor(request -> request
            .header("Authorization", java.lang.System.getenv("PLURALKIT_TOKEN"))
            .header("User-Agent", "languages/1.0 (me@example.com)"));
        MembersApi members = new MembersApi(client);
        SwitchesApi switches = new SwitchesApi(client);

        SystemsApi systems = new SystemsApi(client);

        check(systems.getSystem("@me").getId().equals("harbor"), "the system");
        check(systems.getSystem("nooks").getPrivacy() == null, "the privacy of others");
        check(members.listMembers("@me").size() >= 5, "the members");

        MemberCreate body = new MemberCreate().name("Juniper").proxyTags(List.of(new ProxyTagPatch().prefix("j:")));
        var created = members.createMember(body);
        var changed = members.updateMember(created.getId(), new MemberPatch().pronouns("they/them"));
        check("they/them".equals(changed.getPronouns()), "the pronouns");
        check(changed.getProxyTags().size() == 1, "the proxy tags were lost");
        var privacy = new MemberPrivacyPatch().visibility(PrivacyPatch.PRIVACY_PATCH_PRIVATE);
        members.updateMember(created.getId(), new MemberPatch().privacy(privacy));
        var cleared = members.updateMember(created.getId(), new MemberPatch().pronouns(null));
        check(cleared.getPronouns() == null, "the cleared pronouns");
        check(cleared.getPrivacy().getVisibility() == Privacy.PRIVATE, "the privacy was lost");

        // One status, two kinds of errors.
        for (String reference : List.of(created.getId(), "zzzzz")) {
            try {
                members.getMemberGuildSettings(reference, "920000000000000009");
                check(false, "the settings should not be found");
            } catch (ApiException error) {
                var kinds = client.getObjectMapper()
                    .readValue(error.getResponseBody(), MemberNotFoundOrMemberGuildSettingsNotFound.class);
                Class<?> kind = reference.equals("zzzzz") ? MemberNotFound.class : MemberGuildSettingsNotFound.class;
                check(kind.isInstance(kinds.getActualInstance()), "the type of the error");
            }
        }

        var logged = switches.createSwitch("@me", new SwitchCreate().members(List.of(created.getId())));
        switches.deleteSwitch("@me", logged.getId());
        members.deleteMember(created.getId());

        try {
            members.getMember("zzzzz");
            check(false, "the member should not be found");
        } catch (ApiException error) {
            check(error.getCode() == 404, "the status");
            MemberNotFound missing = client.getObjectMapper().readValue(error.getResponseBody(), MemberNotFound.class);
            check(missing.getCode().getValue() == 20002, "the code");
        }
        check(switches.getFrontersWithHttpInfo("nooks").getStatusCode() == 204, "the fronters");
        java.lang.System.out.println("ok");
    }
}
