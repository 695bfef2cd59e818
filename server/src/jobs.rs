//! Jobs: the choice of an employer, the forms of terms and of an end, a job's page.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::clients::Typed;
use app::desk::{Content, Done};
use app::jobs::{
    EmployerChoice, change_job_page, correct_job_page, employer_choice, end_job_page, job_page, job_words_in,
    new_job_page,
};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clock::new_id;
use backend::jobs::JobPage;
use domain::ids::{ClientId, EmployerId, JobId, MatchId};
use domain::jobs::{EndFields, TermsFields};
use serde::Deserialize;
use uuid::Uuid;

/// For which employer, of which match; or what is searched for.
#[derive(Deserialize)]
pub(crate) struct Which {
    employer: Option<String>,
    #[serde(rename = "match")]
    of_match: Option<String>,
    q: Option<String>,
}

impl Which {
    fn employer(&self) -> Option<EmployerId> {
        self.employer.as_ref().and_then(|id| id.parse().ok())
    }

    fn of_match(&self) -> Option<MatchId> {
        self.of_match.as_ref().and_then(|id| id.parse().ok())
    }
}

/// The form of a new job, or first the choice of its employer.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(which): Query<Which>,
) -> Response {
    let text = which.q.clone().unwrap_or_default();
    let form = app.backend.job_form(&desk.actor, client, which.employer(), which.of_match(), &text).await;
    desk.answer(form, |form| {
        if form.employer.is_some() {
            return new_job_page(&form, new_id(), None);
        }
        let at = format!("/clients/{client}");
        employer_choice(&EmployerChoice {
            title: job_words_in(desk.desk.language).choose.to_owned(),
            to: format!("{at}/jobs/new"),
            parent: (at, form.alias.clone()),
            text: &text,
            offered: &form.offered,
        })
    })
}

/// A job begins.
pub(crate) async fn open(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    posted: Posted,
) -> Response {
    let form = app.backend.job_form(&desk.actor, client, posted.id("employer"), posted.id("match"), "").await;
    let form = match form {
        Ok(form) => form,
        Err(error) => return desk.failure(&error),
    };
    let (entry, fields) = (posted.entry(), posted.fields::<TermsFields>(TermsFields::NAMES));
    match app.backend.open_job(&desk.actor, &form, entry, &fields).await {
        Ok(Ok(job)) => saved(job),
        Ok(Err(errors)) => unprocessable(
            desk.answer(Ok(form), |form| new_job_page(&form, entry, Some(Typed { form: fields, errors }))),
        ),
        Err(error) => desk.failure(&error),
    }
}

fn saved(job: JobId) -> Response {
    Redirect::to(&format!("/jobs/{job}?saved=1")).into_response()
}

/// What was done just now, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
    undone: Option<String>,
    item: Option<Uuid>,
}

/// A job's page.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<JobId>,
    Query(just): Query<Just>,
) -> Response {
    let w = job_words_in(desk.desk.language);
    let undo = just.item.map(|item| format!("/jobs/{id}/changes/{item}/restore"));
    let done = match (just.saved, just.undone) {
        (Some(_), _) => Some(Done { text: w.saved.to_owned(), undo: None }),
        (None, Some(_)) => Some(Done { text: w.undone.to_owned(), undo }),
        (None, None) => None,
    };
    desk.answer(app.backend.job(&desk.actor, id).await, |page| job_page(&page, done))
}

/// A form about a job, for whoever may write.
async fn form(
    app: &App,
    desk: &DeskRequest,
    id: JobId,
    content: impl FnOnce(&JobPage) -> Content,
) -> Response {
    let page = app.backend.job(&desk.actor, id).await;
    let page = page.and_then(|page| if page.can_write { Ok(page) } else { Err(Error::NotThere) });
    desk.answer(page, |page| content(&page))
}

/// A change of terms, to be written.
pub(crate) async fn change_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<JobId>,
) -> Response {
    form(&app, &desk, id, |page| change_job_page(page, new_id(), None)).await
}

/// Other terms from a day on.
pub(crate) async fn change(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<JobId>,
    posted: Posted,
) -> Response {
    let (entry, fields) = (posted.entry(), posted.fields::<TermsFields>(TermsFields::NAMES));
    match app.backend.change_job(&desk.actor, id, entry, &fields).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => {
            let typed = Some(Typed { form: fields, errors });
            unprocessable(form(&app, &desk, id, |page| change_job_page(page, entry, typed)).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// A change is taken back, or brought back.
pub(crate) async fn on_change(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, item, deed)): Path<(JobId, Uuid, String)>,
) -> Response {
    let back = match deed.as_str() {
        "withdraw" => false,
        "restore" => true,
        _ => return desk.failure(&Error::NotThere),
    };
    let done = app.backend.take_change(&desk.actor, id, item, back).await;
    let just = if back { "saved=1".to_owned() } else { format!("undone=1&item={item}") };
    desk.then(done, &format!("/jobs/{id}?{just}"))
}

/// The terms of the start, to be corrected.
pub(crate) async fn correct_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<JobId>,
) -> Response {
    form(&app, &desk, id, |page| correct_job_page(page, None)).await
}

/// Corrects them.
pub(crate) async fn correct(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<JobId>,
    posted: Posted,
) -> Response {
    let fields = posted.fields::<TermsFields>(TermsFields::NAMES);
    match app.backend.correct_job(&desk.actor, id, posted.number("version"), &fields).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => {
            let typed = Some(Typed { form: fields, errors });
            unprocessable(form(&app, &desk, id, |page| correct_job_page(page, typed)).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// The end of a job, to be written.
pub(crate) async fn end_form(State(app): State<App>, desk: DeskRequest, Path(id): Path<JobId>) -> Response {
    form(&app, &desk, id, |page| end_job_page(page, None)).await
}

/// A job ends, and what comes next begins.
pub(crate) async fn end(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<JobId>,
    posted: Posted,
) -> Response {
    let fields = posted.fields::<EndFields>(EndFields::NAMES);
    match app.backend.end_job(&desk.actor, id, posted.number("version"), &fields).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => {
            let typed = Some(Typed { form: fields, errors });
            unprocessable(form(&app, &desk, id, |page| end_job_page(page, typed)).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// The job did not end after all.
pub(crate) async fn reopen(State(app): State<App>, desk: DeskRequest, Path(id): Path<JobId>) -> Response {
    desk.then(app.backend.reopen_job(&desk.actor, id).await, &format!("/jobs/{id}?undone=1"))
}

/// The job was noted by mistake.
pub(crate) async fn withdraw(State(app): State<App>, desk: DeskRequest, Path(id): Path<JobId>) -> Response {
    desk.then(app.backend.take_job(&desk.actor, id, false).await, &format!("/jobs/{id}"))
}

/// It was not a mistake.
pub(crate) async fn restore(State(app): State<App>, desk: DeskRequest, Path(id): Path<JobId>) -> Response {
    desk.then(app.backend.take_job(&desk.actor, id, true).await, &format!("/jobs/{id}?saved=1"))
}
