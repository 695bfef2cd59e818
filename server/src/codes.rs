//! Code lists, for the organisation's administrators: plain pages and form posts.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::organisation::Saved;
use app::people::{CodeForm, Typed, code_list_page, code_page, codes_page};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use backend::Error;
use domain::codes::Code;
use domain::codes::lists::{CodeList, EndFields, EntryFields, RenameFields};

/// Every list.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.code_lists(&desk.actor).await, |lists| codes_page(&lists))
}

/// A list.
pub(crate) async fn list(
    State(app): State<App>,
    desk: DeskRequest,
    Path(list): Path<String>,
    Query(saved): Query<Saved>,
) -> Response {
    list_with(&app, &desk, &list, None, saved.is_saved()).await
}

async fn list_with(
    app: &App,
    desk: &DeskRequest,
    list: &str,
    typed: Option<Typed<EntryFields>>,
    saved: bool,
) -> Response {
    let lists = app.backend.code_lists(&desk.actor).await;
    let found = lists.and_then(|lists| Ok((CodeList::parse(list).map_err(|_| Error::NotThere)?, lists)));
    desk.answer(found, |(list, lists)| code_list_page(list, &lists, typed, saved))
}

/// Adds an own entry to a list.
pub(crate) async fn add(
    State(app): State<App>,
    desk: DeskRequest,
    Path(list): Path<String>,
    Form(form): Form<EntryFields>,
) -> Response {
    let Ok(which) = CodeList::parse(&list) else { return desk.failure(&Error::NotThere) };
    match app.backend.add_code(&desk.actor, which, &form).await {
        Ok(Ok(_)) => Redirect::to(&format!("/organisation/codes/{list}?saved=1")).into_response(),
        Ok(Err(errors)) => {
            unprocessable(list_with(&app, &desk, &list, Some(Typed { form, errors }), false).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// An own entry.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path((list, code)): Path<(String, String)>,
    Query(saved): Query<Saved>,
) -> Response {
    let form = if saved.is_saved() { CodeForm::Saved } else { CodeForm::None };
    one_with(&app, &desk, (&list, &code), form).await
}

async fn one_with(app: &App, desk: &DeskRequest, (list, code): (&str, &str), form: CodeForm) -> Response {
    let lists = match app.backend.code_lists(&desk.actor).await {
        Ok(lists) => lists,
        Err(error) => return desk.failure(&error),
    };
    let Ok(list) = CodeList::parse(list) else { return desk.failure(&Error::NotThere) };
    match desk.desk.page_if(|| code_page(list, code, &lists, form)) {
        Some(page) => Html(page).into_response(),
        None => desk.failure(&Error::NotThere),
    }
}

fn saved(list: &str, code: &str) -> Response {
    Redirect::to(&format!("/organisation/codes/{list}/{code}?saved=1")).into_response()
}

/// Gives an entry a new name from a day on.
pub(crate) async fn rename(
    State(app): State<App>,
    desk: DeskRequest,
    Path((list, code)): Path<(String, String)>,
    Form(form): Form<RenameFields>,
) -> Response {
    let Ok(which) = CodeList::parse(&list) else { return desk.failure(&Error::NotThere) };
    match app.backend.rename_code(&desk.actor, which, &code, &form).await {
        Ok(Ok(())) => saved(&list, &code),
        Ok(Err(errors)) => {
            let form = CodeForm::Rename(Typed { form, errors });
            unprocessable(one_with(&app, &desk, (&list, &code), form).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// Ends an entry from a day on, or calls its end off.
pub(crate) async fn end(
    State(app): State<App>,
    desk: DeskRequest,
    Path((list, code)): Path<(String, String)>,
    Form(form): Form<EndFields>,
) -> Response {
    let Ok(which) = CodeList::parse(&list) else { return desk.failure(&Error::NotThere) };
    match app.backend.end_code(&desk.actor, which, &code, &form).await {
        Ok(Ok(())) => saved(&list, &code),
        Ok(Err(errors)) => {
            let form = CodeForm::End(Typed { form, errors });
            unprocessable(one_with(&app, &desk, (&list, &code), form).await)
        }
        Err(error) => desk.failure(&error),
    }
}
