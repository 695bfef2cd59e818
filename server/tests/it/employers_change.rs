//! Changing the register: facts, contact persons, do-not-contact, handing over, chains, merging.

use crate::helpers::{
    Browser, actor, both, count, day, employer, entry, log, person, plain_visit, send, settle, visit,
};
use backend::{Actor, Backend, Error};
use domain::employers::edit::{EditError, Facts, Person, Silencing};
use domain::employers::{EmployerQuery, Light, LightRule, Silent, Sort};
use domain::ids::EmployerId;
use domain::sync::{Command, OnVisit, Outcome};
use domain::visits::{LogVisit, NextStep};
use uuid::Uuid;

async fn edit(
    backend: &Backend,
    who: &Actor,
    id: EmployerId,
    change: impl Fn(&mut Facts),
) -> Result<EmployerId, Vec<EditError>> {
    let form = backend.employer_facts(who, id).await.expect("a form");
    let mut facts = form.facts.clone();
    change(&mut facts);
    backend.edit_employer(who, id, form.version, &facts).await.expect("a database")
}

fn names(list: &domain::employers::EmployerList) -> Vec<String> {
    list.rows.iter().map(|row| row.name.clone()).collect()
}

#[tokio::test]
async fn the_light_the_filters_and_the_order_agree() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let list = async |query: EmployerQuery| backend.employers(&own, &query).await.expect("a list");
        let all = list(EmployerQuery { sort: Sort::Silent, ..EmployerQuery::default() }).await;
        assert_eq!(names(&all), ["Åkeri Lindroos Ab", "Konditori Åkerlund Ab", "Rantakorpi Kauppa Oy"]);
        assert_eq!(all.rows[0].silence.light, Light::Never);
        let latest = list(EmployerQuery { sort: Sort::Latest, ..EmployerQuery::default() }).await;
        assert_eq!(latest.rows[0].name, "Rantakorpi Kauppa Oy");
        let never = list(EmployerQuery { silent: Some(Silent::Never), ..EmployerQuery::default() }).await;
        assert_eq!(names(&never), ["Åkeri Lindroos Ab"]);
        assert_eq!(never.total, 1);
        let c2008 = list(EmployerQuery { section: Some("2008:C".into()), ..EmployerQuery::default() }).await;
        assert_eq!(names(&c2008), ["Konditori Åkerlund Ab"]);
        let c2025 = list(EmployerQuery { section: Some("2025:C".into()), ..EmployerQuery::default() }).await;
        assert_eq!(c2025.total, 0, "the letters of the two are never mixed");

        let lead = actor(&backend, "LEAD").await;
        assert!(backend.set_light_rule(&lead, LightRule { amber: 3, red: 5 }).await.expect("a rule"));
        assert!(!backend.set_light_rule(&lead, LightRule { amber: 5, red: 5 }).await.expect("a rule"));
        assert!(matches!(
            backend.set_light_rule(&own, LightRule { amber: 1, red: 2 }).await,
            Err(Error::NotThere)
        ));
        let red = list(EmployerQuery { silent: Some(Silent::Red), ..EmployerQuery::default() }).await;
        assert_eq!(names(&red), ["Konditori Åkerlund Ab"], "five days ago");
        let text = list(EmployerQuery {
            text: "akerlund".into(),
            silent: Some(Silent::Red),
            ..EmployerQuery::default()
        });
        assert_eq!(names(&text.await), ["Konditori Åkerlund Ab"]);
    }
}

#[tokio::test]
async fn the_last_visit_follows_logging_withdrawing_and_restoring() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E3").await;
        let last = async || backend.employer(&own, at).await.expect("a page").silence;
        assert_eq!(last().await.light, Light::Never);
        let visit = log(&backend, &own, plain_visit(at)).await;
        assert_eq!((last().await.light, last().await.days), (Light::Green, 0));
        send(&backend, &own, &entry(&Command::WithdrawVisit(OnVisit { visit }))).await;
        assert_eq!(last().await.light, Light::Never);
        send(&backend, &own, &entry(&Command::RestoreVisit(OnVisit { visit }))).await;
        assert_eq!(last().await.light, Light::Green);
        let differ = count(
            &backend,
            "select count(*) from employer e where e.visit_count <> (select count(*) from visit v
                 where v.employer_id = e.id
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id))",
        );
        assert_eq!(differ.await, 0);
    }
}

