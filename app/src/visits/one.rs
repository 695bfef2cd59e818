//! A visit's own page: as it stands and as it stood. A desk page.

use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, desk_words, language};
use crate::opportunities::opportunity_words;
use crate::ui::Icon;
use crate::visits::seen::client_word;
use domain::visits::{EarlierVersion, VisitPage, VisitSeen};
use leptos::prelude::*;

/// A visit; `done` is what was done to it just now.
#[must_use]
pub fn visit_page(page: VisitPage, done: Option<Done>) -> Content {
    let t = desk_words();
    let visit = &page.visit;
    let (id, mine) = (visit.id, visit.mine);
    let actions = mine.then(|| {
        let change = if page.withdrawn {
            view! {
                <form method="post" action=format!("/visits/{id}/restore")>
                    <button class="button button-primary">{Icon::Undo.view()} {t.visit_restore}</button>
                </form>
            }
            .into_any()
        } else {
            view! {
                <a class="button" href=format!("/visits/new?amend={id}")>
                    {t.amend}
                </a>
                <form method="post" action=format!("/visits/{id}/withdraw")>
                    <button class="button">{Icon::Undo.view()} {t.visit_take_back}</button>
                </form>
            }
            .into_any()
        };
        view! {
            <div class="row">
                {change}
                <a class="button button-primary" href="/visits/new?fresh=1">
                    {Icon::Plus.view()}
                    {t.visit_log_new}
                </a>
            </div>
        }
    });
    let withdrawn = page.withdrawn.then(|| {
        view! {
            <div class="notice notice-warn" role="status">
                {Icon::Warning.view()} <div><p>{t.visit_is_withdrawn}</p></div>
            </div>
        }
    });
    let earlier = (!page.earlier.is_empty()).then(|| earlier(&page.visit, &page.earlier));
    Content {
        title: format!("{}: {}", t.visit_page_title, visit.employer_name),
        parent: Some((format!("/employers/{}", visit.employer), visit.employer_name.clone())),
        body: view! {
            {done.filter(|_| !page.withdrawn).map(done_notice)}
            {withdrawn}
            <section class="card">{facts(&page.visit, None)}</section>
            {actions}
            <p>
                <a class="button" href=format!("/opportunities/new?visit={id}")>
                    {opportunity_words().new}
                </a>
            </p>
            {earlier}
        }
        .into_any(),
    }
}

/// What a visit says, as pairs of a word and a value.
fn said(visit: &VisitSeen) -> Vec<(&'static str, String)> {
    let t = desk_words();
    let next = visit.next_step.clone().map(|next| {
        let what = if next.what.is_empty() { t.next_step_unnamed.to_owned() } else { next.what };
        let on = next.on.map(|on| format!(", {}", language().date(on))).unwrap_or_default();
        format!("{what}{on}")
    });
    let met = visit.decision_maker.map(|met| if met { t.yes } else { t.no }.to_owned());
    [
        (t.employer, Some(visit.employer_name.clone())),
        (t.visit_day, Some(language().moment(visit.day, visit.time))),
        (t.role_coach, Some(visit.coach.clone())),
        (t.visit_with, visit.with.clone()),
        (t.visit_mode, Some(t.mode(visit.mode).to_owned())),
        (t.visit_purpose, Some(t.purpose(visit.purpose).to_owned())),
        (t.visit_client, client_word(&visit.client)),
        (t.visit_decision_maker, met),
        (t.visit_minutes, visit.minutes.map(|minutes| minutes.to_string())),
        (t.visit_summary, visit.summary.clone()),
        (t.visit_next_step, next),
    ]
    .into_iter()
    .map(|(word, value)| (word, value.unwrap_or_default()))
    .collect()
}

/// A visit's facts; of an earlier version only those that are other than in `now`.
fn facts(visit: &VisitSeen, now: Option<&VisitSeen>) -> AnyView {
    let now = now.map(said);
    let other = |at: usize, value: &str| now.as_ref().is_none_or(|now| now[at].1 != value);
    let rows = said(visit)
        .into_iter()
        .enumerate()
        .filter(|(at, (_, value))| other(*at, value) && (now.is_some() || !value.is_empty()))
        .map(|(_, (word, value))| {
            let value = if value.is_empty() { "–".to_owned() } else { value };
            view! {
                <div>
                    <dt>{word}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="definition">{rows}</dl> }.into_any()
}

/// How the visit stood before, newest first: what was other then than after.
fn earlier(visit: &VisitSeen, earlier: &[EarlierVersion]) -> AnyView {
    let t = desk_words();
    let after = std::iter::once(visit).chain(earlier.iter().map(|version| &version.visit));
    let items = earlier
        .iter()
        .zip(after)
        .map(|(version, after)| {
            let when = language().moment(version.until, Some(version.until_time));
            view! {
                <li>
                    <p class="timeline-head">{t.visit_amended_on.of(&when)}</p>
                    {facts(&version.visit, Some(after))}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{t.visit_earlier}</h2>
            </div>
            <ol class="timeline">{items}</ol>
        </section>
    }
    .into_any()
}
