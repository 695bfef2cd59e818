//! The register without browser code: the forms that change it, the day's route, saved views.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use app::employers::{
    Typed, chain_page, contact_page, do_not_contact_page, edit_page, filters_page, hand_over_page,
    history_page, light_page, merge_choice_page, merge_page, route_page, said, settle_page,
};
use app::server::SignedIn;
use axum::Form;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::employers::edit::{Facts, Person, Silencing};
use domain::employers::{EmployerQuery, LightRule};
use domain::ids::EmployerId;
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

type Fields = BTreeMap<String, String>;

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).cloned().unwrap_or_default()
}

fn number(fields: &Fields, name: &str) -> i64 {
    text(fields, name).trim().parse().unwrap_or(0)
}

fn page_of(id: EmployerId) -> Response {
    Redirect::to(&format!("/employers/{id}")).into_response()
}

/// Every employer's id, name and municipality, a line each, for searching in the browser.
pub(crate) async fn names(
    State(app): State<App>,
    Extension(SignedIn(actor)): Extension<SignedIn>,
) -> Response {
    let Some(actor) = actor else { return StatusCode::UNAUTHORIZED.into_response() };
    match app.backend.employer_names(&actor).await {
        Ok(text) => ([(CONTENT_TYPE, "text/tab-separated-values; charset=utf-8")], text).into_response(),
        Err(Error::NotThere) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => crate::desk::failed(&error),
    }
}

/// Words that somebody is typing into a field.
#[derive(Deserialize)]
pub(crate) struct Typing {
    field: String,
    words: String,
}

/// Says in plain words what is wrong with words that are being typed; nothing when they are fine.
pub(crate) async fn look_at_words(
    State(app): State<App>,
    desk: DeskRequest,
    Form(typing): Form<Typing>,
) -> Response {
    // What somebody is called may be like a diagnosis.
    let field = if typing.field == "name" { "name" } else { "words" };
    match app.backend.look_at_words(&desk.actor, field, &typing.words).await {
        Ok(wrong) => said(desk.desk.language, &wrong).into_response(),
        Err(error) => desk.failure(&error),
    }
}

/// What is known of an employer, to be changed.
pub(crate) async fn edit_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.answer(app.backend.employer_facts(&desk.actor, id).await, |form| edit_page(form, None))
}

/// Changes it.
pub(crate) async fn edit(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Form(fields): Form<Fields>,
) -> Response {
    let facts = Facts::of(&fields);
    match app.backend.edit_employer(&desk.actor, id, number(&fields, "version"), &facts).await {
        Ok(Ok(id)) => page_of(id),
        Ok(Err(errors)) => {
            let form = app.backend.employer_facts(&desk.actor, id).await;
            unprocessable(desk.answer(form, |form| edit_page(form, Some(Typed { form: facts, errors }))))
        }
        Err(error) => desk.failure(&error),
    }
}

/// A contact person to be added.
pub(crate) async fn new_contact(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.answer(app.backend.contact_form(&desk.actor, id, None).await, |form| contact_page(form, None, false))
}

/// A contact person to be changed.
pub(crate) async fn contact_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, contact)): Path<(EmployerId, Uuid)>,
) -> Response {
    let form = app.backend.contact_form(&desk.actor, id, Some(contact)).await;
    desk.answer(form, |form| contact_page(form, None, false))
}

/// Adds a contact person.
pub(crate) async fn add_contact(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Form(fields): Form<Fields>,
) -> Response {
    save_contact(&app, &desk, id, None, &fields).await
}

/// Changes a contact person.
pub(crate) async fn edit_contact(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, contact)): Path<(EmployerId, Uuid)>,
    Form(fields): Form<Fields>,
) -> Response {
    save_contact(&app, &desk, id, Some(contact), &fields).await
}

