//! What a unit chooses about the rules, what it attests, the organisation's own texts, and scores from a file.

use super::{fidelity_words, rule_words, spoken_by, title_of};
use crate::clients::Typed;
use crate::desk::sheet::{Sheet, Shown, hidden};
use crate::desk::{Content, Done, done_notice, trouble};
use crate::i18n::{Dates, language};
use backend::fidelity::{FidelityPage, LoadedPack, PacksPage, UnitEstimates};
use domain::codes::Code;
use domain::fidelity::attest::AttestFields;
use domain::fidelity::choices::ChoiceFields;
use domain::fidelity::estimate::{Choices, PartKind};
use domain::fidelity::import::Wrong;
use leptos::prelude::*;
use uuid::Uuid;

/// The choices of a unit.
#[must_use]
pub fn choices_page(typed: &Typed<ChoiceFields>) -> Content {
    let w = rule_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| rule_words().field(name) };
    let numbers =
        ["weeks", "clients", "jobs", "least_weeks", "habit"].map(|name| shown.input(name, "number", None));
    let mut fields = numbers.into_iter().collect::<Vec<_>>();
    fields.push(shown.input("why", "area", Some(w.h_why)));
    Sheet {
        title: w.choices.to_owned(),
        action: "/fidelity/choices".to_owned(),
        client: ("/fidelity".to_owned(), fidelity_words().title.to_owned()),
        hidden: Vec::new(),
        now: Vec::new(),
        lead: Some(w.choices_lead),
        fields,
        save: w.choices_save,
        shown,
    }
    .page()
}

/// Choices, each with its number.
pub(super) fn held(choices: &Choices) -> [[String; 2]; 5] {
    let w = rule_words();
    [
        (w.f_weeks, i64::from(choices.weeks)),
        (w.f_clients, choices.clients),
        (w.f_jobs, choices.jobs),
        (w.f_least_weeks, choices.least_weeks),
        (w.f_habit, choices.habit),
    ]
    .map(|(name, number)| [name.to_owned(), number.to_string()])
}

/// Which choices hold, in words.
pub(super) fn choices_held(found: &UnitEstimates) -> AnyView {
    let w = rule_words();
    let choices = &found.choices;
    let rows = held(choices).into_iter().map(|[name, number]| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{number}</dd>
            </div>
        }
    });
    let differs = (*choices != Choices::default())
        .then(|| view! { <p class="notice notice-warn">{w.choices_differ} " " {found.why.clone()}</p> });
    view! {
        {differs}
        <details>
            <summary>{w.choices_hold}</summary>
            <dl class="definition">{rows.collect_view()}</dl>
        </details>
    }
    .into_any()
}

/// What people say of a part that records can't say.
#[must_use]
pub fn attest_page(page: &FidelityPage, part: PartKind, entry: Uuid, typed: &Typed<AttestFields>) -> Content {
    spoken_by(&page.found.pack);
    let (w, f) = (rule_words(), fidelity_words());
    let item = part.attested_for().unwrap_or(1);
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| rule_words().field(name) };
    let holds = [("yes", w.holds_yes), ("no", w.holds_no), ("unknown", w.holds_unknown)]
        .map(|(code, word)| (code.to_owned(), word.to_owned()));
    let sheet = Sheet {
        title: f.part(part).to_owned(),
        action: format!("/fidelity/parts/{}", part.code()),
        client: (format!("/fidelity/{item}"), format!("{item}. {}", title_of(item))),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: Some(w.attest_lead),
        fields: vec![shown.chips("holds", "radio", &holds), shown.input("rests_on", "area", None)],
        save: w.attest_save,
        shown,
    }
    .page();
    Content { body: view! { {sheet.body} {before(page, part)} }.into_any(), ..sheet }
}

