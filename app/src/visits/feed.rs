//! The unit's visits, page by page. A desk page.

use crate::desk::{Content, pager};
use crate::i18n::{Dates, desk_words, language};
use crate::lists::as_file;
use crate::visits::seen::client_word;
use domain::visits::{Feed, FeedQuery, VisitSeen};
use leptos::prelude::*;

/// A page of the unit's visits, with whose they are to be chosen.
#[must_use]
pub fn feed_page(query: &FeedQuery, feed: Feed) -> Content {
    let t = desk_words();
    let body = if feed.visits.is_empty() {
        view! {
            <div class="card">
                <div class="empty">
                    <p>{t.feed_none}</p>
                </div>
            </div>
        }
        .into_any()
    } else {
        table(&feed.visits)
    };
    let question = query.coach.map(|coach| format!("?coach={coach}")).unwrap_or_default();
    Content {
        title: t.feed_title.to_owned(),
        parent: Some(("/".to_owned(), t.nav_today.to_owned())),
        body: view! {
            {filter(query, &feed)}
            {body}
            {pages(query, feed.more)}
            {as_file("/visits", &question)}
        }
        .into_any(),
    }
}

pub(crate) fn filter(query: &FeedQuery, feed: &Feed) -> AnyView {
    let t = desk_words();
    let options = feed
        .coaches
        .iter()
        .map(|coach| {
            let selected = query.coach == Some(coach.id);
            view! { <option value=coach.id.to_string() selected=selected>{coach.name.clone()}</option> }
        })
        .collect_view();
    view! {
        <form class="filters" method="get" action="/visits">
            <div class="field">
                <label class="label" for="coach">
                    {t.feed_of}
                </label>
                <select class="input" id="coach" name="coach">
                    <option value="">{t.feed_everybody}</option>
                    {options}
                </select>
            </div>
            <button class="button">{t.search}</button>
        </form>
    }
    .into_any()
}

pub(crate) fn table(visits: &[VisitSeen]) -> AnyView {
    let t = desk_words();
    let rows = visits
        .iter()
        .map(|visit| {
            let who = std::iter::once(visit.coach.clone()).chain(visit.with.clone()).collect::<Vec<_>>();
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/employers/{}", visit.employer)>{visit.employer_name.clone()}</a>
                    </th>
                    <td class="nowrap">
                        <a href=format!("/visits/{}", visit.id)>
                            {language().moment(visit.day, visit.time)}
                        </a>
                    </td>
                    <td data-label=t.role_coach>{who.join(", ")}</td>
                    <td data-label=t.visit_mode>{t.mode(visit.mode)}</td>
                    <td data-label=t.visit_purpose>{t.purpose(visit.purpose)}</td>
                    <td data-label=t.visit_client>{client_word(&visit.client)}</td>
                    <td>{visit.summary.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=t.feed_title>
            <table class="table table-stack">
                <caption class="visually-hidden">{t.feed_title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.employer}</th>
                        <th scope="col">{t.visit_day}</th>
                        <th scope="col">{t.role_coach}</th>
                        <th scope="col">{t.visit_mode}</th>
                        <th scope="col">{t.visit_purpose}</th>
                        <th scope="col">{t.visit_client}</th>
                        <th scope="col">{t.visit_summary}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn pages(query: &FeedQuery, more: bool) -> AnyView {
    let to = |page: usize| {
        let coach = query.coach.map(|coach| format!("&coach={coach}")).unwrap_or_default();
        format!("/visits?page={page}{coach}")
    };
    pager(query.page as usize, more, to)
}
