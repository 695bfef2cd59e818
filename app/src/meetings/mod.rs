//! The team meeting: who was there, whom it talked about, what came of it. A desk page, made for the laptop
//! in the clinic's meeting room.

mod words;

pub use words::MeetingWords;

use crate::desk::fields::summary;
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use crate::referrals::referral_words;
use crate::ui::Icon;
use backend::meetings::Minutes;
use domain::codes::{Code, Language, TalkOutcome};
use domain::meetings::{Attendee, Listed, Subject, TalkError, TalkFields, TeamMeeting};
use leptos::prelude::*;

/// So many rows wait for those who are not referred yet.
const FREE_ROWS: usize = 3;

/// The words of a language.
#[must_use]
pub fn meeting_words_in(language: Language) -> &'static MeetingWords {
    match language {
        Language::Finnish => &words::FI,
        Language::Swedish => &words::SV,
        Language::English => &words::EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn meeting_words() -> &'static MeetingWords {
    meeting_words_in(language())
}

/// What came back with what is wrong.
#[derive(Clone, Debug)]
pub struct TypedMinutes {
    /// As typed.
    pub minutes: Minutes,
    /// What is wrong.
    pub errors: Vec<TalkError>,
}

/// A row of the form.
struct Row<'a> {
    listed: Option<&'a Listed>,
    fields: TalkFields,
}

/// The meeting with a team on a day.
#[must_use]
pub fn meeting_page(meeting: &TeamMeeting, typed: Option<&TypedMinutes>, saved: bool) -> Content {
    let w = meeting_words();
    let saved = saved.then(|| done_notice(Done { text: w.saved.to_owned(), undo: None }));
    let body = if meeting.open {
        form(meeting, typed)
    } else {
        let text = if meeting.held.is_some() { w.closed } else { w.ahead };
        view! {
            <div class="notice">{Icon::Info.view()} <p>{text}</p></div>
            {meeting.held.map(|_| read_only(meeting))}
        }
        .into_any()
    };
    Content {
        title: w.title.to_owned(),
        parent: Some(("/referrals/inbox".to_owned(), referral_words().inbox.to_owned())),
        body: view! {
            {saved}
            <p class="hint">{w.lead}</p>
            {choosing(meeting)}
            {body}
        }
        .into_any(),
    }
}

/// Which team, which day.
fn choosing(meeting: &TeamMeeting) -> AnyView {
    let w = meeting_words();
    let options = meeting
        .teams
        .iter()
        .map(|team| {
            let label = format!("{} ({})", team.name, team.unit);
            view! {
                <option value=team.id.to_string() selected=team.id == meeting.team.id>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="filters" method="get" action="/meetings/team">
            <div class="field">
                <label class="label" for="team">
                    {w.team}
                </label>
                <select class="input" id="team" name="team">
                    {options}
                </select>
            </div>
            <div class="field">
                <label class="label" for="day">
                    {w.day}
                </label>
                <input class="input" type="date" id="day" name="day" value=meeting.day.to_string() />
            </div>
            <button class="button">{w.show}</button>
        </form>
    }
    .into_any()
}

/// The rows: everybody of the list, and free ones. What was typed stands in them, if anything was.
fn rows<'a>(meeting: &'a TeamMeeting, typed: Option<&TypedMinutes>) -> Vec<Row<'a>> {
    let typed_of =
        |key: &str| typed.and_then(|typed| typed.minutes.talks.iter().find(|row| row.who == key).cloned());
    let mut rows: Vec<Row<'a>> = meeting
        .listed
        .iter()
        .map(|listed| {
            let noted = || {
                let (outcome, words) = listed
                    .talk
                    .clone()
                    .map_or(("", String::new()), |(outcome, words)| (outcome.code(), words));
                // Somebody to go on with stands there by name until something is said.
                TalkFields { who: listed.who.key(), outcome: outcome.to_owned(), words }
            };
            Row { listed: Some(listed), fields: typed_of(&listed.who.key()).unwrap_or_else(noted) }
        })
        .collect();
    let known: Vec<String> = rows.iter().map(|row| row.fields.who.clone()).collect();
    let new = typed.iter().flat_map(|typed| &typed.minutes.talks);
    let new = new.filter(|row| !known.contains(&row.who) && *row != &TalkFields::default());
    rows.extend(new.map(|fields| Row { listed: None, fields: fields.clone() }));
    rows.extend((0..FREE_ROWS).map(|_| Row { listed: None, fields: TalkFields::default() }));
    rows
}

