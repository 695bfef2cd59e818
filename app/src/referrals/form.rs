//! The form of a memo, and the preview, which is exactly what is sent.

use super::{content, referral_words};
use crate::desk::Content;
use crate::desk::fields::{Field, summary};
use crate::i18n::{desk_words, words};
use crate::ui::Icon;
use backend::referrals::{MemoForm, SendingTeam};
use domain::codes::{Code, Share};
use domain::forms::FieldError;
use domain::ids::{ReferralId, TeamId};
use domain::referrals::{Memo, MemoFields, parse_codes};
use leptos::prelude::*;

/// A form as it is shown: new or once more.
#[derive(Clone, Debug)]
pub struct FormShown {
    /// The memo's identity, made when the form opened; that of the memo that is corrected.
    pub id: ReferralId,
    /// The team in whose name it is sent.
    pub team: Option<TeamId>,
    /// The version that is corrected; none for a new memo.
    pub version: Option<u32>,
    /// As typed.
    pub fields: MemoFields,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl FormShown {
    fn action(&self) -> String {
        match self.version {
            Some(_) => format!("/referrals/{}/correct", self.id),
            None => "/referrals/new".to_owned(),
        }
    }

    fn title(&self) -> &'static str {
        let w = referral_words();
        if self.version.is_some() { w.correct } else { w.new }
    }

    fn wrong(&self, name: &str) -> Vec<String> {
        let of = self.errors.iter().filter(|error| error.field() == name);
        of.map(|error| referral_words().error(*error).to_owned()).collect()
    }

    fn hidden(&self, team: TeamId) -> AnyView {
        let version = self.version.map(|version| {
            view! { <input type="hidden" name="version" value=version.to_string() /> }
        });
        view! {
            <input type="hidden" name="id" value=self.id.to_string() />
            <input type="hidden" name="team" value=team.to_string() />
            {version}
        }
        .into_any()
    }
}

/// Which team's form it is: the chosen one, the only one, else none yet.
fn team_of<'a>(form: &'a MemoForm, shown: &FormShown) -> Option<&'a SendingTeam> {
    form.teams.iter().find(|team| Some(team.id) == shown.team).or(match form.teams.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}

/// The form.
#[must_use]
pub fn form_page(form: &MemoForm, shown: &FormShown) -> Content {
    let w = referral_words();
    let one = team_of(form, shown).or_else(|| form.teams.first());
    if shown.version.is_none() && form.teams.iter().all(|team| !team.open) {
        return closed_page(one);
    }
    let field = |name, label| Field::new(name, label).wrong(shown.wrong(name));
    let items = shown.errors.iter().map(|error| {
        let id = if error.field() == "share" { "share-contact" } else { error.field() };
        (id.to_owned(), w.error(*error).to_owned())
    });
    let lead = shown.version.map(|_| view! { <p class="hint">{w.correct_lead}</p> });
    let fields = &shown.fields;
    let to = one.map(|team| format!("{}: {}", w.unit, team.unit)).filter(|_| form.teams.len() == 1);
    Content {
        title: shown.title().to_owned(),
        parent: Some(parent(shown)),
        body: view! {
            {closed_notice(one.filter(|team| !team.open))}
            {summary(items)}
            <form class="form card" method="post" action=shown.action()>
                {lead}
                {to.map(|to| view! { <p>{to}</p> })}
                {teams(form, shown)}
                {field("name", w.name).input("text", &fields.name)}
                {field("birth_year", w.birth_year).hint(Some(w.birth_year_hint)).input("text", &fields.birth_year)}
                {field("phone", w.phone).input("tel", &fields.phone)}
                {field("wish", w.wish).hint(Some(w.wish_hint)).input("area", &fields.wish)}
                {field("contact_wish", w.contact_wish).input("text", &fields.contact_wish)}
                {shares(fields, &shown.wrong("share"))}
                {field("share_until", w.share_until).input("date", &fields.share_until)}
                {field("words", w.words).hint(Some(w.words_hint)).input("area", &fields.words)}
                <p class="row">
                    <button class="button button-primary" name="do" value="preview">
                        {w.to_preview}
                    </button>
                    <a class="button" href=parent(shown).0>
                        {desk_words().cancel}
                    </a>
                </p>
            </form>
        }
        .into_any(),
    }
}

