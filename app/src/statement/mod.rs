//! The accessibility statement that the law asks for (306/2019, in the form of the Commission's decision
//! (EU) 2018/1523). Its figures are those of the last walk of the browser tests over every page
//! (`results.json`, written by `cargo xtask statement` and compared with each run of `look.test.mjs`): it
//! never says more than was measured. A desk page, open to everybody.

mod en;
mod fi;
mod sv;

use crate::desk::Content;
use crate::i18n::{Counted, Dates, Phrase, language};
use chrono::NaiveDate;
use domain::codes::Language;
use leptos::prelude::*;
use serde::Deserialize;
use std::str::FromStr;

/// Where a person tells of a barrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// An address of e-mail.
    Mail(String),
    /// The address of a page with a form.
    Page(String),
}

/// The text is no address that a person could turn to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAddress;

impl std::fmt::Display for NoAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("neither an address of e-mail nor of a page that begins with https://")
    }
}

impl std::error::Error for NoAddress {}

impl FromStr for Feedback {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let whole = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || ".-_+'".contains(c));
        let has_dot = |host: &str| host.split('.').filter(|part| !part.is_empty()).count() > 1;
        if let Some(rest) = text.strip_prefix("https://") {
            let host = rest.split('/').next().unwrap_or_default();
            return (whole(rest) && has_dot(host)).then(|| Self::Page(text.to_owned())).ok_or(NoAddress);
        }
        match text.split_once('@') {
            Some((name, host)) if plain(name) && plain(host) && has_dot(host) => {
                Ok(Self::Mail(text.to_owned()))
            }
            _ => Err(NoAddress),
        }
    }
}

impl Feedback {
    /// Where a link leads, and what it says.
    fn link(&self) -> (String, &str) {
        match self {
            Self::Mail(address) => (format!("mailto:{address}"), address),
            Self::Page(address) => (address.clone(), address),
        }
    }
}

/// How a page was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named as what it is")]
pub enum Mode {
    Light,
    Dark,
    ForcedColours,
    Narrow,
    LargeText,
}

/// What the browser tests measured last.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// The day of it.
    pub day: NaiveDate,
    /// The browser that the pages were shown in.
    pub browser: String,
    /// The version of axe.
    pub axe: String,
    /// The rules that axe tried on each page.
    pub rules: u32,
    /// The ways each page was looked at.
    pub modes: Vec<Mode>,
    /// The pages, each state of a page by itself.
    pub pages: Vec<String>,
    /// The violations that were found.
    pub violations: u32,
}

/// What was measured last; none when the file cannot be read, which a test rules out.
#[must_use]
pub fn results() -> Option<Results> {
    serde_json::from_str(include_str!("results.json")).ok()
}

/// What is not tested or not done yet. A language without one of them does not compile.
#[expect(missing_docs, reason = "each is named as what is open")]
pub struct Open {
    pub screen_readers: &'static str,
    pub phones: &'static str,
    pub swedish: &'static str,
    pub plain_words: &'static str,
    pub own_words: &'static str,
    pub tables: &'static str,
}

impl Open {
    /// All of them, in the order of the page.
    #[must_use]
    pub fn all(&self) -> [&'static str; 6] {
        [self.screen_readers, self.phones, self.swedish, self.plain_words, self.own_words, self.tables]
    }
}

