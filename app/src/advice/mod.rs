//! Advice about benefits: what was given, what is to be given, the form, and the sheet that the client takes home.

mod words;

pub use words::{AdviceWords, advice_words, advice_words_in};

use crate::clients::{Typed, client_words, word};
use crate::desk::sheet::{Sheet, Shown};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language, words as common};
use crate::people::people_words_in;
use crate::ui::Icon;
use backend::advice::AdvicePage;
use backend::jobs::Advised;
use domain::advice::{AdviceFields, Adviser, Occasion, Topic};
use domain::codes::{Code, Language};
use domain::lists::out::{Paper, PaperLook, PaperPart};
use leptos::prelude::*;
use uuid::Uuid;

/// One piece of advice; `undo` says where it is taken back.
pub(crate) fn given_row(given: &Advised, undo: Option<String>) -> AnyView {
    let w = advice_words();
    let topics = given.topics.iter().map(|topic| word(&w.topics, *topic)).collect::<Vec<_>>().join(", ");
    let giver = match given.names.0.as_str() {
        "" => word(&w.givers, given.giver).to_owned(),
        name => format!("{}, {name}", word(&w.givers, given.giver)),
    };
    let day = language().date(given.day);
    let undo = undo.map(|to| {
        view! {
            <form method="post" action=to>
                <button class="button button-small button-quiet" aria-label=format!("{}: {day}", w.take_back)>
                    {w.take_back}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <p class="timeline-head">
                <time datetime=given.day.to_string()>{day.clone()}</time>
                <span>{common().occasion(given.occasion)}</span>
            </p>
            <p>{topics}</p>
            <p class="muted small">{giver}</p>
            {(!given.words.is_empty()).then(|| view! { <p>{given.words.clone()}</p> })}
            {undo}
        </li>
    }
    .into_any()
}

/// What is to be given, with the way to note it.
pub(crate) fn due_notice(page: &AdvicePage) -> Option<AnyView> {
    let w = advice_words();
    (!page.due.is_empty()).then(|| {
        let items = page.due.iter().map(|due| {
            let said = w.due.say(&[common().occasion(due.occasion), &language().date(due.on)]);
            view! { <li>{said}</li> }
        });
        view! {
            <div class="notice notice-warn">
                {Icon::Warning.view()} <div>
                    <p>
                        <strong>{w.due_title}</strong>
                    </p>
                    <ul>{items.collect_view()}</ul>
                    <details>
                        <summary>{client_words().load_rule_title}</summary>
                        <p>{w.due_rule}</p>
                    </details>
                </div>
            </div>
        }
        .into_any()
    })
}

/// All advice of a client.
#[must_use]
pub fn advice_page(page: &AdvicePage, done: Option<Done>) -> Content {
    let w = advice_words();
    let at = format!("/clients/{}", page.client);
    let row = |given: &Advised| {
        given_row(given, page.can_write.then(|| format!("{at}/advice/{}/withdraw", given.id)))
    };
    let none = page.given.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    let list = (!page.given.is_empty())
        .then(|| view! { <ol class="timeline">{page.given.iter().map(row).collect_view()}</ol> });
    let add = page.can_write.then(|| {
        view! {
            <a class="button button-primary" href=format!("{at}/advice/new")>
                {w.new}
            </a>
        }
    });
    Content {
        title: w.title.to_owned(),
        parent: Some((at.clone(), page.alias.clone())),
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.lead}</p>
            {due_notice(page)}
            <p class="row">
                {add}
                <a class="button" href=format!("{at}/advice/sheet")>
                    {w.sheet}
                </a>
            </p>
            <section class="card">{none} {list}</section>
        }
        .into_any(),
    }
}