fn parent(shown: &FormShown) -> (String, String) {
    match shown.version {
        Some(_) => (format!("/referrals/{}", shown.id), shown.fields.name.clone()),
        None => ("/referrals".to_owned(), referral_words().title.to_owned()),
    }
}

/// The choice of a team; hidden where there is none.
fn teams(form: &MemoForm, shown: &FormShown) -> AnyView {
    let w = referral_words();
    let chosen = team_of(form, shown).map(|team| team.id);
    if shown.version.is_some() || form.teams.len() == 1 {
        return match chosen.or(form.teams.first().map(|team| team.id)) {
            Some(team) => shown.hidden(team),
            None => ().into_any(),
        };
    }
    let options = form
        .teams
        .iter()
        .map(|team| {
            let label = format!("{} → {}", team.name, team.unit);
            view! {
                <option value=team.id.to_string() selected=chosen == Some(team.id)>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <input type="hidden" name="id" value=shown.id.to_string() />
        <div class="field">
            <label class="label" for="team">
                {w.team}
            </label>
            <select class="input" id="team" name="team">
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// What may be shared.
fn shares(fields: &MemoFields, wrong: &[String]) -> AnyView {
    let w = referral_words();
    let picked: Vec<Share> = parse_codes(&fields.share).unwrap_or_default();
    let boxes = Share::ALL
        .iter()
        .map(|share| {
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        id=format!("share-{}", share.code())
                        name="share"
                        value=share.code()
                        checked=picked.contains(share)
                    />
                    <span>{w.share_of(*share)}</span>
                </label>
            }
        })
        .collect_view();
    let error = (!wrong.is_empty()).then(|| {
        view! { <p class="error">{Icon::Error.view()} {wrong.join(" ")}</p> }
    });
    view! {
        <fieldset class="choices">
            <legend>{w.share}</legend>
            {boxes}
            <p class="hint">{w.share_hint}</p>
            {error}
        </fieldset>
    }
    .into_any()
}

/// What is sent, to whom, and nothing else.
#[must_use]
pub fn preview_page(form: &MemoForm, shown: &FormShown, memo: &Memo) -> Content {
    let w = referral_words();
    let unit = team_of(form, shown).map(|team| team.unit.clone());
    let unit = form.corrects.as_ref().map(|sent| sent.unit.clone()).or(unit).unwrap_or_default();
    let send = if shown.version.is_some() { w.send_correction.of(&unit) } else { w.send.of(&unit) };
    let exact = MemoFields::of(memo);
    let hidden = MemoFields::NAMES
        .iter()
        .map(|name| view! { <input type="hidden" name=*name value=exact.field(name).to_owned() /> })
        .collect_view();
    let ids = team_of(form, shown).or_else(|| form.teams.first()).map(|team| shown.hidden(team.id));
    Content {
        title: w.preview.to_owned(),
        parent: Some(parent(shown)),
        body: view! {
            <div class="notice" role="status">
                {Icon::Info.view()} <p>{w.preview_to.of(&unit)}</p>
            </div>
            <section class="card">{content(memo)}</section>
            <form method="post" action=shown.action()>
                {ids}
                {hidden}
                <p class="row">
                    <button class="button button-primary" name="do" value="send">
                        {Icon::Sent.view()}
                        {send}
                    </button>
                    <button class="button" name="do" value="edit">
                        {w.edit}
                    </button>
                </p>
            </form>
        }
        .into_any(),
    }
}

fn closed_notice(team: Option<&SendingTeam>) -> AnyView {
    let w = referral_words();
    team.map(|team| {
        view! {
            <div class="notice notice-warn" role="alert">
                {Icon::Warning.view()} <div>
                    <p>
                        <strong>{w.nobody.of(&team.unit)}</strong>
                    </p>
                    <p>{w.nobody_do}</p>
                </div>
            </div>
        }
    })
    .into_any()
}

/// Nobody is there to get a memo: what to do instead.
#[must_use]
pub fn closed_page(team: Option<&SendingTeam>) -> Content {
    let w = referral_words();
    Content {
        title: w.new.to_owned(),
        parent: Some(("/referrals".to_owned(), w.title.to_owned())),
        body: view! {
            {closed_notice(team)}
            <p>
                <a class="button" href="/referrals">
                    {words().previous}
                </a>
            </p>
        }
        .into_any(),
    }
}
