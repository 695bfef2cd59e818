//! Memos that refer clients: the team's list and form, the unit's inbox and decision, what was declined.
//! Desk pages.

mod form;
mod team;
mod unit;
mod words;

pub use form::{FormShown, closed_page, form_page, preview_page};
pub use team::{Just, own_memo_page, own_memos_page};
pub use unit::{Decided, Wrong, declined_page, inbox_page, memo_page};
pub use words::ReferralWords;

use crate::i18n::{Dates, language};
use crate::ui::Icon;
use chrono::NaiveDate;
use domain::codes::Language;
use domain::referrals::{Course, EarlierMemo, FirstMeetingClock, Memo, Stage};
use leptos::prelude::*;

/// The words of a language.
#[must_use]
pub fn referral_words_in(language: Language) -> &'static ReferralWords {
    match language {
        Language::Finnish => &words::FI,
        Language::Swedish => &words::SV,
        Language::English => &words::EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn referral_words() -> &'static ReferralWords {
    referral_words_in(language())
}

/// Where a memo is, in colour and words.
pub(crate) fn stage_tag(stage: Stage) -> AnyView {
    let (class, icon) = match stage {
        Stage::Sent => ("tag", Icon::Sent),
        Stage::Received => ("tag", Icon::Mail),
        Stage::Accepted => ("tag tag-accent", Icon::Check),
        Stage::Met | Stage::Agreed => ("tag light-green", Icon::Check),
        Stage::Declined => ("tag tag-warn", Icon::Info),
        Stage::Withdrawn => ("tag tag-quiet", Icon::Undo),
    };
    view! { <span class=class>{icon.view()} {referral_words().stage(stage)}</span> }.into_any()
}

/// The clock to the first meeting, in colour and words.
pub(crate) fn clock_tag(clock: FirstMeetingClock, today: NaiveDate) -> AnyView {
    let w = referral_words();
    let late = today.signed_duration_since(clock.by).num_days();
    let (class, icon, text) = if clock.is_late() {
        ("tag light-red", Icon::Error, w.clock_late.of(usize::try_from(late).unwrap_or(0)))
    } else if clock.is_near() {
        ("tag tag-warn", Icon::Warning, w.clock_by.of(language().day_seen_on(clock.by, today)))
    } else {
        ("tag light-green", Icon::Calendar, w.clock_by.of(language().day_seen_on(clock.by, today)))
    };
    view! { <span class=class>{icon.view()} {text}</span> }.into_any()
}

/// A name and what it is.
fn entry(name: &'static str, value: impl IntoAny) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value.into_any()}</dd>
        </div>
    }
    .into_any()
}

/// Every day of a memo's course.
fn days(course: &Course) -> AnyView {
    let w = referral_words();
    let day = |day: Option<NaiveDate>| match day {
        Some(day) => language().date(day).into_any(),
        None => view! { <span class="muted">{w.not_yet}</span> }.into_any(),
    };
    let withdrawn = course.withdrawn_on.map(|on| entry(w.day_withdrawn, day(Some(on))));
    view! {
        <dl class="definition">
            {entry(w.day_sent, day(Some(course.sent_on)))} {entry(w.day_received, day(course.received_on))}
            {entry(w.day_decided, day(course.decided_on))} {entry(w.day_met, day(course.first_meeting_on))}
            {entry(w.day_info, day(course.info_on))} {entry(w.day_agreed, day(course.agreement_on))} {withdrawn}
        </dl>
    }
    .into_any()
}

/// What a memo says: the same on the preview, for the team and for the unit.
fn content(memo: &Memo) -> AnyView {
    let w = referral_words();
    let text = |text: &str| match text {
        "" => view! { <span class="muted">{w.empty}</span> }.into_any(),
        text => {
            let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view().into_any()
        }
    };
    let year = memo.birth_year.map(|year| year.to_string()).unwrap_or_default();
    let share = memo.share.iter().map(|share| w.share_of(*share)).collect::<Vec<_>>().join(", ");
    let share = if share.is_empty() { w.share_nothing.to_owned() } else { share };
    let until = memo.share_until.map(|until| language().date(until)).unwrap_or_default();
    view! {
        <dl class="definition">
            {entry(w.s_name, memo.name.clone())} {entry(w.birth_year, text(&year))}
            {entry(w.phone, text(&memo.phone))} {entry(w.s_wish, text(&memo.wish))}
            {entry(w.s_contact, text(&memo.contact_wish))} {entry(w.s_share, share)}
            {entry(w.s_until, text(&until))} {entry(w.s_words, text(&memo.words))}
        </dl>
    }
    .into_any()
}

/// How the memo stood before its corrections.
fn versions(earlier: &[EarlierMemo]) -> AnyView {
    let w = referral_words();
    let version = |earlier: &EarlierMemo| {
        let said = w.corrected_on.say(&[&language().date(earlier.corrected_on), &earlier.corrected_by]);
        view! {
            <details>
                <summary>{w.earlier.of(earlier.version)}</summary>
                <p class="hint">{said}</p>
                {content(&earlier.memo)}
            </details>
        }
    };
    earlier.iter().map(version).collect_view().into_any()
}
