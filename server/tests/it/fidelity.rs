//! The 25 criteria from the pilot's package: every number equals a second calculation, written as plain SQL.

use crate::helpers::{Browser, TestBackend, actor, both, count, day, entry, settle};
use crate::import::imported;
use backend::clock::new_id;
use backend::fidelity::{Deed, UnitEstimates};
use backend::store::Engine;
use backend::{Actor, Error};
use chrono::{Days, Months, NaiveDate};
use domain::fidelity::Band;
use domain::fidelity::assessment::{BeginFields, By, ScoreFields, ScoreItem, Stage};
use domain::fidelity::choices::ChoiceFields;
use domain::fidelity::dossier::OpeningFields;
use domain::fidelity::estimate::{Estimate, PartKind};
use domain::fidelity::improvement::ActionFields;
use domain::forms::FieldError;
use domain::ids::PersonId;
use domain::sync::{Command, Outcome, Refusal};
use domain::today::Gap;
use std::collections::BTreeMap;
use uuid::Uuid;

const UNIT: &str = "SII-IPS";

/// The package in a database, and the days to look at: the pilot's, or the demo's last ones.
async fn filled(backend: &TestBackend) -> (String, Vec<NaiveDate>) {
    let unit = imported(backend).await.package.units[0].unit.clone();
    let days = if unit == UNIT {
        vec![day("2024-05-31"), day("2024-11-29")]
    } else {
        let today = backend.clock.today();
        vec![today, today - Days::new(183)]
    };
    (unit, days)
}

fn of(found: &UnitEstimates, item: u8) -> &Estimate {
    found.estimates.iter().find(|estimate| estimate.item == item).expect("an item")
}

/// Numerator and denominator of an item, as counts.
fn numbers(found: &UnitEstimates, item: u8) -> [i64; 2] {
    let estimate = of(found, item);
    [estimate.numerator.expect("a numerator"), estimate.denominator.expect("a denominator") / 100]
}

fn part(found: &UnitEstimates, item: u8, kind: PartKind) -> [i64; 2] {
    of(found, item).parts.iter().find(|part| part.kind == kind).and_then(|part| part.of).expect("a part")
}

/// The days that the plain SQL needs: of its own making, not the product's.
struct Sql<'a> {
    backend: &'a TestBackend,
    words: Vec<(&'static str, String)>,
}

impl<'a> Sql<'a> {
    fn of(backend: &'a TestBackend, unit: &str, on: NaiveDate) -> Self {
        // The last Sunday on the day or before, and the Monday eight weeks before the next one.
        let sunday = (0..7).map(|back| on - Days::new(back)).find(|day| day.format("%u").to_string() == "7");
        let sunday = sunday.expect("a Sunday");
        let months = |months| (on - Months::new(months) + Days::new(1)).to_string();
        let words = vec![
            (":unit", format!("(select id from unit where code = '{unit}')")),
            (":sunday", sunday.to_string()),
            (":monday", (sunday - Days::new(55)).to_string()),
            (":m18", months(18)),
            (":m12", months(12)),
            (":m6", months(6)),
            (":m1", months(1)),
            (":day", on.to_string()),
        ];
        Self { backend, words }
    }

    /// The numbers of one row.
    async fn row<const N: usize>(&self, sql: &str) -> [i64; N] {
        let rows = self.rows::<N>(sql).await;
        assert_eq!(rows.len(), 1, "{sql}");
        rows[0]
    }

    async fn rows<const N: usize>(&self, sql: &str) -> Vec<[i64; N]> {
        let sql = self.words.iter().fold(sql.to_owned(), |sql, (word, value)| sql.replace(word, value));
        let mut tx = self.backend.store.read(&self.backend.clock).await.expect("a transaction");
        let Engine::Sqlite(tx) = &mut tx.engine else { panic!("the plain SQL is SQLite's") };
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut **tx).await.expect("rows");
        rows.iter()
            .map(|row| std::array::from_fn(|at| sqlx::Row::get::<Option<i64>, _>(row, at).unwrap_or(0)))
            .collect()
    }
}

/// Whom the day counts as an open client.
const OPEN: &str =
    "c.unit_id = :unit and c.agreement_on <= ':day' and (c.closed_on is null or c.closed_on > ':day')";
/// Who coaches on the day.
const COACH: &str = "o.unit_id = :unit and o.role = 'coach' and o.from_day <= ':day'
    and (o.to_day is null or o.to_day >= ':day')";

#[tokio::test]
async fn every_number_equals_a_second_calculation_in_plain_sql() {
    let backends = both().await;
    let mut first: BTreeMap<NaiveDate, Vec<_>> = BTreeMap::new();
    for backend in &backends {
        let (unit, days) = filled(backend).await;
        for on in days {
            let found = backend.fidelity_by_operator(Some(&unit), on).await.expect("estimates").remove(0).1;
            // Both databases say the same.
            let said: Vec<_> = found
                .estimates
                .iter()
                .map(|it| (it.item, it.score, it.numerator, it.denominator, it.parts.clone(), it.rows.len()))
                .collect();
            let known = first.entry(on).or_insert_with(|| said.clone());
            assert_eq!(*known, said, "{on}");
            if backend.store.engine_name() == "SQLite" {
                agrees(&Sql::of(backend, &unit, on), &found).await;
            }
        }
    }
}

async fn agrees(sql: &Sql<'_>, found: &UnitEstimates) {
    caseload_and_time(sql, found).await;
    meetings(sql, found).await;
    search(sql, found).await;
    jobs(sql, found).await;
    follow_along(sql, found).await;
}

