//! A client's page. What a coach needs in the car park stands first; the heading and the document's title are
//! the alias, so that neither a tab, nor the browser's history, nor a glance from beside tells a name.

use super::board::clock_tag;
use super::fields::{hidden, warning};
use super::words::word;
use super::{client_words, profile};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language, words};
use crate::jobs::jobs_card;
use crate::matches::matches_card;
use crate::people::{glass_banner, people_words_in};
use crate::plans::plan_card;
use crate::steps::steps_line;
use crate::support::support_card;
use crate::ui::Icon;
use backend::clients::{Attempt, ClientPage, Consented, Disclosed, Meeting, Note, Notice, Stepped};
use chrono::{NaiveDate, NaiveTime};
use domain::clients::way::Standing;
use domain::codes::{Code, MayTell, Phase, StepKind};
use domain::ids::ClientId;
use domain::visits::NextStep;
use leptos::prelude::*;

/// A next step that was done just now, with the version that brings it back.
#[derive(Clone, Debug)]
pub struct NextDone {
    /// The step.
    pub step: NextStep,
}

/// A client's page; `done` is what was done just now.
#[must_use]
pub fn client_page(page: &ClientPage, done: Option<Done>, next_done: Option<&NextDone>) -> Content {
    let w = client_words();
    Content {
        title: page.about.alias.clone(),
        parent: Some(("/clients".to_owned(), w.title.to_owned())),
        body: view! {
            {done.map(done_notice)}
            {next_done.map(|done| next_is_done(page, done))}
            {alerts(page)}
            {first(page)}
            {actions(page)}
            {notes(page)}
            {contacts(page)}
            {plan_card(page)}
            {profile_card(page)}
            {told(page)}
            {consents(page)}
            {visits(page)}
            {matches_card(page.id, &page.matches)}
            {jobs_card(page.id, &page.jobs, page.can_write, page.today)}
            {support_card(page.id, &page.supports, page.can_write)}
            {steps_line(page.id, page.transitions.len(), page.qualifications.len())}
            {the_way(page)}
        }
        .into_any(),
    }
}

/// A client's page with what holds for whoever reads it: until when it is read with a written reason, and
/// for a lead the way to who has used the data.
#[must_use]
pub fn for_reader(content: Content, until: Option<NaiveTime>, uses_of: Option<ClientId>) -> Content {
    let uses = uses_of.map(|client| {
        view! {
            <p>
                <a class="button" href=format!("/clients/{client}/uses")>
                    {Icon::Key.view()}
                    {people_words_in(language()).uses}
                </a>
            </p>
        }
    });
    Content {
        body: view! {
            {until.map(glass_banner)}
            {content.body}
            {uses}
        }
        .into_any(),
        ..content
    }
}

/// The day of something, as it is said today.
fn day_word(page: &ClientPage, day: NaiveDate) -> String {
    language().day_seen_on(day, page.today)
}