#[tokio::test]
async fn an_edit_is_checked_kept_and_seen() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let id = employer(&backend, "E1").await;
        let form = backend.employer_facts(&own, id).await.expect("a form");
        let done = edit(&backend, &own, id, |facts| {
            facts.street = "Kauppakatu 1".into();
            facts.class_tol2025 = "62010".into();
        });
        assert_eq!(done.await, Ok(id));
        let page = backend.employer(&own, id).await.expect("a page");
        assert_eq!(
            (page.address.as_str(), page.section_tol2025.as_deref()),
            ("Kauppakatu 1, Kuopio", Some("K"))
        );

        let stale = backend.edit_employer(&own, id, form.version, &form.facts).await.expect("a database");
        assert_eq!(stale, Err(vec![EditError::ChangedMeanwhile]));
        let history = backend.employer_history(&own, id).await.expect("a history");
        assert_eq!(history.changes.len(), 1);
        assert_eq!(history.changes[0].after["street"], "Kauppakatu 1");
        assert_eq!(history.changes[0].before["street"], "");
        assert_eq!(count(&backend, "select count(*) from use_log where action = 'edit'").await, 1);
    }
}

#[tokio::test]
async fn no_word_of_the_register_names_a_client() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let id = employer(&backend, "E1").await;
        for note in ["Salme Salainen aloittaa", "puhuttiin Salmen, siis Salaisen, vuoroista", "010190-123X"] {
            let refused = edit(&backend, &own, id, |facts| facts.note = note.into()).await;
            assert_eq!(refused, Err(vec![EditError::NamesClient("note")]), "{note}");
        }
        assert!(edit(&backend, &own, id, |facts| facts.note = "Kysy Salmea tiskiltä".into()).await.is_ok());
        for note in ["Entinen työntekijä sairastaa skitsofreniaa", "dg F20.0"] {
            let refused = edit(&backend, &own, id, |facts| facts.note = note.into()).await;
            assert_eq!(refused, Err(vec![EditError::TellsDiagnosis("note")]), "{note}");
        }
        // Asked while typing, the answer is the same.
        let typed = backend.look_at_words(&own, "note", "puhuttiin Salmen, siis Salaisen, vuoroista").await;
        assert_eq!(typed.expect("a database"), [EditError::NamesClient("note")]);
        let typed = backend.look_at_words(&own, "note", "Kysy Salmea tiskiltä").await;
        assert_eq!(typed.expect("a database"), []);
        assert!(edit(&backend, &own, id, |facts| facts.name = "ADHD-liitto ry".into()).await.is_ok());
        let named = Person { name: "Terho Toisen".into(), ..Person::default() };
        let refused = backend.save_contact(&own, id, None, &named).await.expect("a database");
        assert_eq!(refused, Err(vec![EditError::NamesClient("name")]));
        let reason = Silencing { reason: "Salme Salainen lopetti".into(), until: String::new() };
        let refused = backend.set_do_not_contact(&own, id, &reason).await.expect("a database");
        assert_eq!(refused, Err(vec![EditError::NamesClient("reason")]));
        let others = edit(&backend, &own, id, |facts| facts.note = "Muun Yksikön väki".into()).await;
        assert!(others.is_ok(), "an answer must not tell who is another unit's client");
    }
}

