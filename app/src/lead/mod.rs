//! The team lead's week, and the unit's meetings. Desk pages.

mod words;

pub use words::{LeadWords, lead_words, lead_words_in};

use crate::clients::{Typed, client_words};
use crate::desk::sheet::{Sheet, Shown};
use crate::desk::{Content, Done, done_notice, pager};
use crate::i18n::{Dates, language};
use crate::time_use::time_words;
use crate::ui::Icon;
use backend::lead::{CoachWeek, MeetingForm, MeetingSeen, MeetingsPage, UnitWeek};
use chrono::{Days, NaiveDate};
use domain::clients::caseload::Case;
use domain::codes::{Code, MeetingKind};
use domain::lead::{KINDS, MeetingFields, TalkedFields, by_lead_only, silent, speaks_of_clients};
use leptos::prelude::*;
use uuid::Uuid;

fn week_link(monday: NaiveDate, name: &'static str) -> AnyView {
    view! {
        <a class="button" href=format!("/lead?week={monday}")>
            {name}
        </a>
    }
    .into_any()
}

/// The lead's week.
#[must_use]
pub fn week_page(page: &UnitWeek) -> Content {
    let w = lead_words();
    let (monday, sunday) = (page.week.monday, page.week.sunday());
    let before = monday.checked_sub_days(Days::new(7)).unwrap_or(monday);
    let after = monday.checked_add_days(Days::new(7)).unwrap_or(monday);
    let after = (after <= page.today).then(|| week_link(after, w.after));
    let nobody = page.coaches.is_empty().then(|| {
        view! {
            <div class="card empty">
                <p>{w.nobody}</p>
            </div>
        }
    });
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            <p class="hint">{w.lead}</p>
            <p class="lead">{w.week_of.say(&[&language().date(monday), &language().date(sunday)])}</p>
            <p class="row">
                {week_link(before, w.before)} {after}
                <a class="button" href="/meetings">
                    {w.meetings}
                </a>
                <a class="button" href="/clients/load">
                    {client_words().load_title}
                </a>
            </p>
            {nobody}
            {page.coaches.iter().map(|coach| section(page, coach)).collect_view()}
            <details>
                <summary>{w.rules_title}</summary>
                <p>{w.rules}</p>
            </details>
        }
        .into_any(),
    }
}

/// Clients with a word each, under a heading; nothing where there is none.
fn named(title: &'static str, of: Vec<(&Case, String)>) -> Option<AnyView> {
    (!of.is_empty()).then(|| {
        let items = of.into_iter().map(|(case, said)| {
            view! {
                <li>
                    <a href=format!("/clients/{}", case.id)>{case.alias.clone()}</a>
                    " "
                    <span class="muted small">{said}</span>
                </li>
            }
        });
        view! {
            <div>
                <dt>{title}</dt>
                <dd>
                    <ul>{items.collect_view()}</ul>
                </dd>
            </div>
        }
        .into_any()
    })
}

fn section(page: &UnitWeek, coach: &CoachWeek) -> AnyView {
    let w = lead_words();
    let today = page.today;
    let of = |pick: &dyn Fn(&Case) -> Option<String>| {
        coach.cases.iter().filter_map(|case| Some((case, pick(case)?))).collect::<Vec<_>>()
    };
    let clocks = of(&|case| case.clock.map(|clock| w.clock_days.of(clock.days)));
    let silence = of(&|case| {
        silent(case, today).map(|days| days.map_or(w.silent_always.to_owned(), |days| w.silent_days.of(days)))
    });
    let steps = of(&|case| {
        let step = case.step.as_ref().filter(|_| case.is_late(today))?;
        Some(step.what.clone())
    });
    let supports = of(&|case| case.support_due.map(|days| w.support_days.of(days)));
    let [all, met, for_client] = coach.contacts.map(|count| count.to_string());
    let think = coach.think.and_then(|(id, why)| {
        let case = coach.cases.iter().find(|case| case.id == id)?;
        Some(view! {
            <p>
                <a href=format!("/clients/{id}")>{case.alias.clone()}</a>
                ": "
                {w.why(why)}
            </p>
        })
    });
    let think =
        think.map_or_else(|| view! { <p class="muted">{w.think_none}</p> }.into_any(), IntoAny::into_any);
    let mentoring = coach.mentoring.0.then(|| {
        view! { <span class="tag tag-accent">{w.mentoring_due}</span> }
    });
    let mentored = coach
        .mentoring
        .1
        .map_or_else(|| w.mentored_never.to_owned(), |day| w.mentored.of(language().date(day)));
    let supervised = coach
        .supervised_on
        .map_or_else(|| w.supervised_never.to_owned(), |day| w.supervised.of(language().date(day)));
    let new = |kind: MeetingKind, name: &'static str, primary: bool| {
        let client = coach.think.map(|(id, _)| format!("&client={id}")).unwrap_or_default();
        let class = if primary { "button button-primary" } else { "button" };
        view! {
            <a
                class=class
                href=format!("/meetings/new?kind={}&coach={}{client}", kind.code(), coach.coach)
                aria-label=format!("{name}: {}", coach.name)
            >
                {name}
            </a>
        }
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{coach.name.clone()}</h2>
                <a href=format!("/clients?coach={}", coach.coach)>{crate::i18n::words().nav_clients}</a>
            </div>
            <dl class="definition">
                <div>
                    <dt>{w.contacts}</dt>
                    <dd>
                        <a href=format!("/visits?coach={}", coach.coach)>{w.contacts_of.say(&[&all, &met, &for_client])}</a>
                    </dd>
                </div>
                <div>
                    <dt>{time_words().title}</dt>
                    <dd>{time_words().said(coach.time.as_ref())}</dd>
                </div>
                {named(w.clocks, clocks)}
                {named(w.silence, silence)}
                {named(w.late_steps, steps)}
                {named(w.late_supports, supports)}
            </dl>
            <h3>{w.think}</h3>
            {think}
            <p class="muted small">{mentored} " · " {supervised} " " {mentoring}</p>
            <p class="row">
                {new(MeetingKind::Supervision, w.log_supervision, true)}
                {new(MeetingKind::FieldMentoring, w.log_mentoring, false)}
            </p>
        </section>
    }
    .into_any()
}