/// The statement in a language.
#[expect(missing_docs, reason = "the Finnish statement says what each means")]
pub struct Statement {
    pub title: &'static str,
    pub about: Phrase,
    pub somebody: &'static str,
    pub level_title: &'static str,
    pub level: [&'static str; 2],
    pub measured_title: &'static str,
    pub measured: Phrase,
    pub found: Counted,
    pub limits: &'static str,
    pub measured_how: &'static str,
    pub modes: [&'static str; 5],
    pub tested: &'static str,
    pub tests: [&'static str; 6],
    pub open_title: &'static str,
    pub open: Open,
    pub made_title: &'static str,
    pub made: Phrase,
    pub feedback_title: &'static str,
    pub feedback: &'static str,
    pub feedback_missing: Phrase,
    pub authority_title: &'static str,
    pub authority: &'static str,
    pub authority_name: &'static str,
    pub authority_unit: &'static str,
    pub authority_site: &'static str,
}

/// The statement of a language.
#[must_use]
pub fn statement_in(language: Language) -> &'static Statement {
    match language {
        Language::Finnish => &fi::STATEMENT,
        Language::Swedish => &sv::STATEMENT,
        Language::English => &en::STATEMENT,
    }
}

/// The page: `organisation` is who answers for the service, `feedback` where a barrier is told of.
#[must_use]
pub fn statement_page(organisation: Option<String>, feedback: Option<&Feedback>) -> Content {
    let s = statement_in(language());
    let organisation = organisation.unwrap_or_else(|| s.somebody.to_owned());
    Content {
        title: s.title.to_owned(),
        parent: None,
        body: view! {
            <p class="lead">{s.about.of(&organisation)}</p>
            {part(s.level_title, s.level.map(|text| view! { <p>{text}</p> }).collect_view().into_any())}
            {part(s.feedback_title, told_to(s, &organisation, feedback))}
            {part(s.open_title, points(&s.open.all()))}
            {results().map(|results| measured(s, &results))}
            {part(s.authority_title, authority(s))}
        }
        .into_any(),
    }
}

fn part(title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="card">
            <h2>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn points(texts: &[&'static str]) -> AnyView {
    let items = texts.iter().map(|text| view! { <li>{*text}</li> }).collect_view();
    view! { <ul class="steps">{items}</ul> }.into_any()
}

fn measured(s: &Statement, results: &Results) -> AnyView {
    let pages = results.pages.len().to_string();
    let rules = results.rules.to_string();
    let day = language().date(results.day);
    let said = s.measured.say(&[&day, &results.axe, &pages, &rules, &results.browser]);
    let modes: Vec<&'static str> = results.modes.iter().map(|mode| s.modes[*mode as usize]).collect();
    view! {
        {part(
            s.measured_title,
            view! {
                <p>{said} " " {s.found.of(results.violations)}</p>
                <p>{s.limits}</p>
                <p>{s.measured_how}</p>
                {points(&modes)}
                <p>{s.tested}</p>
                {points(&s.tests)}
            }
                .into_any(),
        )}
        {part(s.made_title, view! { <p>{s.made.of(&day)}</p> }.into_any())}
    }
    .into_any()
}

fn told_to(s: &Statement, organisation: &str, feedback: Option<&Feedback>) -> AnyView {
    let to = match feedback {
        Some(feedback) => {
            let (to, says) = feedback.link();
            view! {
                <p>
                    <a href=to rel="external noreferrer">
                        {says.to_owned()}
                    </a>
                </p>
            }
            .into_any()
        }
        None => view! { <p>{s.feedback_missing.of(organisation)}</p> }.into_any(),
    };
    view! {
        <p>{s.feedback}</p>
        {to}
    }
    .into_any()
}

/// The supervising authority, as it names itself.
fn authority(s: &Statement) -> AnyView {
    let site = s.authority_site;
    view! {
        <p>{s.authority}</p>
        <p>
            {s.authority_name} <br /> {s.authority_unit} <br />
            <a href=format!("https://{site}") rel="external noreferrer">
                {site}
            </a> <br /> <a href="mailto:saavutettavuus@traficom.fi">"saavutettavuus@traficom.fi"</a> <br />
            <a href="tel:+358295345000">"029 534 5000"</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_can_be_read_and_claim_a_walk() {
        let results: Results = serde_json::from_str(include_str!("results.json")).expect("readable");
        assert!(!results.pages.is_empty() && results.rules > 50 && !results.axe.is_empty());
        let mut pages = results.pages.clone();
        pages.sort();
        pages.dedup();
        assert_eq!(pages.len(), results.pages.len(), "no page counts twice");
        assert!(results.modes.iter().enumerate().all(|(at, mode)| !results.modes[..at].contains(mode)));
    }

    // When one of them is done, or another one is found, `docs/ux.md` changes first: then this fails.
    #[test]
    fn what_is_open_is_what_the_documentation_calls_open() {
        let known = include_str!("../../../docs/ux.md");
        let spaced: String = known.split_whitespace().collect::<Vec<_>>().join(" ");
        for open in [
            "Screen readers and real phones: not tried yet",
            "The Swedish wants a native reader",
            "one word for one thing | by hand",
        ] {
            assert!(spaced.contains(open), "“{open}” is no longer open: the statement says it is");
        }
        assert_eq!(spaced.matches("not yet").count(), 0, "what is not yet done belongs into the statement");
    }

    #[test]
    fn an_address_is_of_mail_or_of_a_page() {
        let mail = |text: &str| Ok(Feedback::Mail(text.to_owned()));
        assert_eq!("palaute@esimerkki.fi".parse(), mail("palaute@esimerkki.fi"));
        let page = "https://esimerkki.fi/palaute?x=1";
        assert_eq!(page.parse(), Ok(Feedback::Page(page.to_owned())));
        for none in [
            "",
            "palaute",
            "palaute@",
            "@esimerkki.fi",
            "a b@esimerkki.fi",
            "a@b@c.fi",
            "palaute@esimerkki",
            "http://esimerkki.fi",
            "https://",
            "https://esimerkki",
            "javascript:alert(1)//@a.fi",
            "https://a@b.fi",
        ] {
            assert_eq!(none.parse::<Feedback>(), Err(NoAddress), "{none}");
        }
    }
}
