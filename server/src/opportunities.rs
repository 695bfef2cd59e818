//! Opportunities: the unit's list, one of them, its forms.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::clients::Typed;
use app::jobs::{EmployerChoice, employer_choice, job_words_in};
use app::opportunities::{
    Narrowed, change_opportunity_page, new_opportunity_page, opportunities_page, opportunity_page,
    opportunity_words_in,
};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::clock::new_id;
use domain::codes::Code;
use domain::ids::OpportunityId;
use domain::opportunities::{ClosedBecause, OpportunityFields, OpportunityKind};
use serde::Deserialize;

/// What the list is narrowed by, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    employer: String,
    closed: Option<String>,
}

/// The unit's opportunities.
pub(crate) async fn list(State(app): State<App>, desk: DeskRequest, Query(asked): Query<Asked>) -> Response {
    let Asked { q, place, hours, employer, closed } = asked;
    let by = Narrowed { q, place, hours, employer, closed: closed.is_some() };
    let all = app.backend.opportunities(&desk.actor, by.closed).await;
    desk.answer(all, |all| opportunities_page(&all, &by, desk.actor.today))
}

/// What was done just now, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
}

/// One opportunity.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<OpportunityId>,
    Query(just): Query<Just>,
) -> Response {
    let seen = app.backend.opportunity(&desk.actor, id).await;
    desk.answer(seen, |seen| opportunity_page(&seen, desk.actor.today, just.saved.is_some()))
}

/// At which employer, from which visit; or what is searched for.
#[derive(Deserialize)]
pub(crate) struct At {
    employer: Option<String>,
    visit: Option<String>,
    q: Option<String>,
}

/// The form of a new one, or first the choice of its employer.
pub(crate) async fn new_form(State(app): State<App>, desk: DeskRequest, Query(at): Query<At>) -> Response {
    let employer = at.employer.and_then(|id| id.parse().ok());
    let visit = at.visit.and_then(|id| id.parse().ok());
    let text = at.q.unwrap_or_default();
    let form = app.backend.opportunity_form(&desk.actor, employer, visit, &text).await;
    desk.answer(form, |form| {
        if form.employer.is_some() {
            let kind = OpportunityKind::Opening.code().to_owned();
            let fields = OpportunityFields { kind, ..OpportunityFields::default() };
            return new_opportunity_page(&form, new_id(), Typed::untouched(fields));
        }
        employer_choice(&EmployerChoice {
            title: job_words_in(desk.desk.language).choose.to_owned(),
            parent: ("/opportunities".to_owned(), opportunity_words_in(desk.desk.language).title.to_owned()),
            to: "/opportunities/new".to_owned(),
            text: &text,
            offered: &form.offered,
        })
    })
}

/// An opportunity was found.
pub(crate) async fn share(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let (employer, visit) = (posted.id("employer"), posted.id("visit"));
    let form = match app.backend.opportunity_form(&desk.actor, employer, visit, "").await {
        Ok(form) => form,
        Err(error) => return desk.failure(&error),
    };
    let (entry, fields) = (posted.entry(), posted.fields::<OpportunityFields>(OpportunityFields::NAMES));
    match app.backend.share_opportunity(&desk.actor, &form, entry, &fields).await {
        Ok(Ok(id)) => saved(id),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            unprocessable(desk.answer(Ok(form), |form| new_opportunity_page(&form, entry, typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

fn saved(id: OpportunityId) -> Response {
    Redirect::to(&format!("/opportunities/{id}?saved=1")).into_response()
}

/// One, to be changed.
pub(crate) async fn change_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<OpportunityId>,
) -> Response {
    desk.answer(app.backend.opportunity(&desk.actor, id).await, |seen| change_opportunity_page(&seen, None))
}

/// Changes it.
pub(crate) async fn change(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<OpportunityId>,
    posted: Posted,
) -> Response {
    let fields = posted.fields::<OpportunityFields>(OpportunityFields::NAMES);
    match app.backend.change_opportunity(&desk.actor, id, posted.number("version"), &fields).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => {
            let typed = Some(Typed { form: fields, errors });
            let seen = app.backend.opportunity(&desk.actor, id).await;
            unprocessable(desk.answer(seen, |seen| change_opportunity_page(&seen, typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Somebody made sure that it is still there.
pub(crate) async fn confirm(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<OpportunityId>,
) -> Response {
    desk.then(app.backend.confirm_opportunity(&desk.actor, id).await, &format!("/opportunities/{id}?saved=1"))
}

/// It is there no more.
pub(crate) async fn close(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<OpportunityId>,
    posted: Posted,
) -> Response {
    let because = ClosedBecause::parse(&posted.text("because")).unwrap_or(ClosedBecause::Other);
    let done = app.backend.close_opportunity(&desk.actor, id, Some(because)).await;
    desk.then(done, &format!("/opportunities/{id}?saved=1"))
}

/// It is there after all.
pub(crate) async fn reopen(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<OpportunityId>,
) -> Response {
    let done = app.backend.close_opportunity(&desk.actor, id, None).await;
    desk.then(done, &format!("/opportunities/{id}?saved=1"))
}