fn options<T: Code + PartialEq>(words: &[&'static str]) -> Vec<(String, String)> {
    T::ALL.iter().map(|code| (code.code().to_owned(), word(words, *code).to_owned())).collect()
}

/// The form of advice.
#[must_use]
pub fn new_advice_page(page: &AdvicePage, entry: Uuid, typed: Typed<AdviceFields>) -> Content {
    let w = advice_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| advice_words().field(name) };
    let at = format!("/clients/{}", page.client);
    let jobs: Vec<(String, String)> =
        page.jobs.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    Sheet {
        title: w.new.to_owned(),
        action: format!("{at}/advice/new"),
        client: (format!("{at}/advice"), w.title.to_owned()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: Some(w.lead),
        fields: vec![
            shown.chips("occasion", "radio", &options::<Occasion>(&common().occasions)),
            shown.chips("topics", "checkbox", &options::<Topic>(&w.topics)),
            shown.select("job", Some(w.no_job), &jobs, None),
            shown.input("day", "date", None),
            shown.chips("giver", "radio", &options::<Adviser>(&w.givers)),
            shown.input("giver_name", "text", None),
            shown.input("words", "area", Some(w.h_words)),
        ],
        save: w.save,
        shown,
    }
    .page()
}

/// The sheet that a client takes home, in its parts: headings with their paragraphs. The same on the page and on
/// paper.
#[must_use]
pub fn sheet_parts(page: &AdvicePage, language: Language) -> Vec<(&'static str, Vec<String>)> {
    let w = advice_words_in(language);
    let mut talked: Vec<String> = Vec::new();
    if let Some(latest) = page.given.first() {
        talked.push(w.s_day.of(language.date(latest.day)));
        talked.push(latest.topics.iter().map(|topic| word(&w.topics, *topic)).collect::<Vec<_>>().join(", "));
        talked.extend(Some(latest.words.clone()).filter(|words| !words.is_empty()));
    } else {
        talked.push(w.s_nothing.to_owned());
    }
    let mut money = vec![w.s_money_text.to_owned()];
    money.extend(Some(&page.coach).filter(|coach| !coach.is_empty()).map(|coach| w.s_coach.of(coach)));
    vec![
        (w.s_talked, talked),
        (w.s_tell, vec![w.s_tell_kela.to_owned(), w.s_tell_office.to_owned(), w.s_tell_keep.to_owned()]),
        (w.s_money, money),
    ]
}

/// The sheet on paper.
#[must_use]
pub fn sheet_paper(page: &AdvicePage, language: Language) -> Paper {
    let w = advice_words_in(language);
    let mut parts = vec![PaperPart::Text(w.s_for.of(&page.name))];
    for (title, paragraphs) in sheet_parts(page, language) {
        parts.push(PaperPart::Heading(title.to_owned()));
        parts.extend(paragraphs.into_iter().map(PaperPart::Text));
    }
    Paper {
        language,
        title: w.s_title.to_owned(),
        foot: language.date(page.today),
        page_of: people_words_in(language).paper_page,
        look: PaperLook::Large,
        parts,
    }
}

/// The ways to the same page in the other languages, and to the file.
#[must_use]
pub fn languages(at: &str, chosen: Language) -> AnyView {
    let links = Language::ALL
        .iter()
        .map(|language| {
            let current = (*language == chosen).then_some("true");
            view! {
                <a class="button button-small" href=format!("{at}?language={}", language.code()) aria-current=current>
                    {crate::account::own_name(*language)}
                </a>
            }
        })
        .collect_view();
    view! { <p class="row">{links}</p> }.into_any()
}

/// The sheet as a page that can be printed.
#[must_use]
pub fn sheet_page(page: &AdvicePage, language: Language) -> Content {
    let (w, here) = (advice_words_in(language), advice_words());
    let at = format!("/clients/{}/advice", page.client);
    let sheet = format!("{at}/sheet");
    let parts = sheet_parts(page, language).into_iter().map(|(title, paragraphs)| {
        let paragraphs = paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
        view! {
            <h2>{title}</h2>
            {paragraphs}
        }
    });
    Content {
        title: w.s_title.to_owned(),
        parent: Some((at, here.title.to_owned())),
        body: view! {
            {languages(&sheet, language)}
            <p class="row">
                <a class="button button-primary" href=format!("{sheet}.pdf?language={}", language.code())>
                    {here.sheet_pdf}
                </a>
            </p>
            <section class="card" lang=language.code()>
                <p>{w.s_for.of(&page.name)}</p>
                {parts.collect_view()}
            </section>
        }
        .into_any(),
    }
}