async fn caseload_and_time(sql: &Sql<'_>, found: &UnitEstimates) {
    let [clients] = sql.row(&format!("select count(*) from client c where {OPEN}")).await;
    let [fte] = sql.row(&format!("select sum(fte_hundredths) from post o where {COACH}")).await;
    assert_eq!((of(found, 1).numerator, of(found, 1).denominator), (Some(clients), Some(fte)), "1");

    let time = "from time_use t where t.week_of between ':monday' and ':sunday'";
    let service = sql
        .row(&format!("select sum(minutes * (category = 'employment_service')), sum(minutes) {time}"))
        .await;
    assert_eq!(numbers(found, 2), service, "2");
    let outside = format!("sum(minutes * (place = 'community')), sum(minutes) {time}");
    assert_eq!(numbers(found, 24), sql.row(&format!("select {outside}")).await, "24");
    let mut each: Vec<[i64; 2]> = sql.rows(&format!("select {outside} group by coach_id")).await;
    each.sort_unstable();
    let mut coaches: Vec<[i64; 2]> =
        of(found, 24).coaches.iter().map(|coach| [coach.part, coach.of]).collect();
    coaches.sort_unstable();
    assert_eq!(coaches, each, "24, each coach");

    // The pilot has two teams: whoever has a team has one of the two largest.
    let teams = sql
        .row(&format!(
            "select count(c.team_id), count(*) from client c join client_coach k on k.client_id = c.id
             join post o on o.person_id = k.person_id where {OPEN} and {COACH}
             and k.from_day <= ':day' and (k.to_day is null or k.to_day >= ':day')"
        ))
        .await;
    assert_eq!(numbers(found, 4), teams, "4");
}

async fn meetings(sql: &Sql<'_>, found: &UnitEstimates) {
    // A coach's meetings: those of teams of the coach's clients, in weeks with a day on duty.
    let attended = sql
        .row(
            "select sum(exists (select 1 from meeting_presence r where r.meeting_id = m.id and r.person_id = o.person_id)),
                 count(*)
             from meeting m join post o on o.unit_id = :unit and o.role = 'coach'
             where m.kind = 'treatment_team' and m.day between ':m6' and ':day'
                 and o.from_day <= ':day' and (o.to_day is null or o.to_day >= ':m6')
                 and o.from_day <= date(m.day, 'weekday 0') and (o.to_day is null or o.to_day >= date(m.day, 'weekday 0', '-6 days'))
                 and m.team_id in (select c.team_id from client c join client_coach k on k.client_id = c.id
                     where k.person_id = o.person_id and k.from_day <= ':day' and (k.to_day is null or k.to_day >= ':m6')
                         and c.agreement_on <= ':day')",
        )
        .await;
    assert_eq!(numbers(found, 5), attended, "5");

    let weeks = |kind: &str, more: &str| {
        format!(
            "select count(distinct date(m.day, 'weekday 0')) from meeting m
             where m.kind = '{kind}' and m.day between ':m6' and ':day' {more}"
        )
    };
    let all = "select (julianday(date(':day', 'weekday 0')) - julianday(date(':m6', 'weekday 0'))) / 7 + 1";
    let [all] = sql.row(&all.replace("select ", "select cast(").replace(" + 1", " + 1 as integer)")).await;
    let [unit] = sql.row(&weeks("vocational_unit", "")).await;
    assert_eq!(numbers(found, 7), [unit, all], "7");
    let with_lead = "and exists (select 1 from meeting_presence r join post o on o.person_id = r.person_id
        where r.meeting_id = m.id and o.role = 'lead')";
    let [supervision] = sql.row(&weeks("supervision", with_lead)).await;
    assert_eq!(part(found, 8, PartKind::WeeklySupervision), [supervision, all], "8");
    let [partners] = sql
        .row(
            "select count(*) from (select 1 from meeting m where m.kind = 'partner_meeting' and m.day between ':m6' and ':day'
             group by m.day)",
        )
        .await;
    assert_eq!(of(found, 6).rows.len() as i64, partners, "6: one a day at most in the package");
}

async fn search(sql: &Sql<'_>, found: &UnitEstimates) {
    let days = sql
        .row(
            "select sum(days), count(*) from (select met,
                 cast(julianday(max(agreement_on, min(coalesce(met, ':day'), coalesce(met, closed_on, ':day')))) -
                     julianday(agreement_on) as integer) as days
                 from (select c.agreement_on, c.closed_on,
                     (select min(v.day) from visit v where v.client_id = c.id and v.mode = 'in_person' and v.day <= ':day')
                         as met
                     from client c where c.unit_id = :unit and c.agreement_on between ':m12' and ':day'))
             where met is not null or days >= 30",
        )
        .await;
    assert_eq!(numbers(found, 15), days, "15");

    let counted = "from visit v where v.unit_id = :unit and v.mode = 'in_person' and v.day between ':monday' and ':sunday'
        and v.coach_id in (select o.person_id from post o where o.role = 'coach' and o.from_day <= ':sunday'
            and (o.to_day is null or o.to_day >= ':monday'))";
    let [met, generic] =
        sql.row(&format!("select count(v.client_id), sum(v.client_id is null) {counted}")).await;
    assert_eq!(numbers(found, 17)[0], met, "17");
    assert_eq!(of(found, 17).rows.len() as i64, met + generic, "17, its rows");
    // On duty all eight weeks, or from the Monday of one on: days on duty by seven, rounded up.
    let [weeks] = sql
        .row(
            "select sum((cast(julianday(min(coalesce(o.to_day, ':sunday'), ':sunday'))
                 - julianday(date(max(o.from_day, ':monday'), 'weekday 0', '-6 days')) as integer) + 7) / 7)
             from post o where o.unit_id = :unit and o.role = 'coach' and o.from_day <= ':sunday'
                 and (o.to_day is null or o.to_day >= ':monday')",
        )
        .await;
    assert_eq!(numbers(found, 17)[1], weeks, "17, weeks on duty");

    let again = sql
        .row(
            "select sum(times >= 2), count(*) from (select count(*) as times from visit v
             where v.unit_id = :unit and v.mode = 'in_person' and v.day between ':m6' and ':day'
             group by v.coach_id, v.employer_id)",
        )
        .await;
    assert_eq!(numbers(found, 18), again, "18");
}

