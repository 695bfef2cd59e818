//! The professional profile: how it reads, its versions, and the form.

use super::client_words;
use super::fields::{hidden, shown};
use super::forms::Typed;
use super::words::word;
use crate::desk::Content;
use crate::desk::fields::buttons;
use crate::i18n::{Dates, desk_words, language};
use backend::clients::ProfilePage;
use domain::clients::profile::{Profile, ProfileFields};
use domain::codes::{Code, Travel, WorkTime};
use leptos::prelude::*;

/// The letters of TOL 2008 with their words.
fn sections() -> Vec<(String, String)> {
    let letters = ('A'..='U').map(|letter| letter.to_string());
    letters.zip(desk_words().sections).map(|(letter, name)| (letter, name.to_owned())).collect()
}

/// A value in words: codes become theirs.
fn said(name: &'static str, value: &str) -> String {
    let w = client_words();
    let each = |one: &dyn Fn(&str) -> Option<String>| {
        value.split_whitespace().filter_map(one).collect::<Vec<_>>().join(", ")
    };
    match name {
        "sectors" => {
            each(&|letter| sections().into_iter().find(|(other, _)| other == letter).map(|(_, name)| name))
        }
        "times" => {
            each(&|code| WorkTime::parse(code).ok().map(|time| word(&w.times_of_day, time).to_owned()))
        }
        "travel" => each(&|code| Travel::parse(code).ok().map(|way| word(&w.travels, way).to_owned())),
        _ => value.to_owned(),
    }
}

/// What a profile says; nothing of what is empty.
pub(super) fn facts(profile: &Profile) -> AnyView {
    let w = client_words();
    let fields = ProfileFields::of(profile);
    let hours = [&fields.hours_from, &fields.hours_to]
        .map(|hours| if hours.is_empty() { "…".to_owned() } else { hours.clone() })
        .join("–");
    let hours = (profile.hours_from.is_some() || profile.hours_to.is_some()).then_some((w.hours, hours));
    let rest = ProfileFields::NAMES
        .iter()
        .filter(|name| !name.starts_with("hours"))
        .map(|name| (w.field(name), said(name, fields.field(name))))
        .filter(|(_, value)| !value.is_empty());
    let rows = hours
        .into_iter()
        .chain(rest)
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="definition">{rows}</dl> }.into_any()
}

/// The profile with the versions before it; `shown` is one of them.
#[must_use]
pub fn profile_page(page: &ProfilePage, shown: Option<i64>) -> Option<Content> {
    let w = client_words();
    let current = match shown {
        Some(number) => Some(page.versions.iter().find(|version| version.version == number)?),
        None => page.versions.first(),
    };
    let at = format!("/clients/{}", page.id);
    let edit = (page.can_write && shown.is_none()).then(|| {
        let name = if current.is_some() { w.profile_open } else { w.profile_write };
        view! {
            <p>
                <a class="button button-primary" href=format!("{at}/profile/edit")>
                    {name}
                </a>
            </p>
        }
    });
    let versions = page
        .versions
        .iter()
        .filter(|version| Some(version.version) != current.map(|current| current.version))
        .map(|version| {
            let day = language().date(version.day);
            let name = w.profile_version.say(&[&version.version.to_string(), &day, &version.by]);
            view! {
                <li>
                    <a class="list-row" href=format!("{at}/profile/{}", version.version)>
                        {name}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let versions = (!versions.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{w.profile_versions}</h2>
                <ul class="list">{versions}</ul>
            </section>
        }
    });
    let body = match current {
        Some(version) => {
            let day = language().date(version.day);
            let which = w.profile_version.say(&[&version.version.to_string(), &day, &version.by]);
            view! {
                <section class="card">
                    <p class="muted">{which}</p>
                    {facts(&version.profile)}
                </section>
            }
            .into_any()
        }
        None => view! { <p class="muted">{w.profile_none}</p> }.into_any(),
    };
    Some(Content {
        title: w.profile.to_owned(),
        parent: Some((at, page.alias.clone())),
        body: view! {
            {body}
            {edit}
            {versions}
        }
        .into_any(),
    })
}

/// The form of the profile, as it stands or as it was typed.
#[must_use]
pub fn profile_form_page(page: &ProfilePage, typed: Option<Typed<ProfileFields>>) -> Content {
    let w = client_words();
    let now = page.versions.first().map(|version| ProfileFields::of(&version.profile)).unwrap_or_default();
    let Typed { form, errors } = typed.unwrap_or(Typed { form: now.clone(), errors: Vec::new() });
    let value = |name: &str| form.field(name).to_owned();
    let shown = shown(&value, &errors);
    let standing: Vec<(&'static str, String)> =
        ProfileFields::NAMES.iter().map(|name| (*name, now.field(name).to_owned())).collect();
    let options = |words: &[&'static str], codes: Vec<&'static str>| -> Vec<(String, String)> {
        codes.into_iter().zip(words).map(|(code, word)| (code.to_owned(), (*word).to_owned())).collect()
    };
    let times = options(&w.times_of_day, WorkTime::ALL.iter().map(|time| time.code()).collect());
    let travels = options(&w.travels, Travel::ALL.iter().map(|way| way.code()).collect());
    let at = format!("/clients/{}/profile", page.id);
    let action = format!("{at}/edit");
    Content {
        title: w.profile.to_owned(),
        parent: Some((at.clone(), page.alias.clone())),
        body: view! {
            {shown.both(&standing)}
            {shown.summary()}
            <form class="form card" method="post" action=action>
                {hidden("after", page.latest())}
                {shown.input("wishes", "area", Some(w.words_hint))}
                {shown.chips("sectors", "checkbox", &sections())}
                {shown.input("hours_from", "number", None)}
                {shown.input("hours_to", "number", None)}
                {shown.chips("times", "checkbox", &times)}
                {shown.input("places", "text", Some(w.places_hint))}
                {shown.chips("travel", "checkbox", &travels)}
                {shown.input("avoid", "area", None)}
                {shown.input("strengths", "area", None)}
                {shown.input("history", "area", None)}
                {shown.input("limits", "area", None)}
                {shown.input("supports", "area", None)}
                {shown.input("benefits", "area", None)}
                {buttons(w.save, at)}
            </form>
        }
        .into_any(),
    }
}
