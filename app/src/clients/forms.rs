//! The forms of a client's page: plain posts. What was typed stays, whatever was wrong with it.

use super::client_words;
use super::fields::{shown, warning};
use super::words::word;
use crate::desk::Content;
use crate::desk::sheet::Sheet;
pub use crate::desk::sheet::Typed;
use crate::i18n::{Dates, desk_words, language, words};
use backend::clients::{ClientPage, DayForm, ToldForm, WayForm};
use domain::clients::contact::{AttemptFields, MeetingFields};
use domain::clients::page::{AboutFields, ChangeFields, NextStepFields, NoteFields};
use domain::clients::trust::{ConsentFields, DisclosureFields};
use domain::clients::way::{DayFields, StepFields};
use domain::codes::lists::Version;
use domain::codes::{AttemptWay, Code, MayTell, Mode, Phase, Share, StepKind, SupportPlace as Place};
use domain::known::CLOSING_REASONS;
use leptos::prelude::*;
use uuid::Uuid;

/// Codes with their words.
fn options<T: Code>(words: &[&'static str]) -> Vec<(String, String)> {
    T::ALL.iter().zip(words).map(|(code, word)| (code.code().to_owned(), (*word).to_owned())).collect()
}

fn yes_no(yes: &'static str, no: &'static str) -> Vec<(String, String)> {
    vec![("no".to_owned(), no.to_owned()), ("yes".to_owned(), yes.to_owned())]
}

/// How a client is called and reached.
#[must_use]
pub fn about_page(page: &ClientPage, typed: Option<Typed<AboutFields>>) -> Content {
    let w = client_words();
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed::untouched(page.about.clone()));
    let value = |name: &str| form.field(name).to_owned();
    let shown = shown(&value, &errors);
    let at = format!("/clients/{}", page.id);
    Sheet {
        title: w.about_edit.to_owned(),
        action: format!("{at}/edit"),
        client: (at, page.about.alias.clone()),
        hidden: vec![("version", page.version.to_string())],
        now: AboutFields::NAMES.iter().map(|name| (*name, page.about.field(name).to_owned())).collect(),
        lead: None,
        fields: vec![
            shown.input("alias", "text", Some(w.alias_hint)),
            shown.input("phone", "tel", None),
            shown.input("email", "email", None),
            shown.input("contact_wish", "text", Some(w.contact_wish_hint)),
        ],
        save: w.save,
        shown,
    }
    .page()
}

/// The next step with a client.
#[must_use]
pub fn next_step_page(page: &ClientPage, typed: Option<Typed<NextStepFields>>) -> Content {
    let w = client_words();
    let step = page.step.clone();
    let now = NextStepFields {
        what: step.as_ref().map(|step| step.what.clone()).unwrap_or_default(),
        on: step.and_then(|step| step.on).map(|on| on.to_string()).unwrap_or_default(),
    };
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed::untouched(now.clone()));
    let value = |name: &str| form.field(name).to_owned();
    let shown = shown(&value, &errors);
    let at = format!("/clients/{}", page.id);
    Sheet {
        title: w.next_step.to_owned(),
        action: format!("{at}/next-step"),
        client: (at, page.about.alias.clone()),
        hidden: vec![("version", page.version.to_string())],
        now: vec![("what", now.what), ("on", now.on)],
        lead: None,
        fields: vec![shown.input("what", "text", None), shown.input("on", "date", None)],
        save: w.save,
        shown,
    }
    .page()
}

/// A note.
#[must_use]
pub fn note_page(form: &ToldForm, entry: Uuid, typed: Typed<NoteFields>) -> Content {
    words_page(form, entry, typed, client_words().note_add, "notes/new")
}

/// A talk about what may be told.
#[must_use]
pub fn talk_page(form: &ToldForm, entry: Uuid, typed: Typed<NoteFields>) -> Content {
    words_page(form, entry, typed, client_words().talk_add, "talks/new")
}