#[tokio::test]
async fn a_business_id_stands_twice_only_in_one_chain() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let (one, other) = (employer(&backend, "E1").await, employer(&backend, "E3").await);
        let taken = edit(&backend, &own, other, |facts| facts.business_id = "0001004-9".into()).await;
        let wanted = EditError::BusinessIdTaken { id: one, name: "Konditori Åkerlund Ab".into() };
        assert_eq!(taken, Err(vec![wanted]));
        let chained = backend.set_chain(&own, other, Some(one)).await.expect("a database");
        assert_eq!(chained, Ok(other));
        assert!(edit(&backend, &own, other, |facts| facts.business_id = "0001004-9".into()).await.is_ok());
        let page = backend.employer(&own, one).await.expect("a page");
        assert_eq!(page.branches.len(), 1);
        assert_eq!(backend.employer(&own, other).await.expect("a page").chain.expect("a chain").id, one);
        let ring = backend.set_chain(&own, one, Some(other)).await.expect("a database");
        assert_eq!(ring, Err(vec![EditError::Choice("chain")]), "a chain is no branch of its branch");
        let out = backend.set_chain(&own, other, None).await.expect("a database");
        assert!(matches!(out.expect_err("taken")[..], [EditError::BusinessIdTaken { .. }]));
    }
}

#[tokio::test]
async fn a_contact_person_goes_and_comes_back() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let id = employer(&backend, "E1").await;
        let contacts = async || backend.employer(&own, id).await.expect("a page").contacts;
        let anna = Person { name: "Anna Aho".into(), phone: "040 123 4567".into(), ..Person::default() };
        backend.save_contact(&own, id, None, &anna).await.expect("a database").expect("a person");
        assert_eq!(contacts().await[0].phone, "040 123 4567");
        let contact: Uuid = contacts().await[0].id.parse().expect("an id");
        backend.remove_contact(&own, id, contact, false).await.expect("removed");
        assert_eq!(contacts().await.len(), 1);
        backend.remove_contact(&own, id, contact, true).await.expect("brought back");
        assert_eq!(contacts().await.len(), 2);
        let stale = backend.save_contact(&own, id, Some((contact, 1)), &anna).await.expect("a database");
        assert_eq!(stale, Err(vec![EditError::ChangedMeanwhile]));
        let elsewhere = employer(&backend, "E2").await;
        assert!(matches!(
            backend.remove_contact(&own, elsewhere, contact, false).await,
            Err(Error::NotThere)
        ));
    }
}

#[tokio::test]
async fn do_not_contact_ends_on_its_day_and_never_stops_a_visit() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let id = employer(&backend, "E1").await;
        let typed = Silencing { reason: "Pyysivät taukoa".into(), until: "2026-11-18".into() };
        backend.set_do_not_contact(&own, id, &typed).await.expect("a database").expect("set");
        let told = backend.employer(&own, id).await.expect("a page").do_not_contact.expect("a reason");
        assert_eq!((told.reason.as_str(), told.by.as_deref()), ("Pyysivät taukoa", Some("Oma Valmentaja")));
        log(&backend, &own, plain_visit(id)).await;
        let form = backend.visit_form(&own, domain::visits::FormWish::default()).await.expect("a form");
        assert!(form.recent.iter().any(|recent| recent.id == id && recent.do_not_contact));
        backend.clock.set("2026-11-19T08:00:00Z".parse().expect("an instant"));
        let tomorrow = actor(&backend, "MATE").await;
        assert!(backend.employer(&tomorrow, id).await.expect("a page").do_not_contact.is_none());
    }
}