/// The unit's meetings.
#[must_use]
pub fn meetings_page(page: &MeetingsPage, number: u32, done: Option<Done>) -> Content {
    let w = lead_words();
    let rows: Vec<_> = page.meetings.iter().map(meeting_row).collect();
    let list = if rows.is_empty() {
        view! { <p class="muted">{w.meetings_none}</p> }.into_any()
    } else {
        view! { <ol class="timeline">{rows}</ol> }.into_any()
    };
    let kinds = KINDS.iter().filter(|kind| page.leads || !by_lead_only(**kind)).map(|kind| {
        view! {
            <a class="button" href=format!("/meetings/new?kind={}", kind.code())>
                {Icon::Plus.view()}
                {w.kind(*kind)}
            </a>
        }
    });
    Content {
        title: w.meetings.to_owned(),
        parent: None,
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.meetings_lead}</p>
            <p class="row">
                {kinds.collect_view()}
                <a class="button" href="/meetings/team">
                    {w.kind(MeetingKind::TreatmentTeam)}
                </a>
            </p>
            <section class="card">{list} {pager(number as usize, page.more, |other| format!("/meetings?page={other}"))}</section>
        }
        .into_any(),
    }
}

fn meeting_row(meeting: &MeetingSeen) -> AnyView {
    let w = lead_words();
    let day = language().date(meeting.day);
    let clients = meeting.clients.iter().map(|(id, alias, said)| {
        view! {
            <p>
                <a href=format!("/clients/{id}")>{alias.clone()}</a>
                {(!said.is_empty()).then(|| format!(": {said}"))}
            </p>
        }
    });
    let undo = view! {
        <form method="post" action=format!("/meetings/{}/withdraw", meeting.id)>
            <button class="button button-small button-quiet" aria-label=format!("{}: {day}", w.take_back)>
                {w.take_back}
            </button>
        </form>
    };
    let another = speaks_of_clients(meeting.kind).then(|| {
        view! {
            <a
                class="button button-small"
                href=format!("/meetings/{}/clients", meeting.id)
                aria-label=format!("{}: {day}", w.another)
            >
                {w.another}
            </a>
        }
    });
    let partner = (!meeting.partner.is_empty()).then(|| format!(", {}", meeting.partner));
    view! {
        <li>
            <p class="timeline-head">
                <time datetime=meeting.day.to_string()>{day.clone()}</time>
                <span>{w.kind(meeting.kind)} {partner}</span>
            </p>
            <p class="muted small">{meeting.present.join(", ")}</p>
            {clients.collect_view()}
            {(!meeting.words.is_empty()).then(|| view! { <p>{meeting.words.clone()}</p> })}
            {meeting.mine.then(|| view! { <div class="row">{another} {undo}</div> })}
        </li>
    }
    .into_any()
}

/// The form of a meeting.
#[must_use]
pub fn new_meeting_page(form: &MeetingForm, entry: Uuid, typed: &Typed<MeetingFields>) -> Content {
    let w = lead_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| lead_words().field(name) };
    let kind = MeetingKind::parse(&typed.form.kind).unwrap_or(MeetingKind::VocationalUnit);
    let people: Vec<(String, String)> =
        form.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let clients: Vec<(String, String)> =
        form.clients.iter().map(|(id, alias)| (id.to_string(), alias.clone())).collect();
    let mut fields = vec![shown.input("day", "date", None), shown.chips("present", "checkbox", &people)];
    if kind == MeetingKind::PartnerMeeting {
        fields.push(shown.input("partner", "text", Some(w.h_partner)));
    } else {
        fields.push(shown.select("client", Some(w.no_client), &clients, None));
        fields.push(shown.input("client_words", "area", Some(w.h_client_words)));
    }
    fields.push(shown.input("words", "area", None));
    fields.push(shown.input("minutes", "number", None));
    Sheet {
        title: w.kind(kind).to_owned(),
        action: "/meetings/new".to_owned(),
        client: ("/meetings".to_owned(), w.meetings.to_owned()),
        hidden: vec![("id", entry.to_string()), ("kind", kind.code().to_owned())],
        now: Vec::new(),
        lead: None,
        fields,
        save: w.save,
        shown,
    }
    .page()
}

/// One more client who was thought through at a meeting.
#[must_use]
pub fn talk_page(
    meeting: Uuid,
    (kind, form): &(MeetingKind, MeetingForm),
    entry: Uuid,
    typed: &Typed<TalkedFields>,
) -> Content {
    let w = lead_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| lead_words().field(name) };
    let clients: Vec<(String, String)> =
        form.clients.iter().map(|(id, alias)| (id.to_string(), alias.clone())).collect();
    Sheet {
        title: format!("{}: {}", w.kind(*kind), w.another),
        action: format!("/meetings/{meeting}/clients"),
        client: ("/meetings".to_owned(), w.meetings.to_owned()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields: vec![
            shown.select("client", Some(w.no_client), &clients, None),
            shown.input("client_words", "area", Some(w.h_client_words)),
        ],
        save: w.save,
        shown,
    }
    .page()
}
