//! The unit's view: the memos that wait, a memo with its decision, what was declined.

use super::{clock_tag, content, days, referral_words, stage_tag, versions};
use crate::clients::with_own;
use crate::desk::fields::{Field, summary};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::words::Phrase;
use crate::i18n::{Dates, desk_words, language};
use crate::ui::Icon;
use backend::referrals::{Alike, Coach, Declined, Inbox, MemoPage};
use chrono::{Datelike, NaiveDate};
use domain::codes::lists::Version;
use domain::codes::{Code, DeclineReason};
use domain::forms::FieldError;
use domain::referrals::{
    DecisionFields, DeclineMonth, FirstDays, FirstDaysFields, ReceivedMemo, SentMemo, Stage,
};
use leptos::prelude::*;

/// What was done just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Decided.
    Decided,
    /// The first days were noted.
    Days,
}

/// A form that came back with what is wrong.
#[derive(Clone, Debug)]
pub enum Wrong {
    /// The decision.
    Decision(DecisionFields, Vec<FieldError>),
    /// The first days.
    Days(FirstDaysFields, Vec<FieldError>),
}

/// The memos of the own units.
#[must_use]
pub fn inbox_page(inbox: &Inbox, today: NaiveDate) -> Content {
    let w = referral_words();
    let waiting = if inbox.waiting.is_empty() {
        view! {
            <div class="card">
                <div class="empty">{Icon::Mail.view()} <p>{w.waiting_none}</p></div>
            </div>
        }
        .into_any()
    } else {
        group(w.waiting, &inbox.waiting, today)
    };
    let flag = inbox.excluded.filter(|excluded| *excluded > 0).map(|excluded| {
        view! {
            <div class="notice notice-warn">
                {Icon::Info.view()} <p>
                    {w.excluded.of(excluded as usize)} " " <a href="/referrals/declined">{w.to_declined}</a>
                </p>
            </div>
        }
    });
    let declined = inbox.excluded.map(|_| {
        view! {
            <a class="button" href="/referrals/declined">
                {w.to_declined}
            </a>
        }
    });
    Content {
        title: w.inbox.to_owned(),
        parent: Some(("/clients".to_owned(), desk_words().nav_clients.to_owned())),
        body: view! {
            <p class="lead">{w.inbox_lead.of(inbox.waiting.len())}</p>
            {flag}
            {waiting}
            {group(w.accepted, &inbox.accepted, today)}
            {group(w.ended, &inbox.ended, today)}
            <p class="row">
                <a class="button" href="/meetings/team">
                    {w.to_meeting}
                </a>
                {declined}
            </p>
        }
        .into_any(),
    }
}