fn words_page(form: &ToldForm, entry: Uuid, typed: Typed<NoteFields>, title: &str, to: &str) -> Content {
    let w = client_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = shown(&value, &typed.errors);
    let at = format!("/clients/{}", form.id);
    Sheet {
        title: title.to_owned(),
        action: format!("{at}/{to}"),
        client: (at, form.alias.clone()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields: vec![shown.input("day", "date", None), shown.input("words", "area", Some(w.words_hint))],
        save: w.save,
        shown,
    }
    .page()
}

/// A meeting. `again` when the same form was saved before with other words.
#[must_use]
pub fn meeting_page(form: &ToldForm, entry: Uuid, typed: Typed<MeetingFields>, again: bool) -> Content {
    let (t, w) = (words(), client_words());
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = shown(&value, &typed.errors);
    let modes: Vec<(String, String)> =
        Mode::ALL.iter().map(|mode| (mode.code().to_owned(), t.mode(*mode).to_owned())).collect();
    let places: Vec<(String, String)> =
        Place::ALL.iter().map(|place| (place.code().to_owned(), t.place(*place).to_owned())).collect();
    let at = format!("/clients/{}", form.id);
    with_warning(
        again,
        Sheet {
            title: w.log_meeting.to_owned(),
            action: format!("{at}/meetings/new"),
            client: (at, form.alias.clone()),
            hidden: vec![("id", entry.to_string())],
            now: Vec::new(),
            lead: None,
            fields: vec![
                shown.input("day", "date", None),
                shown.input("time", "time", None),
                shown.chips("no_show", "radio", &yes_no(w.came_not, w.came)),
                shown.chips("mode", "radio", &modes),
                shown.chips("place", "radio", &places),
                shown.input("minutes", "number", None),
                shown.input("care_worker", "text", Some(w.care_worker_hint)),
                shown.input("words", "area", Some(w.words_hint)),
            ],
            save: w.save,
            shown,
        }
        .page(),
    )
}

/// An attempt to reach a client.
#[must_use]
pub fn attempt_page(form: &ToldForm, entry: Uuid, typed: Typed<AttemptFields>, again: bool) -> Content {
    let w = client_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = shown(&value, &typed.errors);
    let at = format!("/clients/{}", form.id);
    with_warning(
        again,
        Sheet {
            title: w.log_attempt.to_owned(),
            action: format!("{at}/attempts/new"),
            client: (at, form.alias.clone()),
            hidden: vec![("id", entry.to_string())],
            now: Vec::new(),
            lead: None,
            fields: vec![
                shown.input("day", "date", None),
                shown.chips("way", "radio", &options::<AttemptWay>(&w.ways)),
                shown.chips("reached", "radio", &yes_no(w.reached, w.not_reached)),
                shown.input("words", "area", Some(w.words_hint)),
            ],
            save: w.save,
            shown,
        }
        .page(),
    )
}

fn with_warning(again: bool, content: Content) -> Content {
    let w = client_words();
    let said = again.then(|| warning(w.check, w.again));
    let body = content.body;
    Content {
        body: view! {
            {said}
            {body}
        }
        .into_any(),
        ..content
    }
}

/// How the way stands, in the fields of a step's form: shown when somebody else was faster.
fn standing(form: &WayForm) -> AnyView {
    let w = client_words();
    let days = [
        (word(&w.steps, StepKind::Agreed), form.way.agreement_on),
        (word(&w.steps, StepKind::Paused), form.way.paused_on),
        (w.closed, form.way.closed_on),
    ];
    let rows = days
        .into_iter()
        .filter_map(|(name, day)| day.map(|day| (name, language().date(day))))
        .map(|(name, day)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{day}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{desk_words().stale_now}</h2>
            <dl class="definition">{rows}</dl>
        </section>
    }
    .into_any()
}

fn with_standing(form: &WayForm, stale: bool, content: Content) -> Content {
    let now = stale.then(|| standing(form));
    let body = content.body;
    Content {
        body: view! {
            {now}
            {body}
        }
        .into_any(),
        ..content
    }
}

/// Official codes with their words, each followed by the organisation's own entries under it.
pub(crate) fn with_own(
    official: &[&str],
    own: &[Version],
    word: impl Fn(&str) -> &'static str,
) -> Vec<(String, String)> {
    let mut options = Vec::new();
    for code in official {
        options.push(((*code).to_owned(), word(code).to_owned()));
        let under = own.iter().filter(|one| one.counts_as == *code);
        options.extend(
            under.map(|one| (one.code.clone(), format!("{} ({})", one.names.of(language()), word(code)))),
        );
    }
    options
}

/// A step on the way.
#[must_use]
pub fn step_page(form: &WayForm, kind: StepKind, typed: Typed<StepFields>) -> Content {
    let w = client_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = shown(&value, &typed.errors);
    let at = format!("/clients/{}", form.id);
    let mut fields = vec![shown.input("day", "date", None)];
    if kind == StepKind::Closed {
        let reasons = with_own(CLOSING_REASONS, &form.reasons, |code| w.closing_reason(code));
        fields.push(shown.select("reason", Some(w.reason_choose), &reasons, None));
    }
    fields.push(shown.input("words", "area", Some(w.words_hint)));
    let stale = shown.is_stale();
    let content = Sheet {
        title: w.step_button(kind).to_owned(),
        action: format!("{at}/way/{}", kind.code()),
        client: (at, form.alias.clone()),
        hidden: vec![("version", form.version.to_string())],
        now: Vec::new(),
        lead: (kind == StepKind::Closed).then_some(w.time_rule),
        fields,
        save: w.step_button(kind),
        shown,
    }
    .page();
    with_standing(form, stale, content)
}

/// The correction of a day of the way that was noted wrong.
#[must_use]
pub fn day_page(form: &DayForm, typed: Option<Typed<DayFields>>) -> Content {
    let w = client_words();
    let now = DayFields { day: form.day.to_string(), words: String::new() };
    let Typed { form: shown_form, errors } = typed.unwrap_or_else(|| Typed::untouched(now));
    let value = |name: &str| shown_form.field(name).to_owned();
    let shown = shown(&value, &errors);
    let at = format!("/clients/{}", form.id);
    Sheet {
        title: format!("{}: {}", w.day_correct, word(&w.steps, form.kind)),
        action: format!("{at}/way/{}/day", form.kind.code()),
        client: (at, form.alias.clone()),
        hidden: vec![("version", form.version.to_string())],
        now: vec![("day", form.day.to_string())],
        lead: Some(w.day_lead),
        fields: vec![shown.input("day", "date", None), shown.input("words", "area", None)],
        save: w.day_correct,
        shown,
    }
    .page()
}

/// A change of coach or of the phase.
#[must_use]
pub fn change_page(form: &WayForm, kind: StepKind, typed: Option<Typed<ChangeFields>>) -> Content {
    let w = client_words();
    let now = ChangeFields {
        coach: String::new(),
        day: form.today.to_string(),
        phase: form.chosen.map(|phase| phase.code().to_owned()).unwrap_or_default(),
    };
    let Typed { form: shown_form, errors } = typed.unwrap_or_else(|| Typed::untouched(now));
    let value = |name: &str| shown_form.field(name).to_owned();
    let shown = shown(&value, &errors);
    let at = format!("/clients/{}", form.id);
    let others: Vec<(String, String)> = form
        .colleagues
        .iter()
        .filter(|colleague| !colleague.coaches)
        .map(|colleague| (colleague.id.to_string(), colleague.name.clone()))
        .collect();
    let fields = if kind == StepKind::Coach {
        vec![
            shown.select("coach", Some(w.load_coach), &others, others.is_empty().then_some(w.coach_none)),
            shown.input("day", "date", Some(w.coach_day_hint)),
        ]
    } else {
        // Before the agreement it is always the first: there is nothing to choose.
        let phases: Vec<_> = options::<Phase>(&w.phases).into_iter().skip(1).collect();
        vec![shown.select("phase", Some(w.phase_by_records), &phases, None)]
    };
    let stale = shown.is_stale();
    let content = Sheet {
        title: w.step_button(kind).to_owned(),
        action: format!("{at}/way/{}", kind.code()),
        client: (at, form.alias.clone()),
        hidden: vec![("version", form.version.to_string())],
        now: Vec::new(),
        lead: None,
        fields,
        save: w.save,
        shown,
    }
    .page();
    with_standing(form, stale, content)
}

/// What may be told to an employer, or to all.
#[must_use]
pub fn told_page(form: &ToldForm, entry: Uuid, typed: Typed<DisclosureFields>) -> Content {
    let w = client_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = shown(&value, &typed.errors);
    let at = format!("/clients/{}", form.id);
    let employers: Vec<(String, String)> =
        form.employers.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    Sheet {
        title: w.told_add.to_owned(),
        action: format!("{at}/told/new"),
        client: (at, form.alias.clone()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields: vec![
            shown.select("employer", Some(w.told_all), &employers, Some(w.told_employer_hint)),
            shown.chips("may_tell", "radio", &options::<MayTell>(&w.may_tells)),
            shown.input("agreed_words", "area", Some(w.agreed_words_hint)),
            shown.input("from_day", "date", None),
        ],
        save: w.save,
        shown,
    }
    .page()
}

/// A consent to exchange information.
#[must_use]
pub fn consent_page(form: &ToldForm, entry: Uuid, typed: Typed<ConsentFields>) -> Content {
    let w = client_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = shown(&value, &typed.errors);
    let recipients =
        form.recipients.iter().map(|one| one.names.of(language()).to_owned()).collect::<Vec<_>>();
    let at = format!("/clients/{}", form.id);
    Sheet {
        title: w.consent_add.to_owned(),
        action: format!("{at}/consents/new"),
        client: (at, form.alias.clone()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields: vec![
            shown.suggesting("recipient", Some(w.recipient_hint), &recipients),
            shown.chips("categories", "checkbox", &options::<Share>(&w.shares)),
            shown.input("purpose", "text", None),
            shown.input("from_day", "date", None),
            shown.input("to_day", "date", Some(w.to_day_hint)),
        ],
        save: w.save,
        shown,
    }
    .page()
}