#[tokio::test]
async fn an_employer_is_handed_over_with_its_next_steps_and_back() {
    for backend in both().await {
        settle(&backend).await;
        let (mate, own) = (actor(&backend, "MATE").await, actor(&backend, "OWN").await);
        let id = employer(&backend, "E2").await;
        let due = async |who: &Actor| backend.today(who).await.expect("today").due.len();
        assert_eq!((due(&mate).await, due(&own).await), (1, 0));
        let to_own = person(&backend, "OWN").await;
        let not_mine = backend.hand_over(&own, id, to_own, "").await;
        assert!(matches!(not_mine, Err(Error::NotThere)), "it is a colleague's");
        let done = backend.hand_over(&mate, id, to_own, "Soita heti").await.expect("a database");
        assert_eq!(done.expect("handed over").employer, id);
        assert_eq!((due(&mate).await, due(&own).await), (0, 1));
        let page = backend.employer(&own, id).await.expect("a page");
        assert_eq!(page.owner.as_deref(), Some("Oma Valmentaja"));
        assert_eq!(page.handed_over.expect("a word").word, "Soita heti");
        let settle_it = entry(&Command::SettleNextStep(OnVisit { visit: visit(&backend, "K5").await }));
        assert!(matches!(send(&backend, &own, &settle_it).await, Outcome::Committed(_)));
        let reopen = entry(&Command::ReopenNextStep(OnVisit { visit: visit(&backend, "K5").await }));
        send(&backend, &own, &reopen).await;
        backend.undo_hand_over(&mate, id).await.expect("undone by whoever handed over");
        assert_eq!((due(&mate).await, due(&own).await), (1, 0));
        let lead = actor(&backend, "LEAD").await;
        let away = person(&backend, "AWAY").await;
        let refused = backend.hand_over(&lead, id, away, "").await.expect("a lead may");
        assert_eq!(refused.expect_err("another unit's"), vec![EditError::Choice("to")]);

        // Nobody's employer: the steps of whoever hands it over go along.
        let nobodys = employer(&backend, "E3").await;
        let next_step = Some(NextStep { what: "soita".into(), on: Some(day("2026-11-18")) });
        log(&backend, &own, LogVisit { next_step, ..plain_visit(nobodys) }).await;
        assert_eq!(backend.hand_over_form(&own, nobodys).await.expect("a form").next_steps, 1);
        let to_mate = person(&backend, "MATE").await;
        let done = backend.hand_over(&own, nobodys, to_mate, "").await.expect("a database");
        assert!(done.is_ok());
        assert_eq!((due(&mate).await, due(&own).await), (2, 0));
    }
}

#[tokio::test]
async fn merging_moves_everything_in_sight_and_undoing_gives_back_what_was() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let (kept, gone) = (employer(&backend, "E1").await, employer(&backend, "E2").await);
        let page = async |id| {
            let mut page = backend.employer(&own, id).await.expect("a page");
            page.may_hand_over = false;
            page
        };
        let (kept_before, gone_before) = (page(kept).await, page(gone).await);
        let merge = async |kept, gone, fields: &[&str]| {
            let (a, b) = backend.merge_form(&own, kept, gone).await.expect("a form");
            let fields: Vec<String> = fields.iter().map(|name| (*name).to_owned()).collect();
            backend
                .merge_employers(&own, kept, gone, &fields, (a.version, b.version))
                .await
                .expect("a database")
        };
        assert_eq!(merge(kept, gone, &["municipality"]).await, Ok(kept));
        let merged = page(kept).await;
        assert_eq!(merged.visits.len(), kept_before.visits.len() + gone_before.visits.len());
        assert_eq!(merged.visits_total as usize, merged.visits.len());
        assert_eq!(merged.municipality.as_deref(), Some("Varkaus"));
        assert_eq!(page(gone).await, merged, "an old address lands at the one that stays");
        let list = backend.employers(&own, &EmployerQuery::default()).await.expect("a list");
        assert_eq!(list.total, 2);
        // An entry still on a phone.
        log(&backend, &own, plain_visit(gone)).await;
        assert_eq!(page(kept).await.visits_total, merged.visits_total + 1);
        // A chain of merges, and the first one undone below it.
        let third = employer(&backend, "E3").await;
        assert_eq!(merge(third, kept, &[]).await, Ok(third));
        assert_eq!(page(gone).await.id, third);
        assert_eq!(merge_error(&backend, &own, gone, third).await, "not found", "they are one");
        backend.unmerge_employer(&own, gone).await.expect("undone");
        let back = page(gone).await;
        assert_eq!(back, gone_before, "what was logged after the merging stays where it was logged to");
        backend.unmerge_employer(&own, kept).await.expect("undone");
        let mut back = page(kept).await;
        assert_eq!(back.visits_total, kept_before.visits_total + 1);
        assert_eq!(back.municipality, kept_before.municipality);
        back.visits.retain(|visit| visit.day != day("2026-11-18"));
        assert_eq!(back.visits, kept_before.visits);
        assert_eq!(back.contacts, kept_before.contacts);
        assert!(matches!(backend.unmerge_employer(&own, kept).await, Err(Error::NotThere)));
    }
}