fn group(title: &'static str, memos: &[ReceivedMemo], today: NaiveDate) -> AnyView {
    if memos.is_empty() {
        return ().into_any();
    }
    let rows = memos.iter().map(|memo| row(&memo.sent, today)).collect_view();
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

fn row(memo: &SentMemo, today: NaiveDate) -> AnyView {
    let w = referral_words();
    let sent = format!("{} {}", w.day_sent, language().day_seen_on(memo.course.sent_on, today));
    let end = match memo.clock {
        Some(clock) => clock_tag(clock, today),
        None => stage_tag(memo.course.stage()),
    };
    let new = (memo.course.stage() == Stage::Sent).then(|| stage_tag(Stage::Sent));
    let corrected = (memo.version > 1).then(|| view! { <span class="tag">{w.is_corrected}</span> });
    view! {
        <li>
            <a class="list-row" href=format!("/referrals/inbox/{}", memo.id)>
                <span class="row-main">
                    <span class="row-title">{memo.memo.name.clone()}</span>
                    <span class="row-sub">{memo.team.clone()} " · " {sent}</span>
                </span>
                <span class="row-end">{corrected} {new} {end}</span>
            </a>
        </li>
    }
    .into_any()
}

/// A memo that the unit got, with what can be done.
#[must_use]
pub fn memo_page(page: MemoPage, wrong: Option<Wrong>, decided: Option<Decided>) -> Content {
    let w = referral_words();
    let here = format!("/referrals/inbox/{}", page.memo.sent.id);
    let sent = &page.memo.sent;
    let (decision, first_days) = match wrong {
        Some(Wrong::Decision(fields, errors)) => ((fields, errors), None),
        Some(Wrong::Days(fields, errors)) => (Default::default(), Some((fields, errors))),
        None => Default::default(),
    };
    let errors: &[FieldError] = first_days.as_ref().map_or(&decision.1, |(_, errors)| errors);
    let items: Vec<(String, String)> =
        errors.iter().map(|error| (error.field().to_owned(), w.error(*error).to_owned())).collect();
    let accepted = page.memo.sent.course.accepted == Some(true) && sent.course.withdrawn_on.is_none();
    let facts = view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.days}</h2>
                {stage_tag(sent.course.stage())}
            </div>
            {sent.clock.map(|clock| clock_tag(clock, page.today))}
            {outcome(&page)}
            {days(&sent.course)}
        </section>
        <section class="card">
            <div class="card-head">
                <h2>{w.what}</h2>
                {(sent.version > 1).then(|| view! { <span class="tag">{w.is_corrected}</span> })}
            </div>
            <p class="muted">{format!("{} · {}", w.from_team.of(&sent.team), w.sent_by.of(&sent.sent_by))}</p>
            {content(&sent.memo)}
            {versions(&page.earlier)}
        </section>
    };
    let tools = view! {
        {alike(&page, &here)}
        {accepted.then(|| first_days_form(&page.memo, &here, first_days))}
        {sent.course.can_be_decided().then(|| decide(&page, &here, &decision.0, &decision.1))}
    };
    Content {
        title: sent.memo.name.clone(),
        parent: Some(("/referrals/inbox".to_owned(), w.inbox.to_owned())),
        body: view! {
            {decided.map(|decided| said(decided, &page))}
            {summary(items)}
            <div class="split">
                <div class="stack">{facts}</div>
                <div class="stack">{tools}</div>
            </div>
        }
        .into_any(),
    }
}

fn said(decided: Decided, page: &MemoPage) -> AnyView {
    let w = referral_words();
    let text = match (decided, &page.alias) {
        (Decided::Days, _) => w.days_saved.to_owned(),
        (Decided::Decided, Some(alias)) if page.memo.sent.course.accepted == Some(true) => {
            w.was_accepted.of(alias)
        }
        (Decided::Decided, _) => w.was_declined.to_owned(),
    };
    done_notice(Done { text, undo: None })
}

/// What became of it: the client, or why not.
fn outcome(page: &MemoPage) -> AnyView {
    let w = referral_words();
    let memo = &page.memo;
    if let (Some(client), Some(alias), Some(true)) = (memo.client, &page.alias, memo.sent.course.accepted) {
        let own = client.uuid() == memo.sent.id.uuid();
        let withdrawn = memo.sent.course.withdrawn_on.map(|_| view! { <p>{w.withdrawn_client}</p> });
        return view! {
            {(!own).then(|| view! { <p>{w.second_memo.of(alias)}</p> })}
            {withdrawn}
            <p>
                <a class="button" href=format!("/clients/{client}")>
                    {Icon::User.view()}
                    {w.to_client.of(alias)}
                </a>
            </p>
        }
        .into_any();
    }
    let Some(reason) = memo.sent.declined else { return ().into_any() };
    let why = w.declined_because(reason, memo.sent.declined_own.as_ref());
    let excludes = reason.excludes().then(|| {
        view! {
            <p>
                <span class="tag tag-warn">{Icon::Info.view()} {w.excludes}</span>
            </p>
            <p>{w.excludes_text}</p>
        }
    });
    view! {
        <p>{format!("{}: {why}", w.reason)}</p>
        <p>{memo.decline_words.clone()}</p>
        <p class="muted">{w.decided_by.of(&memo.decided_by)}</p>
        {excludes}
    }
    .into_any()
}

