//! How long records are kept, and that what is erased is gone: from every table and from the files, for good.

use crate::arrivals::{seal_of, send as from_phone, with_phone_of};
use crate::helpers::{
    Browser, PASSWORD, TestBackend, a_wednesday, actor, both, client, count, county_files, day, employer,
    entry, id_of, log, person, plain_visit, send, settle,
};
use crate::import::{change, import, records, texts};
use crate::matrix::{a_meeting, an_attempt};
use backend::audit::{Chain, verify};
use backend::clock::new_id;
use backend::export::TABLES;
use backend::import::Wanted;
use backend::keys::Keys;
use backend::retention::{Proposed, WhyNot};
use backend::store::Engine;
use chrono::{DateTime, Utc};
use domain::clients::contact::{LogAttempt, LogMeeting};
use domain::clients::page::NoteFields;
use domain::codes::{RecordKind, Service};
use domain::ids::{ClientId, CommandId, UnitId, VisitId};
use domain::retention::RuleFields;
use domain::sync::{Command, Entry, OnMeeting, OnVisit, Outcome, Refusal};
use domain::visits::{AmendVisit, LogVisit, NextStep, VisitFields};
use outbox as sealed;
use uuid::Uuid;

/// Stands in every text about the client, and nowhere else.
const TRACE: &str = "zyxwaldo";
/// The last day of ten years after [`a_wednesday`], and the first on which the records may go.
const LAST_DAY: &str = "2036-11-18T20:00:00Z";
const DUE: &str = "2036-11-19T08:00:00Z";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// What phones sent about the client.
struct Sent {
    client: ClientId,
    visit: Entry,
    meeting: Entry,
    attempt: Entry,
    note: Uuid,
}

/// A client of the unit SOUTH of whom something stands in every table that may hold it; closed today.
async fn a_life(backend: &TestBackend) -> Sent {
    settle(backend).await;
    let coach = actor(backend, "AWAY").await;
    let of = client(backend, "AWAYS").await;
    let words = |what: &str| format!("{what} {TRACE}.");
    let e2 = employer(backend, "E2").await;
    let said = LogVisit {
        client: Some(of),
        summary: words("Kerroin"),
        next_step: Some(NextStep { what: words("Soita"), on: Some(day("2026-11-25")) }),
        ..plain_visit(e2)
    };
    let visit = entry(&Command::LogVisit(said.clone()));
    let meeting = entry(&Command::LogMeeting(LogMeeting { words: words("Tavattiin"), ..a_meeting(of) }));
    let attempt = entry(&Command::LogAttempt(LogAttempt { words: words("Soitin"), ..an_attempt(of) }));
    for entry in [&visit, &meeting, &attempt] {
        let outcome = send(backend, &coach, entry).await;
        assert!(matches!(outcome, Outcome::Committed(_)), "{outcome:?}");
    }
    // Before the client was named the words spoke of the same person.
    let unnamed =
        log(backend, &coach, LogVisit { client: None, summary: words("Eräs"), ..plain_visit(e2) }).await;
    let to = LogVisit { summary: words("Toisin"), ..said };
    let amend = entry(&Command::AmendVisit(AmendVisit { visit: unnamed, version: 1, to }));
    assert!(matches!(send(backend, &coach, &amend).await, Outcome::Committed(_)));
    let fields = VisitFields { client: of.to_string(), summary: words("Kesken"), ..VisitFields::default() };
    backend.keep_draft(&coach, new_id().into(), 1, fields, None).await.expect("a draft");
    let note = new_id();
    let fields = NoteFields { day: "2026-11-18".into(), words: words("Muistiin") };
    backend.write_note(&coach, of, note, &fields).await.expect("a database").expect("a note");
    the_rest(backend, of).await;
    Sent { client: of, visit, meeting, attempt, note }
}