async fn save_contact(
    app: &App,
    desk: &DeskRequest,
    id: EmployerId,
    contact: Option<Uuid>,
    fields: &Fields,
) -> Response {
    let person = Person::of(fields);
    let which = contact.map(|contact| (contact, number(fields, "version")));
    match app.backend.save_contact(&desk.actor, id, which, &person).await {
        Ok(Ok(id)) => page_of(id),
        Ok(Err(errors)) => {
            let form = app.backend.contact_form(&desk.actor, id, contact).await;
            let typed = Typed { form: person, errors };
            unprocessable(desk.answer(form, |form| contact_page(form, Some(typed), false)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Takes a contact person away; the page has the way back.
pub(crate) async fn remove_contact(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, contact)): Path<(EmployerId, Uuid)>,
) -> Response {
    if let Err(error) = app.backend.remove_contact(&desk.actor, id, contact, false).await {
        return desk.failure(&error);
    }
    let form = app.backend.contact_form(&desk.actor, id, Some(contact)).await;
    desk.answer(form, |form| contact_page(form, None, true))
}

/// Brings a contact person back.
pub(crate) async fn restore_contact(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, contact)): Path<(EmployerId, Uuid)>,
) -> Response {
    desk.then(app.backend.remove_contact(&desk.actor, id, contact, true).await, &format!("/employers/{id}"))
}

/// Do-not-contact, to be set or lifted.
pub(crate) async fn silence_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    silence_page(&app, &desk, id, None).await
}

async fn silence_page(
    app: &App,
    desk: &DeskRequest,
    id: EmployerId,
    typed: Option<Typed<Silencing>>,
) -> Response {
    desk.answer(app.backend.employer_facts(&desk.actor, id).await, |form| do_not_contact_page(form, typed))
}

