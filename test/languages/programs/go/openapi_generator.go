// The client of openapi-generator's `go`, used as a bot would.
package main

import (
	"context"
	"fmt"
	"os"

	openapi "github.com/GIT_USER_ID/GIT_REPO_ID"
)

func check(condition bool, message string) {
	if !condition {
		panic(message)
	}
}

func must[T any](value T, _ any, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	configuration := openapi.NewConfiguration()
	configuration.Servers = openapi.ServerConfigurations{{URL: os.Getenv("PLURALKIT_URL")}}
	configuration.UserAgent = "languages/1.0 (me@example.com)"
	client := openapi.NewAPIClient(configuration)
	keys := map[string]openapi.APIKey{"LegacyToken": {Key: os.Getenv("PLURALKIT_TOKEN")}}
	ctx := context.WithValue(context.Background(), openapi.ContextAPIKeys, keys)

	system := must(client.SystemsAPI.GetSystem(ctx, "@me").Execute())
	check(system.Id == "harbor", "the system")
	other := must(client.SystemsAPI.GetSystem(ctx, "nooks").Execute())
	check(!other.Privacy.IsSet() || other.Privacy.Get() == nil, "the privacy of others")
	members := must(client.MembersAPI.ListMembers(ctx, "@me").Execute())
	check(len(members) >= 5, "the members")

	prefix := "j:"
	body := openapi.NewMemberCreate("Juniper")
	body.ProxyTags = []openapi.ProxyTagPatch{{Prefix: *openapi.NewNullableString(&prefix)}}
	created := must(client.MembersAPI.CreateMember(ctx).MemberCreate(*body).Execute())
	update := func(patch openapi.MemberPatch) *openapi.OwnMember {
		return must(client.MembersAPI.UpdateMember(ctx, created.Id).MemberPatch(patch).Execute())
	}
	pronouns := openapi.NewMemberPatch()
	pronouns.SetPronouns("they/them")
	changed := update(*pronouns)
	check(*changed.Pronouns.Get() == "they/them", "the pronouns")
	check(len(changed.ProxyTags) == 1, "the proxy tags were lost")

	privacy, hidden := openapi.NewMemberPrivacyPatch(), openapi.NewMemberPatch()
	privacy.SetVisibility(openapi.PRIVACY_PATCH_PRIVATE)
	hidden.SetPrivacy(*privacy)
	update(*hidden)
	pronouns.SetPronounsNil()
	cleared := update(*pronouns)
	check(cleared.Pronouns.Get() == nil, "the cleared pronouns")
	check(cleared.Privacy.Visibility == openapi.PRIVATE, "the privacy was lost")

	// One status, two kinds of errors.
	settings := func(reference string) openapi.MemberNotFoundOrMemberGuildSettingsNotFound {
		_, _, err := client.MembersAPI.GetMemberGuildSettings(ctx, reference, "920000000000000009").Execute()
		return err.(*openapi.GenericOpenAPIError).Model().(openapi.MemberNotFoundOrMemberGuildSettingsNotFound)
	}
	unset, unknown := settings(created.Id), settings("zzzzz")
	check(unset.MemberGuildSettingsNotFound != nil && unset.MemberNotFound == nil, "the type of the error")
	check(unknown.MemberNotFound != nil && unknown.MemberGuildSettingsNotFound == nil, "the type of the error")

	logged := openapi.NewSwitchCreate([]string{created.Id})
	created_switch := must(client.SwitchesAPI.CreateSwitch(ctx, "@me").SwitchCreate(*logged).Execute())
	_, err := client.SwitchesAPI.DeleteSwitch(ctx, "@me", created_switch.Id).Execute()
	check(err == nil, "the switch")
	_, err = client.MembersAPI.DeleteMember(ctx, created.Id).Execute()
	check(err == nil, "the deletion")

	_, _, err = client.MembersAPI.GetMember(ctx, "zzzzz").Execute()
	failure, ok := err.(*openapi.GenericOpenAPIError)
	check(ok, "the error")
	_, ok = failure.Model().(openapi.MemberNotFound)
	check(ok, fmt.Sprintf("the type of the error: %T", failure.Model()))
	nobody, response, err := client.SwitchesAPI.GetFronters(ctx, "nooks").Execute()
	check(err == nil && response.StatusCode == 204 && nobody == nil, "the fronters")
	fmt.Println("ok")
}