fn form(meeting: &TeamMeeting, typed: Option<&TypedMinutes>) -> AnyView {
    let w = meeting_words();
    let errors: &[TalkError] = typed.map_or(&[], |typed| &typed.errors);
    let posted = typed.map_or(&[][..], |typed| &typed.minutes.talks);
    let said = |error: &TalkError| {
        let at = error.row();
        let key = at.and_then(|at| posted.get(at)).map(|row| row.who.clone()).unwrap_or_default();
        let listed = meeting.listed.iter().find(|listed| listed.who.key() == key);
        let name = listed.map_or(key, |listed| listed.alias.clone());
        let name = if name.is_empty() { w.alias.to_owned() } else { name };
        (if at.is_some() { "list".to_owned() } else { String::new() }, w.error(*error, &name))
    };
    let rows = rows(meeting, typed);
    let (mut go_on, mut waiting, mut clients, mut not_yet) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let group = match row.listed.map(|listed| (&listed.last, &listed.who)) {
            Some((Some(_), _)) => &mut go_on,
            Some((None, Subject::Memo(_))) => &mut waiting,
            Some((None, Subject::Client(_))) => &mut clients,
            Some((None, Subject::NotYet(_))) | None => &mut not_yet,
        };
        group.push(row_view(at, row));
    }
    let none = meeting.listed.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    view! {
        {summary(errors.iter().map(said))}
        <form class="stack" id="list" method="post" action="/meetings/team">
            <input type="hidden" name="team" value=meeting.team.id.to_string() />
            <input type="hidden" name="day" value=meeting.day.to_string() />
            <input type="hidden" name="stamp" value=meeting.stamp.clone() />
            {attendance(meeting, typed)}
            {none}
            {group(w.to_go_on, None, go_on)}
            {group(w.waiting, None, waiting)}
            {group(w.clients, None, clients)}
            {group(w.not_yet, Some(w.not_yet_hint), not_yet)}
            <div class="save-bar">
                <button class="button button-primary">{w.save}</button>
            </div>
        </form>
    }
    .into_any()
}

fn group(title: &'static str, hint: Option<&'static str>, rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let hint = hint.map(|hint| view! { <p class="hint">{hint}</p> });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{title}</h2>
            </div>
            {hint}
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Who was there, of the unit and of the team.
fn attendance(meeting: &TeamMeeting, typed: Option<&TypedMinutes>) -> AnyView {
    let w = meeting_words();
    let present =
        |person: &Attendee| typed.map_or(person.present, |typed| typed.minutes.present.contains(&person.id));
    let boxes = |of_team: bool| {
        meeting
            .people
            .iter()
            .filter(|person| person.of_team == of_team)
            .map(|person| {
                view! {
                    <label class="choice">
                        <input
                            type="checkbox"
                            name="present"
                            value=person.id.to_string()
                            checked=present(person)
                        />
                        <span>{person.name.clone()}</span>
                    </label>
                }
            })
            .collect::<Vec<_>>()
    };
    let fieldset = |legend: String, boxes: Vec<_>| {
        (!boxes.is_empty()).then(|| {
            view! {
                <fieldset class="choices">
                    <legend>{legend}</legend>
                    {boxes}
                </fieldset>
            }
        })
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.present}</h2>
            </div>
            {fieldset(w.of_unit.to_owned(), boxes(false))}
            {fieldset(w.of_team.of(&meeting.team.name), boxes(true))}
        </section>
    }
    .into_any()
}