fn before(page: &FidelityPage, part: PartKind) -> AnyView {
    let w = rule_words();
    let rows: Vec<_> = page
        .found
        .said
        .iter()
        .rev()
        .filter(|said| said.part == part)
        .map(|said| {
            let holds = match said.holds {
                Some(true) => w.holds_yes,
                Some(false) => w.holds_no,
                None => w.holds_unknown,
            };
            view! {
                <li>
                    {language().date(said.day)} ", " {said.name.clone()} ": " <strong>{holds}</strong> " "
                    {said.rests_on.clone()}
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card">
            <h2>{w.said_before}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

/// A form that sends a file.
fn file_form(action: &'static str, accept: &'static str, take: &'static str, entry: Option<Uuid>) -> AnyView {
    let w = rule_words();
    view! {
        <form class="form card" method="post" action=action enctype="multipart/form-data">
            {entry.map(|entry| hidden("id", entry))}
            <div class="field">
                <label class="label" for="file">
                    {w.file}
                </label>
                <input class="input" type="file" id="file" name="file" accept=accept />
            </div>
            <p class="row">
                <button class="button button-primary">{take}</button>
            </p>
        </form>
    }
    .into_any()
}

/// The texts of the criteria: those that were loaded, and a way to load others.
#[must_use]
pub fn packs_page(page: &PacksPage, wrong: Option<String>, done: Option<Done>) -> Content {
    let w = rule_words();
    let own = page.packs.iter().any(|pack| pack.in_force);
    let rows: Vec<_> = page.packs.iter().map(pack_row).collect();
    let rows = (!rows.is_empty()).then(|| {
        view! {
            <section class="card">
                <ul class="timeline">{rows}</ul>
            </section>
        }
    });
    Content {
        title: w.packs.to_owned(),
        parent: None,
        body: view! {
            {done.map(done_notice)}
            {trouble(wrong)}
            <p class="hint">{w.packs_lead}</p>
            {(!own).then(|| view! { <p class="lead">{w.packs_built_in}</p> })}
            <p>
                <a class="button" href="/fidelity/packs/ips-25.toml">
                    {w.packs_model}
                </a>
            </p>
            {file_form("/fidelity/packs", ".toml,text/plain", w.pack_take, None)}
            {rows}
        }
        .into_any(),
    }
}

fn pack_row(pack: &LoadedPack) -> AnyView {
    let w = rule_words();
    let state = match (pack.in_force, pack.withdrawn) {
        (true, _) => w.pack_in_force,
        (_, true) => w.pack_out,
        _ => w.pack_before,
    };
    let (deed, word) =
        if pack.withdrawn { ("restore", w.pack_bring_back) } else { ("withdraw", w.pack_take_out) };
    let name = format!("{} {}", pack.pack, pack.version);
    view! {
        <li>
            <p>{name.clone()} ", " {state}</p>
            <p class="muted small">{pack.name.clone()} ", " {language().date(pack.day)}</p>
            <form method="post" action=format!("/fidelity/packs/{}/{deed}", pack.id)>
                <button class="button button-small" aria-label=format!("{word}: {name}")>
                    {word}
                </button>
            </form>
        </li>
    }
    .into_any()
}

/// What is wrong with a file of scores, in words.
#[must_use]
pub fn wrong_file(wrong: Wrong) -> String {
    let w = rule_words();
    w.at_line().say(&[&wrong.line.to_string(), w.wrong(wrong.why)])
}

/// Where an assessment is brought from a file.
#[must_use]
pub fn import_page(entry: Uuid, wrong: Option<String>) -> Content {
    let w = rule_words();
    Content {
        title: w.import.to_owned(),
        parent: Some(("/fidelity/assessments".to_owned(), fidelity_words().as_title.to_owned())),
        body: view! {
            {trouble(wrong)}
            <p class="hint">{w.import_lead}</p>
            {file_form("/fidelity/assessments/import", ".csv,text/csv", w.import_take, Some(entry))}
        }
        .into_any(),
    }
}
