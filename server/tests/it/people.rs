//! People and invitations.

use crate::helpers::{Browser, PASSWORD, a_wednesday, actor, both, person, settle, token_of};
use backend::Error;
use chrono::Duration;
use domain::access::AccountState;
use domain::sign_in::{INVITATION_DAYS, PasswordError};

#[tokio::test]
async fn a_lead_sees_the_own_unit_and_invites_who_is_new() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let people = backend.colleagues(&lead).await.expect("people");
        let state = |name: &str| people.iter().find(|one| one.name == name).map(|one| one.state);
        assert_eq!(state("Uusi Valmentaja"), Some(AccountState::New));
        assert_eq!(state("Tiimin Vetäjä"), Some(AccountState::Active));
        assert_eq!(state("Muun Yksikön Valmentaja"), None, "another unit's people are another lead's");
        let link = backend.invite(&lead, person(&backend, "NEW").await).await.expect("a link");
        let session = backend.accept_invitation(link.reveal(), PASSWORD, PASSWORD, "x").await;
        assert!(session.expect("a database").is_ok());
    }
}

#[tokio::test]
async fn nobody_takes_an_account_over_by_inviting() {
    for backend in both().await {
        settle(&backend).await;
        token_of(&backend, "OWN").await;
        let lead = actor(&backend, "LEAD").await;
        for code in ["OWN", "ADMIN", "AWAY"] {
            let refused = backend.invite(&lead, person(&backend, code).await).await;
            assert!(matches!(refused, Err(Error::NotThere)), "{code}");
        }
    }
}

#[tokio::test]
async fn a_link_works_once_and_for_a_week() {
    for backend in both().await {
        settle(&backend).await;
        let link = backend.operator_invites("NEW").await.expect("a link");
        let newer = backend.operator_invites("uusi.valmentaja").await.expect("a link");
        assert!(
            matches!(backend.invited(link.reveal()).await, Err(Error::NotThere)),
            "an older link stops working"
        );
        let accept = async |password: &str, again: &str| {
            backend.accept_invitation(newer.reveal(), password, again, "x").await
        };
        assert_eq!(accept("lyhyt", "lyhyt").await.expect("a link").err(), Some(PasswordError::TooShort));
        assert_eq!(accept(PASSWORD, "toinen").await.expect("a link").err(), Some(PasswordError::Differ));
        backend.clock.set(a_wednesday() + Duration::days(INVITATION_DAYS) + Duration::seconds(1));
        assert!(matches!(accept(PASSWORD, PASSWORD).await, Err(Error::NotThere)), "too late");
        backend.clock.set(a_wednesday());
        assert!(accept(PASSWORD, PASSWORD).await.expect("a link").is_ok());
        assert!(matches!(accept(PASSWORD, PASSWORD).await, Err(Error::NotThere)), "once");
    }
}

#[tokio::test]
async fn the_pages_of_an_invitation_say_what_is_wrong() {
    for backend in both().await {
        settle(&backend).await;
        let link = backend.operator_invites("NEW").await.expect("a link");
        let path = format!("/invitation/{}", link.reveal());
        let browser = Browser::new(&backend);
        let page = browser.open(&path).await;
        assert!(page.body.contains("Tervetuloa, Uusi Valmentaja") && page.body.contains("uusi.valmentaja"));
        let weak = browser.submit(&path, &[("password", "salasana1234"), ("again", "salasana1234")]).await;
        assert_eq!(weak.status, 422);
        assert!(weak.body.contains("Salasana on helppo arvata"));
        let done = browser.submit(&path, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
        assert!(browser.open(&path).await.body.contains("Linkki on käytetty tai vanhentunut"));
    }
}

#[tokio::test]
async fn the_operator_resets_an_account_and_its_sessions_end() {
    for backend in both().await {
        settle(&backend).await;
        let token = token_of(&backend, "OWN").await;
        let link = backend.operator_resets("OWN").await.expect("a link");
        assert!(backend.actor(&token).await.expect("a database").is_none());
        assert!(backend.sign_in("oma.valmentaja", PASSWORD, "x", "x").await.expect("a database").is_none());
        let session = backend.accept_invitation(link.reveal(), PASSWORD, PASSWORD, "x").await;
        assert!(session.expect("a database").is_ok());
        assert!(matches!(backend.operator_invites("NOBODY").await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn a_link_made_in_the_app_is_a_path_of_ours() {
    for backend in both().await {
        settle(&backend).await;
        let lead = Browser::of(&backend, "LEAD").await;
        let reply =
            lead.submit("/people/invite", &[("person", &person(&backend, "NEW").await.to_string())]).await;
        let (_, rest) = reply.body.split_once("value=\"https://rinnalla.test").expect("a whole link");
        let path = rest.split('"').next().unwrap_or_default();
        assert!(path.starts_with("/invitation/"), "{path}");
        assert!(Browser::new(&backend).open(path).await.body.contains("Tervetuloa"));
    }
}