async fn merge_error(backend: &Backend, who: &Actor, kept: EmployerId, gone: EmployerId) -> String {
    backend.merge_form(who, kept, gone).await.expect_err("no form").to_string()
}

#[tokio::test]
async fn a_saved_view_is_ones_own() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate) = (actor(&backend, "OWN").await, actor(&backend, "MATE").await);
        let query = EmployerQuery { silent: Some(Silent::Red), mine: true, ..EmployerQuery::default() };
        backend.save_view(&own, "Hiljaiset", &query).await.expect("a database").expect("saved");
        let views = async |who: &Actor| {
            backend.employers(who, &EmployerQuery::default()).await.expect("a list").views
        };
        let held = views(&own).await;
        assert_eq!((held[0].name.as_str(), held[0].address.clone()), ("Hiljaiset", query.address()));
        assert!(views(&mate).await.is_empty());
        let id: Uuid = held[0].id.parse().expect("an id");
        assert!(matches!(backend.drop_view(&mate, id).await, Err(Error::NotThere)));
        backend.drop_view(&own, id).await.expect("dropped");
        assert!(views(&own).await.is_empty());
    }
}

#[tokio::test]
async fn a_coach_edits_merges_and_plans_a_day_without_browser_code() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let (id, other) = (employer(&backend, "E1").await, employer(&backend, "E3").await);
        let at = format!("/employers/{id}");
        let form = own.open(&format!("{at}/edit")).await;
        assert!(form.body.contains("Konditori Åkerlund Ab") && form.body.contains("Y-tunnus"));
        let fields = [
            ("version", "1"),
            ("name", "Konditori Åkerlund Ab"),
            ("note", "Salme Salainen"),
            ("postal_code", "7"),
        ];
        let refused = own.submit(&format!("{at}/edit"), &fields).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.body.contains("Postinumerossa on viisi numeroa")
                && refused.body.contains("Salme Salainen")
        );
        let stale = [("version", "99"), ("name", "Uusi nimi")];
        let both_shown = own.submit(&format!("{at}/edit"), &stale).await;
        assert!(both_shown.body.contains("Joku ehti muuttaa") && both_shown.body.contains("Uusi nimi"));
        let compare = own.open(&format!("{at}/merge/{other}")).await;
        assert!(compare.body.contains("Åkeri Lindroos Ab"));
        let merged = own
            .submit(
                &format!("{at}/merge/{other}"),
                &[("kept_version", "1"), ("gone_version", "1"), ("name", "gone")],
            )
            .await;
        assert_eq!(merged.status, 303, "{}", merged.body);
        let history = own.open(&format!("{at}/history")).await;
        assert!(history.body.contains("Kumoa yhdistäminen") && history.body.contains("Åkeri Lindroos Ab"));
        let route = own.open("/employers/route?municipality=Varkaus&due=1").await;
        assert!(route.body.contains("Rantakorpi Kauppa Oy") && route.body.contains("lähetä esite"));
        let page = own.open(&at).await;
        assert!(page.body.contains("Kuka oli yhteydessä viimeksi"));
        let list = own.open("/employers?sort=silent&section=2008%3AG").await;
        assert!(list.body.contains("Rantakorpi") && !list.body.contains("Lindroos"));
    }
}