async fn jobs(sql: &Sql<'_>, found: &UnitEstimates) {
    let held = "from job j where j.started_on <= ':day' and (j.ended_on is null or j.ended_on >= ':m12')";
    assert_eq!(
        numbers(found, 19),
        sql.row(&format!("select count(distinct isco08), count(*) {held}")).await,
        "19"
    );
    let employers = sql.row(&format!("select count(distinct employer_id), count(*) {held}")).await;
    assert_eq!(numbers(found, 20), employers, "20");
    let current = "from job j where j.started_on <= ':day' and (j.ended_on is null or j.ended_on > ':day')";
    let steady = sql.row(&format!("select sum(permanent = 1 and competitive = 1), count(*) {current}")).await;
    assert_eq!(numbers(found, 21), steady, "21");
    assert_eq!(of(found, 21).score == Some(1), steady[1] < 10 || steady[0] * 100 < 65 * steady[1], "21");
    let [starts] = sql.row("select count(*) from job where started_on between ':m12' and ':day'").await;
    assert_eq!(numbers(found, 12)[1], starts, "12");
    let supported = sql
        .row(
            "select sum(exists (select 1 from support s where s.client_id = w.client_id and s.day between ':m1' and ':day')),
                 count(*)
             from (select distinct client_id from job j where j.started_on <= ':day'
                 and (j.ended_on is null or j.ended_on > ':day')) w",
        )
        .await;
    assert_eq!(numbers(found, 22), supported, "22");
}

async fn follow_along(sql: &Sql<'_>, found: &UnitEstimates) {
    let starts = "from job j where j.started_on between ':m18' and ':day'";
    let with = |more: &str| {
        format!("exists (select 1 from support s where s.client_id = j.client_id and s.day <= ':day' {more})")
    };
    let before = with(
        "and s.mode = 'in_person' and s.day between date(j.started_on, '-7 days') and date(j.started_on, '-1 day')",
    );
    let before = sql.row(&format!("select sum({before}), count(*) {starts}")).await;
    assert_eq!(part(found, 23, PartKind::WeekBefore), before, "23, the week before");
    let last = "min(coalesce(j.ended_on, ':day'), ':day')";
    let after = with("and s.day between j.started_on and date(j.started_on, '+3 days')");
    let after = format!("select sum({after}), count(*) {starts} and date(j.started_on, '+3 days') <= {last}");
    assert_eq!(part(found, 23, PartKind::ThreeDaysAfter), sql.row(&after).await, "23, three days after");
    let weekly: Vec<String> = (0..4)
        .map(|week| {
            with(&format!(
                "and s.day between date(j.started_on, '+{} days') and date(j.started_on, '+{} days')",
                7 * week,
                7 * week + 6
            ))
        })
        .collect();
    let weekly = format!(
        "select sum({}), count(*) {starts} and date(j.started_on, '+27 days') <= {last}",
        weekly.join(" and ")
    );
    assert_eq!(part(found, 23, PartKind::WeeklyFirstMonth), sql.row(&weekly).await, "23, weekly");
    let loss = with("and s.day between j.ended_on and date(j.ended_on, '+3 days')");
    let loss = format!("select sum({loss}), count(*) {starts} and date(j.ended_on, '+3 days') <= ':day'");
    assert_eq!(part(found, 23, PartKind::AfterLoss), sql.row(&loss).await, "23, after a loss");
}

async fn begun(backend: &TestBackend, who: &Actor, second: Option<PersonId>) -> Uuid {
    let fields = BeginFields {
        day: who.today.to_string(),
        kind: "self".into(),
        second: second.map(|second| second.to_string()).unwrap_or_default(),
    };
    let id = new_id();
    backend.begin_assessment(who, id, &fields).await.expect("a database").expect("an assessment");
    id
}

fn given(score: &str) -> ScoreFields {
    ScoreFields { score: score.into(), reason: "Nähty.".into(), evidence: String::new() }
}

async fn score_all(backend: &TestBackend, who: &Actor, id: Uuid, score: &str) {
    for item in 1..=25 {
        backend.score(who, id, item, &given(score), None).await.expect("a database").expect("a score");
    }
}

/// For the matrix: one that is being scored, one that everybody has scored, one that is signed.
pub async fn assessed(backend: &TestBackend, lead: &Actor, second: PersonId) -> Vec<(&'static str, Uuid)> {
    let mut all = Vec::new();
    for name in ["assessment", "scored", "signed"] {
        all.push((name, begun(backend, lead, Some(second)).await));
    }
    let ids = [all[1].1, all[2].1];
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    let now = backend.clock.now();
    for (id, person) in ids.into_iter().flat_map(|id| [(id, lead.person), (id, second)]) {
        for item in 1..=25_i64 {
            backend::execute!(
                tx,
                "insert into own_score (assessment_id, person_id, item, score, reason, evidence, noted_at)
                 values ($1, $2, $3, 4, '', '', $4)",
                id,
                person.uuid(),
                item,
                now
            )
            .expect("a score");
        }
    }
    tx.commit().await.expect("a commit");
    backend.sign_assessment(lead, ids[1]).await.expect("signed");
    all
}