/// Sets it.
pub(crate) async fn silence(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Form(fields): Form<Fields>,
) -> Response {
    let typed = Silencing::of(&fields);
    match app.backend.set_do_not_contact(&desk.actor, id, &typed).await {
        Ok(Ok(id)) => page_of(id),
        Ok(Err(errors)) => {
            unprocessable(silence_page(&app, &desk, id, Some(Typed { form: typed, errors })).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// Lifts it.
pub(crate) async fn lift_silence(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.then(app.backend.lift_do_not_contact(&desk.actor, id).await, &format!("/employers/{id}"))
}

/// Who may take the employer.
pub(crate) async fn hand_over_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.answer(app.backend.hand_over_form(&desk.actor, id).await, |form| hand_over_page(form, "", "", &[]))
}

/// Hands it over.
pub(crate) async fn hand_over(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Form(fields): Form<Fields>,
) -> Response {
    let (word, to) = (text(&fields, "word"), text(&fields, "to"));
    let nobody = domain::ids::PersonId(Uuid::nil());
    let taker = to.parse().unwrap_or(nobody);
    match app.backend.hand_over(&desk.actor, id, taker, &word).await {
        Ok(Ok(done)) => Redirect::to(&format!("/employers/{}/handed-over", done.employer)).into_response(),
        Ok(Err(errors)) => {
            let form = app.backend.hand_over_form(&desk.actor, id).await;
            unprocessable(desk.answer(form, |form| hand_over_page(form, &word, &to, &errors)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Says that it was handed over, with the way back.
pub(crate) async fn handed_over(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.answer(app.backend.employer(&desk.actor, id).await, app::employers::handed_over_page)
}

/// Undoes the last handing over.
pub(crate) async fn undo_hand_over(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.then(app.backend.undo_hand_over(&desk.actor, id).await, &format!("/employers/{id}"))
}

/// What is searched for.
#[derive(Deserialize)]
pub(crate) struct Search {
    q: Option<String>,
}

/// The chain that an employer is a branch of.
pub(crate) async fn chain_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Query(search): Query<Search>,
) -> Response {
    let text = search.q.unwrap_or_default();
    let near = app.backend.employers_like(&desk.actor, id, &text).await;
    desk.answer(near, |(this, near)| chain_page(&this, near, &text, &[]))
}

/// Makes it a branch, or takes it out.
pub(crate) async fn chain(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Form(fields): Form<Fields>,
) -> Response {
    match app.backend.set_chain(&desk.actor, id, text(&fields, "chain").parse().ok()).await {
        Ok(Ok(id)) => page_of(id),
        Ok(Err(errors)) => {
            let near = app.backend.employers_like(&desk.actor, id, "").await;
            unprocessable(desk.answer(near, |(this, near)| chain_page(&this, near, "", &errors)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// The employer that is merged into this one.
pub(crate) async fn merge_choice(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
    Query(search): Query<Search>,
) -> Response {
    let text = search.q.unwrap_or_default();
    let near = app.backend.employers_like(&desk.actor, id, &text).await;
    desk.answer(near, |(this, near)| merge_choice_page(&this, near, &text))
}

/// An employer that was named on the spot: is it a new one?
pub(crate) async fn settle_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.answer(app.backend.employers_like(&desk.actor, id, "").await, |(this, near)| {
        settle_page(&this, near)
    })
}

/// It is a new one: what is known of it can be completed at once.
pub(crate) async fn settle(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.then(app.backend.settle_employer(&desk.actor, id).await, &format!("/employers/{id}/edit"))
}

/// Two employers side by side.
pub(crate) async fn merge_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, other)): Path<(EmployerId, EmployerId)>,
) -> Response {
    desk.answer(app.backend.merge_form(&desk.actor, id, other).await, |(kept, gone)| {
        merge_page(kept, gone, &[])
    })
}

/// Merges them.
pub(crate) async fn merge(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, other)): Path<(EmployerId, EmployerId)>,
    Form(fields): Form<Fields>,
) -> Response {
    let from_gone: Vec<String> =
        fields.iter().filter(|(_, value)| *value == "gone").map(|(name, _)| name.clone()).collect();
    let versions = (number(&fields, "kept_version"), number(&fields, "gone_version"));
    match app.backend.merge_employers(&desk.actor, id, other, &from_gone, versions).await {
        Ok(Ok(id)) => Redirect::to(&format!("/employers/{id}/history")).into_response(),
        Ok(Err(errors)) => {
            let form = app.backend.merge_form(&desk.actor, id, other).await;
            unprocessable(desk.answer(form, |(kept, gone)| merge_page(kept, gone, &errors)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Undoes the merging of an employer into another.
pub(crate) async fn unmerge(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.then(app.backend.unmerge_employer(&desk.actor, id).await, &format!("/employers/{id}"))
}

/// Every change of an employer.
pub(crate) async fn history(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<EmployerId>,
) -> Response {
    desk.answer(app.backend.employer_history(&desk.actor, id).await, history_page)
}

/// The day's route.
pub(crate) async fn route(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Fields>,
) -> Response {
    let (municipality, due) = (text(&asked, "municipality"), asked.contains_key("due"));
    desk.answer(app.backend.route(&desk.actor, &municipality, due).await, |route| {
        route_page(route, &municipality, due)
    })
}

/// Every filter of the list, and the own saved views.
pub(crate) async fn filters(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Fields>,
) -> Response {
    let query = EmployerQuery::read(|name| asked.get(name).cloned());
    desk.answer(app.backend.employers(&desk.actor, &query).await, |list| {
        filters_page(&query, list, None, desk.leads())
    })
}

/// Saves a list under a name. The name of the view and the text that the list searches for have names
/// of their own (`name`, `q`).
pub(crate) async fn save_view(
    State(app): State<App>,
    desk: DeskRequest,
    Form(fields): Form<Fields>,
) -> Response {
    let query = EmployerQuery::read(|name| fields.get(name).cloned());
    match app.backend.save_view(&desk.actor, &text(&fields, "name"), &query).await {
        Ok(Ok(())) => Redirect::to(&query.address()).into_response(),
        Ok(Err(errors)) => {
            let list = app.backend.employers(&desk.actor, &query).await;
            unprocessable(desk.answer(list, |list| filters_page(&query, list, errors.first(), desk.leads())))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Drops a saved view.
pub(crate) async fn drop_view(State(app): State<App>, desk: DeskRequest, Path(view): Path<Uuid>) -> Response {
    desk.then(app.backend.drop_view(&desk.actor, view).await, "/employers/filters")
}

/// When the traffic light changes.
pub(crate) async fn light_form(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Fields>,
) -> Response {
    let saved = asked.contains_key("saved");
    desk.answer(app.backend.light_rule(&desk.actor).await, |rule| light_page(rule, false, saved))
}

/// Changes it.
pub(crate) async fn set_light(
    State(app): State<App>,
    desk: DeskRequest,
    Form(fields): Form<Fields>,
) -> Response {
    let days = |name| u32::try_from(number(&fields, name)).unwrap_or(0);
    let rule = LightRule { amber: days("amber"), red: days("red") };
    match app.backend.set_light_rule(&desk.actor, rule).await {
        Ok(true) => Redirect::to("/employers/light?saved=1").into_response(),
        Ok(false) => unprocessable(desk.answer(Ok(rule), |rule| light_page(rule, true, false))),
        Err(error) => desk.failure(&error),
    }
}
