//! Code lists: an administrator's own entry is offered from its first day until its end, stands on the record
//! under the name that it had, and counts as something official; nothing official changes.

use crate::helpers::{
    Browser, Reply, TestBackend, a_wednesday, actor, both, client, count, employer, open_session, settle,
};
use crate::referrals::sent;
use axum::http::Method;
use chrono::Days;
use domain::codes::Code;
use domain::codes::lists::{CodeList, Editing};

const REASONS: &str = "/organisation/codes/closing_reasons";

/// Somebody of the county as of today.
async fn today(backend: &TestBackend, code: &str) -> Browser {
    let token = open_session(backend, code).await.to_string();
    Browser::new(backend).with(Some(&token))
}

fn later(backend: &TestBackend, days: u64) {
    backend.clock.set(a_wednesday() + Days::new(days));
}

async fn add(backend: &TestBackend, list: &str, fields: &[(&str, &str)]) -> Reply {
    today(backend, "ADMIN").await.submit(&format!("/organisation/codes/{list}"), fields).await
}

/// The words of a choice of a page, by its value.
fn choice(page: &str, value: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("<option value=\"{value}\""))?;
    let (_, rest) = rest.split_once('>')?;
    Some(rest.split("</option>").next().unwrap_or_default().replace("<!>", ""))
}

fn version(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"version\" value=\"").expect("a version");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Closes a client with a reason.
async fn close(coach: &Browser, path: &str, day: &str, reason: &str) -> Reply {
    let form = coach.open(&format!("{path}/way/closed")).await;
    let fields = [("version", &*version(&form.body)), ("day", day), ("reason", reason)];
    coach.submit(&format!("{path}/way/closed"), &fields).await
}

#[tokio::test]
async fn an_own_reason_is_offered_from_its_day_and_stays_on_the_record() {
    for backend in both().await {
        settle(&backend).await;
        let path = format!("/clients/{}", client(&backend, "OPEN").await);
        let fields = [
            ("name_fi", "Muutti Ruotsiin"),
            ("name_sv", "Flyttade till Sverige"),
            ("counts_as", "moved"),
            ("from_day", "2026-11-20"),
        ];
        let added = add(&backend, "closing_reasons", &fields).await;
        assert_eq!((added.status.as_u16(), added.header("location")), (303, &*format!("{REASONS}?saved=1")));
        let (entry, name) = ("MUUTTI-RUOTSIIN", "Muutti Ruotsiin (Muutto)");

        // The day before, it is neither offered nor taken; the official ones are.
        later(&backend, 1);
        let coach = today(&backend, "OWN").await;
        let form = coach.open(&format!("{path}/way/closed")).await;
        assert_eq!((choice(&form.body, entry), choice(&form.body, "moved").is_some()), (None, true));
        assert_eq!(close(&coach, &path, "2026-11-19", entry).await.status, 422);

        later(&backend, 2);
        let coach = today(&backend, "OWN").await;
        let form = coach.open(&format!("{path}/way/closed")).await;
        let offered = choice(&form.body, entry).expect("offered");
        assert!(offered.starts_with("Muutti Ruotsiin ("), "{offered} like {name}");
        let swedish =
            coach.request(Method::GET, &format!("{path}/way/closed"), &[("accept-language", "sv")], "").await;
        assert!(choice(&swedish.body, entry).is_some_and(|word| word.starts_with("Flyttade till Sverige (")));
        assert_eq!(close(&coach, &path, "2026-11-20", entry).await.status, 303);
        let counted = count(&backend, "select count(*) from client where closing_reason = 'moved'").await;
        assert_eq!(counted, 1, "it counts as what is official");
        let shown = |page: &Reply| page.body.matches("Muutti Ruotsiin").count();
        assert_eq!(shown(&coach.open(&path).await), 2, "on top, and on the way");
        later(&backend, 3);
        let lead = today(&backend, "LEAD").await;
        assert_eq!(shown(&lead.open("/clients/all?closed=1").await), 1, "in the list");

        // A new name from a day on: what was keeps its own.
        let admin = today(&backend, "ADMIN").await;
        let here = format!("{REASONS}/{entry}");
        let renamed = [("name_fi", "Muutti Pohjoismaihin"), ("new_from", "2026-11-25")];
        assert_eq!(admin.submit(&format!("{here}/rename"), &renamed).await.status, 303);
        later(&backend, 7);
        let (coach, mates) = (today(&backend, "OWN").await, client(&backend, "MATES").await);
        assert_eq!(shown(&coach.open(&path).await), 2, "what was noted keeps its name");
        let form = today(&backend, "MATE").await.open(&format!("/clients/{mates}/way/closed")).await;
        assert!(choice(&form.body, entry).is_some_and(|word| word.starts_with("Muutti Pohjoismaihin (")));
        let page = today(&backend, "ADMIN").await.open(&here).await;
        assert!(
            page.body.contains("20.11.2026–24.11.2026") && page.body.contains("25.11.2026–"),
            "{}",
            page.body
        );

        // An end: until the day before it is offered, and then no longer; what was still has its name.
        let admin = today(&backend, "ADMIN").await;
        assert_eq!(admin.submit(&format!("{here}/end"), &[("ends_on", "2026-11-27")]).await.status, 303);
        for (days, offered) in [(8, true), (9, false)] {
            later(&backend, days);
            let form = today(&backend, "MATE").await.open(&format!("/clients/{mates}/way/closed")).await;
            assert_eq!(choice(&form.body, entry).is_some(), offered, "{days}");
        }
        let mate = today(&backend, "MATE").await;
        let path_of_mates = format!("/clients/{mates}");
        assert_eq!(close(&mate, &path_of_mates, "2026-11-27", entry).await.status, 422);
        assert_eq!(
            close(&mate, &path_of_mates, "2026-11-26", entry).await.status,
            303,
            "it held on that day"
        );
        assert_eq!(shown(&today(&backend, "OWN").await.open(&path).await), 2);

        // Everything stands in the list of changes and in the use log.
        let changes = today(&backend, "ADMIN").await.open("/organisation/changes").await.body;
        for said in [
            "Uusi merkintä luetteloon",
            "Merkinnän uusi nimi",
            "Merkinnän päättyminen",
            "Muutti Pohjoismaihin",
        ] {
            assert!(changes.contains(said), "{said}");
        }
        let noted = "select count(*) from use_log where object_kind in ('code', 'code_name', 'code_end')";
        assert_eq!(count(&backend, noted).await, 3);

        // A county's package has the official code.
        let export = backend.export().await.expect("an export");
        let read = domain::package::read(&export.package, backend.clock.today());
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let reasons = read.package.clients.iter().filter_map(|client| client.closing_reason.as_deref());
        assert_eq!(reasons.filter(|reason| *reason == "moved").count(), 2);
    }
}

