//! Made-up people, employers and visits for the kit: short and long, with and without what may be missing.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::access::{AccountState, Colleague, Me, Post};
use domain::advice::Occasion;
use domain::clients::FormClient;
use domain::clients::caseload::Case;
use domain::clients::way::{SearchClock, Standing};
use domain::codes::{Mode, Phase, Purpose, Role};
use domain::employers::{
    ContactPerson, DoNotContact, EmployerList, EmployerPage, EmployerRow, HandedOver, Light, LightRule,
    Named, SavedView, Silence,
};
use domain::ids::{ClientId, CommandId, DeviceId, EmployerId, PersonId, UnitId, VisitId};
use domain::support::Why;
use domain::sync::{Applied, Refusal};
use domain::today::{Gap, Task, TaskKind, Today};
use domain::visits::{
    ClientSeen, FormColleague, FormEmployer, NextStep, NextStepDue, VisitError, VisitFields, VisitSeen,
    WeekOfVisits,
};
use uuid::Uuid;

use super::words::kit_words;
use crate::outbox::{Seen, Waits};
use ::outbox::{Envelope, Held, Item, Kind, Outcome, State};

/// The day on which everything here takes place.
pub(super) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 5, 7).unwrap();

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn ago(days: u64) -> NaiveDate {
    TODAY.checked_sub_days(Days::new(days)).unwrap_or(TODAY)
}

