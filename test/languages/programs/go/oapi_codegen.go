// The client of oapi-codegen, used as a bot would.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"languages/client"
)

func check(condition bool, message string) {
	if !condition {
		panic(message)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	ctx := context.Background()
	headers := client.WithRequestEditorFn(func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", os.Getenv("PLURALKIT_TOKEN"))
		request.Header.Set("User-Agent", "languages/1.0 (me@example.com)")
		return nil
	})
	api := must(client.NewClientWithResponses(os.Getenv("PLURALKIT_URL"), headers))

	check(must(api.GetSystemWithResponse(ctx, "@me")).JSON200.Id == "harbor", "the system")
	check(must(api.GetSystemWithResponse(ctx, "nooks")).JSON200.Privacy == nil, "the privacy of others")
	check(len(*must(api.ListMembersWithResponse(ctx, "@me")).JSON200) >= 5, "the members")

	prefix, pronouns := "j:", "they/them"
	body := client.MemberCreate{Name: "Juniper", ProxyTags: &[]client.ProxyTagPatch{{Prefix: &prefix}}}
	created := must(api.CreateMemberWithResponse(ctx, body)).JSON200
	changed := must(api.UpdateMemberWithResponse(ctx, created.Id, client.MemberPatch{Pronouns: &pronouns})).JSON200
	check(*changed.Pronouns == pronouns, "the pronouns")
	check(len(changed.ProxyTags) == 1, "the proxy tags were lost")

	// A field that is nil is omitted: an empty text clears it.
	private, empty := client.PRIVACYPATCHPRIVATE, ""
	hidden := client.MemberPatch{Privacy: &client.MemberPrivacyPatch{Visibility: &private}}
	must(api.UpdateMemberWithResponse(ctx, created.Id, hidden))
	cleared := must(api.UpdateMemberWithResponse(ctx, created.Id, client.MemberPatch{Pronouns: &empty})).JSON200
	check(cleared.Pronouns == nil, "the cleared pronouns")
	check(cleared.Privacy.Visibility == client.Private, "the privacy was lost")

	// One status, two kinds of errors: their codes tell them apart.
	for reference, code := range map[string]int{created.Id: 20010, "zzzzz": 20002} {
		response := must(api.GetMemberGuildSettingsWithResponse(ctx, reference, "920000000000000009"))
		check(int(must(response.JSON404.AsMemberGuildSettingsNotFound()).Code) == code, "the code of the error")
	}

	logged := client.SwitchCreate{Members: []client.MemberReference{created.Id}}
	registered := must(api.CreateSwitchWithResponse(ctx, "@me", logged)).JSON200
	check(must(api.DeleteSwitchWithResponse(ctx, "@me", registered.Id)).StatusCode() == 204, "the switch")
	check(must(api.DeleteMemberWithResponse(ctx, created.Id)).StatusCode() == 204, "the deletion")

	missing := must(api.GetMemberWithResponse(ctx, "zzzzz"))
	check(missing.JSON404 != nil && missing.JSON404.Code == 20002, "the type of the error")
	nobody := must(api.GetFrontersWithResponse(ctx, "nooks"))
	check(nobody.StatusCode() == 204 && nobody.JSON200 == nil, "the fronters")
	fmt.Println("ok")
}