/// An action of the unit's plan that the person sees to.
pub async fn improved(backend: &TestBackend, who: &Actor) -> Uuid {
    let id = new_id();
    let fields = ActionFields {
        what: "Kontaktit käydään läpi viikoittain.".into(),
        owner: who.person.to_string(),
        by_day: (who.today + Days::new(3)).to_string(),
    };
    backend.improve(who, id, 17, &fields).await.expect("a database").expect("an action");
    id
}

/// The built-in texts under another name, with a title of their own.
fn other_pack(version: u32) -> String {
    let text = domain::fidelity::pack::BUILT_IN_TEXT;
    text.replacen("pack = \"ips-25\"", "pack = \"oma\"", 1)
        .replacen("version = 1", &format!("version = {version}"), 1)
        .replacen("fi = \"Asiakasmäärä\"", "fi = \"Luvalliset sanat\"", 1)
}

/// A pack that the lead loaded.
pub async fn loaded_pack(backend: &TestBackend, lead: &Actor) -> Uuid {
    backend.load_pack(lead, other_pack(1).as_bytes()).await.expect("a database").expect("a pack");
    backend.packs(lead).await.expect("a page").packs[0].id
}

/// Does a client's code stand in it?
fn coded(text: &str) -> bool {
    let digits = |code: &str| code.len() >= 5 && code.bytes().take(5).all(|byte| byte.is_ascii_digit());
    text.match_indices('A').any(|(at, _)| digits(&text[at + 1..]))
}

/// From today on, for two weeks.
fn opening(lead: &Actor, reviewer: &Actor) -> OpeningFields {
    let today = lead.today.to_string();
    OpeningFields {
        reviewer: reviewer.person.to_string(),
        day: today.clone(),
        from_day: today,
        to_day: (lead.today + Days::new(13)).to_string(),
        words: String::new(),
    }
}

/// A dossier that the lead opened to a reviewer from today on.
pub async fn opened(backend: &TestBackend, lead: &Actor, reviewer: &str) -> Uuid {
    let id = new_id();
    let fields = opening(lead, &actor(backend, reviewer).await);
    backend.open_dossier(lead, id, &fields).await.expect("a database").expect("opened");
    id
}

#[tokio::test]
async fn an_action_stands_on_its_owners_today_until_it_is_done() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate) = (actor(&backend, "OWN").await, actor(&backend, "MATE").await);
        let id = improved(&backend, &own).await;
        let waits = async |who: &Actor| {
            let gaps = backend.today(who).await.expect("Today").gaps;
            gaps.iter().any(|gap| matches!(gap, Gap::DoneYet { .. }))
        };
        assert!(waits(&own).await && !waits(&mate).await);
        // Whoever works in the unit may say that it is done; another unit knows nothing of it.
        let away = actor(&backend, "AWAY").await;
        assert!(matches!(backend.take_improvement(&away, id, Deed::Done).await, Err(Error::NotThere)));
        assert!(backend.fidelity(&away, None).await.expect("a page").plan.is_empty());
        backend.take_improvement(&mate, id, Deed::Done).await.expect("done");
        assert!(!waits(&own).await);
        assert_eq!(backend.fidelity(&own, None).await.expect("a page").plan[0].done_on, Some(own.today));
        backend.take_improvement(&own, id, Deed::Undone).await.expect("not done");
        assert!(waits(&own).await);
        backend.take_improvement(&own, id, Deed::Withdrawn).await.expect("taken back");
        assert!(!waits(&own).await && backend.fidelity(&own, None).await.expect("a page").plan.is_empty());
        backend.take_improvement(&own, id, Deed::Restored).await.expect("brought back");
        assert!(waits(&own).await);
        let outside = ActionFields {
            what: "Muu.".into(),
            owner: away.person.to_string(),
            by_day: own.today.to_string(),
        };
        let refused = backend.improve(&own, new_id(), 17, &outside).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::Choice("owner")]));
        let naming = ActionFields {
            what: "Salme Salainen tapaa kaksi työnantajaa.".into(),
            owner: own.person.to_string(),
            ..outside
        };
        let refused = backend.improve(&own, new_id(), 17, &naming).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::NamesClient("what")]), "it goes into the dossier");
    }
}