fn at(hour: u32, minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// A coach of a demo, so that the frame has everything that a frame can have.
#[must_use]
pub fn me() -> Me {
    let post = Post { role: Role::Coach, unit: UnitId(id(1)), team: None, from: ago(900), to: None };
    Me {
        id: PersonId(id(1)),
        name: "Aino Esimerkki".to_owned(),
        posts: vec![post],
        units: vec!["IPS Mallila".to_owned()],
        demo: true,
    }
}

/// Silence of every colour.
pub(super) fn silences() -> [Silence; 4] {
    [(Light::Green, 4), (Light::Amber, 45), (Light::Red, 131), (Light::Never, 0)]
        .map(|(light, days)| Silence { light, days })
}

/// Names as they come: short, long, with an accent, with a place that is not known.
fn names() -> [(String, Option<&'static str>); 4] {
    [
        ("Konditori Åkerlund Ab".to_owned(), Some("Iisalmi")),
        (kit_words().long_word.to_owned(), Some("Lapinlahti")),
        ("Kahvila Aamu".to_owned(), None),
        ("Oy X".to_owned(), Some("Kuopio")),
    ]
}

/// A page of the register with so many of the rows, and how many there are in all.
pub(super) fn list(rows: usize, total: u32) -> EmployerList {
    let rows = names().into_iter().zip(silences()).take(rows).zip(1..);
    EmployerList {
        rows: rows
            .map(|(((name, place), silence), number)| EmployerRow {
                id: EmployerId(id(number)),
                name,
                municipality: place.map(str::to_owned),
                owner: (silence.light != Light::Red).then(|| "Aino Esimerkki".to_owned()),
                last_visit_on: Some(ago(silence.days.into())),
                silence,
                do_not_contact: silence.light == Light::Amber,
            })
            .collect(),
        total,
        rule: LightRule { amber: 30, red: 90 },
        views: vec![SavedView { id: "1".to_owned(), name: "Iisalmi".to_owned(), address: "/kit".to_owned() }],
        ..EmployerList::default()
    }
}

/// Employers that the form's picker offers.
pub(super) fn offered() -> Vec<FormEmployer> {
    let all = names().into_iter().zip(1..);
    all.map(|((name, place), number)| FormEmployer {
        id: EmployerId(id(number)),
        name,
        municipality: place.map(str::to_owned),
        do_not_contact: number == 2,
    })
    .collect()
}

/// Visits of one's own and of colleagues, with everything and with little.
pub(super) fn visits() -> Vec<VisitSeen> {
    let full = VisitSeen {
        id: VisitId(id(1)),
        employer: EmployerId(id(1)),
        employer_name: names()[0].0.clone(),
        day: TODAY,
        time: at(9, 15),
        coach: "Aino Esimerkki".to_owned(),
        with: Some("Bo Mallila".to_owned()),
        mine: true,
        version: 2,
        mode: Mode::InPerson,
        purpose: Purpose::ClientIntroduction,
        client: ClientSeen::Alias("Kettu".to_owned()),
        decision_maker: Some(true),
        minutes: Some(40),
        summary: Some(kit_words().sentence.to_owned()),
        next_step: Some(NextStep { what: "Soita Ainolle".to_owned(), on: Some(TODAY) }),
    };
    let short = VisitSeen {
        id: VisitId(id(2)),
        employer: EmployerId(id(2)),
        employer_name: names()[1].0.clone(),
        day: ago(131),
        time: None,
        coach: "Bo Mallila".to_owned(),
        with: None,
        mine: false,
        version: 1,
        mode: Mode::Phone,
        client: ClientSeen::Somebody,
        decision_maker: None,
        minutes: None,
        summary: None,
        next_step: None,
        ..full.clone()
    };
    vec![full, short]
}

/// Next steps: late, today, to come, without a day, and a colleague's.
pub(super) fn steps() -> Vec<NextStepDue> {
    let days = [Some(ago(9)), Some(TODAY), TODAY.checked_add_days(Days::new(3)), None];
    let all = days.into_iter().zip(names()).zip(1..);
    all.map(|((on, (employer_name, _)), number)| NextStepDue {
        visit: VisitId(id(number)),
        employer: EmployerId(id(number)),
        employer_name,
        what: if number == 3 { String::new() } else { "Soita ja kysy kesästä".to_owned() },
        on,
        coach: "Bo Mallila".to_owned(),
        mine: number != 4,
    })
    .collect()
}

/// What is asked for once.
pub(super) fn gaps() -> Vec<Gap> {
    let [(first, _), (second, _), ..] = names();
    vec![
        Gap::HowDidItGo { visit: VisitId(id(1)), employer_name: first, day: ago(1) },
        Gap::WhoIsIt { employer: EmployerId(id(2)), name: second },
        Gap::DoneYet { what: "Käydään työnantajakontaktit läpi joka viikko".to_owned(), on: ago(0) },
        Gap::WhereDidItGo { monday: domain::calendar::Week::of(ago(7)).monday },
    ]
}

/// A week with some of its visits.
pub(super) fn week() -> WeekOfVisits {
    let week = domain::calendar::Week::of(TODAY);
    WeekOfVisits { week, in_person: 4, for_client: 2, other: 3, goal: 6, visits: visits() }
}

/// Who reads the caseload.
pub(super) fn reader() -> PersonId {
    PersonId(id(1))
}

/// Clients of a caseload: with nothing due, with everything due, and one of whom somebody else is the coach.
pub(super) fn cases() -> Vec<Case> {
    let step = |what: &str, on| Some(NextStep { what: what.to_owned(), on: Some(on) });
    let clock = |days: u64| SearchClock::of(Some(ago(days)), None, TODAY);
    let case = |number, alias: &str, phase| Case {
        id: ClientId(id(number)),
        alias: alias.to_owned(),
        coaches: vec![(reader(), "Kalle".to_owned())],
        phase,
        standing: Standing::Open,
        step: None,
        last_contact_on: None,
        clock: None,
        measure_due: false,
        support_due: None,
        notices: 0,
    };
    vec![
        Case { clock: clock(12), last_contact_on: Some(ago(4)), ..case(1, "Kettu", Phase::Profile) },
        Case {
            step: step("Soita Ainolle", ago(3)),
            clock: clock(23),
            measure_due: true,
            notices: 2,
            ..case(2, "Haukka", Phase::Search)
        },
        Case { clock: clock(28), ..case(3, "Kurki", Phase::Search) },
        Case { clock: clock(40), ..case(4, "Ilves", Phase::Search) },
        Case {
            support_due: Some(40),
            coaches: vec![(PersonId(id(2)), "Bo Mallila".to_owned())],
            ..case(5, "Norppa", Phase::Support)
        },
        Case { standing: Standing::Paused, ..case(6, "Siili", Phase::Entry) },
    ]
}

/// Clients that the form offers.
pub(super) fn clients() -> Vec<FormClient> {
    cases().into_iter().take(2).map(|case| FormClient { id: case.id, alias: case.alias }).collect()
}

/// Colleagues that the form offers.
pub(super) fn colleagues() -> Vec<FormColleague> {
    vec![FormColleague { id: PersonId(id(2)), name: "Bo Mallila".to_owned() }]
}

/// The visit form as typed, with mistakes.
pub(super) fn typed() -> VisitFields {
    VisitFields {
        day: TODAY.to_string(),
        time: "09:15".to_owned(),
        mode: "in_person".to_owned(),
        minutes: "0".to_owned(),
        place: "workplace".to_owned(),
        summary: kit_words().sentence.to_owned(),
        next_what: "Soita Ainolle".to_owned(),
        next_on: ago(3).to_string(),
        ..VisitFields::default()
    }
}

/// The mistakes of [`typed`].
pub(super) fn mistakes() -> Vec<VisitError> {
    vec![
        VisitError::EmployerMissing,
        VisitError::Minutes,
        VisitError::NextStepBeforeVisit,
        VisitError::DayAhead,
    ]
}

/// How an outbox stands: with entries that wait, with some that need a person, on a phone that
/// can't keep any, and on one that can't be read.
pub(super) fn standings() -> [Waits; 4] {
    let waits = Waits { waiting: 3, cut_off: true, ..Waits::default() };
    let unread = Waits { unread: true, ..Waits::default() };
    [waits, Waits { held: 1, ..Waits::default() }, Waits { waiting: 1, unsaved: 1, ..waits }, unread]
}

/// What is on a phone: entries in every state.
pub(super) fn on_phone() -> Seen {
    let kept =
        |backed_up| State::OnServer { outcome: Outcome::Committed(Applied::default()), since: AT, backed_up };
    let held = |why| State::OnServer { outcome: Outcome::Held(why), since: AT, backed_up: false };
    let states = [
        (Kind::Draft, State::Sealed),
        (Kind::Visit, State::Sealed),
        (Kind::Visit, kept(false)),
        (Kind::Change, kept(true)),
        (Kind::Visit, held(Held::Refused(Refusal::NotThere))),
        (Kind::Change, held(Held::Orphan)),
        (Kind::Change, held(Held::Revoked)),
        (Kind::Change, held(Held::Unreadable)),
        (Kind::Change, held(Held::Conflict)),
        (Kind::Visit, State::Sealed),
    ];
    let item = |(number, (kind, state)): (u128, (Kind, State))| Item {
        entry: CommandId(id(number)),
        rev: 1,
        person: PersonId(id(1)),
        device: DeviceId(id(1)),
        kind,
        sealed_at: AT,
        envelope: Envelope(String::new()),
        sha256: String::new(),
        state,
    };
    Seen {
        items: (1..).zip(states).map(item).collect(),
        stuck: vec![CommandId(id(10))],
        unread: false,
        unsaved: 0,
        confirmed_at: Some(AT),
        backup_at: Some(AT),
        unknown: true,
        person: Some(PersonId(id(1))),
    }
}

/// A Wednesday in November, in milliseconds since 1970.
const AT: i64 = 1_794_988_800_000;

/// An employer of whom everything is known.
pub(super) fn employer() -> EmployerPage {
    let named = |number, name: &str| Named {
        id: EmployerId(id(number)),
        name: name.to_owned(),
        municipality: Some("Kuopio".to_owned()),
    };
    let person = |number: u32, name: &str, phone: &str, email: &str| ContactPerson {
        name: name.to_owned(),
        title: "Kokki".to_owned(),
        role: String::new(),
        phone: phone.to_owned(),
        email: email.to_owned(),
        id: number.to_string(),
    };
    EmployerPage {
        today: TODAY,
        id: EmployerId(id(1)),
        name: names()[0].0.clone(),
        business_id: domain::business_id::BusinessId::parse("0112038-9").ok(),
        municipality: Some("Iisalmi".to_owned()),
        section_tol2008: Some("I".to_owned()),
        class_tol2008: Some("56101".to_owned()),
        class_tol2025: None,
        section_tol2025: Some("I".to_owned()),
        address: "Mallikatu 1, 74100 Iisalmi".to_owned(),
        website: Some("https://esimerkki.example/todella-pitka-osoite-jota-ei-voi-katkaista".to_owned()),
        note: Some(kit_words().sentence.to_owned()),
        silence: silences()[0],
        rule: LightRule { amber: 30, red: 90 },
        do_not_contact: Some(DoNotContact {
            reason: kit_words().sentence.to_owned(),
            from: ago(10),
            until: Some(TODAY),
            by: Some("Bo Mallila".to_owned()),
        }),
        chain: Some(named(5, "Konditori Åkerlund, Kuopio")),
        branches: vec![named(6, "Oy X")],
        merged: vec![named(7, "Åkerlundin kahvila")],
        handed_over: Some(HandedOver {
            on: ago(20),
            by: "Bo Mallila".to_owned(),
            to: "Aino Esimerkki".to_owned(),
            word: "Kokki tietää".to_owned(),
        }),
        may_hand_over: true,
        owner: Some("Aino Esimerkki".to_owned()),
        contacts: vec![
            person(1, "Aino Kokki", "044 000 0000", "aino@esimerkki.example"),
            person(2, "Eero", "", ""),
        ],
        next_steps: steps(),
        visits: visits(),
        visits_total: 12,
    }
}

/// Colleagues in every state of an account.
pub(super) fn people() -> Vec<Colleague> {
    use AccountState::{Active, Invited, Locked, New};
    let all = [Active, Invited, New, Locked].into_iter().zip(1..);
    all.map(|(state, number)| Colleague {
        id: PersonId(id(number)),
        name: format!("Aino Esimerkki {number}"),
        sign_in_name: format!("aino.esimerkki{number}"),
        role: Role::Coach,
        place: "IPS Mallila".to_owned(),
        from: ago(400),
        to: (number == 4).then_some(TODAY),
        state,
    })
    .collect()
}

/// Today, with more than it shows at once.
/// What is to be done with clients, of each kind.
pub(super) fn tasks() -> Vec<Task> {
    let task = |kind: TaskKind, what: &str| Task {
        kind,
        on: TODAY,
        client: ClientId(Uuid::nil()),
        alias: "Kettu".to_owned(),
        what: what.to_owned(),
        to: "/kit".to_owned(),
    };
    vec![
        task(TaskKind::Support(Why::Monthly), "Kahvila Aamu"),
        task(TaskKind::Support(Why::JobLost), "Siivous Oy"),
        task(TaskKind::Advice(Occasion::Start), ""),
        task(TaskKind::Action, "Soita Kelaan"),
    ]
}

pub(super) fn today() -> Today {
    let due: Vec<NextStepDue> = std::iter::repeat_with(steps).take(3).flatten().collect();
    Today {
        day: TODAY,
        week: week(),
        due_total: u32::try_from(due.len()).unwrap_or_default(),
        due,
        coming: steps(),
        tasks: tasks(),
        clocks: 2,
        gaps: gaps(),
        unit_visits: visits(),
    }
}

pub(super) fn totals()
-> Vec<(chrono::NaiveDate, domain::fidelity::assessment::By, u8, domain::fidelity::Band)> {
    use domain::fidelity::{assessment::By, band};
    let before = |days: u64| TODAY.checked_sub_days(chrono::Days::new(days)).unwrap_or(TODAY);
    [(700, 82_u8), (350, 97), (0, 104)]
        .map(|(days, total)| (before(days), By::Own, total, band(total)))
        .to_vec()
}
