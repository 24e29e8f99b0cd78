// The client of ogen, used as a bot would. It has no createSwitch.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/ogen-go/ogen/ogenerrors"

	"languages/client"
)

func check(condition bool, message string) {
	if !condition {
		panic(message)
	}
}

// must gives the response of the type that is expected.
func must[Response any](response any, err error) Response {
	if err != nil {
		panic(err)
	}
	expected, ok := response.(Response)
	check(ok, fmt.Sprintf("the type of the response: %T", response))
	return expected
}

type token string

func (value token) LegacyToken(context.Context, client.OperationName) (client.LegacyToken, error) {
	return client.LegacyToken{APIKey: string(value)}, nil
}

func (token) ApiKey(context.Context, client.OperationName) (client.ApiKey, error) {
	return client.ApiKey{}, ogenerrors.ErrSkipClientSecurity
}

type named struct{}

func (named) Do(request *http.Request) (*http.Response, error) {
	request.Header.Set("User-Agent", "languages/1.0 (me@example.com)")
	return http.DefaultClient.Do(request)
}

func main() {
	ctx := context.Background()
	url, secret := os.Getenv("PLURALKIT_URL"), token(os.Getenv("PLURALKIT_TOKEN"))
	api, err := client.NewClient(url, secret, client.WithClient(named{}))
	check(err == nil, "the client")

	system := must[*client.SystemHeaders](api.GetSystem(ctx, client.GetSystemParams{SystemRef: "@me"}))
	check(system.Response.ID == "harbor", "the system")
	other := must[*client.SystemHeaders](api.GetSystem(ctx, client.GetSystemParams{SystemRef: "nooks"}))
	check(other.Response.Privacy.Null, "the privacy of others")
	members := must[*client.ListMembersOKHeaders](api.ListMembers(ctx, client.ListMembersParams{SystemRef: "@me"}))
	check(len(members.Response) >= 5, "the members")

	prefix := client.ProxyTagPatch{Prefix: client.NewOptNilString("j:")}
	body := client.MemberCreate{Name: "Juniper", ProxyTags: []client.ProxyTagPatch{prefix}}
	created := must[*client.OwnMemberHeaders](api.CreateMember(ctx, &body)).Response
	reference := string(created.ID)
	update := func(patch client.MemberPatch) client.OwnMember {
		params := client.UpdateMemberParams{MemberRef: reference}
		return must[*client.OwnMemberHeaders](api.UpdateMember(ctx, &patch, params)).Response
	}
	changed := update(client.MemberPatch{Pronouns: client.NewOptNilString("they/them")})
	check(changed.Pronouns.Value == "they/them", "the pronouns")
	check(len(changed.ProxyTags) == 1, "the proxy tags were lost")
	hidden := client.MemberPrivacyPatch{Visibility: client.NewOptNilPrivacyPatch(client.PrivacyPatchPrivate)}
	update(client.MemberPatch{Privacy: client.NewOptNilMemberPrivacyPatch(hidden)})
	cleared := update(client.MemberPatch{Pronouns: client.OptNilString{Set: true, Null: true}})
	check(cleared.Pronouns.Null, "the cleared pronouns")
	check(cleared.Privacy.Visibility == client.PrivacyPrivate, "the privacy was lost")
	// One status, two kinds of errors.
	settings := func(reference string) client.MemberNotFoundOrMemberGuildSettingsNotFound {
		params := client.GetMemberGuildSettingsParams{MemberRef: reference, GuildID: "920000000000000009"}
		return must[*client.MemberNotFoundOrMemberGuildSettingsNotFoundHeaders](api.GetMemberGuildSettings(ctx, params)).Response
	}
	check(settings(reference).IsMemberGuildSettingsNotFound(), "the type of the error")
	check(settings("zzzzz").IsMemberNotFound(), "the type of the error")
	must[*client.NoContent](api.DeleteMember(ctx, client.DeleteMemberParams{MemberRef: reference}))

	missing := must[*client.MemberNotFoundHeaders](api.GetMember(ctx, client.GetMemberParams{MemberRef: "zzzzz"}))
	check(missing.Response.Code == 20002, "the code of the error")
	must[*client.GetFrontersNoContent](api.GetFronters(ctx, client.GetFrontersParams{SystemRef: "nooks"}))
	fmt.Println("ok")
}