#[tokio::test]
async fn two_score_blind_agree_and_sign_and_nothing_changes_after() {
    for backend in both().await {
        settle(&backend).await;
        let (lead, own) = (actor(&backend, "LEAD").await, actor(&backend, "OWN").await);
        let id = begun(&backend, &lead, Some(own.person)).await;
        score_all(&backend, &lead, id, "4").await;
        let page = backend.assessment(&own, id).await.expect("a page");
        assert_eq!(page.stage, Stage::Scoring);
        assert!(
            page.scores.own.iter().all(|(person, _)| *person == own.person),
            "the other's scores are not seen"
        );
        assert!(matches!(backend.sign_assessment(&lead, id).await, Err(Error::NotThere)), "not yet");
        score_all(&backend, &own, id, "4").await;
        backend.score(&own, id, 7, &given("2"), None).await.expect("a database").expect("another score");
        let page = backend.assessment(&own, id).await.expect("a page");
        assert_eq!((page.stage, page.scores.open(), page.scores.own.len()), (Stage::Settling, vec![7], 2));
        assert!(matches!(backend.sign_assessment(&lead, id).await, Err(Error::NotThere)), "one is open");
        let none = backend.settle_score(&lead, id, 7, &given("none")).await.expect("a database");
        assert_eq!(none, Err(vec![FieldError::Missing("score")]));
        backend.settle_score(&lead, id, 7, &given("3")).await.expect("a database").expect("agreed");
        backend.sign_assessment(&own, id).await.expect("signed");
        // Both own scores are kept, and nothing changes any more.
        let page = backend.assessment(&lead, id).await.expect("a page");
        assert_eq!(page.scores.total(), Some((99, Band::Fair)));
        assert_eq!(
            count(&backend, "select count(*) from own_score where item = 7 and score in (2, 4)").await,
            2
        );
        assert!(matches!(backend.score(&own, id, 7, &given("5"), None).await, Err(Error::NotThere)));
        assert!(matches!(backend.settle_score(&own, id, 7, &given("5")).await, Err(Error::NotThere)));
        assert!(matches!(backend.take_assessment(&lead, id, false).await, Err(Error::NotThere)));
        backend
            .note_assessment(&own, id, new_id(), "Kohta 7: kokouksia oli enemmän.")
            .await
            .expect("a database")
            .expect("a note");
        // The criteria's page shows it, and what is missing.
        let html = Browser::of(&backend, "OWN").await.open("/fidelity").await.body;
        assert!(html.contains("99 pistettä 125:stä, kohtalainen"), "{html}");
        assert!(html.contains("1 pistettä puuttuu tasosta"), "{html}");
    }
}

#[tokio::test]
async fn every_touch_of_a_score_is_kept_and_only_what_is_saved_counts() {
    for backend in both().await {
        settle(&backend).await;
        let (lead, own) = (actor(&backend, "LEAD").await, actor(&backend, "OWN").await);
        let id = begun(&backend, &lead, Some(own.person)).await;
        let touch = async |who: &Actor, at: i64, save: bool, score: &str, reason: &str| {
            let form = ScoreFields { score: score.into(), reason: reason.into(), evidence: String::new() };
            let touch = Command::ScoreItem(ScoreItem { assessment: id, item: 11, at, save, form });
            crate::helpers::send(&backend, who, &entry(&touch)).await
        };
        let page = async |who: &Actor| backend.assessment(who, id).await.expect("a page");
        let refused = Outcome::Refused(Refusal::Contact);
        touch(&lead, 10, false, "3", "Ohjausryhmä kokoontui").await;
        let now = page(&lead).await;
        assert_eq!(now.drafts[&11].reason, "Ohjausryhmä kokoontui");
        assert!(now.own(11).is_none() && now.next() == Some(1), "a draft is no score");
        assert!(page(&own).await.drafts.is_empty(), "nobody sees the other's");
        let form = Browser::of(&backend, "LEAD").await.open(&format!("/fidelity/assessments/{id}/11")).await;
        assert!(form.body.contains("Ohjausryhmä kokoontui"));
        assert_eq!(touch(&lead, 15, true, "", "").await, refused, "what is saved is whole");
        touch(&lead, 20, true, "3", "Ohjausryhmä kokoontui kahdesti.").await;
        let now = page(&lead).await;
        assert_eq!(now.own(11).and_then(|own| own.score), Some(3));
        assert!(now.drafts.is_empty());
        // From a phone that was away.
        assert_eq!(touch(&lead, 15, false, "1", "Vanha.").await, refused);
        assert_eq!(touch(&lead, 20, true, "1", "Vanha.").await, refused);
        assert_eq!(page(&lead).await.own(11).and_then(|own| own.score), Some(3));
        // A client's name is not kept, and nothing of what was there is lost.
        assert_eq!(touch(&lead, 30, false, "2", "Salme Salainen sanoi niin.").await, refused);
        let kept = page(&lead).await.own(11).map(|own| own.reason.clone());
        assert_eq!(kept.as_deref(), Some("Ohjausryhmä kokoontui kahdesti."));
        // The form without a clock is always the newest.
        backend.score(&lead, id, 11, &given("2"), None).await.expect("a database").expect("a score");
        assert_eq!(page(&lead).await.own(11).and_then(|own| own.score), Some(2));
        let stranger = actor(&backend, "MATE").await;
        assert_eq!(touch(&stranger, 40, false, "5", "").await, Outcome::Refused(Refusal::NotThere));
    }
}

#[tokio::test]
async fn a_score_beside_the_estimate_has_a_reason_and_keeps_what_the_records_said() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let id = begun(&backend, &lead, None).await;
        // Fewer than ten current jobs are a 1 by the scale.
        let bare = ScoreFields { score: "3".into(), ..ScoreFields::default() };
        let refused = backend.score(&lead, id, 21, &bare, None).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::Missing("reason")]));
        backend.score(&lead, id, 21, &given("3"), None).await.expect("a database").expect("a score");
        let kept = "select count(*) from own_score where item = 21 and score = 3 and estimate = 1";
        assert_eq!(count(&backend, kept).await, 1);
        let browser = Browser::of(&backend, "LEAD").await;
        let typed = [("score", ""), ("reason", "Vakaita työsuhteita on monta.")];
        let page = browser.submit(&format!("/fidelity/assessments/{id}/21/score"), &typed).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Vakaita työsuhteita on monta."), "what was typed stays");
        // One item after the other.
        let next = browser.submit(&format!("/fidelity/assessments/{id}/1/score"), &[("score", "none")]).await;
        assert_eq!(next.header("location"), format!("/fidelity/assessments/{id}/2"));
    }
}