#[tokio::test]
async fn a_code_or_a_name_stands_once_in_a_time_and_nothing_official_is_touched() {
    for backend in both().await {
        settle(&backend).await;
        let entry = [("name_fi", "Sairastui"), ("counts_as", "health"), ("entry_code", "SAIRAS")];
        assert_eq!(add(&backend, "closing_reasons", &entry).await.status, 303);
        for (fields, said) in [
            (
                vec![("name_fi", "Toinen"), ("counts_as", "health"), ("entry_code", "sairas")],
                "Tunnus on jo tässä luettelossa samaan aikaan.",
            ),
            (
                vec![("name_fi", "Toinen"), ("counts_as", "health"), ("entry_code", "own_wish")],
                "Tunnus on jo tässä luettelossa samaan aikaan.",
            ),
            (
                vec![("name_fi", "sairastui"), ("counts_as", "health")],
                "Luettelossa on jo tämän niminen merkintä samaan aikaan.",
            ),
            (vec![("name_fi", "Toinen")], "Täytä kohta: Mihin viralliseen kohtaan"),
            (vec![("counts_as", "health")], "Täytä kohta: Nimi suomeksi"),
        ] {
            let refused = add(&backend, "closing_reasons", &fields).await;
            assert!(refused.status == 422 && refused.body.contains(said), "{said}: {}", refused.body);
            // Nothing that was typed is lost.
            let typed = fields.iter().find(|(name, _)| *name == "name_fi").map_or("", |(_, value)| value);
            assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{typed}");
        }
        assert_eq!(count(&backend, "select count(*) from code_entry").await, 1);
        // The same code in another list is another entry.
        let named = [("name_fi", "Sairastui"), ("entry_code", "SAIRAS")];
        assert_eq!(add(&backend, "recipients", &named).await.status, 303);

        let admin = today(&backend, "ADMIN").await;
        let early = [("name_fi", "Uusi nimi"), ("new_from", "2026-11-17")];
        let refused = admin.submit(&format!("{REASONS}/SAIRAS/rename"), &early).await;
        assert!(
            refused.status == 422 && refused.body.contains("Uusi nimi voi alkaa tänään"),
            "{}",
            refused.body
        );
        let refused = admin.submit(&format!("{REASONS}/SAIRAS/end"), &[("ends_on", "2026-11-17")]).await;
        assert!(
            refused.status == 422 && refused.body.contains("Merkintä voi päättyä tänään"),
            "{}",
            refused.body
        );
        // What never was used can be called off on its first day, and its code is free again.
        assert_eq!(
            admin.submit(&format!("{REASONS}/SAIRAS/end"), &[("ends_on", "2026-11-18")]).await.status,
            303
        );
        assert_eq!(add(&backend, "closing_reasons", &entry).await.status, 303);

        let overview = admin.open("/organisation/codes").await.body;
        for list in CodeList::ALL {
            let path = format!("/organisation/codes/{}", list.code());
            assert!(overview.contains(&format!("href=\"{path}\"")), "{list:?}");
            let page = admin.open(&path).await;
            let fixed = list.editing() == Editing::Fixed;
            assert_eq!(
                (page.status.as_u16(), page.body.contains("name=\"name_fi\"")),
                (200, !fixed),
                "{list:?}"
            );
            assert!(!page.body.contains("<li></li>"), "{list:?}: every official code has words");
            if fixed {
                assert_eq!(admin.submit(&path, &named).await.status, 404, "{list:?}");
            }
        }
        // What is official has no page of its own to be changed on.
        assert_eq!(admin.open(&format!("{REASONS}/own_wish")).await.status, 404);
        let renamed = [("name_fi", "Aika loppui"), ("new_from", "2026-12-01")];
        assert_eq!(admin.submit(&format!("{REASONS}/own_wish/rename"), &renamed).await.status, 404);
        assert_eq!(admin.open("/organisation/codes/nothing").await.status, 404);
    }
}

