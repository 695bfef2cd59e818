//! The people of a unit: the page, and making a one-time link; who stands in for whom; reading with a written
//! reason; alarms; who used a client's data.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use app::people::{
    Around, Made, Reviewing, StandInDone, Typed, alarms_page, glass_answer_page, glass_list_page,
    glass_open_page, glass_page, people_page, substitutes_page, uses_page,
};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::codes::Role;
use domain::ids::{ClientId, PersonId};
use domain::people::{GlassFields, ReviewFields, SubstituteFields};
use serde::Deserialize;
use uuid::Uuid;

/// Who works in the unit, and who can sign in.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    let around = match around(&app, &desk).await {
        Ok(around) => around,
        Err(error) => return desk.failure(&error),
    };
    desk.answer(app.backend.colleagues(&desk.actor).await, |people| people_page(people, None, around))
}

/// What stands around the table.
async fn around(app: &App, desk: &DeskRequest) -> Result<Around, Error> {
    let waiting = app.backend.waiting(&desk.actor).await?;
    let me = desk.desk.me.as_ref();
    Ok(Around {
        waiting,
        in_field: me.is_some_and(|me| me.in_field()),
        administers: me.is_some_and(|me| me.is(Role::Admin)),
    })
}

/// For whom a link is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    person: PersonId,
}

/// Makes a one-time link and shows it, this once.
pub(crate) async fn invite(
    State(app): State<App>,
    desk: DeskRequest,
    headers: HeaderMap,
    Form(wish): Form<Wish>,
) -> Response {
    let token = match app.backend.invite(&desk.actor, wish.person).await {
        Ok(token) => token,
        Err(error) => return desk.failure(&error),
    };
    let around = match around(&app, &desk).await {
        Ok(around) => around,
        Err(error) => return desk.failure(&error),
    };
    let link = format!("{}/invitation/{}", origin(&headers), token.reveal());
    desk.answer(app.backend.colleagues(&desk.actor).await, |people| {
        let invited = people.iter().find(|person| person.id == wish.person);
        let name = invited.map(|person| person.name.clone()).unwrap_or_default();
        people_page(people, Some(Made { name, link }), around)
    })
}

/// Where our pages come from, as the browser that posts the form says.
fn origin(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).filter(|text| *text != "null");
    text(ORIGIN).map(str::to_owned).unwrap_or_else(|| format!("https://{}", text(HOST).unwrap_or_default()))
}

/// What was done on the page of substitutes.
#[derive(Deserialize)]
pub(crate) struct StoodIn {
    named: Option<String>,
    ended: Option<Uuid>,
}

/// Who stands in for whom.
pub(crate) async fn substitutes(
    State(app): State<App>,
    desk: DeskRequest,
    Query(done): Query<StoodIn>,
) -> Response {
    let named = done.named.map(|_| StandInDone::Appointed);
    let done = done.ended.map(StandInDone::Ended).or(named);
    desk.answer(app.backend.substitutes(&desk.actor).await, |page| substitutes_page(page, None, done))
}

/// Says who stands in.
pub(crate) async fn appoint(
    State(app): State<App>,
    desk: DeskRequest,
    Form(form): Form<SubstituteFields>,
) -> Response {
    match app.backend.appoint_substitute(&desk.actor, &form).await {
        Ok(Ok(_)) => Redirect::to("/people/substitutes?named=1").into_response(),
        Ok(Err(errors)) => {
            let page = app.backend.substitutes(&desk.actor).await;
            let typed = Some(Typed { form, errors });
            unprocessable(desk.answer(page, |page| substitutes_page(page, typed, None)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Ends standing in.
pub(crate) async fn end_substitute(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
) -> Response {
    let ended = app.backend.end_substitute(&desk.actor, id).await;
    desk.then(ended, &format!("/people/substitutes?ended={id}"))
}

/// Takes the ending back.
pub(crate) async fn resume_substitute(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
) -> Response {
    desk.then(app.backend.resume_substitute(&desk.actor, id).await, "/people/substitutes")
}

/// The form to read outside the relation.
pub(crate) async fn glass_form(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.glass_form(&desk.actor).await, |units| glass_page(units, Typed::default()))
}

/// The form as it comes: a password is not trimmed as fields are.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
pub(crate) struct GlassSent {
    unit: String,
    client: String,
    reason: String,
    password: String,
}

/// Reads outside the relation, if there is somebody to read. The answer is the same either way.
pub(crate) async fn break_glass(
    State(app): State<App>,
    desk: DeskRequest,
    Form(sent): Form<GlassSent>,
) -> Response {
    let form = GlassFields { unit: sent.unit, client: sent.client, reason: sent.reason };
    match app.backend.break_glass(&desk.actor, &form, &sent.password).await {
        Ok(Ok(())) => desk.answer(Ok(()), |()| glass_answer_page()),
        Ok(Err(errors)) => {
            let units = app.backend.glass_form(&desk.actor).await;
            unprocessable(desk.answer(units, |units| glass_page(units, Typed { form, errors })))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Whom the person reads outside the relation now.
pub(crate) async fn glass_open(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.open_glass(&desk.actor).await, glass_open_page)
}

/// Who read outside the relation.
pub(crate) async fn glass_list(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.glass_list(&desk.actor).await, |list| glass_list_page(list, None))
}

/// Notes what looking into it found.
pub(crate) async fn review_glass(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Form(form): Form<ReviewFields>,
) -> Response {
    match app.backend.review_glass(&desk.actor, id, &form).await {
        Ok(Ok(())) => Redirect::to("/people/glass").into_response(),
        Ok(Err(errors)) => {
            let list = app.backend.glass_list(&desk.actor).await;
            let reviewing: Reviewing = Some((id, Typed { form, errors }));
            unprocessable(desk.answer(list, |list| glass_list_page(list, reviewing)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Who read many clients.
pub(crate) async fn alarms(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.alarms(&desk.actor).await, |alarms| alarms_page(alarms, None))
}

/// Notes what looking into it found.
pub(crate) async fn review_alarm(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Form(form): Form<ReviewFields>,
) -> Response {
    match app.backend.review_alarm(&desk.actor, id, &form).await {
        Ok(Ok(())) => Redirect::to("/people/alarms").into_response(),
        Ok(Err(errors)) => {
            let alarms = app.backend.alarms(&desk.actor).await;
            let reviewing: Reviewing = Some((id, Typed { form, errors }));
            unprocessable(desk.answer(alarms, |alarms| alarms_page(alarms, reviewing)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Which uses are shown.
#[derive(Deserialize)]
pub(crate) struct UsesAsked {
    page: Option<usize>,
    pub(crate) older: Option<String>,
}

/// Who used a client's data.
pub(crate) async fn uses(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    Query(asked): Query<UsesAsked>,
) -> Response {
    let (page, older) = (asked.page.unwrap_or(0), asked.older.is_some());
    desk.answer(app.backend.uses(&desk.actor, id, page, older).await, uses_page)
}
