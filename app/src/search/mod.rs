//! Searching in what the person may see: the form, and what was found. A desk page. Clients stand here by
//! alias: the name by which one was found is on the client's own page.

mod words;

pub use words::SearchWords;

use crate::desk::Content;
use crate::i18n::{Dates, desk_words, language};
use crate::ui::Icon;
use backend::search::{ClientHit, EmployerHit, Found, Place, StepHit, TextHit, TextKind};
use chrono::NaiveDate;
use domain::codes::Language;
use domain::search::{Group, Part, QueryError, TEXT_MAX};
use leptos::prelude::*;

/// The words of a language.
#[must_use]
pub fn search_words_in(language: Language) -> &'static SearchWords {
    match language {
        Language::Finnish => &words::FI,
        Language::Swedish => &words::SV,
        Language::English => &words::EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn search_words() -> &'static SearchWords {
    search_words_in(language())
}

/// What was searched for and where that is told: the address holds it sealed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// As typed.
    pub text: &'a str,
    /// The address of this search.
    pub address: &'a str,
    /// Only texts up to this day.
    pub until: Option<NaiveDate>,
}

/// The page before anything was searched for, or with what is wrong.
#[must_use]
pub fn search_page(text: &str, error: Option<QueryError>) -> Content {
    let w = search_words();
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            <p class="lead">{w.lead}</p>
            {search_form(text, error, true)}
        }
        .into_any(),
    }
}

/// The page with what was found.
#[must_use]
pub fn found_page(asked: Asked<'_>, found: Found) -> Content {
    let w = search_words();
    let today = found.today;
    let count = found.clients.found() + found.employers.found() + found.steps.found() + found.texts.found();
    let until = asked.until.map(|day| view! { <p>{w.until.of(language().date(day))}</p> });
    let none = (count == 0).then(|| nothing(asked.text));
    let around = around(asked, &found);
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            {search_form(asked.text, None, false)}
            {until}
            <p class="muted" role="status">
                {w.found.of(count)}
            </p>
            {none}
            {group("clients", w.clients, found.clients, |hit| client(hit, today))}
            {group("employers", w.employers, found.employers, employer)}
            {group("steps", w.steps, found.steps, |hit| step(hit, today))}
            {group("texts", w.texts, found.texts, |hit| text(hit, today))}
            {around}
        }
        .into_any(),
    }
}

/// The form. It is posted, so that no address holds a name; and no browser keeps what was typed.
fn search_form(text: &str, error: Option<QueryError>, hint: bool) -> AnyView {
    let w = search_words();
    let below = error.map_or_else(
        || hint.then(|| view! { <p class="hint" id="search-hint">{w.hint}</p> }).into_any(),
        |error| {
            let said = match error {
                QueryError::TooShort => w.too_short,
                QueryError::TooLong => w.too_long,
            };
            view! { <p class="error" id="search-hint" role="alert">{Icon::Error.view()} {said}</p> }
                .into_any()
        },
    );
    let described = (hint || error.is_some()).then_some("search-hint");
    view! {
        <form class="field" role="search" method="post" action="/search">
            <label class="label" for="search">
                {w.label}
            </label>
            {field(text, described, error.is_some())}
            {below}
        </form>
    }
    .into_any()
}

/// The form over a list, in one line.
#[must_use]
pub fn search_line() -> AnyView {
    view! {
        <form role="search" method="post" action="/search">
            <label class="visually-hidden" for="search">
                {search_words().label}
            </label>
            {field("", None, false)}
        </form>
    }
    .into_any()
}

fn field(text: &str, described: Option<&'static str>, wrong: bool) -> AnyView {
    view! {
        <div class="row">
            <input
                class="input"
                type="search"
                id="search"
                name="q"
                value=text.to_owned()
                placeholder=search_words().label
                autocomplete="off"
                enterkeyhint="search"
                maxlength=TEXT_MAX.to_string()
                aria-describedby=described
                aria-invalid=wrong.then_some("true")
            />
            <button class="button button-primary">{Icon::Search.view()} {desk_words().search}</button>
        </div>
    }
    .into_any()
}