#[tokio::test]
async fn rows_of_clients_are_seen_within_ones_rights_only() {
    for backend in both().await {
        settle(&backend).await;
        let (own, away) = (actor(&backend, "OWN").await, actor(&backend, "AWAY").await);
        let page = backend.fidelity_item(&own, 15, None).await.expect("a page");
        let names: Vec<_> =
            page.readable.iter().filter_map(|client| page.found.names.get(&client.uuid())).collect();
        let rows = of(&page.found, 15).rows.len();
        assert_eq!(
            (names.len(), rows),
            (2, 3),
            "the closed client's row counts, and leads nowhere: {names:?}"
        );
        let html = Browser::of(&backend, "OWN").await.open("/fidelity/15").await.body;
        assert!(html.contains("Asiakas, johon sinulla ei ole oikeutta"), "{html}");
        // A coach's own share is the coach's and the lead's to see.
        let coaches = async |who: &str| {
            let page = backend.fidelity_item(&actor(&backend, who).await, 17, None).await.expect("a page");
            of(&page.found, 17).coaches.iter().map(|one| one.coach).collect::<Vec<_>>()
        };
        assert_eq!(coaches("OWN").await, [own.person]);
        assert_eq!(coaches("LEAD").await.len(), 4, "one of them left in the window");
        let other = backend.fidelity_item(&away, 15, None).await.expect("a page");
        assert_eq!(of(&other.found, 15).rows.len(), 1, "each unit has its own");
        for (code, path) in
            [("REF", "/fidelity"), ("ADMIN", "/fidelity"), ("OWN", "/fidelity/26"), ("OWN", "/fidelity/x")]
        {
            assert_eq!(Browser::of(&backend, code).await.open(path).await.status, 404, "{code} {path}");
        }
    }
}

#[tokio::test]
async fn nobody_can_be_recognised_in_the_dossier() {
    for backend in both().await {
        settle(&backend).await;
        improved(&backend, &actor(&backend, "OWN").await).await;
        let paper = Browser::of(&backend, "LEAD").await.open("/fidelity/dossier.pdf").await;
        assert_eq!(paper.header("content-type"), "application/pdf");
        let document = crate::pdf::document(&paper.bytes);
        let text = crate::pdf::whole(&document);
        assert!(text.contains("Nopea työnetsintä") && coded(&text), "{text}");
        let secret = [
            "Salainen",
            "Salme",
            "Toisen",
            "Terho",
            "Suljettu",
            "Oma Valmentaja",
            "Åkerlund",
            "Rantakorpi",
            "Kuopio",
            "OPEN",
            "MATES",
        ];
        for name in secret {
            assert!(!text.contains(name), "{name} stands in the dossier");
        }
        let aliases: Vec<(String,)> = {
            let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
            backend::fetch_all!(tx, (String,), "select alias from client").expect("aliases")
        };
        for (alias,) in aliases {
            assert!(!text.contains(&format!(" {alias} ")), "{alias} stands in the dossier");
        }
        assert!(count(&backend, "select count(*) from use_log where object_kind = 'dossier'").await > 0);
        assert_eq!(Browser::of(&backend, "OWN").await.open("/fidelity/dossier.pdf").await.status, 404);
    }
}

#[tokio::test]
async fn a_dossier_is_open_to_its_reviewer_for_its_days_and_each_reading_is_noted() {
    for backend in both().await {
        settle(&backend).await;
        let (lead, reviewer) = (actor(&backend, "LEAD").await, actor(&backend, "REV").await);
        assert!(backend.dossiers_for_me(&reviewer).await.expect("a list").is_empty());
        improved(&backend, &lead).await;
        let id = opened(&backend, &lead, "REV").await;
        let browser = Browser::of(&backend, "REV").await;
        assert_eq!(browser.open("/").await.header("location"), "/dossiers");
        assert!(browser.open("/dossiers").await.body.contains(&format!("/dossiers/{id}")));
        let page = browser.open(&format!("/dossiers/{id}")).await;
        assert!(page.status.is_success() && page.body.contains("Nopea työnetsintä"));
        for name in ["Salme", "Salainen", "Terho", "Oma Valmentaja", "Åkerlund", "Kuopio"] {
            assert!(!page.body.contains(name), "{name} stands in the dossier");
        }
        let book = browser.open(&format!("/dossiers/{id}/dossier.xlsx")).await;
        let sheets = crate::lists::cells(&book.bytes);
        assert!(sheets.iter().flatten().flatten().any(|cell| coded(cell)), "the rows have codes");
        assert!(!sheets.iter().flatten().flatten().any(|cell| cell.contains("Salme")));
        // What people wrote goes with it only when the lead says so.
        assert!(!page.body.contains("Kontaktit käydään läpi viikoittain."));
        let with_words = OpeningFields { words: "yes".into(), ..opening(&lead, &reviewer) };
        let said = new_id();
        backend.open_dossier(&lead, said, &with_words).await.expect("a database").expect("opened");
        let body = browser.open(&format!("/dossiers/{said}")).await.body;
        assert!(body.contains("Kontaktit käydään läpi viikoittain."));
        // Neither the key nor anything else is the reviewer's.
        for path in
            ["/fidelity", "/fidelity/17", "/fidelity/dossier-key.xlsx", "/fidelity/dossiers", "/clients"]
        {
            assert_eq!(browser.open(path).await.status, 404, "{path}");
        }
        let noted = "select count(*) from use_log l join use_log_client c on c.seq = l.seq
             where l.object_kind = 'dossier' and l.action = 'read' and l.basis = 'review'";
        assert!(count(&backend, noted).await > 0);
        let read = backend.dossiers(&lead).await.expect("a page").dossiers;
        assert_eq!(read.iter().find(|one| one.id == id).map(|one| one.read), Some(2));
        // What the lead sees of it, and that the key says who is who.
        let key = Browser::of(&backend, "LEAD").await.open("/fidelity/dossier-key.xlsx").await;
        let key: Vec<String> = crate::lists::cells(&key.bytes).into_iter().flatten().flatten().collect();
        assert!(
            key.iter().any(|cell| coded(cell)) && key.iter().any(|cell| cell == "Oma Valmentaja"),
            "{key:?}"
        );
        assert!(key.iter().any(|cell| cell == "Asiakas, johon sinulla ei ole oikeutta"), "closed long ago");
        backend.close_dossier(&lead, id, true).await.expect("closed");
        assert_eq!(browser.open(&format!("/dossiers/{id}")).await.status, 404);
        backend.close_dossier(&lead, id, false).await.expect("open again");
        // After its last day it is over; another reviewer never had it.
        let later = Actor { today: reviewer.today + Days::new(14), ..reviewer.clone() };
        assert!(matches!(backend.opened_dossier(&later, id).await, Err(Error::NotThere)));
        let last = Actor { today: reviewer.today + Days::new(13), ..reviewer.clone() };
        assert!(backend.opened_dossier(&last, id).await.is_ok());
        let other = Actor { person: PersonId(new_id()), ..reviewer };
        assert!(matches!(backend.opened_dossier(&other, id).await, Err(Error::NotThere)));
        let nobody = OpeningFields { reviewer: lead.person.to_string(), ..OpeningFields::default() };
        let day = lead.today.to_string();
        let nobody = OpeningFields { day: day.clone(), from_day: day.clone(), to_day: day, ..nobody };
        let tried = backend.open_dossier(&lead, new_id(), &nobody).await.expect("a database");
        assert_eq!(tried, Err(vec![FieldError::Choice("reviewer")]));
    }
}