/// A row about the client in each of the other tables.
async fn the_rest(backend: &TestBackend, of: ClientId) {
    let (who, team, e2) = (
        person(backend, "AWAY").await.uuid(),
        id_of(backend, "team", "SOC").await,
        employer(backend, "E2").await.uuid(),
    );
    let unit = id_of(backend, "unit", "SOUTH").await;
    let (now, today) = (backend.clock.now(), day("2026-11-18"));
    let (job, consent, memo, held) = (new_id(), new_id(), new_id(), new_id());
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    macro_rules! put {
        ($sql:literal $(, $arg:expr)* $(,)?) => { backend::execute!(tx, $sql, of.uuid() $(, $arg)*).expect($sql) };
    }
    put!(
        "update client set name = 'Zyxwaldo Quirinius', alias = 'ZYXWALDO-1', phone = 'zyxwaldo', email = 'zyxwaldo@x.fi',
             contact_wish = 'zyxwaldo', next_step = 'zyxwaldo', closed_on = $2, closing_reason = 'zyxwaldo' where id = $1",
        today
    );
    put!(
        "insert into client_step (id, client_id, kind, day, person_id, reason, words, noted_at)
         values ($2, $1, 'closed', $3, $4, 'own_wish', 'zyxwaldo', $5)",
        new_id(),
        today,
        who,
        now
    );
    put!(
        "insert into client_profile (id, client_id, version, person_id, body, saved_at)
         values ($2, $1, 1, $3, '{\"wishes\":\"zyxwaldo\"}', $4)",
        new_id(),
        who,
        now
    );
    put!(
        "insert into disclosure (id, client_id, may_tell, agreed_words, from_day, person_id, noted_at)
         values ($2, $1, 'service', 'zyxwaldo', $3, $4, $5)",
        new_id(),
        today,
        who,
        now
    );
    put!(
        "insert into disclosure_talk (id, client_id, day, words, person_id, noted_at)
         values ($2, $1, $3, 'zyxwaldo', $4, $5)",
        new_id(),
        today,
        who,
        now
    );
    put!(
        "insert into consent (id, client_id, recipient, categories, purpose, from_day, person_id, noted_at)
         values ($2, $1, 'zyxwaldo', '', 'zyxwaldo', $3, $4, $5)",
        consent,
        today,
        who,
        now
    );
    backend::execute!(
        tx,
        "insert into consent_notice (id, consent_id, kind, due_since) values ($1, $2, 'given', $3)",
        new_id(),
        consent,
        today
    )
    .expect("a notice");
    put!(
        "insert into referral (id, unit_id, team_id, referrer_id, client_id, name, phone, wish, contact_wish, share,
             words, sent_at, sent_on, accepted, decided_on)
         values ($2, $3, $4, $5, $1, 'Zyxwaldo', 'zyxwaldo', 'zyxwaldo', '', '', 'zyxwaldo', $6, $7, true, $7)",
        memo, unit, team, who, now, today
    );
    backend::execute!(
        tx,
        "insert into referral_version (referral_id, version, person_id, name, phone, wish, contact_wish, share, words,
             corrected_at)
         values ($1, 1, $2, 'Zyxwaldo', '', 'zyxwaldo', '', '', 'zyxwaldo', $3)",
        memo, who, now
    )
    .expect("a version");
    backend::execute!(
        tx,
        "insert into meeting (id, day, kind, team_id, unit_id) values ($1, $2, 'treatment_team', $3, $4)",
        held,
        today,
        team,
        unit
    )
    .expect("a meeting");
    put!(
        "insert into meeting_talk (id, meeting_id, client_id, referral_id, alias, outcome, words, person_id, written_at)
         values ($2, $3, $1, $4, 'ZYXWALDO', 'talked', 'zyxwaldo', $5, $6)",
        new_id(), held, memo, who, now
    );
    let (plan, action) = (new_id(), new_id());
    put!(
        "insert into network_plan (id, client_id, person_id, day, body, saved_at)
         values ($2, $1, $3, $4, '{\"names\":\"zyxwaldo\"}', $5)",
        plan,
        who,
        today,
        now
    );
    backend::execute!(
        tx,
        "insert into network_plan_version (plan_id, version, person_id, body, saved_at) values ($1, 1, $2, 'zyxwaldo', $3)",
        plan, who, now
    )
    .expect("a version");
    for (id, from) in [(action, None), (new_id(), Some(action))] {
        backend::execute!(
            tx,
            "insert into plan_action (id, plan_id, place, kind, what, of_client, responsible, from_id)
             values ($1, $2, 0, 'other', 'zyxwaldo', false, 'zyxwaldo', $3)",
            id,
            plan,
            from
        )
        .expect("an action");
    }
    put!(
        "insert into job (id, code, client_id, employer_id, title, started_on) values ($2, 'J1', $1, $3, 'zyxwaldo', $4)",
        job,
        e2,
        today
    );
    put!(
        "insert into support (id, code, day, coach_id, client_id, job_id, mode, recipient, kind)
         values ($2, 'S1', $3, $4, $1, $5, 'phone', 'client', 'zyxwaldo')",
        new_id(),
        today,
        who,
        job
    );
    put!(
        "insert into transition (id, code, client_id, kind, started_on, provider)
         values ($2, 'T1', $1, 'work_trial', $3, 'zyxwaldo')",
        new_id(),
        today
    );
    put!(
        "insert into qualification (id, client_id, kind, completed_on) values ($2, $1, 'zyxwaldo', $3)",
        new_id(),
        today
    );
    put!(
        "insert into measure_answer (id, client_id, instrument, point, day, item, value)
         values ($2, $1, 'zyxwaldo', 'start', $3, 1, 1)",
        new_id(),
        today
    );
    put!(
        "insert into break_glass (id, person_id, client_id, unit_id, reason, began_at, ends_at)
         values ($2, $3, $1, $4, 'zyxwaldo tarvitsee apua', $5, $5)",
        new_id(),
        who,
        unit,
        now
    );
    tx.commit().await.expect("a commit");
}

