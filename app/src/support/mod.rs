//! Support around work: whom it was for, its form, all support of a client with what is next, and what is agreed.

mod calendar;
mod words;

pub use calendar::{calendar_page, happening};
pub use words::{SupportWords, support_words, support_words_in};

use crate::clients::{Typed, client_words, word};
use crate::desk::fields::buttons;
use crate::desk::sheet::{Sheet, Shown, hidden, warning};
use crate::desk::{Content, Done, done_notice, pager};
use crate::i18n::{Dates, language, words as common};
use crate::ui::Icon;
use backend::support::{AgreedSeen, Choice, Support, SupportForm, SupportPage, Watched};
use domain::codes::{Code, Mode, Recipient, SupportPlace};
use domain::ids::{ClientId, JobId};
use domain::known::SUPPORT_KINDS;
use domain::support::{AgreementFields, AgreementKind, Giver, SupportFields};
use leptos::prelude::*;
use uuid::Uuid;

/// For whom a support is to be logged.
#[must_use]
pub fn choice_page(choices: &[Choice]) -> Content {
    let w = support_words();
    let rows = choices.iter().map(|choice| {
        let work = choice.work.as_ref().map_or_else(|| w.no_work.to_owned(), |work| w.works_at.of(work));
        view! {
            <li>
                <a class="list-row" href=format!("/support/new?client={}", choice.client)>
                    <span class="row-main">
                        <span class="row-title">{choice.alias.clone()}</span>
                        <span class="row-sub">{work}</span>
                    </span>
                    <span class="row-end">{Icon::ChevronRight.view()}</span>
                </a>
            </li>
        }
    });
    let body = if choices.is_empty() {
        view! {
            <div class="card empty">
                <p>{w.who_none}</p>
            </div>
        }
        .into_any()
    } else {
        view! {
            <p class="hint">{w.who_lead}</p>
            <section class="card flush">
                <ul class="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    Content { title: w.who.to_owned(), parent: None, body }
}

fn options<T: Code + PartialEq>(words: &[&'static str]) -> Vec<(String, String)> {
    T::ALL.iter().map(|code| (code.code().to_owned(), word(words, *code).to_owned())).collect()
}

/// The form of a support: everything is filled in, so that most are saved with one press. `again` when the same
/// form was saved before with other words.
#[must_use]
pub fn new_support_page(
    form: &SupportForm,
    entry: Uuid,
    typed: &Typed<SupportFields>,
    again: bool,
) -> Content {
    let (w, t) = (support_words(), common());
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| support_words().field(name) };
    let at = format!("/clients/{}", form.client);
    let modes: Vec<(String, String)> =
        Mode::ALL.iter().map(|mode| (mode.code().to_owned(), t.mode(*mode).to_owned())).collect();
    let places: Vec<(String, String)> =
        SupportPlace::ALL.iter().map(|place| (place.code().to_owned(), t.place(*place).to_owned())).collect();
    let kinds: Vec<(String, String)> =
        SUPPORT_KINDS.iter().map(|kind| ((*kind).to_owned(), w.kind(kind).to_owned())).collect();
    let jobs: Vec<(String, String)> =
        form.jobs.iter().map(|job| (job.id.to_string(), job.name.clone())).collect();
    let more = typed
        .errors
        .iter()
        .any(|error| matches!(error.field(), "place" | "minutes" | "giver" | "giver_name"));
    let said = again.then(|| warning(client_words().check, client_words().again));
    let job = (!jobs.is_empty()).then(|| shown.select("job", Some(w.no_job), &jobs, None));
    Content {
        title: format!("{}: {}", w.new, form.alias),
        parent: Some((at.clone(), form.alias.clone())),
        body: view! {
            {said}
            {shown.summary()}
            <form class="form card" method="post" data-carried="" action="/support/new">
                {hidden("id", entry)}
                {hidden("client", form.client)}
                {job}
                {shown.chips("recipient", "radio", &options::<Recipient>(&w.recipients))}
                {shown.chips("mode", "radio", &modes)}
                {shown.select("kind", None, &kinds, None)}
                {shown.input("day", "date", None)}
                {shown.input("words", "area", None)}
                <details open=more>
                    <summary>{w.more}</summary>
                    {shown.chips("place", "radio", &places)}
                    {shown.input("minutes", "number", None)}
                    {shown.chips("giver", "radio", &options::<Giver>(&w.givers))}
                    {shown.input("giver_name", "text", Some(w.h_giver_name))}
                </details>
                {buttons(w.save, at)}
            </form>
        }
        .into_any(),
    }
}

/// All support of a client.
#[must_use]
pub fn support_page(page: &SupportPage, number: u32, done: Option<Done>) -> Content {
    let w = support_words();
    let at = format!("/clients/{}", page.client);
    let log = page.can_write.then(|| {
        view! {
            <p>
                <a class="button button-primary" href=format!("/support/new?client={}", page.client)>
                    {w.new}
                </a>
            </p>
        }
    });
    let jobs: Vec<_> = page.jobs.iter().map(|job| next_card(page, job)).collect();
    let no_jobs = jobs.is_empty().then(|| view! { <p class="hint">{w.no_jobs}</p> });
    let rows: Vec<_> = page.supports.iter().map(|support| row(page, support)).collect();
    let none = rows.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    let list = (!rows.is_empty()).then(|| view! { <ol class="timeline">{rows}</ol> });
    let to = |other: usize| format!("{at}/support?page={other}");
    Content {
        title: w.title.to_owned(),
        parent: Some((at.clone(), page.alias.clone())),
        body: view! {
            {done.map(done_notice)}
            {log}
            {no_jobs}
            {jobs}
            <section class="card">
                <div class="card-head">
                    <h2>{w.given}</h2>
                </div>
                {none}
                {list}
                {pager(number as usize, page.more, to)}
            </section>
            <details>
                <summary>{w.rule_title}</summary>
                <p>{w.rule}</p>
            </details>
        }
        .into_any(),
    }
}

fn next_card(page: &SupportPage, job: &Watched) -> AnyView {
    let w = support_words();
    let agreed = page.agreed.iter().find(|agreed| agreed.job == job.id && agreed.from <= page.today);
    let said = match agreed {
        Some(AgreedSeen { every: Some(days), .. }) => w.agreed_every.of(days),
        Some(agreed) => w.agreed_care.of(&agreed.stands_by),
        None => w.agreed_usual.to_owned(),
    };
    let said_more = agreed
        .filter(|agreed| !agreed.words.is_empty())
        .map(|agreed| view! { <p>{agreed.words.clone()}</p> });
    let back = agreed.filter(|_| page.can_write).map(|agreed| {
        view! {
            <form method="post" action=format!("/clients/{}/support/agreements/{}/withdraw", page.client, agreed.id)>
                <button class="button button-small button-quiet">{w.again}</button>
            </form>
        }
    });
    let next = job.next.map(|next| {
        let day = language().date(next.on);
        let (class, when) = if next.is_late(page.today) {
            ("tag tag-warn", w.late.of(day))
        } else {
            ("tag tag-accent", w.due_by.of(day))
        };
        view! {
            <p class="row">
                <strong>{common().support_why(next.why)}</strong>
                <span class=class>{when}</span>
            </p>
        }
    });
    let open = job.job.ended_on.is_none_or(|ended| ended > page.today);
    let agree = (page.can_write && open).then(|| {
        view! {
            <p>
                <a class="button" href=format!("/clients/{}/support/agree?job={}", page.client, job.id)>
                    {w.agree}
                </a>
            </p>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.next_title} ": " {job.employer.clone()}</h2>
                <a href=format!("/jobs/{}", job.id)>{crate::jobs::job_words().title}</a>
            </div>
            {next}
            {open.then(|| view! { <p>{said}</p> })}
            {said_more}
            {back}
            {agree}
        </section>
    }
    .into_any()
}

fn row(page: &SupportPage, support: &Support) -> AnyView {
    let (w, t) = (support_words(), common());
    let day = language().date(support.day);
    let facts = [
        Some(w.kind(&support.kind).to_owned()),
        Some(w.recipient(support.recipient).to_owned()),
        Some(t.mode(support.mode).to_owned()),
        support.place.map(|place| t.place(place).to_owned()),
        support.minutes.map(|minutes| w.minutes.of(minutes)),
        Some(support.employer.clone().unwrap_or_else(|| w.outside.to_owned())),
        support.job_withdrawn.then(|| w.job_removed.to_owned()),
    ];
    let facts = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let giver = match (support.giver.0, support.giver.1.as_str()) {
        (Giver::Coach, _) => support.by.0.clone(),
        (giver, "") => w.giver(giver).to_owned(),
        (giver, name) => format!("{}, {name}", w.giver(giver)),
    };
    let undo = (page.can_write && support.by.1).then(|| {
        view! {
            <form method="post" action=format!("/clients/{}/support/{}/withdraw", page.client, support.id)>
                <button class="button button-small button-quiet" aria-label=format!("{}: {day}", w.take_back)>
                    {w.take_back}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <p class="timeline-head">
                <time datetime=support.day.to_string()>{day.clone()}</time>
                <span>{giver}</span>
            </p>
            <p class="muted small">{facts}</p>
            {(!support.words.is_empty()).then(|| view! { <p>{support.words.clone()}</p> })}
            {undo}
        </li>
    }
    .into_any()
}

/// The form of what is agreed about a job's support.
#[must_use]
pub fn agree_page(form: &SupportForm, job: JobId, entry: Uuid, typed: &Typed<AgreementFields>) -> Content {
    let w = support_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let label =
        |name: &str| if name == "kind" { support_words().f_agreement } else { support_words().field(name) };
    let shown = Shown { value: &value, errors: &typed.errors, label };
    let at = format!("/clients/{}/support", form.client);
    Sheet {
        title: w.agree.to_owned(),
        action: format!("{at}/agree"),
        client: (at, w.title.to_owned()),
        hidden: vec![("id", entry.to_string()), ("job", job.to_string())],
        now: Vec::new(),
        lead: Some(w.agree_lead),
        fields: vec![
            shown.chips("kind", "radio", &options::<AgreementKind>(&w.agreements)),
            shown.input("every", "number", Some(w.h_every)),
            shown.input("stands_by", "text", Some(w.h_stands_by)),
            shown.input("from_day", "date", None),
            shown.input("words", "area", None),
        ],
        save: client_words().save,
        shown,
    }
    .page()
}

/// The latest supports of a client's page, and the ways to all of them and to one more.
#[must_use]
pub fn support_card(client: ClientId, supports: &[backend::clients::Supporting], can_log: bool) -> AnyView {
    let (w, t) = (support_words(), common());
    let rows: Vec<_> = supports
        .iter()
        .map(|support| {
            let facts =
                [w.kind(&support.kind), w.recipient(support.recipient), t.mode(support.mode)].join(" · ");
            let note = &support.note;
            view! {
                <li>
                    <p class="timeline-head">
                        <time datetime=note.day.to_string()>{language().date(note.day)}</time>
                        <span>{note.by.clone()}</span>
                    </p>
                    <p class="muted small">{facts}</p>
                    {(!note.words.is_empty()).then(|| view! { <p>{note.words.clone()}</p> })}
                </li>
            }
        })
        .collect();
    let none = rows.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    let list = (!rows.is_empty()).then(|| view! { <ol class="timeline">{rows}</ol> });
    let log = can_log.then(|| {
        view! {
            <p>
                <a class="button" href=format!("/support/new?client={client}")>
                    {w.new}
                </a>
            </p>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.title}</h2>
                <a href=format!("/clients/{client}/support")>{w.given}</a>
            </div>
            {none}
            {list}
            {log}
        </section>
    }
    .into_any()
}
