//! The people of a unit: the page, and making a one-time link.

use crate::App;
use crate::desk::DeskRequest;
use app::people::{Made, people_page};
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::response::Response;
use domain::ids::PersonId;
use serde::Deserialize;

/// Who works in the unit, and who can sign in.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.colleagues(&desk.actor).await, |people| people_page(people, None))
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
    let link = format!("{}/invitation/{}", origin(&headers), token.reveal());
    desk.answer(app.backend.colleagues(&desk.actor).await, |people| {
        let invited = people.iter().find(|person| person.id == wish.person);
        let name = invited.map(|person| person.name.clone()).unwrap_or_default();
        people_page(people, Some(Made { name, link }))
    })
}

/// Where our pages come from, as the browser that posts the form says.
fn origin(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).filter(|text| *text != "null");
    text(ORIGIN).map(str::to_owned).unwrap_or_else(|| format!("https://{}", text(HOST).unwrap_or_default()))
}