#[tokio::test]
async fn an_own_reason_for_declining_still_tells_the_lead_whom_it_shuts_out() {
    for backend in both().await {
        settle(&backend).await;
        let fields =
            [("name_fi", "Lääkitys vielä kesken"), ("counts_as", "not_ready"), ("entry_code", "LAAKE")];
        assert_eq!(add(&backend, "decline_reasons", &fields).await.status, 303);
        let memo = sent(&backend, &actor(&backend, "REF").await, "Aino Esimerkki").await;
        let coach = today(&backend, "OWN").await;
        let here = format!("/referrals/inbox/{memo}");
        let offered = choice(&coach.open(&here).await.body, "LAAKE").expect("offered");
        assert!(
            offered.starts_with("Lääkitys vielä kesken (") && offered.matches('(').count() == 2,
            "{offered}"
        );
        let decide = |words| [("accepted", "no"), ("reason", "LAAKE"), ("words", words)];
        let path = format!("{here}/decide");
        assert_eq!(coach.submit(&path, &decide("")).await.status, 422, "shutting out is explained");
        assert!(coach.submit(&path, &decide("Odotetaan lääkäriä.")).await.status.is_redirection());
        for (who, path) in
            [("OWN", here.as_str()), ("LEAD", "/referrals/declined"), ("REF", &format!("/referrals/{memo}"))]
        {
            let page = today(&backend, who).await.open(path).await;
            assert!(page.body.contains("Lääkitys vielä kesken"), "{who}: {}", page.body);
        }
        let declined = backend.declined_memos(&actor(&backend, "LEAD").await).await.expect("a page");
        assert_eq!(declined.months.iter().map(|month| month.excluded).sum::<u32>(), 1);
    }
}

#[tokio::test]
async fn names_are_suggested_while_they_hold() {
    for backend in both().await {
        settle(&backend).await;
        let kela = [("name_fi", "Kela, Kuopio"), ("name_sv", "FPA, Kuopio"), ("to_day", "2026-11-19")];
        assert_eq!(add(&backend, "recipients", &kela).await.status, 303);
        assert_eq!(add(&backend, "municipalities", &[("name_fi", "Siilinjärvi")]).await.status, 303);
        let consent = format!("/clients/{}/consents/new", client(&backend, "OPEN").await);
        let edit = format!("/employers/{}/edit", employer(&backend, "E1").await);
        for (days, wanted) in [(0, true), (1, true), (2, false)] {
            later(&backend, days);
            let coach = today(&backend, "OWN").await;
            let form = coach.open(&consent).await;
            assert_eq!(choice(&form.body, "Kela, Kuopio").is_some(), wanted, "{days}");
            assert!(choice(&coach.open(&edit).await.body, "Siilinjärvi").is_some());
        }
        later(&backend, 0);
        let coach = today(&backend, "OWN").await;
        let swedish = coach.request(Method::GET, &consent, &[("accept-language", "sv")], "").await;
        assert!(
            choice(&swedish.body, "FPA, Kuopio").is_some()
                && swedish.body.contains("list=\"recipient-suggestions\"")
        );
    }
}