/// Who may be the same person; with a client the memo can be joined.
fn alike(page: &MemoPage, here: &str) -> AnyView {
    let w = referral_words();
    if page.alike.is_empty() {
        return ().into_any();
    }
    let may_join = page.memo.sent.course.can_be_decided() && page.memo.sent.course.accepted != Some(true);
    let row = |alike: &Alike| {
        let born = alike.birth_year.map(|year| w.born.of(year)).unwrap_or_default();
        let (what, to) = match (alike.client, alike.memo) {
            (Some(client), _) => (w.alike_client.of(&alike.alias), format!("/clients/{client}")),
            (None, Some(memo)) => (w.alike_memo.to_owned(), format!("/referrals/inbox/{memo}")),
            (None, None) => (w.alike_memo.to_owned(), "/referrals/inbox".to_owned()),
        };
        let join = alike.client.filter(|_| may_join).map(|client| {
            view! {
                <form method="post" action=format!("{here}/decide")>
                    <input type="hidden" name="accepted" value="join" />
                    <input type="hidden" name="client" value=client.to_string() />
                    <button class="button button-small">{w.join.of(&alike.alias)}</button>
                </form>
            }
        });
        view! {
            <li>
                <div class="list-row">
                    <span class="row-main">
                        <a class="row-title" href=to>
                            {alike.name.clone()}
                        </a>
                        <span class="row-sub">{what} " " {born}</span>
                    </span>
                    <span class="row-end">{join}</span>
                </div>
            </li>
        }
    };
    let rows = page.alike.iter().map(row).collect_view();
    let hint = (may_join && page.alike.iter().any(|alike| alike.client.is_some()))
        .then(|| view! { <p class="hint">{w.join_hint}</p> });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.alike}</h2>
            </div>
            <p>{w.alike_lead}</p>
            <ul class="list">{rows}</ul>
            {hint}
        </section>
    }
    .into_any()
}

/// The decision: to take up, or not.
fn decide(page: &MemoPage, here: &str, typed: &DecisionFields, errors: &[FieldError]) -> AnyView {
    let w = referral_words();
    let accepted = page.memo.sent.course.accepted;
    let take_up = (accepted != Some(true)).then(|| accept_form(&page.coaches, here, typed, errors));
    let decline = (accepted != Some(false)).then(|| decline_form(&page.reasons, here, typed, errors));
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{if accepted.is_some() { w.change_decision } else { w.decide }}</h2>
            </div>
            {take_up}
            {decline}
        </section>
    }
    .into_any()
}

fn field_with(errors: &[FieldError], name: &'static str, label: &'static str) -> Field {
    let of = errors.iter().filter(|error| error.field() == name);
    Field::new(name, label).wrong(of.map(|error| referral_words().error(*error)))
}

fn accept_form(coaches: &[Coach], here: &str, typed: &DecisionFields, errors: &[FieldError]) -> AnyView {
    let w = referral_words();
    if coaches.is_empty() {
        return view! { <p>{w.coach_none}</p> }.into_any();
    }
    let options: Vec<_> = coaches
        .iter()
        .map(|coach| {
            let label = Phrase(w.coach_clients[(coach.clients as usize).min(2)])
                .say(&[&coach.name, &coach.clients.to_string()]);
            (coach.id.to_string(), label)
        })
        .collect();
    let choice = field_with(errors, "coach", w.coach).hint(Some(w.accept_hint));
    let choice = choice.select(Some(w.coach_choose), &options, &typed.coach);
    view! {
        <form class="form" method="post" action=format!("{here}/decide")>
            <input type="hidden" name="accepted" value="yes" />
            {choice}
            <p>
                <button class="button button-primary">{Icon::Check.view()} {w.accept}</button>
            </p>
        </form>
    }
    .into_any()
}

