//! Signing in and out, lock-out, sessions (S1, S4, S23).

use crate::helpers::{Browser, PASSWORD, a_wednesday, both, count, open_session, settle, token_of};
use backend::Backend;
use chrono::Duration;
use domain::sign_in::{IDLE_MINUTES, LOCKOUT_MINUTES, SESSION_HOURS, TRIES_PER_NAME};

const NAME: &str = "oma.valmentaja";

#[tokio::test]
async fn a_password_signs_in_and_a_wrong_one_tells_nothing() {
    for backend in both().await {
        settle(&backend).await;
        token_of(&backend, "OWN").await;
        let browser = Browser::new(&backend);
        let wrong = browser.submit("/sign-in", &[("name", NAME), ("password", "väärä salasana tämä")]).await;
        let nobody = browser.submit("/sign-in", &[("name", NAME), ("password", "väärä salasana tämä")]).await;
        let never_invited =
            browser.submit("/sign-in", &[("name", "toinen.valmentaja"), ("password", PASSWORD)]).await;
        let unknown = browser.submit("/sign-in", &[("name", "ei.ketään"), ("password", PASSWORD)]).await;
        let text = |reply: &crate::helpers::Reply, name: &str| {
            // The page holds the name that was typed, and a number used once.
            let nonce =
                reply.header("content-security-policy").split('\'').nth(3).unwrap_or_default().to_owned();
            let nonce = nonce.trim_start_matches("nonce-");
            reply.body.replace(name, "NAME").replace(nonce, "NONCE")
        };
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Tunnus tai salasana on väärin"));
        assert!(wrong.body.contains(NAME), "the name that was typed is kept");
        assert!(!wrong.body.contains("väärä salasana tämä"), "the password is not");
        assert_eq!(text(&wrong, NAME), text(&nobody, NAME));
        assert_eq!(
            text(&wrong, NAME),
            text(&unknown, "ei.ketään"),
            "a name that is not there looks the same"
        );
        assert_eq!(text(&wrong, NAME), text(&never_invited, "toinen.valmentaja"));

        let right = browser.submit("/sign-in", &[("name", " Oma.Valmentaja "), ("password", PASSWORD)]).await;
        assert_eq!((right.status.as_u16(), right.header("location")), (303, "/"));
        let cookie = right.header("set-cookie");
        for flag in ["__Host-rinnalla=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(flag), "{flag}: {cookie}");
        }
        assert!(!cookie.contains("Domain"));
    }
}

#[tokio::test]
async fn after_many_wrong_tries_even_the_right_password_waits() {
    for backend in both().await {
        settle(&backend).await;
        token_of(&backend, "OWN").await;
        for _ in 0..TRIES_PER_NAME {
            assert!(
                backend
                    .sign_in(NAME, "väärä salasana", "192.0.2.1", "x")
                    .await
                    .expect("a database")
                    .is_none()
            );
        }
        let try_again = async || backend.sign_in(NAME, PASSWORD, "192.0.2.2", "x").await.expect("a database");
        assert!(try_again().await.is_none(), "from any address");
        backend.clock.set(a_wednesday() + Duration::minutes(LOCKOUT_MINUTES + 1));
        assert!(try_again().await.is_some());
    }
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_when_locked() {
    for backend in both().await {
        settle(&backend).await;
        let token = token_of(&backend, "OWN").await;
        let holds = async || backend.actor(&token).await.expect("a database").is_some();
        assert!(holds().await);
        // Used again and again it lasts for hours, and no longer than a day's work.
        let mut now = a_wednesday();
        while now < a_wednesday() + Duration::hours(SESSION_HOURS) - Duration::minutes(IDLE_MINUTES) {
            now += Duration::minutes(IDLE_MINUTES - 1);
            backend.clock.set(now);
            assert!(holds().await, "{now}");
        }
        backend.clock.set(a_wednesday() + Duration::hours(SESSION_HOURS));
        assert!(!holds().await);

        let token = token_of(&backend, "MATE").await;
        backend.clock.set(backend.clock.now() + Duration::minutes(IDLE_MINUTES));
        assert!(backend.actor(&token).await.expect("a database").is_none(), "idle");

        let token = token_of(&backend, "LEAD").await;
        backend.operator_locks("LEAD").await.expect("locked");
        assert!(backend.actor(&token).await.expect("a database").is_none(), "locked");
        assert!(
            backend.sign_in("tiimin.vetäjä", PASSWORD, "192.0.2.1", "x").await.expect("a database").is_none()
        );
    }
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_of_mine_and_no_other() {
    for backend in both().await {
        settle(&backend).await;
        let first = token_of(&backend, "OWN").await;
        let second =
            backend.sign_in(NAME, PASSWORD, "192.0.2.1", "x").await.expect("a database").expect("a session");
        let mate = token_of(&backend, "MATE").await;
        let browser = Browser::new(&backend).with(Some(&first));
        let sessions = browser.ask(&serde_json::json!("sign_ins")).await.json();
        assert_eq!(sessions["sign_ins"].as_array().map(Vec::len), Some(2));
        let reply = browser.submit("/sign-out-everywhere", &[]).await;
        assert!(reply.header("set-cookie").contains("Max-Age=0"));
        for token in [first.as_str(), second.reveal()] {
            let gone = Browser::new(&backend).with(Some(token)).open("/").await;
            assert_eq!((gone.status.as_u16(), gone.header("location")), (303, "/sign-in"));
        }
        assert!(backend.actor(&mate).await.expect("a database").is_some());
    }
}

#[tokio::test]
async fn no_token_and_no_password_is_kept_in_the_clear() {
    for backend in both().await {
        settle(&backend).await;
        let token = token_of(&backend, "OWN").await;
        assert_eq!(token.len(), 43, "256 bits");
        assert_eq!(
            count(
                &backend,
                "select count(*) from person where password_hash like '$argon2id$v=19$m=19456,t=2,p=1$%'"
            )
            .await,
            1
        );
        assert_eq!(count(&backend, "select count(*) from session where length(token_hash) = 64").await, 1);
    }
}

#[tokio::test]
async fn a_stranger_reads_no_page_and_calls_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::new(&backend);
        for path in ["/", "/employers", "/visits/new", "/clients", "/more", "/people", "/nowhere"] {
            let reply = browser.open(path).await;
            assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/sign-in"), "{path}");
        }
        let forged = browser.with(Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assert_eq!(forged.open("/").await.status, 303);
    }
}

/// Who asks is looked up over a few connections, which are lent and given back; also by whoever gave up.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_ask_at_once_and_a_session_that_ended_is_known_at_once() {
    for backend in both().await {
        settle(&backend).await;
        let token = open_session(&backend, "OWN").await.to_string();
        let mut asking = Vec::new();
        for at in 0..200 {
            let (backend, token) = (Backend::clone(&backend), token.clone());
            let one = tokio::spawn(async move { backend.actor(&token).await });
            if at % 4 == 0 {
                one.abort();
            } else {
                asking.push(one);
            }
        }
        for one in asking {
            assert!(one.await.expect("an answer").expect("a database").is_some());
        }
        let own = backend.actor(&token).await.expect("a database").expect("a session");
        backend.sign_out_everywhere(&own).await.expect("signed out");
        for _ in 0..8 {
            assert!(backend.actor(&token).await.expect("a database").is_none());
        }
        backend.store.close().await;
        assert!(backend.actor(&token).await.is_err(), "a closed database answers nobody");
    }
}
