//! The organisation, for its administrators.

use crate::helpers::{
    Browser, PASSWORD, TestBackend, a_wednesday, both, client, count, id_of, open_session, person, settle,
    token_of,
};
use crate::matrix::{RELATIONS, call, functions, world};
use chrono::{DateTime, Utc};
use uuid::Uuid;

async fn admin(backend: &TestBackend) -> Browser {
    Browser::of(backend, "ADMIN").await
}

async fn as_now(backend: &TestBackend, code: &str) -> Browser {
    let token = open_session(backend, code).await.to_string();
    Browser::new(backend).with(Some(&token))
}

/// What an `<input>` of the page holds.
fn value_of(body: &str, name: &str) -> String {
    let at = body.find(&format!("name=\"{name}\" value=\"")).expect("a field");
    body[at..].split('"').nth(3).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_unit_a_team_and_a_person_come_to_be_and_each_change_is_kept() {
    for backend in both().await {
        settle(&backend).await;
        let admin = admin(&backend).await;
        // A code is suggested and shown before it is saved.
        let fields = [("name", "Itäinen psykiatria"), ("service", "ips"), ("municipality", "Joensuu")];
        let shown = admin.submit("/organisation/units/new", &fields).await;
        assert_eq!(
            (shown.status.as_u16(), value_of(&shown.body, "code")),
            (200, "ITAINEN-PSYKIATRIA".into())
        );
        assert_eq!(count(&backend, "select count(*) from unit").await, 2);
        let taken = admin.submit("/organisation/units/new", &[fields[0], fields[1], ("code", "NORTH")]).await;
        assert!(taken.status == 422 && taken.body.contains("Tunnus on jo käytössä"));
        let saved = admin.submit("/organisation/units/new", &[fields[0], fields[1], ("code", "EAST")]).await;
        assert_eq!(saved.header("location"), "/organisation");
        let east = id_of(&backend, "unit", "EAST").await;
        // The code stays, whatever is sent.
        let path = format!("/organisation/units/{east}");
        admin.submit(&path, &[("name", "Itä"), ("service", "latu"), ("code", "OTHER")]).await;
        assert_eq!(id_of(&backend, "unit", "EAST").await, east);
        let east = east.to_string();
        let team = [("name", "Itäpoli"), ("level", "primary"), ("unit", east.as_str()), ("code", "ITA")];
        assert_eq!(admin.submit("/organisation/teams/new", &team).await.status, 303);
        // A person: a name to sign in with is suggested; posts; an invitation.
        let shown = admin.submit("/organisation/people/new", &[("name", "Oma Valmentaja")]).await;
        let sign_in_name = value_of(&shown.body, "sign_in_name");
        assert_eq!(sign_in_name, "oma.valmentaja2");
        let fields = [("name", "Aino Uusi"), ("sign_in_name", "aino.uusi")];
        let saved = admin.submit("/organisation/people/new", &fields).await;
        let here = saved.header("location").split('?').next().unwrap_or_default().to_owned();
        assert!(admin.open(&here).await.body.contains("Ei tehtäviä"));
        let place = format!("unit {east}");
        let post = |role, from, password| {
            [
                ("role", role),
                ("place", place.as_str()),
                ("share", "50"),
                ("from_day", from),
                ("to_day", ""),
                ("password", password),
            ]
        };
        let posts = format!("{here}/posts");
        assert_eq!(admin.submit(&posts, &post("coach", "2026-11-18", "väärä")).await.status, 422);
        assert_eq!(admin.submit(&posts, &post("referrer", "2026-11-18", PASSWORD)).await.status, 422);
        assert_eq!(admin.submit(&posts, &post("coach", "2026-11-18", PASSWORD)).await.status, 303);
        assert_eq!(admin.submit(&posts, &post("lead", "2027-01-01", PASSWORD)).await.status, 303);
        let page = admin.open(&here).await.body;
        assert!(page.contains("tiiminvetäjä, Itä") && page.contains("50 %"), "{page}");
        let id = here.rsplit('/').next().unwrap_or_default().to_owned();
        let invited = admin.submit("/people/invite", &[("person", &id)]).await;
        assert!(invited.body.contains("/invitation/"), "{}", invited.body);
        admin.submit(&here, &[("name", "Aino Uusitalo")]).await;
        let lead = Browser::of(&backend, "LEAD").await;
        let changes = lead.open("/organisation/changes").await.body;
        for said in
            ["Itäinen psykiatria", "Itä", "Aino Uusi", "Aino Uusitalo", "Ylläpitäjä Itse", "Uusi tehtävä"]
        {
            assert!(changes.contains(said), "{said}");
        }
        assert_eq!(count(&backend, "select count(*) from organisation_change").await, 7);
        assert_eq!(count(&backend, "select count(*) from use_log where action = 'change'").await, 7);
        assert_eq!(Browser::of(&backend, "OWN").await.open("/organisation/changes").await.status, 404);
    }
}

async fn post_of(backend: &TestBackend, code: &str) -> Uuid {
    let who = person(backend, code).await;
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let (post,): (Uuid,) =
        backend::fetch_one!(tx, (Uuid,), "select id from post where person_id = $1 limit 1", who.uuid())
            .expect("a post");
    post
}

#[tokio::test]
async fn the_last_administrator_stays_and_nobody_locks_themselves_out() {
    for backend in both().await {
        settle(&backend).await;
        let admin = admin(&backend).await;
        let own = format!("/organisation/posts/{}/end", post_of(&backend, "ADMIN").await);
        let refused = admin.submit(&own, &[("last", "2026-11-30")]).await;
        assert!(refused.status == 422 && refused.body.contains("täytyy olla ylläpitäjä"), "{}", refused.body);
        let me = person(&backend, "ADMIN").await;
        assert_eq!(admin.submit(&format!("/organisation/people/{me}/lock"), &[]).await.status, 422);
        // Another one who can sign in: then it ends.
        token_of(&backend, "LEAD").await;
        let north = format!("unit {}", id_of(&backend, "unit", "NORTH").await);
        let fields = [
            ("role", "admin"),
            ("place", north.as_str()),
            ("from_day", "2026-12-01"),
            ("password", PASSWORD),
        ];
        let lead = person(&backend, "LEAD").await;
        assert_eq!(admin.submit(&format!("/organisation/people/{lead}/posts"), &fields).await.status, 303);
        assert_eq!(admin.submit(&own, &[("last", "2023-12-31")]).await.status, 422, "before it began");
        assert_eq!(admin.submit(&own, &[("last", "2026-11-30")]).await.status, 303);
        assert_eq!(admin.submit(&own, &[("last", "2026-11-29")]).await.status, 422, "a day without anybody");
        // A lock ends every sign-in at once; unlocking lets the person in again.
        let coach = Browser::of(&backend, "OWN").await;
        let path = format!("/organisation/people/{}", person(&backend, "OWN").await);
        admin.submit(&format!("{path}/lock"), &[]).await;
        assert_eq!(coach.open("/people/substitutes").await.header("location"), "/sign-in");
        assert!(backend.sign_in("oma.valmentaja", PASSWORD, "x", "x").await.expect("a database").is_none());
        admin.submit(&format!("{path}/unlock"), &[]).await;
        assert!(backend.sign_in("oma.valmentaja", PASSWORD, "x", "x").await.expect("a database").is_some());
    }
}

#[tokio::test]
async fn a_post_that_ends_in_the_middle_of_a_month_gives_nothing_the_day_after() {
    for backend in both().await {
        settle(&backend).await;
        let admin = admin(&backend).await;
        let path = format!("/organisation/posts/{}/end", post_of(&backend, "OWN").await);
        assert_eq!(admin.submit(&path, &[("last", "2026-11-20")]).await.status, 303);
        let pages =
            ["/visits", "/employers.tsv", "/employers/filters", "/people/substitutes", "/break-glass"];
        for (instant, sees) in [("2026-11-20T21:59:59Z", true), ("2026-11-20T22:00:00Z", false)] {
            let instant: DateTime<Utc> = instant.parse().expect("an instant");
            backend.clock.set(instant);
            let browser = as_now(&backend, "OWN").await;
            for page in pages {
                let reply = browser.open(page).await;
                assert_eq!(reply.status == 200, sees, "{page} {instant}: {}", reply.status);
            }
            assert_eq!(browser.open("/clients").await.body.contains("OPEN"), sees, "{instant}");
            assert_eq!(browser.open("/").await.body.contains("OPEN"), sees, "{instant}");
        }
        backend.clock.set(a_wednesday());
    }
}

#[tokio::test]
async fn an_administrator_sees_no_client_anywhere() {
    for backend in both().await {
        settle(&backend).await;
        let names = ["Salme", "Salainen", "Terho", "Toisen", "Sulo", "Suljettu", "MATES", "CLOSED", "AWAYS"];
        let world = world(&backend).await;
        let browser = as_now(&backend, "ADMIN").await;
        let mut pages = 0;
        for function in functions().iter().filter(|name| name.starts_with("ask ") || name.starts_with("GET "))
        {
            for relation in RELATIONS {
                let reply = call(&backend, &world, &browser, function, *relation, Uuid::nil()).await;
                pages += 1;
                for name in names {
                    assert!(!reply.body.contains(name), "{function} {relation:?} tells of {name}");
                }
                assert!(!reply.body.contains(">OPEN<"), "{function} {relation:?}");
            }
        }
        for page in ["/", "/employers", "/clients", "/more", "/visits/new"] {
            let reply = browser.open(page).await;
            pages += 1;
            assert!(!names.iter().any(|name| reply.body.contains(name)), "{page}");
        }
        assert!(pages > 300, "{pages}");
        let uses = format!("/clients/{}/uses", client(&backend, "OPEN").await);
        assert_eq!(browser.open(&uses).await.status, 404);
    }
}