fn decline_form(own: &[Version], here: &str, typed: &DecisionFields, errors: &[FieldError]) -> AnyView {
    let w = referral_words();
    let mut options = Vec::new();
    for reason in DeclineReason::ALL {
        let excludes =
            if reason.excludes() { format!(" ({})", w.excludes.to_lowercase()) } else { String::new() };
        let named = with_own(&[reason.code()], own, |_| w.reason_of(*reason));
        options.extend(named.into_iter().map(|(code, word)| (code, format!("{word}{excludes}"))));
    }
    let choice =
        field_with(errors, "reason", w.reason).select(Some(w.reason_choose), &options, &typed.reason);
    view! {
        <details open=typed.accepted == "no">
            <summary>{w.decline}</summary>
            <p class="hint">{w.decline_hint}</p>
            <form class="form" method="post" action=format!("{here}/decide")>
                <input type="hidden" name="accepted" value="no" />
                {choice}
                {field_with(errors, "words", w.reason_words).input("area", &typed.words)}
                <p>
                    <button class="button button-danger">{w.decline}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// The first meeting, and the meeting of three.
fn first_days_form(
    memo: &ReceivedMemo,
    here: &str,
    typed: Option<(FirstDaysFields, Vec<FieldError>)>,
) -> AnyView {
    let w = referral_words();
    let (fields, errors) = typed.unwrap_or_else(|| {
        let noted = FirstDays {
            first_meeting_on: memo.sent.course.first_meeting_on,
            info_on: memo.sent.course.info_on,
            care_worker: memo.care_worker.clone(),
        };
        (FirstDaysFields::of(&noted), Vec::new())
    });
    let field = |name, label| field_with(&errors, name, label);
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.first_days}</h2>
            </div>
            <p class="hint">{w.first_days_hint}</p>
            <form class="form" method="post" action=format!("{here}/days")>
                {field("first_meeting_on", w.first_meeting_on).input("date", &fields.first_meeting_on)}
                {field("info_on", w.info_on).input("date", &fields.info_on)}
                {field("care_worker", w.care_worker).input("text", &fields.care_worker)}
                <p>
                    <button class="button button-primary">{desk_words().save}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// What was declined, by month, and which.
#[must_use]
pub fn declined_page(declined: &Declined, today: NaiveDate) -> Content {
    let w = referral_words();
    let body = if declined.months.is_empty() {
        view! {
            <div class="card">
                <div class="empty">{Icon::Check.view()} <p>{w.declined_none}</p></div>
            </div>
        }
        .into_any()
    } else {
        view! {
            {months(&declined.months)}
            <h2>{w.declined}</h2>
            {memos(declined, today)}
        }
        .into_any()
    };
    Content {
        title: w.declined_title.to_owned(),
        parent: Some(("/referrals/inbox".to_owned(), w.inbox.to_owned())),
        body: view! {
            <p class="hint">{w.declined_lead}</p>
            {body}
        }
        .into_any(),
    }
}

fn months(months: &[DeclineMonth]) -> AnyView {
    let w = referral_words();
    let row = |month: &DeclineMonth| {
        let flag = (month.excluded > 0).then(|| Icon::Info.view());
        let class = if month.excluded > 0 { "tag tag-warn" } else { "tag tag-quiet" };
        view! {
            <tr>
                <th scope="row">{format!("{}/{}", month.month.month(), month.month.year())}</th>
                <td>{month.decided}</td>
                <td>{month.declined}</td>
                <td>
                    <span class=class>{flag} {month.excluded}</span>
                </td>
            </tr>
        }
    };
    let rows = months.iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=w.declined_title>
            <table class="table">
                <caption class="visually-hidden">{w.declined_title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w.month}</th>
                        <th scope="col">{w.decided}</th>
                        <th scope="col">{w.declined}</th>
                        <th scope="col">{w.of_which_excluding}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn memos(declined: &Declined, today: NaiveDate) -> AnyView {
    let w = referral_words();
    if declined.memos.is_empty() {
        return view! { <p class="muted">{w.none_declined}</p> }.into_any();
    }
    let row = |memo: &backend::referrals::DeclinedMemo| {
        let excludes = memo
            .reason
            .excludes()
            .then(|| view! { <span class="tag tag-warn">{Icon::Info.view()} {w.excludes}</span> });
        let open = memo.id.map(|id| {
            let label = format!("{}: {} {}", w.open, memo.team, language().date(memo.decided_on));
            view! { <a href=format!("/referrals/inbox/{id}") aria-label=label>{w.open}</a> }
        });
        let by = format!("{} · {}", memo.team, w.decided_by.of(&memo.decided_by));
        view! {
            <li>
                <div class="list-row">
                    <span class="row-main">
                        <span class="row-title">{w.declined_because(memo.reason, memo.own.as_ref())}</span>
                        <span class="row-sub">
                            {format!("{} · {by}", language().day_seen_on(memo.decided_on, today))}
                        </span>
                        <span class="row-sub">{memo.words.clone()}</span>
                    </span>
                    <span class="row-end">{excludes} {open}</span>
                </div>
            </li>
        }
    };
    let rows = declined.memos.iter().map(row).collect_view();
    view! {
        <section class="card flush">
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}