#[tokio::test]
async fn habits_become_actions_all_of_them_or_none() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let page = backend.fidelity_ahead(&lead, None).await.expect("a page");
        assert!(page.review > lead.today && page.outlooks.iter().any(|outlook| outlook.item == 17));
        let near = backend.fidelity_ahead(&lead, Some(lead.today)).await.expect("a page");
        assert_eq!(near.review, page.review, "a review lies ahead");
        let browser = Browser::of(&backend, "LEAD").await;
        let form = browser.open("/fidelity/ahead/plan?contacts=2&desk=3&reviews=1&partners=1").await;
        assert_eq!(form.body.matches("name=\"take\"").count(), 4);
        let (owner, today) = (lead.person.to_string(), lead.today.to_string());
        let by_day = (lead.today + Days::new(60)).to_string();
        let ids = [new_id(), new_id(), new_id(), new_id()].map(|id| id.to_string());
        let habits = ["contacts", "reviews", "desk", "partners"];
        let send = |takes: usize, owner: &str| {
            let mut fields: Vec<(String, String)> = vec![("review".into(), by_day.clone())];
            for (at, habit) in habits.into_iter().enumerate() {
                let mut field = |name: &str, value: &str| fields.push((name.into(), value.into()));
                field("habit", habit);
                field("place", if at == 0 { "2" } else { "1" });
                field("id", &ids[at]);
                field("owner", owner);
                field("by_day", &by_day);
                if at < takes {
                    field("take", habit);
                }
            }
            fields
        };
        let planned = "select count(*) from improvement";
        for (takes, owner) in [(0, owner.as_str()), (4, &owner), (3, &new_id().to_string())] {
            let fields = send(takes, owner);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let reply = browser.submit("/fidelity/ahead/plan", &fields).await;
            assert_eq!(reply.status, 422, "{takes} taken");
            assert_eq!(count(&backend, planned).await, 0, "all of them or none");
        }
        let fields = send(3, &owner);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        for _ in 0..2 {
            let reply = browser.submit("/fidelity/ahead/plan", &fields).await;
            assert_eq!(reply.header("location"), "/fidelity?saved=action#plan");
        }
        assert_eq!(count(&backend, planned).await, 3, "a form that is sent twice counts once");
        let plan = backend.fidelity(&lead, None).await.expect("a page").plan;
        assert!(
            plan.iter().any(|action| action.item == 17 && action.what.contains("2 enemmän viikossa")),
            "{plan:?}"
        );
        assert!(plan.iter().all(|action| action.by_day.to_string() > today));
    }
}

#[tokio::test]
async fn what_a_unit_chooses_holds_for_its_estimates_and_is_said() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let browser = Browser::of(&backend, "LEAD").await;
        let before = backend.fidelity(&lead, None).await.expect("a page").found;
        let fields = ChoiceFields { clients: "1".into(), ..ChoiceFields::of(&before.choices, "") };
        let tried = backend.choose(&lead, &fields).await.expect("a database");
        assert_eq!(tried, Err(vec![FieldError::Missing("why")]));
        assert_eq!(of(&before, 1).score, None, "two clients are too few");
        let fields = ChoiceFields { why: "Pieni yksikkö.".into(), ..fields };
        backend.choose(&lead, &fields).await.expect("a database").expect("chosen");
        let after = backend.fidelity(&lead, None).await.expect("a page").found;
        assert!(of(&after, 1).score.is_some());
        assert!(browser.open("/fidelity/1").await.body.contains("Pieni yksikkö."));
        // Another unit keeps its own.
        let other = actor(&backend, "AWAYLEAD").await;
        assert_eq!(backend.fidelity(&other, None).await.expect("a page").found.choices.clients, 5);
    }
}

