//! Steps towards work that are no job: their list, and the forms of a transition and of a qualification.

mod words;

pub use words::{StepWords, step_words, step_words_in};

use crate::clients::{Typed, with_own};
use crate::desk::sheet::{Sheet, Shown};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use backend::steps::{StepForm, StepSeen, StepsPage};
use domain::codes::Code;
use domain::ids::ClientId;
use domain::steps::{StepFields, StepToWork};
use leptos::prelude::*;
use uuid::Uuid;

/// A client's steps.
#[must_use]
pub fn steps_page(page: &StepsPage, done: Option<Done>) -> Content {
    let w = step_words();
    Content {
        title: w.title.to_owned(),
        parent: Some((format!("/clients/{}", page.client), page.alias.clone())),
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.lead}</p>
            {section(page, StepToWork::Transition)}
            {section(page, StepToWork::Qualification)}
        }
        .into_any(),
    }
}

fn section(page: &StepsPage, kind: StepToWork) -> AnyView {
    let w = step_words();
    let (title, none, add) = match kind {
        StepToWork::Transition => (w.transitions, w.transitions_none, w.add_transition),
        StepToWork::Qualification => (w.qualifications, w.qualifications_none, w.add_qualification),
    };
    let rows: Vec<_> =
        page.steps.iter().filter(|step| step.kind == kind).map(|step| row(page, step)).collect();
    let none = rows.is_empty().then(|| view! { <p class="muted">{none}</p> });
    let list = (!rows.is_empty()).then(|| view! { <ol class="timeline">{rows}</ol> });
    let add = page.can_write.then(|| {
        view! {
            <p>
                <a class="button" href=format!("/clients/{}/steps/{}", page.client, kind.code())>
                    {add}
                </a>
            </p>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{title}</h2>
            </div>
            {none}
            {list}
            {add}
        </section>
    }
    .into_any()
}

fn row(page: &StepsPage, step: &StepSeen) -> AnyView {
    let w = step_words();
    let what = match &step.own {
        Some(own) => format!("{} ({})", own.of(language()), w.what(step.kind, &step.what)),
        None => w.what(step.kind, &step.what).to_owned(),
    };
    let from = language().date(step.day);
    let days = match (step.kind, step.to_day) {
        (StepToWork::Qualification, _) => from,
        (_, Some(to)) => format!("{from}–{}", language().date(to)),
        (_, None) => w.since.of(from),
    };
    let undo = page.can_write.then(|| {
        let to = format!("/clients/{}/steps/{}/{}/withdraw", page.client, step.kind.code(), step.id);
        view! {
            <form method="post" action=to>
                <button class="button button-small button-quiet" aria-label=format!("{}: {what}", w.take_back)>
                    {w.take_back}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <p class="timeline-head">
                <time datetime=step.day.to_string()>{days}</time>
                <span>{step.provider.clone()}</span>
            </p>
            <p>{what.clone()}</p>
            {(!step.words.is_empty()).then(|| view! { <p>{step.words.clone()}</p> })}
            {undo}
        </li>
    }
    .into_any()
}

/// The form of a step.
#[must_use]
pub fn new_step_page(form: &StepForm, kind: StepToWork, entry: Uuid, typed: Typed<StepFields>) -> Content {
    let w = step_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let qualification = kind == StepToWork::Qualification;
    let label = if qualification {
        |name: &str| if name == "day" { step_words().f_completed } else { step_words().field(name) }
    } else {
        |name: &str| step_words().field(name)
    };
    let shown = Shown { value: &value, errors: &typed.errors, label };
    let at = format!("/clients/{}/steps", form.client);
    let kinds = with_own(&kind.list().official(), &form.own, |code| w.what(kind, code));
    let mut fields =
        vec![shown.select("what", Some(w.choose), &kinds, None), shown.input("day", "date", None)];
    if !qualification {
        fields.push(shown.input("to_day", "date", None));
        fields.push(shown.input("provider", "text", None));
        fields.push(shown.input("words", "area", None));
    }
    Sheet {
        title: if qualification { w.add_qualification } else { w.add_transition }.to_owned(),
        action: format!("{at}/{}", kind.code()),
        client: (at, w.title.to_owned()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields,
        save: w.save,
        shown,
    }
    .page()
}

/// How many steps a client has taken, each kind apart, and the way to them.
#[must_use]
pub fn steps_line(client: ClientId, transitions: usize, qualifications: usize) -> AnyView {
    let w = step_words();
    let counts = [w.transitions_count.of(transitions), w.qualifications_count.of(qualifications)].join(" · ");
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.title}</h2>
                <a href=format!("/clients/{client}/steps")>{counts}</a>
            </div>
        </section>
    }
    .into_any()
}
