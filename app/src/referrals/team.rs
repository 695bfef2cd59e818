//! The team's view: its memos with their days, and nothing else of anybody.

use super::{clock_tag, content, days, referral_words, stage_tag, versions};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use crate::ui::Icon;
use backend::referrals::OwnMemo;
use chrono::NaiveDate;
use domain::referrals::{SentMemo, Stage};
use leptos::prelude::*;

/// What was done just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Just {
    /// Sent.
    Sent,
    /// It had been sent before in other words.
    SentBefore,
    /// Corrected.
    Corrected,
    /// Taken back.
    Withdrawn,
    /// Brought back.
    Restored,
}

/// The memos of the own teams.
#[must_use]
pub fn own_memos_page(memos: &[SentMemo], today: NaiveDate) -> Content {
    let w = referral_words();
    let under_way =
        |memo: &&SentMemo| matches!(memo.course.stage(), Stage::Sent | Stage::Received | Stage::Accepted);
    let (first, rest): (Vec<&SentMemo>, Vec<&SentMemo>) = memos.iter().partition(under_way);
    let several = memos.iter().any(|memo| memo.team != memos[0].team);
    let empty = memos.is_empty().then(|| {
        view! {
            <div class="card">
                <div class="empty">{Icon::Sent.view()} <p>{w.none}</p></div>
            </div>
        }
    });
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            <p>
                <a class="button button-primary" href="/referrals/new">
                    {Icon::Plus.view()}
                    {w.new}
                </a>
            </p>
            <p class="hint">{w.lead}</p>
            {empty}
            {group(w.under_way, &first, several, today)}
            {group(w.further, &rest, several, today)}
        }
        .into_any(),
    }
}

fn group(title: &'static str, memos: &[&SentMemo], several: bool, today: NaiveDate) -> AnyView {
    if memos.is_empty() {
        return ().into_any();
    }
    let rows = memos.iter().map(|memo| row(memo, several, today)).collect_view();
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{title}</h2>
                <span class="muted">{memos.len()}</span>
            </div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(memo: &SentMemo, several: bool, today: NaiveDate) -> AnyView {
    let w = referral_words();
    let course = &memo.course;
    let days = [
        (w.day_sent, Some(course.sent_on)),
        (w.day_received, course.received_on),
        (w.day_decided, course.decided_on),
        (w.day_met, course.first_meeting_on),
        (w.day_info, course.info_on),
        (w.day_agreed, course.agreement_on),
        (w.day_withdrawn, course.withdrawn_on),
    ];
    let days: Vec<String> = days
        .into_iter()
        .filter_map(|(name, day)| day.map(|day| format!("{name} {}", language().day_seen_on(day, today))))
        .collect();
    let team = several.then(|| format!("{} · ", memo.team));
    let clock = memo.clock.map(|clock| clock_tag(clock, today));
    view! {
        <li>
            <a class="list-row" href=format!("/referrals/{}", memo.id)>
                <span class="row-main">
                    <span class="row-title">{memo.memo.name.clone()}</span>
                    <span class="row-sub">{team} {days.join(" · ")}</span>
                </span>
                <span class="row-end">{stage_tag(course.stage())} {clock}</span>
            </a>
        </li>
    }
    .into_any()
}

/// A memo of the own team.
#[must_use]
pub fn own_memo_page(memo: OwnMemo, today: NaiveDate, just: Option<Just>) -> Content {
    let w = referral_words();
    let OwnMemo { sent, earlier } = memo;
    let here = format!("/referrals/{}", sent.id);
    let open = sent.course.can_be_corrected();
    let declined = sent.declined.filter(|_| sent.course.stage() == Stage::Declined);
    let declined = declined.map(|reason| {
        let why = w.declined_because(reason, sent.declined_own.as_ref());
        view! { <p>{format!("{}: {why}", w.reason)}</p> }
    });
    let tools = open.then(|| {
        view! {
            <div class="row">
                <a class="button" href=format!("{here}/correct")>
                    {w.correct}
                </a>
                <form method="post" action=format!("{here}/withdraw")>
                    <button class="button button-danger">{w.withdraw}</button>
                </form>
            </div>
            <p class="hint">{w.withdraw_hint}</p>
        }
    });
    Content {
        title: sent.memo.name.clone(),
        parent: Some(("/referrals".to_owned(), w.title.to_owned())),
        body: view! {
            {just.map(|just| said(just, &sent, &here))}
            <section class="card">
                <div class="card-head">
                    <h2>{w.days}</h2>
                    {stage_tag(sent.course.stage())}
                </div>
                {sent.clock.map(|clock| clock_tag(clock, today))}
                {declined}
                {days(&sent.course)}
            </section>
            <section class="card">
                <div class="card-head">
                    <h2>{w.what}</h2>
                    {(sent.version > 1).then(|| view! { <span class="tag">{w.is_corrected}</span> })}
                </div>
                <p class="muted">
                    {format!("{} · {} → {}", w.sent_by.of(&sent.sent_by), sent.team, sent.unit)}
                </p>
                {content(&sent.memo)}
                {versions(&earlier)}
            </section>
            {tools}
        }
        .into_any(),
    }
}

fn said(just: Just, sent: &SentMemo, here: &str) -> AnyView {
    let w = referral_words();
    let withdraw = Some(format!("{here}/withdraw")).filter(|_| sent.course.can_be_corrected());
    let (text, undo) = match just {
        Just::Sent => (w.was_sent.of(&sent.unit), withdraw),
        Just::SentBefore => (w.was_sent_before.to_owned(), None),
        Just::Corrected => (w.was_corrected.to_owned(), None),
        Just::Withdrawn => (w.was_withdrawn.to_owned(), Some(format!("{here}/restore"))),
        Just::Restored => (w.was_restored.to_owned(), None),
    };
    done_notice(Done { text, undo })
}
