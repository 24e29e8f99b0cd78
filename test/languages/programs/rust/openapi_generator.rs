//! The client of openapi-generator's `rust`, used as a bot would.

use openapi::apis::{Error, configuration::{ApiKey, Configuration}, members_api, switches_api, systems_api};
use openapi::models::{MemberNotFoundOrMemberGuildSettingsNotFound as NotFound, MemberCreate, MemberPatch, MemberPrivacyPatch, Privacy, PrivacyPatch, ProxyTagPatch, SwitchCreate};
use std::env;

#[tokio::main]
async fn main() {
    let api = Configuration {
        base_path: env::var("PLURALKIT_URL").unwrap(),
        user_agent: Some("languages/1.0 (me@example.com)".to_string()),
        api_key: Some(ApiKey { prefix: None, key: env::var("PLURALKIT_TOKEN").unwrap() }),
        ..Configuration::default()
    };

    assert_eq!(systems_api::get_system(&api, "@me").await.unwrap().id, "harbor");
    assert!(systems_api::get_system(&api, "nooks").await.unwrap().privacy.is_none());
    assert!(members_api::list_members(&api, "@me").await.unwrap().len() >= 5);

    let mut body = MemberCreate::new("Juniper".to_string());
    body.proxy_tags = Some(vec![ProxyTagPatch { prefix: Some(Some("j:".to_string())), suffix: None }]);
    let created = members_api::create_member(&api, body).await.unwrap();
    let update = async |patch| members_api::update_member(&api, &created.id, patch).await.unwrap();
    let changed = update(MemberPatch { pronouns: Some(Some("they/them".to_string())), ..Default::default() }).await;
    assert_eq!(changed.pronouns.as_deref(), Some("they/them"));
    assert_eq!(changed.proxy_tags.len(), 1, "the proxy tags were lost");
    let privacy = MemberPrivacyPatch { visibility: Some(Some(PrivacyPatch::PRIVACY_PATCH_PRIVATE)), ..Default::default() };
    update(MemberPatch { privacy: Some(Some(Box::new(privacy))), ..Default::default() }).await;
    let cleared = update(MemberPatch { pronouns: Some(None), ..Default::default() }).await;
    assert_eq!(cleared.pronouns, None);
    assert_eq!(cleared.privacy.visibility, Privacy::Private, "the privacy was lost");

    // One status, two kinds of errors.
    let settings = async |reference| match members_api::get_member_guild_settings(&api, reference, "920000000000000009").await {
        Err(Error::ResponseError(error)) => match error.entity {
            Some(members_api::GetMemberGuildSettingsError::Status404(kind)) => kind,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert!(matches!(settings(&created.id).await, NotFound::MemberGuildSettingsNotFound(_)));
    assert!(matches!(settings("zzzzz").await, NotFound::MemberNotFound(_)));

    let logged = switches_api::create_switch(&api, "@me", SwitchCreate::new(vec![created.id.clone()])).await.unwrap();
    switches_api::delete_switch(&api, "@me", &logged.id.to_string()).await.unwrap();
    members_api::delete_member(&api, &created.id).await.unwrap();

    match members_api::get_member(&api, "zzzzz").await {
        Err(Error::ResponseError(error)) => {
            assert!(matches!(error.entity, Some(members_api::GetMemberError::Status404(_))), "{error:?}")
        }
        other => panic!("{other:?}"),
    }
    // A 204 has no body: the client reports that it cannot be parsed.
    match switches_api::get_fronters(&api, "nooks").await {
        Err(Error::Serde(_)) => println!("ok"),
        other => panic!("{other:?}"),
    }
}
