import okhttp3.OkHttpClient
import org.openapitools.client.apis.MembersApi
import org.openapitools.client.apis.SwitchesApi
import org.openapitools.client.apis.SystemsApi
import org.openapitools.client.infrastructure.ApiClient
import org.openapitools.client.infrastructure.ClientError
import org.openapitools.client.infrastructure.ClientException
import org.openapitools.client.infrastructure.Serializer
import org.openapitools.client.models.MemberCreate
import org.openapitools.client.models.MemberPatch
import org.openapitools.client.models.MemberPrivacyPatch
import org.openapitools.client.models.Privacy
import org.openapitools.client.models.PrivacyPatch
import org.openapitools.client.models.ProxyTagPatch
import org.openapitools.client.models.SwitchCreate

/** The code of an error. Enums of integers are read as positions, so that the model of the error can't be read. */
fun codeOf(call: () -> Unit): Int = try {
    call()
    error("there should be nothing")
} catch (failure: ClientException) {
    check(failure.statusCode == 404)
    val body = (failure.response as ClientError<*>).body as String
    Serializer.jacksonObjectMapper.readTree(body)["code"].asInt()
}

/** The client of openapi-generator's `kotlin`, used as a bot would. */
fun main() {
    val url = java.lang.System.getenv("PLURALKIT_URL")
    ApiClient.apiKey["Authorization"] = java.lang.System.getenv("PLURALKIT_TOKEN")
    val http = OkHttpClient.Builder().addInterceptor { chain ->
        chain.proceed(chain.request().newBuilder().header("User-Agent", "languages/1.0 (me@example.com)").build())
    }.build()
    val systems = SystemsApi(url, http)
    val members = MembersApi(url, http)
    val switches = SwitchesApi(url, http)

    check(systems.getSystem("@me").id == "harbor")
    check(systems.getSystem("nooks").privacy == null)
    check(members.listMembers("@me").size >= 5)
    val owned = members.listMembers("@me").first().id

    val created = members.createMember(MemberCreate(name = "Juniper", proxyTags = listOf(ProxyTagPatch(prefix = "j:"))))
    val changed = members.updateMember(created.id, MemberPatch(pronouns = "they/them"))
    check(changed.pronouns == "they/them")
    check(changed.proxyTags.size == 1) { "the proxy tags were lost" }
    members.updateMember(created.id, MemberPatch(privacy = MemberPrivacyPatch(visibility = PrivacyPatch.PRIVACY_PATCH_PRIVATE)))
    // A field that is null is omitted: an empty text clears it.
    val cleared = members.updateMember(created.id, MemberPatch(pronouns = ""))
    check(cleared.pronouns == null)
    check(cleared.privacy.visibility == Privacy.`private`) { "the privacy was lost" }

    val logged = switches.createSwitch("@me", SwitchCreate(members = listOf(created.id)))
    switches.deleteSwitch("@me", logged.id)
    members.deleteMember(created.id)

    check(codeOf { members.getMember("zzzzz") } == 20002)
    // One status, two kinds of errors.
    check(codeOf { members.getMemberGuildSettings("zzzzz", "920000000000000009") } == 20002)
    check(codeOf { members.getMemberGuildSettings(owned, "920000000000000009") } == 20010)
    check(switches.getFrontersWithHttpInfo("nooks").statusCode == 204)
    println("ok")
}