fn next_is_done(page: &ClientPage, done: &NextDone) -> AnyView {
    let w = client_words();
    let on = done.step.on.map(|on| on.to_string()).unwrap_or_default();
    view! {
        <div class="notice notice-ok" role="status">
            {Icon::Check.view()} <div class="row between">
                <p>{w.next_is_done.of(&done.step.what)}</p>
                <form method="post" action=format!("/clients/{}/next-step", page.id)>
                    {hidden("version", page.version)}
                    {hidden("what", &done.step.what)}
                    {hidden("on", on)}
                    <button class="button button-small">{Icon::Undo.view()} {words().undo}</button>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// What has to be known before anything is done.
fn alerts(page: &ClientPage) -> AnyView {
    let w = client_words();
    let glass = page.behind_glass.then(|| {
        view! {
            <div class="notice notice-warn" role="status">
                {Icon::Warning.view()} <div><p>{w.glass_notice}</p></div>
            </div>
        }
    });
    let closed = page.way.closed_on.map(|day| {
        let step = page.steps.iter().find(|step| step.kind == StepKind::Closed);
        let own = step.and_then(|step| step.own.as_ref());
        let reason = page.closing_reason.as_deref().map(|code| w.closed_because(code, own));
        let again = page.can_write.then(|| {
            view! {
                <form method="post" action=format!("/clients/{}/way/reopened", page.id)>
                    {hidden("version", page.version)}
                    {hidden("day", page.today)}
                    <button class="button button-primary">{Icon::Undo.view()} {w.reopen}</button>
                </form>
            }
        });
        view! {
            <div class="notice notice-warn" role="status">
                {Icon::Info.view()} <div>
                    <p>{w.closed_notice.of(language().date(day))}</p>
                    <p class="muted">{reason}</p>
                    {again}
                </div>
            </div>
        }
    });
    let lapsed = page.lapsed();
    let planned = (page.planned() && !lapsed.is_empty()).then(|| {
        let who: Vec<&str> = lapsed.iter().map(|consent| consent.recipient.as_str()).collect();
        warning(w.consents, w.lapsed_planned.of(who.join(", ")))
    });
    let open: Vec<&Notice> = page.notices.iter().filter(|notice| notice.told_on.is_none()).collect();
    let untold = (!open.is_empty()).then(|| notices(page, &open));
    view! {
        {glass}
        {closed}
        {planned}
        {untold}
    }
    .into_any()
}

/// Who is to be told of a change, each ticked off.
fn notices(page: &ClientPage, open: &[&Notice]) -> AnyView {
    let w = client_words();
    let rows = open
        .iter()
        .map(|notice| {
            let said = if notice.withdrawn { w.notice_withdrawn } else { w.notice_given };
            let label = format!("{}: {}", w.notice_told, notice.recipient);
            let tick = page.can_write.then(|| {
                view! {
                    <form
                        method="post"
                        action=format!("/clients/{}/record/notices/{}/restore", page.id, notice.id)
                    >
                        <button class="button button-small" aria-label=label>
                            {Icon::Check.view()}
                            {w.notice_told}
                        </button>
                    </form>
                }
            });
            view! {
                <li>
                    <div class="list-row">
                        <span class="row-main">
                            <span class="row-title">{said.of(&notice.recipient)}</span>
                            <span class="row-sub">{day_word(page, notice.since)}</span>
                        </span>
                        <span class="row-end">{tick}</span>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{w.notices}</h2>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn fact(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// What a coach needs in the car park.
fn first(page: &ClientPage) -> AnyView {
    let w = client_words();
    let about = &page.about;
    let name = match page.birth_year {
        Some(year) => format!("{}, {}", page.name, w.born.of(year)),
        None => page.name.clone(),
    };
    let phone = (!about.phone.is_empty()).then(|| {
        let to: String = about.phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
        let link = view! { <a href=format!("tel:{to}")>{Icon::Phone.view()} {about.phone.clone()}</a> };
        fact(w.phone, link)
    });
    let text = |name, value: &str| (!value.is_empty()).then(|| fact(name, value.to_owned()));
    let chosen = if page.chosen.is_some() && page.phase != Phase::Entry { w.phase_chosen } else { "" };
    let phase = [word(&w.phases, page.phase), chosen].into_iter().filter(|part| !part.is_empty());
    let phase = phase.collect::<Vec<_>>().join(", ");
    let last = page.last_contact_on.map_or_else(|| w.last_none.to_owned(), |day| day_word(page, day));
    let today = page
        .coaches
        .iter()
        .filter(|coach| coach.from <= page.today && coach.to.is_none_or(|to| page.today <= to));
    let coach: Vec<&str> = today.map(|coach| coach.name.as_str()).collect();
    let coach = if coach.is_empty() { w.no_coach.to_owned() } else { coach.join(", ") };
    let clock = page.clock.map(|clock| {
        let tag = view! {
            {clock_tag(clock)}
            <p class="hint">{w.clock_rule}</p>
        };
        fact(w.clock_title, tag)
    });
    let due = [
        page.measure_due.then(|| w.measure_due.to_owned()),
        page.support_due.map(|days| w.support_due.of(days)),
        (page.way.standing() == Standing::Paused).then(|| w.paused.to_owned()),
    ];
    let due = due
        .into_iter()
        .flatten()
        .map(|text| view! { <span class="tag tag-warn">{Icon::Warning.view()} {text}</span> })
        .collect_view();
    view! {
        <section class="card">
            <dl class="definition">
                {fact(w.name, view! { <strong>{name}</strong> })}
                {phone}
                {text(w.contact_wish, &about.contact_wish)}
                {text(w.email, &about.email)}
                {fact(w.next_step, next_step(page))}
                {fact(w.phase, phase)}
                {fact(w.last, last)}
                {clock}
                {fact(w.own_coach, coach)}
                {fact(w.unit, page.unit.clone())}
                {page.team.clone().map(|team| fact(w.team, team))}
            </dl>
            <p class="row">{due}</p>
        </section>
    }
    .into_any()
}

fn next_step(page: &ClientPage) -> AnyView {
    let w = client_words();
    let said = |step: &NextStep| {
        let when = step.on.map(|on| day_word(page, on));
        let parts = [Some(step.what.clone()).filter(|what| !what.is_empty()), when];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if step.on.is_some_and(|on| on < page.today) { w.step_late.of(text) } else { text }
    };
    let at = format!("/clients/{}/next-step", page.id);
    let own = page.step.as_ref().map(|step| {
        let done = page.can_write.then(|| {
            view! {
                <form method="post" action=format!("{at}/done")>
                    {hidden("version", page.version)}
                    <button class="button button-small">{Icon::Check.view()} {w.next_done}</button>
                </form>
            }
        });
        view! {
            <p>
                <strong>{said(step)}</strong>
            </p>
            {done}
        }
    });
    let visit = page.visit_step.as_ref().map(|(step, visit, employer)| {
        view! {
            <p>
                <a href=format!("/visits/{visit}")>
                    {format!("{} – {}", said(step), w.next_of_visit.of(employer))}
                </a>
            </p>
        }
    });
    let none = (page.step.is_none() && page.visit_step.is_none()).then_some(w.step_none);
    let name = if page.step.is_some() { w.next_change } else { w.next_set };
    let change = page.can_write.then(|| view! { <a href=at.clone()>{name}</a> });
    view! {
        <div class="stack tight">
            {own.map(|own| view! { <div class="row">{own}</div> })}
            {visit}
            <p class="row">{none} {change}</p>
        </div>
    }
    .into_any()
}

fn actions(page: &ClientPage) -> AnyView {
    if !page.can_write {
        return ().into_any();
    }
    let w = client_words();
    let at = format!("/clients/{}", page.id);
    let visit = page.can_log.then(|| {
        view! {
            <a class="button" href=format!("/visits/new?client={}", page.id)>
                {w.log_visit}
            </a>
        }
    });
    view! {
        <p class="row">
            <a class="button button-primary" href=format!("{at}/meetings/new")>
                {Icon::Plus.view()}
                {w.log_meeting}
            </a>
            <a class="button" href=format!("{at}/attempts/new")>
                {w.log_attempt}
            </a>
            <a class="button" href=format!("{at}/notes/new")>
                {w.note_add}
            </a>
            {visit}
            <a class="button" href=format!("{at}/edit")>
                {w.about_edit}
            </a>
        </p>
    }
    .into_any()
}

/// A button that takes a record back.
fn take_back(page: &ClientPage, records: &str, id: uuid::Uuid, name: &'static str, what: &str) -> AnyView {
    let label = format!("{name}: {what}");
    view! {
        <form method="post" action=format!("/clients/{}/record/{records}/{id}/withdraw", page.id)>
            <button class="button button-small button-quiet" aria-label=label>
                {name}
            </button>
        </form>
    }
    .into_any()
}

/// How many records of a kind stand open; the rest is behind one tap.
const SHOWN: usize = 5;

/// A card of records on a line of time.
fn records(title: &'static str, none: &'static str, items: Vec<AnyView>, more: AnyView) -> AnyView {
    let w = client_words();
    let count = items.len();
    let mut items = items;
    let rest = items.split_off(count.min(SHOWN));
    let list = (count > 0).then(|| view! { <ol class="timeline">{items}</ol> });
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{w.open_all} " (" {count} ")"</summary>
                <ol class="timeline">{rest}</ol>
            </details>
        }
    });
    let none = (count == 0).then(|| view! { <p class="muted">{none}</p> });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{title}</h2>
            </div>
            {none}
            {list}
            {rest}
            {more}
        </section>
    }
    .into_any()
}

/// A record: the day, its own words, what stands below, and the way back.
fn record(
    page: &ClientPage,
    note: &Note,
    title: String,
    facts: AnyView,
    undo: Option<(&str, &'static str)>,
) -> AnyView {
    let day = day_word(page, note.day);
    let undo = undo
        .filter(|_| page.can_write)
        .map(|(records, name)| take_back(page, records, note.id, name, &format!("{title} {day}")));
    let words = (!note.words.is_empty()).then(|| view! { <p>{note.words.clone()}</p> });
    view! {
        <li>
            <p class="timeline-head">
                <time datetime=note.day.to_string()>{day.clone()}</time>
                <span>{title.clone()}</span>
                <span>{note.by.clone()}</span>
            </p>
            {facts}
            {words}
            {undo}
        </li>
    }
    .into_any()
}

fn notes(page: &ClientPage) -> AnyView {
    let w = client_words();
    let items = page
        .notes
        .iter()
        .map(|note| {
            let undo = note.mine.then_some(("notes", w.take_back));
            record(page, note, String::new(), ().into_any(), undo)
        })
        .collect();
    records(w.notes, w.notes_none, items, ().into_any())
}

fn contacts(page: &ClientPage) -> AnyView {
    let w = client_words();
    let mut items: Vec<(NaiveDate, AnyView)> =
        page.meetings.iter().map(|meeting| (meeting.note.day, met(page, meeting))).collect();
    items.extend(page.attempts.iter().map(|attempt| (attempt.note.day, tried(page, attempt))));
    items.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    records(w.contacts, w.contacts_none, items.into_iter().map(|(_, view)| view).collect(), ().into_any())
}

fn met(page: &ClientPage, meeting: &Meeting) -> AnyView {
    let (t, w) = (words(), client_words());
    let three = !meeting.care_worker.is_empty();
    let title = if three { w.three_party } else { w.meeting };
    let no_show = meeting
        .no_show
        .then(|| view! { <p><span class="tag tag-warn">{Icon::Warning.view()} {w.no_show}</span></p> });
    let time = meeting.time.map(|time| language().time(time));
    let facts = [
        time,
        Some(t.mode(meeting.mode).to_owned()),
        Some(t.place(meeting.place).to_owned()),
        Some(w.minutes_of.of(meeting.minutes)),
        three.then(|| w.with_care.of(&meeting.care_worker)),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let facts = view! {
        <p class="muted small">{facts}</p>
        {no_show}
    };
    let undo = meeting.note.mine.then_some(("meetings", w.take_back));
    record(page, &meeting.note, title.to_owned(), facts.into_any(), undo)
}

fn tried(page: &ClientPage, attempt: &Attempt) -> AnyView {
    let w = client_words();
    let came = if attempt.reached { w.reached } else { w.not_reached };
    let facts = view! { <p class="muted small">{word(&w.ways, attempt.way)} " · " {came}</p> };
    let undo = attempt.note.mine.then_some(("attempts", w.take_back));
    record(page, &attempt.note, w.attempt.to_owned(), facts.into_any(), undo)
}

fn profile_card(page: &ClientPage) -> AnyView {
    let w = client_words();
    let at = format!("/clients/{}/profile", page.id);
    let body = match &page.profile {
        Some((profile, _)) => profile::facts(profile),
        None => view! { <p class="muted">{w.profile_none}</p> }.into_any(),
    };
    let name = match (&page.profile, page.can_write) {
        (_, false) => w.profile_read,
        (Some(_), true) => w.profile_open,
        (None, true) => w.profile_write,
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.profile}</h2>
                <a href=at>{name}</a>
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn told(page: &ClientPage) -> AnyView {
    let w = client_words();
    let items = page.told.iter().map(|told| one_told(page, told)).collect();
    let talks = page
        .talks
        .iter()
        .map(|talk| record(page, talk, String::new(), ().into_any(), None))
        .collect::<Vec<_>>();
    let no_talks = talks.is_empty().then(|| view! { <p class="muted">{w.talks_none}</p> });
    let talks = (!talks.is_empty()).then(|| view! { <ol class="timeline">{talks}</ol> });
    let at = format!("/clients/{}", page.id);
    let add = page.can_write.then(|| {
        view! {
            <p class="row">
                <a class="button" href=format!("{at}/told/new")>
                    {w.told_add}
                </a>
                <a class="button" href=format!("{at}/talks/new")>
                    {w.talk_add}
                </a>
            </p>
        }
    });
    let more = view! {
        <h3>{w.talks}</h3>
        {no_talks}
        {talks}
        {add}
    };
    records(w.told, w.told_none, items, more.into_any())
}

fn one_told(page: &ClientPage, told: &Disclosed) -> AnyView {
    let w = client_words();
    let holds = told.withdrawn_on.is_none_or(|day| page.today < day);
    let class = if holds && told.may_tell != MayTell::Nothing { "tag tag-accent" } else { "tag tag-quiet" };
    let who = match &told.employer {
        Some((id, name)) => view! { <a href=format!("/employers/{id}")>{name.clone()}</a> }.into_any(),
        None => view! { <strong>{w.told_all}</strong> }.into_any(),
    };
    let withdrawn = told.withdrawn_on.map(|day| {
        view! { <span class="tag tag-quiet">{w.withdrawn_on.of(language().date(day))}</span> }
    });
    let facts = view! {
        <p class="row">
            {who} <span class=class>{word(&w.may_tells, told.may_tell)}</span> {withdrawn}
        </p>
    };
    let undo = holds.then_some(("told", w.withdraw));
    record(page, &told.note, String::new(), facts.into_any(), undo)
}

fn consents(page: &ClientPage) -> AnyView {
    let w = client_words();
    let items = page.consents.iter().map(|consent| one_consent(page, consent)).collect();
    let told = page.notices.iter().filter_map(|notice| Some((notice, notice.told_on?)));
    let told = told
        .map(|(notice, on)| {
            let said = if notice.withdrawn { w.notice_withdrawn } else { w.notice_given };
            let label = format!("{}: {}", w.take_back, notice.recipient);
            let undo = page.can_write.then(|| {
                view! {
                    <form
                        method="post"
                        action=format!("/clients/{}/record/notices/{}/withdraw", page.id, notice.id)
                    >
                        <button class="button button-small button-quiet" aria-label=label>
                            {w.take_back}
                        </button>
                    </form>
                }
            });
            let line =
                format!("{}, {}", said.of(&notice.recipient), w.notice_told_on.of(language().date(on)));
            view! {
                <li>
                    <span class="row between">
                        <span class="state state-sent">{Icon::Check.view()} {line}</span>
                        {undo}
                    </span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let told = (!told.is_empty()).then(|| {
        view! {
            <h3>{w.notice_told}</h3>
            <ul class="list">{told}</ul>
        }
    });
    let add = page.can_write.then(|| {
        view! {
            <p>
                <a class="button" href=format!("/clients/{}/consents/new", page.id)>
                    {w.consent_add}
                </a>
            </p>
        }
    });
    let more = view! {
        {told}
        {add}
    };
    records(w.consents, w.consents_none, items, more.into_any())
}

fn one_consent(page: &ClientPage, consent: &Consented) -> AnyView {
    let w = client_words();
    let holds = consent.holds_on(page.today);
    let (class, state) =
        if holds { ("tag light-green", w.consent_on) } else { ("tag tag-quiet", w.consent_over) };
    let what: Vec<&str> = consent.categories.iter().map(|share| word(&w.shares, *share)).collect();
    let to = consent.to.map(|day| w.until.of(language().date(day)));
    let withdrawn = consent.withdrawn_on.map(|day| w.withdrawn_on.of(language().date(day)));
    let days = [to, withdrawn].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let facts = view! {
        <p class="row">
            <strong>{consent.recipient.clone()}</strong>
            <span class=class>{state}</span>
            <span class="muted small">{days}</span>
        </p>
        <p class="muted small">{what.join(", ")}</p>
    };
    let undo = consent.withdrawn_on.is_none().then_some(("consents", w.withdraw));
    record(page, &consent.note, String::new(), facts.into_any(), undo)
}

fn visits(page: &ClientPage) -> AnyView {
    let (t, w) = (words(), client_words());
    let items = page
        .visits
        .iter()
        .map(|visit| {
            let facts = view! {
                <p>
                    <a href=format!("/visits/{}", visit.note.id)>{visit.employer_name.clone()}</a>
                </p>
                <p class="muted small">{word(&w.may_tells, page.may_tell(visit.employer))}</p>
            };
            record(page, &visit.note, t.mode(visit.mode).to_owned(), facts.into_any(), None)
        })
        .collect();
    records(w.visits, w.visits_none, items, ().into_any())
}

/// A word with its day, on the way.
fn milestone(
    page: &ClientPage,
    day: Option<NaiveDate>,
    name: &'static str,
    more: AnyView,
) -> Option<(NaiveDate, AnyView)> {
    let day = day?;
    let view = view! {
        <li>
            <p class="timeline-head">
                <time datetime=day.to_string()>{day_word(page, day)}</time>
                <span>{name}</span>
            </p>
            {more}
        </li>
    };
    Some((day, view.into_any()))
}

/// What was corrected about the day of a step, and the way to correct it where it stands now.
fn corrections(page: &ClientPage, kind: StepKind, step: Option<&Stepped>) -> AnyView {
    let w = client_words();
    let mine =
        page.corrected.iter().filter(|one| one.kind == kind && one.step == step.map(|step| step.note.id));
    let lines = mine
        .map(|one| {
            let days = [one.on, one.before, one.note.day].map(|day| language().date(day));
            let said = w.day_corrected.say(&[&days[0], &days[1], &days[2], &one.note.by]);
            let why = (!one.note.words.is_empty()).then(|| format!(" {}", one.note.words));
            view! { <p class="muted small">{said} {why}</p> }
        })
        .collect_view();
    let noted = page.way.noted(kind, &[]).map(|noted| noted.day);
    let latest = page.steps.iter().find(|other| other.kind == kind).map(|other| other.note.id);
    let stands = match step {
        Some(step) => noted == Some(step.note.day) && latest == Some(step.note.id),
        None => noted.is_some() && latest.is_none(),
    };
    let correct = (stands && page.can_write).then(|| {
        let label = format!("{}: {}", w.day_correct, word(&w.steps, kind));
        view! {
            <p>
                <a href=format!("/clients/{}/way/{}/day", page.id, kind.code()) aria-label=label>
                    {w.day_correct}
                </a>
            </p>
        }
    });
    view! {
        {lines}
        {correct}
    }
    .into_any()
}

fn step(page: &ClientPage, step: &Stepped) -> AnyView {
    let w = client_words();
    let reason = match step.kind {
        StepKind::Closed => w.closed_because(&step.reason, step.own.as_ref()),
        StepKind::Phase => Phase::parse(&step.reason)
            .map_or_else(|_| w.phase_by_records.to_owned(), |phase| word(&w.phases, phase).to_owned()),
        _ => step.reason.clone(),
    };
    let facts = view! {
        {(!reason.is_empty()).then(|| view! { <p>{reason}</p> })}
        {corrections(page, step.kind, Some(step))}
    }
    .into_any();
    record(page, &step.note, word(&w.steps, step.kind).to_owned(), facts, None)
}

fn the_way(page: &ClientPage) -> AnyView {
    let w = client_words();
    let noted = |kind: StepKind| page.steps.iter().any(|step| step.kind == kind);
    let agreed = page.way.agreement_on.filter(|_| !noted(StepKind::Agreed));
    let mut items: Vec<(NaiveDate, AnyView)> = [
        milestone(page, page.way.referred_on, w.referred, ().into_any()),
        milestone(page, page.way.first_meeting_on, w.first_meeting, ().into_any()),
        milestone(page, agreed, word(&w.steps, StepKind::Agreed), corrections(page, StepKind::Agreed, None)),
    ]
    .into_iter()
    .flatten()
    .collect();
    // What came from elsewhere has no step of its own; the steps stand in the order in which they were taken.
    items.extend(page.memos.iter().map(|memo| {
        let view = view! {
            <li>
                <p class="timeline-head">
                    <time datetime=memo.day.to_string()>{day_word(page, memo.day)}</time>
                    <a href=format!("/referrals/inbox/{}", memo.id)>{w.memo.of(&memo.team)}</a>
                </p>
            </li>
        };
        (memo.day, view.into_any())
    }));
    items.extend(page.steps.iter().map(|one| (one.note.day, step(page, one))));
    items.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let coaches = page
        .coaches
        .iter()
        .map(|coach| {
            let to = coach.to.map(|to| language().date(to)).unwrap_or_default();
            view! { <li>{format!("{}: {}–{to}", coach.name, language().date(coach.from))}</li> }
        })
        .collect_view();
    let more = view! {
        <h3>{w.coaches}</h3>
        <ul>{coaches}</ul>
        {steps_to_take(page)}
    };
    records(w.the_way, w.all_none, items.into_iter().map(|(_, view)| view).collect(), more.into_any())
}

/// The steps that can be taken now.
fn steps_to_take(page: &ClientPage) -> AnyView {
    if !page.can_write {
        return ().into_any();
    }
    let w = client_words();
    let order = [
        StepKind::Agreed,
        StepKind::Phase,
        StepKind::Coach,
        StepKind::Paused,
        StepKind::Resumed,
        StepKind::Closed,
    ];
    let agreed = page.way.agreement_on.is_some();
    let links = order
        .into_iter()
        .filter(|kind| page.way.allows(*kind) && (agreed || *kind != StepKind::Phase))
        .map(|kind| {
            view! {
                <a class="button" href=format!("/clients/{}/way/{}", page.id, kind.code())>
                    {w.step_button(kind)}
                </a>
            }
        })
        .collect::<Vec<_>>();
    if links.is_empty() {
        return ().into_any();
    }
    view! {
        <h3>{w.way_title}</h3>
        <p class="row">{links}</p>
    }
    .into_any()
}