#[tokio::test]
async fn a_word_on_a_part_counts_until_it_is_taken_back() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let browser = Browser::of(&backend, "LEAD").await;
        let met = |found: &UnitEstimates| {
            of(found, 25).parts.iter().find(|part| part.kind == PartKind::Family).and_then(|part| part.met)
        };
        let say = async |holds: &str, rests_on: &str| {
            let fields = [("holds", holds), ("rests_on", rests_on)];
            browser.submit("/fidelity/parts/family", &fields).await
        };
        assert_eq!(say("yes", "").await.status, 422);
        let named = say("yes", "Salme Salainen pyysi äitiään mukaan.").await;
        assert_eq!(named.status, 422, "no client is named where a reviewer reads");
        let said = say("yes", "Omaisia on tavattu kolme kertaa.").await;
        assert_eq!(said.header("location"), "/fidelity/25?saved=word");
        assert_eq!(met(&backend.fidelity(&lead, None).await.expect("a page").found), Some(true));
        let page = browser.open("/fidelity/25").await.body;
        assert!(page.contains("yksikön oma vahvistus"), "what is only a word is marked");
        say("unknown", "").await;
        assert_eq!(met(&backend.fidelity(&lead, None).await.expect("a page").found), None);
        let history = browser.open("/fidelity/parts/family").await.body;
        assert!(history.contains("Omaisia on tavattu kolme kertaa."), "what was said stays");
        assert_eq!(browser.submit("/fidelity/parts/team_meetings", &[("holds", "yes")]).await.status, 404);
    }
}

#[tokio::test]
async fn an_organisations_own_texts_hold_and_old_assessments_keep_theirs() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let browser = Browser::of(&backend, "LEAD").await;
        let old = begun(&backend, &lead, None).await;
        let first = loaded_pack(&backend, &lead).await;
        assert!(browser.open("/fidelity").await.body.contains("Luvalliset sanat"));
        let new = begun(&backend, &lead, None).await;
        let titled = async |id: Uuid| {
            let body = browser.open(&format!("/fidelity/assessments/{id}")).await.body;
            body.contains("Luvalliset sanat")
        };
        assert!(!titled(old).await && titled(new).await);
        // A broken one is refused with its line, and another text under a known edition.
        let broken = other_pack(2).replacen("id = 7", "id = 8", 1);
        let line = 1 + broken[..broken.find("id = 8").expect("it is there")].matches('\n').count();
        let refused = browser.send_file("/fidelity/packs", "a.toml", broken.as_bytes()).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&format!("Rivi {line}: ")), "{line}");
        let other = other_pack(1).replacen("Luvalliset", "Toiset", 1);
        assert!(backend.load_pack(&lead, other.as_bytes()).await.expect("a database").is_err());
        // Taken out of use, the own words are back; the assessment keeps what it was made with.
        backend.take_pack(&lead, first, true).await.expect("out of use");
        assert!(!browser.open("/fidelity").await.body.contains("Luvalliset sanat"));
        assert!(titled(new).await);
        let coach = Browser::of(&backend, "OWN").await;
        assert_eq!(coach.open("/fidelity/packs").await.status, 404);
    }
}

#[tokio::test]
async fn an_assessment_from_a_file_is_a_draft_until_it_is_signed() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let browser = Browser::of(&backend, "LEAD").await;
        let rows: String = (1..=25).map(|item| format!("NORTH,2026-05-21,external,{item},4\n")).collect();
        let file = format!("unit,date,kind,item,score\n{rows}");
        let other = file.replace("NORTH", "SOUTH");
        let send = async |file: &str| {
            browser.send_file("/fidelity/assessments/import", "a.csv", file.as_bytes()).await
        };
        let refused = send(&other).await;
        assert!(refused.status == 422 && refused.body.contains("Rivi 2: rivi on toisen yksikön."));
        assert_eq!(send("item,score\n1,6\n").await.status, 422);
        assert_eq!(count(&backend, "select count(*) from assessment").await, 0, "nothing of it is kept");
        let sent = send(&file).await;
        let at = sent.header("location").to_owned();
        let id: Uuid = at.split(['/', '?']).nth(3).expect("an id").parse().expect("an id");
        assert_eq!(backend.fidelity(&lead, None).await.expect("a page").assessments.len(), 0);
        let bands = backend.bands(&lead).await.expect("a page");
        assert!(bands.units.iter().all(|unit| unit.totals.is_empty()));
        backend.sign_assessment(&lead, id).await.expect("signed");
        let last = backend.fidelity(&lead, None).await.expect("a page").assessments.remove(0);
        assert_eq!(
            (last.day, last.kind, last.total()),
            (day("2026-05-21"), By::External, Some((100, Band::Good)))
        );
        // Every unit stands in the list, without a row of anybody; the own first.
        let admin = actor(&backend, "ADMIN").await;
        for who in [&lead, &admin] {
            let bands = backend.bands(who).await.expect("a page");
            let totals: Vec<_> = bands
                .units
                .iter()
                .map(|unit| unit.totals.iter().map(|(.., points, _)| *points).collect())
                .collect();
            assert_eq!(bands.units.len(), 2);
            assert!(totals.contains(&vec![100]) && totals.contains(&Vec::new()), "{totals:?}");
        }
        assert!(backend.bands(&lead).await.expect("a page").units[0].own);
        assert!(matches!(backend.bands(&actor(&backend, "OWN").await).await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn the_imported_assessment_is_97_of_125_and_three_points_are_missing() {
    for backend in both().await {
        let (unit, _) = filled(&backend).await;
        if unit != UNIT {
            return;
        }
        let html = Browser::of(&backend, "L1").await.open("/fidelity").await.body;
        assert!(html.contains("97 pistettä 125:stä, kohtalainen"), "{html}");
        assert!(html.contains("3 pistettä puuttuu tasosta ”hyvä menetelmällinen tarkkuus”"), "{html}");
    }
}