/// Somebody: who, what came of it, in words.
fn row_view(at: usize, row: &Row<'_>) -> AnyView {
    let w = meeting_words();
    let (outcome_id, words_id, who_id) =
        (format!("outcome-{at}"), format!("words-{at}"), format!("who-{at}"));
    let fields = &row.fields;
    let alias = row.listed.map(|listed| listed.alias.clone());
    let label = |what: &str| match &alias {
        Some(alias) => format!("{what}: {alias}"),
        None => format!("{what}: {}", w.row.of(at + 1)),
    };
    let refers = !matches!(row.listed.map(|listed| &listed.who), Some(Subject::Client(_) | Subject::Memo(_)));
    let options = TalkOutcome::ALL
        .iter()
        .filter(|outcome| refers || **outcome != TalkOutcome::ToRefer)
        .map(|outcome| {
            let selected = outcome.code() == fields.outcome;
            view! { <option value=outcome.code() selected=selected>{w.outcome_of(*outcome)}</option> }
        })
        .collect_view();
    let name = row.listed.map(|listed| {
        let last = listed.last.as_ref().map(|(outcome, words)| {
            let last = [w.outcome_of(*outcome), words.as_str()].join(" – ");
            let last = last.trim_end_matches(" – ").to_owned();
            view! { <span class="row-sub">{w.last_time.of(last)}</span> }
        });
        view! {
            <input type="hidden" name="who" value=fields.who.clone() />
            <p class="row-title">{listed.alias.clone()}</p>
            {last}
        }
    });
    let who = row.listed.is_none().then(|| {
        view! {
            <div class="field">
                <label class="label" for=who_id.clone()>
                    {w.alias}
                </label>
                <input
                    class="input"
                    type="text"
                    id=who_id
                    name="who"
                    maxlength="40"
                    autocomplete="off"
                    value=fields.who.clone()
                    aria-label=label(w.alias)
                />
            </div>
        }
    });
    view! {
        <li>
            <div class="list-row">
                <div class="row-main stack tight">
                    {name}
                    <div class="split">
                        {who}
                        <div class="field">
                            <label class="label" for=outcome_id.clone()>
                                {w.outcome}
                            </label>
                            <select class="input" id=outcome_id name="outcome" aria-label=label(w.outcome)>
                                <option value="">{w.not_talked}</option>
                                {options}
                            </select>
                        </div>
                        <div class="field">
                            <label class="label" for=words_id.clone()>
                                {w.words}
                            </label>
                            <input
                                class="input"
                                type="text"
                                id=words_id
                                name="words"
                                autocomplete="off"
                                value=fields.words.clone()
                                aria-label=label(w.words)
                            />
                        </div>
                    </div>
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// A meeting that can't be changed any more.
fn read_only(meeting: &TeamMeeting) -> AnyView {
    let w = meeting_words();
    let present: Vec<String> =
        meeting.people.iter().filter(|person| person.present).map(|person| person.name.clone()).collect();
    let present = if present.is_empty() { w.nobody.to_owned() } else { present.join(", ") };
    let rows = meeting
        .listed
        .iter()
        .filter_map(|listed| listed.talk.as_ref().map(|talk| (listed, talk)))
        .map(|(listed, (outcome, words))| {
            view! {
                <li>
                    <div class="list-row">
                        <span class="row-main">
                            <span class="row-title">{listed.alias.clone()}</span>
                            <span class="row-sub">{words.clone()}</span>
                        </span>
                        <span class="row-end">
                            <span class="tag">{w.outcome_of(*outcome)}</span>
                        </span>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{language().date(meeting.day)}</h2>
            </div>
            <p>{format!("{}: {present}", w.present)}</p>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// The address of a meeting.
#[must_use]
pub fn meeting_address(meeting: (domain::ids::TeamId, chrono::NaiveDate)) -> String {
    format!("/meetings/team?team={}&day={}", meeting.0, meeting.1)
}