/// Every table with its rows as text, the use log aside.
async fn rows_of(backend: &TestBackend, table: &str) -> Vec<String> {
    if backend.store.engine_name() == "SQLite" {
        let columns = texts(backend, &format!("select name from pragma_table_info('{table}')")).await;
        let cells: Vec<_> = columns
            .iter()
            .map(|column| {
                format!(
                    "coalesce(case when typeof(\"{column}\") = 'blob'
                then lower(hex(\"{column}\")) else cast(\"{column}\" as text) end, '')"
                )
            })
            .collect();
        texts(backend, &format!("select {} from {table}", cells.join(" || ',' || "))).await
    } else {
        texts(backend, &format!("select replace(t::text, '-', '') from {table} t")).await
    }
}

/// Where a text stands, whatever its case; the use log aside, which keeps identities for ever.
async fn tables_with(backend: &TestBackend, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for table in crate::import::tables(backend).await.into_keys().filter(|name| !name.starts_with("use_log"))
    {
        if rows_of(backend, &table).await.iter().any(|row| row.to_lowercase().contains(text)) {
            found.push(table);
        }
    }
    found
}

/// Does a text stand in one of the files of the database?
fn in_files(backend: &TestBackend, text: &str) -> bool {
    let Some(folder) = backend.folder() else { return false };
    let files = std::fs::read_dir(folder.join("data")).expect("the files");
    files.flatten().any(|file| {
        let bytes = std::fs::read(file.path()).expect("a file").to_ascii_lowercase();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    })
}

async fn chain_is_whole(backend: &TestBackend) -> bool {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    matches!(verify(&mut tx).await.expect("a look"), Chain::Whole { .. })
}

/// What a hidden or other `<input>` of the page holds.
fn value_of(body: &str, name: &str) -> String {
    let at = body.find(&format!("name=\"{name}\" value=\"")).expect("a field");
    body[at..].split('"').nth(3).unwrap_or_default().to_owned()
}

async fn south(backend: &TestBackend) -> UnitId {
    id_of(backend, "unit", "SOUTH").await.into()
}

/// The lead of the unit proposes what is due, an administrator releases it.
async fn erase(backend: &backend::Backend, unit: UnitId, lead: &str) -> Uuid {
    let (lead, admin) = (actor(backend, lead).await, actor(backend, "ADMIN").await);
    let hash = backend.due_of_unit(&lead, unit).await.expect("a dry run").hash;
    let made = backend.propose_erasure(&lead, unit, &hash).await.expect("a proposal");
    let Proposed::Waits(id) = made else { panic!("{made:?}") };
    backend.release_erasure(&admin, id, &hash, PASSWORD).await.expect("a release").expect("released");
    id
}

#[tokio::test]
async fn a_record_is_due_the_day_after_its_term_and_only_the_lead_sees_whose() {
    for backend in both().await {
        a_life(&backend).await;
        let page = format!("/organisation/retention/units/{}", south(&backend).await);
        backend.clock.set(at(LAST_DAY));
        let lead = Browser::of(&backend, "AWAYLEAD").await;
        assert!(lead.open("/organisation/retention").await.body.contains("Yhdenkään tiedon säilytysaika"));
        assert!(lead.open(&page).await.body.contains("ei ole mitään hävitettävää"));
        backend.clock.set(at(DUE));
        let (lead, admin) = (Browser::of(&backend, "AWAYLEAD").await, Browser::of(&backend, "ADMIN").await);
        for browser in [&lead, &admin] {
            let body = browser.open("/organisation/retention").await.body;
            assert!(body.contains("Eteläinen") && body.contains("Koko asiakas: 1"), "{body}");
        }
        let body = lead.open(&page).await.body;
        assert!(body.contains("ZYXWALDO-1") && body.contains("18.11.2026"), "{body}");
        assert!(!body.contains("Quirinius"), "an alias is enough");
        let body = admin.open(&page).await.body;
        assert!(body.contains("Näet vain luvut") && !body.to_lowercase().contains(TRACE), "{body}");
        // Another unit's lead sees nothing of it.
        let other = Browser::of(&backend, "LEAD").await;
        assert!(!other.open("/organisation/retention").await.body.contains("Eteläinen"));
        assert_eq!(other.open(&page).await.status, 404);
        // The reading of the list stands in the use log, for the client.
        let noted = "select count(*) from use_log l join use_log_client c on c.seq = l.seq
                     where l.object_kind = 'retention' and l.action = 'read' and l.basis = 'retention'";
        assert_eq!(count(&backend, noted).await, 1);
        let tally = backend.tally.reads();
        lead.open("/organisation/retention").await;
        assert!(backend.tally.reads() - tally <= 4, "three, and who asks");
        // Psychiatry's clients run by another clock: CLOSED is not due for a hundred years.
        let due = backend.retention_dry_run().await.expect("a dry run");
        assert_eq!(due.units.len(), 1);
        assert_eq!(due.units[0].counts, [(RecordKind::Client, 1)]);
    }
}

#[tokio::test]
async fn two_people_erase_a_client_and_nothing_of_it_is_left() {
    for backend in both().await {
        let sent = a_life(&backend).await;
        let (visits, jobs) =
            (count(&backend, "select count(*) from visit").await, "select count(*) from job");
        let of_e2 = "select visit_count from employer where code = 'E2'";
        let visited = count(&backend, of_e2).await;
        let others: Vec<String> = rows_of(&backend, "client").await;
        let before = tables_with(&backend, TRACE).await;
        for table in
            TABLES.iter().filter(|table| ["client", "visit", "job", "consent", "referral"].contains(table))
        {
            assert!(
                before.iter().any(|found| found == table),
                "{table} holds something to be erased: {before:?}"
            );
        }
        assert!(before.len() > 18, "{before:?}");
        backend.clock.set(at(DUE));
        let unit = south(&backend).await;
        let (lead, admin) = (Browser::of(&backend, "AWAYLEAD").await, Browser::of(&backend, "ADMIN").await);
        let page = format!("/organisation/retention/units/{unit}");
        let hash = value_of(&lead.open(&page).await.body, "hash");
        assert_eq!(lead.submit(&page, &[("hash", "another")]).await.status, 422, "a list that was not seen");
        let made = lead.submit(&page, &[("hash", &hash)]).await;
        let here = made.header("location").to_owned();
        assert!(here.contains("/organisation/retention/erasures/"), "{} {}", made.status, made.body);
        let id: Uuid = here.rsplit('/').next().unwrap_or_default().parse().expect("an identity");
        // Whoever proposed it can't release it, whatever is sent; and the page does not offer it.
        let body = lead.open(&here).await.body;
        assert!(
            body.contains("Ehdotit tämän itse")
                && body.contains("19.12.2036")
                && !body.contains("type=\"password\"")
        );
        let own = lead.submit(&format!("{here}/release"), &[("hash", &hash), ("password", PASSWORD)]).await;
        assert!(own.status == 422 && own.body.contains("Et voi vapauttaa omaa ehdotustasi"), "{}", own.body);
        // Another one: after the password, for the list that was seen.
        let body = admin.open(&here).await.body;
        assert!(body.contains("Tätä ei voi perua") && !body.to_lowercase().contains(TRACE), "{body}");
        let release = format!("{here}/release");
        let wrong = admin.submit(&release, &[("hash", &hash), ("password", "väärä")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("Salasana on väärä"), "{}", wrong.body);
        let other = admin.submit(&release, &[("hash", "another"), ("password", PASSWORD)]).await;
        assert!(other.status == 422 && other.body.contains("Lista ei ole se"), "{}", other.body);
        assert_eq!(count(&backend, jobs).await, 1, "nothing has happened yet");
        let done = admin.submit(&release, &[("hash", &hash), ("password", PASSWORD)]).await;
        assert_eq!(done.header("location"), here, "{}", done.body);
        let body = admin.open(&here).await.body;
        assert!(body.contains("Valmis") && body.contains("Koko asiakas"), "{body}");

        // Gone: from every table, and from the files.
        assert_eq!(tables_with(&backend, TRACE).await, Vec::<String>::new());
        assert_eq!(
            tables_with(&backend, &sent.client.uuid().simple().to_string()).await,
            Vec::<String>::new()
        );
        assert!(!in_files(&backend, TRACE), "the files of the database still hold a word");
        // Counted: the visits stay, without whom and without words.
        assert_eq!(count(&backend, "select count(*) from visit").await, visits);
        assert_eq!(count(&backend, of_e2).await, visited);
        let mute = "select count(*) from visit where client_erased and client_id is null and summary = ''
                    and next_step is null and next_step_on is null and mode = 'in_person'";
        assert_eq!(count(&backend, mute).await, 3, "the package's, and two of the coach's");
        // Others are as they were.
        let left = rows_of(&backend, "client").await;
        assert_eq!(left.len(), others.len() - 1);
        assert!(left.iter().all(|row| others.contains(row)));
        assert_eq!(
            count(&backend, "select count(*) from visit where summary <> '' and client_id is not null").await,
            3
        );
        // Each step stands in the log, whose chain holds.
        for action in ["propose", "release"] {
            let sql: &'static str = match action {
                "propose" => "select count(*) from use_log where action = 'propose' and basis = 'retention'",
                _ => "select count(*) from use_log where action = 'release' and basis = 'retention'",
            };
            assert_eq!(count(&backend, sql).await, 1, "{action}");
        }
        let erased =
            "select count(*) from use_log l join use_log_client c on c.seq = l.seq where l.action = 'erase'";
        assert_eq!(count(&backend, erased).await, 1);
        assert!(chain_is_whole(&backend).await);
        // The tombstone is no identity.
        let hashes = texts(&backend, "select hash from tombstone").await;
        assert!(
            hashes.len() >= 7
                && !hashes.iter().any(|hash| hash.contains(&sent.client.uuid().simple().to_string()))
        );
        // Once is enough.
        let again = admin.submit(&release, &[("hash", &hash), ("password", PASSWORD)]).await;
        assert!(again.status == 422 && again.body.contains("ei enää odota"));
        assert_eq!(
            backend.erasure(&actor(&backend, "ADMIN").await, id).await.expect("it").erased,
            [(RecordKind::Client, 1)]
        );
    }
}

#[tokio::test]
async fn what_was_erased_leaves_no_seal_either() {
    for backend in both().await {
        let sent = a_life(&backend).await;
        let (product, mut phone) = with_phone_of(&backend, "AWAY").await;
        let lead = actor(&product, "AWAYLEAD").await;
        product.revoke_device(&lead, phone.credentials[0].device).await.expect("the lead ends it");
        let visit = plain_visit(employer(&product, "E2").await);
        let about = LogVisit { client: Some(sent.client), ..visit.clone() };
        let ids: [CommandId; 3] = [new_id().into(), new_id().into(), new_id().into()];
        phone.write_down(0, 0, ids[0], &Command::LogVisit(about.clone()), 1);
        phone.write_down(0, 0, ids[1], &Command::LogVisit(visit), 2);
        let reply = from_phone(&product, &mut phone).await;
        assert!(
            reply.answers.iter().all(|answer| answer.outcome == sealed::Outcome::Held(sealed::Held::Revoked))
        );
        product.clock.set(at(DUE));
        erase(&product, south(&backend).await, "AWAYLEAD").await;
        assert_eq!(count(&backend, "select count(*) from arrival where envelope is not null").await, 1);
        // What comes after that is not kept either, and can't be brought in.
        phone.write_down(0, 0, ids[2], &Command::LogVisit(about), 3);
        from_phone(&product, &mut phone).await;
        let coach = actor(&product, "AWAY").await;
        product.accept_held_entry(&coach, ids[2], &seal_of(&phone, ids[2])).await.expect("it is settled");
        assert_eq!(count(&backend, "select count(*) from arrival where envelope is not null").await, 1);
        assert_eq!(count(&backend, "select count(*) from arrival where body is not null").await, 0);
    }
}

#[tokio::test]
async fn what_was_erased_after_a_backup_is_erased_once_more_when_the_backup_is_put_back() {
    for mut backend in both().await {
        let sent = a_life(&backend).await;
        let keys = Keys::open_or_make(backend.keys_folder(), a_wednesday()).expect("keys");
        let backup = backend.copied().await;
        let product = (*backend).clone().with_keys(keys.clone());
        product.clock.set(at(DUE));
        erase(&product, south(&backend).await, "AWAYLEAD").await;
        assert_eq!(product.erase_again().await.expect("a ledger"), 0, "here it is done");

        let holds = async || tables_with(&backup, TRACE).await;
        assert!(holds().await.len() > 18, "the backup holds the record");
        // Without the ledger nobody knows.
        assert_eq!(backup.erase_again().await.expect("no ledger"), 0);
        assert!(holds().await.len() > 18);
        let put_back = (*backup).clone().with_keys(keys);
        assert_eq!(put_back.erase_again().await.expect("a ledger"), 1);
        assert_eq!(holds().await, Vec::<String>::new());
        assert!(!in_files(&backup, TRACE), "the files of the database still hold a word");
        assert_eq!(put_back.erase_again().await.expect("a ledger"), 0, "once is enough");
        // What a phone sends again brings nothing back.
        let coach = actor(&backup, "AWAY").await;
        let outcome = send(&backup, &coach, &sent.visit).await;
        assert!(matches!(outcome, Outcome::Refused(Refusal::Erased)), "{outcome:?}");
        let noted = "select count(*) from use_log where action = 'erase' and basis = 'operator'";
        assert_eq!(count(&backup, noted).await, 1);
        assert!(chain_is_whole(&backup).await);
        // Erasing goes on behind the ledger's last line.
        assert_eq!(count(&backup, "select carried_out from erasure_ledger").await, 1);
    }
}

#[tokio::test]
async fn what_comes_late_is_told_and_brings_nothing_back() {
    for backend in both().await {
        let sent = a_life(&backend).await;
        backend.clock.set(at(DUE));
        erase(&backend, south(&backend).await, "AWAYLEAD").await;
        let before = records(&backend).await;
        let coach = actor(&backend, "AWAY").await;
        let logged = VisitId(sent.visit.id.uuid());
        let to = LogVisit { summary: TRACE.into(), ..plain_visit(employer(&backend, "E2").await) };
        let to = LogVisit { day: day("2026-11-18"), ..to };
        let again = LogVisit { client: Some(sent.client), ..to.clone() };
        let late = [
            // The same entries once more, from a phone that lay in a drawer.
            sent.visit.clone(),
            sent.meeting.clone(),
            sent.attempt.clone(),
            // Written after, about what was erased.
            entry(&Command::AmendVisit(AmendVisit { visit: logged, version: 1, to })),
            entry(&Command::LogVisit(again)),
            entry(&Command::LogMeeting(a_meeting(sent.client))),
            entry(&Command::LogAttempt(an_attempt(sent.client))),
            entry(&Command::WithdrawMeeting(OnMeeting { meeting: sent.meeting.id.uuid().into() })),
        ];
        for entry in &late {
            let outcome = send(&backend, &coach, entry).await;
            assert_eq!(outcome, Outcome::Refused(Refusal::Erased), "{}", entry.body);
        }
        // In one batch with an entry that is good, this one takes effect.
        let today = LogVisit { day: day("2036-11-18"), ..plain_visit(employer(&backend, "E1").await) };
        let good = entry(&Command::LogVisit(today));
        let mut entries = late.to_vec();
        entries.push(good.clone());
        let answers = backend.sync(&coach, domain::sync::Batch { entries }).await.expect("answers").answers;
        assert!(matches!(answers.last().map(|answer| &answer.outcome), Some(Outcome::Committed(_))));
        assert!(
            matches!(
                send(&backend, &coach, &entry(&Command::WithdrawVisit(OnVisit { visit: logged }))).await,
                Outcome::Committed(_)
            ),
            "a visit without words may be taken back"
        );
        // The forms say it in words.
        let browser = Browser::of(&backend, "AWAY").await;
        let form = format!("/clients/{}/meetings/new", sent.client);
        let id = new_id().to_string();
        let reply = browser.submit(&form, &[("id", &id), ("day", "2036-11-18"), ("minutes", "10")]).await;
        assert!(
            reply.status == 410 && reply.body.contains("on hävitetty"),
            "{} {}",
            reply.status,
            reply.body
        );
        assert_eq!(browser.open(&format!("/clients/{}", sent.client)).await.status, 404);
        // A package of before does not bring the client back, nor does an export of after lose its shape.
        let old = domain::package::read(&county_files(), backend.clock.today());
        let imported = import(&backend, &old, Wanted::AllOrNothing).await;
        assert!(imported.written);
        assert!(
            imported
                .differs
                .iter()
                .any(|one| one.file == "clients.csv" && one.to_string().contains("erased"))
        );
        assert_eq!(count(&backend, "select count(*) from client").await, 3);
        let after = records(&backend).await;
        for table in ["client", "client_coach", "client_meeting", "outreach_attempt", "receipt"] {
            let touched = table == "receipt";
            assert!(touched || before.get(table) == after.get(table), "{table}");
        }
        assert_eq!(tables_with(&backend, TRACE).await, Vec::<String>::new());
        let out = backend.export().await.expect("an export");
        assert!(out.unreadable.is_empty(), "{:?}", out.unreadable);
        let reading = domain::package::read(&out.package, backend.clock.today());
        let back = import(&backend, &reading, Wanted::AllOrNothing).await;
        assert!(back.written && back.differs.is_empty(), "{:?}", back.differs);
        assert!(
            out.package
                .values()
                .chain(out.tables.values())
                .all(|file| { !String::from_utf8_lossy(file).to_lowercase().contains(TRACE) })
        );
    }
}

#[tokio::test]
async fn who_was_opened_again_is_left_out_and_said() {
    for backend in both().await {
        let sent = a_life(&backend).await;
        backend.clock.set(at(DUE));
        let unit = south(&backend).await;
        let (lead, admin) = (actor(&backend, "AWAYLEAD").await, actor(&backend, "ADMIN").await);
        let hash = backend.due_of_unit(&lead, unit).await.expect("a dry run").hash;
        let Proposed::Waits(id) = backend.propose_erasure(&lead, unit, &hash).await.expect("a proposal")
        else {
            panic!("not proposed")
        };
        assert_eq!(
            backend.propose_erasure(&admin, unit, "x").await.expect("a proposal"),
            Proposed::Waits(id),
            "one at a time"
        );
        // The client comes back.
        change(&backend, "update client set closed_on = null where code = 'AWAYS'").await;
        backend.release_erasure(&admin, id, &hash, PASSWORD).await.expect("a release").expect("released");
        let browser = Browser::of(&backend, "AWAYLEAD").await;
        let body = browser.open(&format!("/organisation/retention/erasures/{id}")).await.body;
        assert!(body.contains("koska asiakkuus avattiin uudelleen: 1"), "{body}");
        let seen = backend.erasure(&admin, id).await.expect("it");
        assert_eq!((seen.reopened, seen.other_left, seen.erased.len(), seen.waiting.len()), (1, 0, 0, 0));
        assert_eq!(count(&backend, "select count(*) from tombstone").await, 0);
        let note = format!("{TRACE}.");
        assert!(
            rows_of(&backend, "client_note").await.iter().any(|row| row.contains(&note)),
            "{}",
            sent.note
        );
        // Closed again, the clock begins anew; then everything goes.
        change(&backend, "update client set closed_on = '2036-11-19' where code = 'AWAYS'").await;
        assert_eq!(backend.due_of_unit(&lead, unit).await.expect("a dry run").listed, 0);
        backend.clock.set(at("2046-11-20T08:00:00Z"));
        let id = erase(&backend, unit, "AWAYLEAD").await;
        let admin = actor(&backend, "ADMIN").await;
        assert_eq!(backend.erasure(&admin, id).await.expect("it").erased, [(RecordKind::Client, 1)]);
        assert_eq!(tables_with(&backend, TRACE).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_part_goes_before_the_whole_and_does_not_come_back_with_the_client() {
    for backend in both().await {
        let sent = a_life(&backend).await;
        let admin = actor(&backend, "ADMIN").await;
        let fields = |years: &str| RuleFields {
            years: years.into(),
            start: "closing".into(),
            source: "Päätös 7/2026".into(),
        };
        for kind in [RecordKind::Writings, RecordKind::Visits] {
            let set = backend.set_retention_rule(&admin, Service::Latu, kind, &fields("2")).await;
            set.expect("a database").expect("a rule");
        }
        backend.clock.set(at("2028-11-19T08:00:00Z"));
        let unit = south(&backend).await;
        let id = erase(&backend, unit, "AWAYLEAD").await;
        let admin = actor(&backend, "ADMIN").await;
        let erased = backend.erasure(&admin, id).await.expect("it").erased;
        assert_eq!(erased, [(RecordKind::Writings, 1), (RecordKind::Visits, 1)]);
        assert_eq!(
            backend.due_of_unit(&admin, unit).await.expect("a dry run").listed,
            0,
            "what is gone is not due"
        );
        let left = tables_with(&backend, TRACE).await;
        for gone in [
            "client_note",
            "client_meeting",
            "outreach_attempt",
            "meeting_talk",
            "visit",
            "visit_version",
            "visit_draft",
        ] {
            assert!(!left.iter().any(|table| table == gone), "{gone}: {left:?}");
        }
        for kept in ["client", "client_profile", "disclosure", "consent", "job", "referral"] {
            assert!(left.iter().any(|table| table == kept), "{kept}: {left:?}");
        }
        // The client comes back; what was erased does not.
        change(&backend, "update client set closed_on = null where code = 'AWAYS'").await;
        let coach = actor(&backend, "AWAY").await;
        for entry in [&sent.meeting, &sent.attempt, &sent.visit] {
            assert_eq!(send(&backend, &coach, entry).await, Outcome::Refused(Refusal::Erased));
        }
        let words = NoteFields { day: "2026-11-18".into(), words: TRACE.into() };
        assert!(backend.write_note(&coach, sent.client, sent.note, &words).await.is_err());
        assert_eq!(count(&backend, "select count(*) from client_note").await, 0);
        let fresh = LogMeeting { day: day("2028-11-18"), ..a_meeting(sent.client) };
        let fresh = entry(&Command::LogMeeting(fresh));
        assert!(matches!(send(&backend, &coach, &fresh).await, Outcome::Committed(_)));
        assert!(chain_is_whole(&backend).await);
    }
}

/// A memo that never became a client, and one that did after it was declined.
async fn a_memo(backend: &TestBackend, words: &'static str) -> Uuid {
    let (unit, team) = (id_of(backend, "unit", "NORTH").await, id_of(backend, "team", "PSY").await);
    let (who, now, id) = (person(backend, "REF").await.uuid(), backend.clock.now(), new_id());
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into referral (id, unit_id, team_id, referrer_id, name, phone, wish, contact_wish, share, words,
             sent_at, sent_on, accepted, decided_on, decline_reason, decline_words)
         values ($1, $2, $3, $4, $5, '', $5, '', '', $5, $6, $7, false, $7, 'own_wish', $5)",
        id, unit, team, who, words, now, day("2026-11-18")
    )
    .expect("a memo");
    tx.commit().await.expect("a commit");
    id
}

#[tokio::test]
async fn memos_that_never_became_a_client_run_from_their_decision() {
    for backend in both().await {
        settle(&backend).await;
        let (gone, taken_up) = (a_memo(&backend, "zyxwaldo").await, a_memo(&backend, "toinen").await);
        let north: UnitId = id_of(&backend, "unit", "NORTH").await.into();
        for (instant, due) in [("2028-11-18T20:00:00Z", 0), ("2028-11-19T08:00:00Z", 2)] {
            backend.clock.set(at(instant));
            let lead = actor(&backend, "LEAD").await;
            assert_eq!(backend.due_of_unit(&lead, north).await.expect("a dry run").listed, due, "{instant}");
        }
        let (lead, admin) = (actor(&backend, "LEAD").await, actor(&backend, "ADMIN").await);
        let hash = backend.due_of_unit(&lead, north).await.expect("a dry run").hash;
        let Proposed::Waits(id) = backend.propose_erasure(&lead, north, &hash).await.expect("a proposal")
        else {
            panic!("not proposed")
        };
        // One is taken up after all meanwhile.
        change(&backend, "update referral set accepted = true where words = 'toinen'").await;
        backend.release_erasure(&admin, id, &hash, PASSWORD).await.expect("a release").expect("released");
        let seen = backend.erasure(&admin, id).await.expect("it");
        assert_eq!((seen.erased.clone(), seen.reopened), (vec![(RecordKind::Memo, 1)], 1));
        assert_eq!(tables_with(&backend, TRACE).await, Vec::<String>::new());
        assert!(!in_files(&backend, TRACE));
        let left = texts(&backend, "select words from referral").await;
        assert_eq!(left, ["toinen"], "{gone} {taken_up}");
    }
}

#[tokio::test]
async fn a_proposal_lapses_is_taken_back_and_goes_on_where_the_server_stopped() {
    for backend in both().await {
        a_life(&backend).await;
        backend.clock.set(at(DUE));
        let unit = south(&backend).await;
        let (lead, admin) = (actor(&backend, "AWAYLEAD").await, actor(&backend, "ADMIN").await);
        let hash = backend.due_of_unit(&lead, unit).await.expect("a dry run").hash;
        let propose = async |who| match backend.propose_erasure(who, unit, &hash).await.expect("a proposal") {
            Proposed::Waits(id) => id,
            Proposed::Changed => panic!("not proposed"),
        };
        let release =
            async |who, id| backend.release_erasure(who, id, &hash, PASSWORD).await.expect("a database");
        let first = propose(&lead).await;
        backend.withdraw_erasure(&admin, first).await.expect("taken back");
        assert_eq!(release(&admin, first).await, Err(WhyNot::NotOpen));
        let second = propose(&admin).await;
        assert_eq!(release(&admin, second).await, Err(WhyNot::Own));
        backend.clock.set(at("2036-12-20T08:00:00Z"));
        let (lead, admin) = (actor(&backend, "AWAYLEAD").await, actor(&backend, "ADMIN").await);
        assert_eq!(release(&lead, second).await, Err(WhyNot::NotOpen), "after thirty days");
        let third = propose(&admin).await;
        assert_ne!(third, second);
        // Released, and then the server stopped: whoever may releases once more, and it goes on.
        let releaser = person(&backend, "AWAYLEAD").await.uuid();
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        let now = backend.clock.now();
        backend::execute!(
            tx,
            "update erasure set released_by = $2, released_at = $3 where id = $1",
            third,
            releaser,
            now
        )
        .expect("released");
        tx.commit().await.expect("a commit");
        let page = format!("/organisation/retention/erasures/{third}");
        let browser = Browser::of(&backend, "AWAYLEAD").await;
        assert!(browser.open(&page).await.body.contains("Jatka hävittämistä"));
        let lead = actor(&backend, "AWAYLEAD").await;
        assert_eq!(release(&lead, third).await, Ok(()));
        assert_eq!(tables_with(&backend, TRACE).await, Vec::<String>::new());
        assert_eq!(backend.erasure(&admin, third).await.expect("it").erased, [(RecordKind::Client, 1)]);
        // The database itself keeps the two apart.
        let same = "update erasure set released_by = proposed_by";
        assert!(crate::helpers::tamper(&backend, same).await.is_err());
    }
}

#[tokio::test]
async fn a_rule_is_set_by_an_administrator_with_its_source_and_is_kept() {
    for backend in both().await {
        settle(&backend).await;
        let (admin, lead) = (Browser::of(&backend, "ADMIN").await, Browser::of(&backend, "LEAD").await);
        let home = admin.open("/organisation").await.body;
        assert!(home.contains("/organisation/retention"));
        let body = lead.open("/organisation/retention/rules").await.body;
        assert!(
            body.contains("120 vuotta syntymävuodesta") && body.contains("10 vuotta päättymisestä"),
            "{body}"
        );
        assert!(
            body.contains("kukaan ei ole vahvistanut") && !body.contains("rules/latu"),
            "a lead reads them"
        );
        let rule = "/organisation/retention/rules/latu/client";
        let bad = admin.submit(rule, &[("years", "0"), ("start", "closing"), ("source", "")]).await;
        assert!(
            bad.status == 422 && bad.body.contains("1–150") && bad.body.contains("Kirjoita laki"),
            "{}",
            bad.body
        );
        let good = [("years", "12"), ("start", "closing"), ("source", "Laki 703/2023 liite")];
        assert_eq!(
            admin.submit(rule, &good).await.header("location"),
            "/organisation/retention/rules?saved=1"
        );
        assert_eq!(admin.submit(rule, &[("years", "15"), good[1], good[2]]).await.status, 303);
        let body = admin.open(rule).await.body;
        assert!(
            body.contains("value=\"15\"")
                && body.contains("12 vuotta päättymisestä")
                && body.contains("Ylläpitäjä Itse")
        );
        let changes = admin.open("/organisation/changes").await.body;
        assert!(
            changes.contains("Säilytysaika") && changes.contains("Koko asiakas") && changes.contains("LATU"),
            "{changes}"
        );
        assert_eq!(count(&backend, "select count(*) from retention_rule").await, 2);
        assert_eq!(
            count(&backend, "select count(*) from use_log where object_kind = 'retention_rule'").await,
            2
        );
        assert_eq!(admin.open("/organisation/retention/rules/latu/nothing").await.status, 404);
        backend.clock.set(a_wednesday());
    }
}

/// The engine is what the helpers say it is: the files are looked at on the one that has some.
#[tokio::test]
async fn the_files_are_looked_at_where_there_are_files() {
    for backend in both().await {
        a_life(&backend).await;
        let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
        let sqlite = matches!(&mut tx.engine, Engine::Sqlite(_));
        assert_eq!(in_files(&backend, TRACE), sqlite, "what is there is found");
    }
}