fn nothing(text: &str) -> AnyView {
    let w = search_words();
    view! {
        <div class="card">
            <div class="empty">
                {Icon::Search.view()} <p>{w.none.of(text)}</p> <p>{w.none_hint}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What was looked through, and the way to older texts.
fn around(asked: Asked<'_>, found: &Found) -> AnyView {
    let w = search_words();
    let older = found.older.map(|day| {
        view! {
            <p>{w.since.of(language().date(day))}</p>
            <p>
                <a class="button" href=format!("{}?until={day}", asked.address)>
                    {w.older}
                </a>
            </p>
        }
    });
    let newest = asked.until.map(|_| {
        view! {
            <p>
                <a class="button" href=asked.address.to_owned()>
                    {w.newest}
                </a>
            </p>
        }
    });
    let looked = asked.until.is_none().then(|| {
        let counts = [found.looked.register, found.looked.clients, found.looked.texts].map(|n| n.to_string());
        let counts = counts.each_ref().map(String::as_str);
        view! { <p class="muted small">{w.looked.say(&counts)}</p> }
    });
    view! {
        {older}
        {newest}
        {looked}
    }
    .into_any()
}

/// What was found of a kind; nothing where nothing was.
fn group<T>(id: &'static str, title: &'static str, group: Group<T>, row: impl Fn(T) -> AnyView) -> AnyView {
    if group.hits.is_empty() {
        return ().into_any();
    }
    let (count, more) = (group.found(), group.more);
    let more = (more > 0).then(|| view! { <p class="list-row muted">{search_words().more.of(more)}</p> });
    let rows = group.hits.into_iter().map(|hit| view! { <li>{row(hit)}</li> }).collect_view();
    view! {
        <section class="card flush" id=id>
            <div class="card-head">
                <h2>{title}</h2>
                <span class="muted">{count}</span>
            </div>
            <ul class="list">{rows}</ul>
            {more}
        </section>
    }
    .into_any()
}

/// A row that leads to where the hit stands: what it is, and what is said below.
fn row(to: String, title: AnyView, below: Vec<AnyView>) -> AnyView {
    let below = below.into_iter().map(|said| view! { <span class="row-sub">{said}</span> }).collect_view();
    view! {
        <a class="list-row" href=to>
            <span class="row-main">
                <span class="row-title">{title}</span>
                {below}
            </span>
            {Icon::ChevronRight.view()}
        </a>
    }
    .into_any()
}

fn marked(parts: Vec<Part>) -> AnyView {
    let part = |part: Part| {
        if part.hit { view! { <mark>{part.text}</mark> }.into_any() } else { part.text.into_any() }
    };
    parts.into_iter().map(part).collect_view().into_any()
}

fn client(hit: ClientHit, today: NaiveDate) -> AnyView {
    let w = search_words();
    let about = [
        hit.unit,
        hit.coach.map(|name| w.coach.of(name)),
        hit.closed_on.filter(|day| *day < today).map(|day| w.closed.of(language().date(day))),
        hit.behind_glass.then(|| w.glass.to_owned()),
    ];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let below = (!about.is_empty()).then(|| about.into_any()).into_iter().collect();
    row(format!("/clients/{}", hit.id), hit.alias.into_any(), below)
}

fn employer(hit: EmployerHit) -> AnyView {
    let contact = hit.contact.map(marked);
    let below = hit.municipality.map(IntoAny::into_any).into_iter().chain(contact).collect();
    row(format!("/employers/{}", hit.id), marked(hit.name), below)
}

fn to(place: Place) -> String {
    match place {
        Place::Client(id) => format!("/clients/{id}"),
        Place::Visit(id) => format!("/visits/{id}"),
    }
}

fn step(hit: StepHit, today: NaiveDate) -> AnyView {
    let due = hit.on.map(|on| search_words().due.of(language().day_seen_on(on, today)));
    let about = hit.about.into_iter().chain(due).collect::<Vec<_>>().join(" · ");
    row(to(hit.at), marked(hit.words), vec![about.into_any()])
}

fn text(hit: TextHit, today: NaiveDate) -> AnyView {
    let [note, meeting, attempt, visit] = search_words().kinds;
    let kind = match hit.kind {
        TextKind::Note => note,
        TextKind::Meeting => meeting,
        TextKind::Attempt => attempt,
        TextKind::Visit => visit,
    };
    let title = std::iter::once(kind.to_owned()).chain(hit.about).collect::<Vec<_>>().join(" · ");
    let when = format!("{} · {}", language().day_seen_on(hit.day, today), hit.by);
    row(to(hit.at), title.into_any(), vec![marked(hit.words), when.into_any()])
}
