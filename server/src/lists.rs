//! Lists that come in and go out: a file of employers taken into the register step by step, and lists on
//! the screen as CSV and XLSX.

use crate::desk::{DeskRequest, unprocessable};
use crate::people::UsesAsked;
use crate::visits::FeedAsked;
use crate::{App, desk, pdf};
use app::i18n::speaking;
use app::lists::{
    columns_page, employers_table, history_table, list_done_page, list_words_in, lists_page, people_table,
    route_table, rows_page, visits_table,
};
use app::people::{uses_paper, uses_table};
use axum::Form;
use axum::extract::{Multipart, OriginalUri, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::employers::EmployerQuery;
use domain::ids::{ClientId, EmployerId};
use domain::lists::columns::{Column, Mapping};
use domain::lists::compare::{Decision, Group, Settling};
use domain::lists::out::{Paper, Table, file_name};
use domain::lists::{FILE_MAX, FileError};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A file and the fields around it.
pub(crate) const BODY_MAX: usize = FILE_MAX + 64 * 1024;

type Fields = BTreeMap<String, String>;

/// Where a file is chosen, and the own lists.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.lists(&desk.actor).await, |lists| lists_page(lists, None, ""))
}

/// What a browser sends with a file.
#[derive(Default)]
pub(crate) struct Sent {
    /// What the file is called; empty where none was chosen.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
    /// The identity of the form, where it has one.
    pub(crate) entry: Option<Uuid>,
    municipalities: String,
}

/// Reads the parts; none when the body was cut off or too large.
pub(crate) async fn sent(mut parts: Multipart) -> Option<Sent> {
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await.ok()? {
        match part.name() {
            Some("file") => {
                sent.name = part.file_name().unwrap_or_default().to_owned();
                sent.bytes = part.bytes().await.ok()?.to_vec();
            }
            Some("id") => sent.entry = part.text().await.ok()?.parse().ok(),
            Some("municipalities") => sent.municipalities = part.text().await.ok()?,
            _ => {}
        }
    }
    Some(sent)
}

/// Takes a file.
pub(crate) async fn take(State(app): State<App>, desk: DeskRequest, parts: Multipart) -> Response {
    let words = list_words_in(desk.desk.language);
    let (why, municipalities) = match sent(parts).await {
        None => (words.file_error(FileError::TooLarge), String::new()),
        Some(Sent { name, municipalities, .. }) if name.is_empty() => (words.no_file, municipalities),
        Some(Sent { name, bytes, municipalities, .. }) => {
            let wanted = municipalities.split(',').map(str::trim).filter(|name| !name.is_empty());
            let wanted = wanted.map(str::to_owned).collect();
            match app.backend.take_list(&desk.actor, &name, bytes, wanted).await {
                Ok(Ok(id)) => return Redirect::to(&format!("/employers/lists/{id}")).into_response(),
                Ok(Err(error)) => (words.file_error(error), municipalities),
                Err(error) => return desk.failure(&error),
            }
        }
    };
    let lists = app.backend.lists(&desk.actor).await;
    unprocessable(desk.answer(lists, |lists| lists_page(lists, Some(why), &municipalities)))
}

/// The columns of a list; where it was written, what came of it.
pub(crate) async fn columns(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    match app.backend.list(&desk.actor, id).await {
        Ok(list) if list.outcome.is_some() => done_at(id),
        given => desk.answer(given, |list| columns_page(&list, &list.mapping, None)),
    }
}

fn done_at(id: Uuid) -> Response {
    Redirect::to(&format!("/employers/lists/{id}/done")).into_response()
}

fn mapping(fields: &Fields) -> Mapping {
    let at = |name: &str| name.strip_prefix("column").and_then(|at| at.parse::<usize>().ok());
    let named: BTreeMap<usize, Option<Column>> =
        fields.iter().filter_map(|(name, code)| Some((at(name)?, Column::parse(code)))).collect();
    let width = named.keys().next_back().map_or(0, |last| last + 1).min(domain::lists::CELLS_MAX);
    Mapping {
        sheet: fields.get("sheet").and_then(|at| at.parse().ok()).unwrap_or(0),
        header: fields.contains_key("header"),
        columns: (0..width).map(|at| named.get(&at).copied().flatten()).collect(),
        without_wrong: fields.contains_key("without_wrong"),
    }
}

/// Names the columns.
pub(crate) async fn name_columns(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Response {
    let here = format!("/employers/lists/{id}");
    let mapping = mapping(&fields);
    match app.backend.name_columns(&desk.actor, id, mapping.clone()).await {
        Ok(_) if fields.contains_key("do") => Redirect::to(&here).into_response(),
        Ok(Ok(())) => Redirect::to(&format!("{here}/rows")).into_response(),
        Ok(Err(error)) => {
            let list = app.backend.list(&desk.actor, id).await;
            unprocessable(desk.answer(list, |list| columns_page(&list, &mapping, Some(error))))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Which rows are shown.
#[derive(Deserialize)]
pub(crate) struct Shown {
    group: Option<String>,
    page: Option<usize>,
    saved: Option<String>,
}

/// The rows beside the register.
pub(crate) async fn rows(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Query(shown): Query<Shown>,
) -> Response {
    let group = shown.group.as_deref().and_then(Group::parse);
    let (page, saved) = (shown.page.unwrap_or(0), shown.saved.is_some());
    desk.answer(app.backend.compare_list(&desk.actor, id).await, |compared| {
        rows_page(&compared, group, page, saved, false)
    })
}

fn settling(fields: &Fields) -> Settling {
    let mut settling = Settling::default();
    for (name, code) in fields {
        let Some(decision) = Decision::parse(code) else { continue };
        if let Some(group) = name.strip_prefix("rule-").and_then(Group::parse) {
            settling.rules.insert(group, decision);
        } else if let Some(line) = name.strip_prefix("row-").and_then(|line| line.parse().ok()) {
            settling.rows.insert(line, decision);
        }
    }
    settling
}

/// Keeps rules and choices.
pub(crate) async fn settle(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Response {
    let part = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let group = Group::parse(&part("group")).map_or("", Group::code);
    let page: usize = part("page").parse().unwrap_or(0);
    let back = format!("/employers/lists/{id}/rows?saved=1&group={group}&page={page}");
    desk.then(app.backend.settle_list(&desk.actor, id, settling(&fields)).await, &back)
}

/// Writes the list.
pub(crate) async fn write(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    match app.backend.write_list(&desk.actor, id).await {
        Ok(Ok(_)) => done_at(id),
        Ok(Err(_)) => {
            let compared = app.backend.compare_list(&desk.actor, id).await;
            unprocessable(desk.answer(compared, |compared| rows_page(&compared, None, 0, false, true)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// What came of it.
pub(crate) async fn done(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    match app.backend.list(&desk.actor, id).await {
        Ok(list) if list.outcome.is_none() => Redirect::to(&format!("/employers/lists/{id}")).into_response(),
        given => desk.answer(given, |list| list_done_page(&list, None)),
    }
}

/// Takes it back.
pub(crate) async fn undo(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    let undone = match app.backend.undo_list(&desk.actor, id).await {
        Ok(undone) => undone,
        Err(error) => return desk.failure(&error),
    };
    desk.answer(app.backend.list(&desk.actor, id).await, |list| list_done_page(&list, Some(undone)))
}

/// Drops it.
pub(crate) async fn drop(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    desk.then(app.backend.drop_list(&desk.actor, id).await, "/employers/lists")
}

/// A list as a file: of the kind that the address ends with.
async fn file<T>(
    app: &App,
    desk: &DeskRequest,
    uri: &OriginalUri,
    what: &'static str,
    given: Result<T, Error>,
    table: impl FnOnce(T) -> Table,
) -> Response {
    let given = match given {
        Ok(given) => given,
        Err(error) => return desk.failure(&error),
    };
    if let Err(error) = app.backend.note_file(&desk.actor, what).await {
        return desk.failure(&error);
    }
    let table = speaking(desk.desk.language, || table(given));
    let (kind, mime, bytes) = if uri.path().ends_with(".csv") {
        ("csv", "text/csv; charset=utf-8", Ok(table.csv()))
    } else {
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx(&table))
    };
    match bytes {
        Ok(bytes) => {
            let name = format!("attachment; filename=\"{}.{kind}\"", table.file_name());
            ([(CONTENT_TYPE, mime.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Err(error) => desk::failed(&Error::internal(error)),
    }
}

/// The longest text that a cell may hold.
const CELL_MAX: usize = 32_767;

fn xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    workbook(std::slice::from_ref(table))
}

/// A sheet for each table. Every cell is a text: none is ever a formula (S25).
fn workbook(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    for table in tables {
        let sheet = book.add_worksheet();
        if tables.len() > 1 {
            sheet.set_name(sheet_name(&table.title))?;
        }
        for (at, name) in (0_u16..).zip(&table.columns) {
            sheet.write_string_with_format(0, at, name, &bold)?;
        }
        for (line, row) in (1_u32..).zip(&table.rows) {
            for (at, cell) in (0_u16..).zip(row) {
                sheet.write_string(line, at, cell.chars().take(CELL_MAX).collect::<String>())?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
    }
    book.save_to_buffer()
}

/// A sheet's name has no brackets, slashes or the like, and 31 signs at most.
fn sheet_name(title: &str) -> String {
    title.chars().filter(|sign| !"[]:*?/\\'".contains(*sign)).take(31).collect()
}

/// Several tables as one workbook, named after the first line of text.
pub(crate) async fn in_sheets(tables: &[Table]) -> Response {
    let title = match tables {
        [only] => only.title.clone(),
        [text, ..] => text.rows.first().and_then(|row| row.first()).cloned().unwrap_or_default(),
        [] => String::new(),
    };
    let name = format!("attachment; filename=\"{}.xlsx\"", file_name(&title));
    let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    let tables = tables.to_vec();
    match tokio::task::spawn_blocking(move || workbook(&tables)).await {
        Ok(Ok(bytes)) => ([(CONTENT_TYPE, mime), (CONTENT_DISPOSITION, name)], bytes).into_response(),
        Ok(Err(error)) => desk::failed(&Error::internal(error)),
        Err(error) => desk::failed(&Error::internal(error)),
    }
}

/// The register as it is filtered and sorted, all pages of it.
pub(crate) async fn employers(
    State(app): State<App>,
    desk: DeskRequest,
    uri: OriginalUri,
    Query(asked): Query<Fields>,
) -> Response {
    let query = EmployerQuery::read(|name| asked.get(name).cloned());
    let rows = app.backend.all_employers(&desk.actor, &query).await;
    file(&app, &desk, &uri, "employers", rows, employers_table).await
}

/// The day's route.
pub(crate) async fn route(
    State(app): State<App>,
    desk: DeskRequest,
    uri: OriginalUri,
    Query(asked): Query<Fields>,
) -> Response {
    let municipality = asked.get("municipality").cloned().unwrap_or_default();
    let route = app.backend.route(&desk.actor, &municipality, asked.contains_key("due")).await;
    file(&app, &desk, &uri, "route", route, route_table).await
}

/// Every change of an employer.
pub(crate) async fn history(
    State(app): State<App>,
    desk: DeskRequest,
    uri: OriginalUri,
    Path(id): Path<EmployerId>,
) -> Response {
    let history = app.backend.employer_history(&desk.actor, id).await;
    file(&app, &desk, &uri, "history", history, history_table).await
}

/// The people of a unit.
pub(crate) async fn people(State(app): State<App>, desk: DeskRequest, uri: OriginalUri) -> Response {
    file(&app, &desk, &uri, "people", app.backend.colleagues(&desk.actor).await, people_table).await
}

/// Who used a client's data.
pub(crate) async fn uses(
    State(app): State<App>,
    desk: DeskRequest,
    uri: OriginalUri,
    Path(id): Path<ClientId>,
    Query(asked): Query<UsesAsked>,
) -> Response {
    let uses = app.backend.all_uses(&desk.actor, id, asked.older.is_some()).await;
    file(&app, &desk, &uri, "uses", uses, uses_table).await
}

/// Who used a client's data, for the client, on paper.
pub(crate) async fn uses_on_paper(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    Query(asked): Query<UsesAsked>,
) -> Response {
    let uses = match app.backend.all_uses(&desk.actor, id, asked.older.is_some()).await {
        Ok(uses) => uses,
        Err(error) => return desk.failure(&error),
    };
    let paper = speaking(desk.desk.language, || uses_paper(&uses, &desk.actor.name));
    on_paper(paper).await
}

/// A document as a file.
pub(crate) async fn on_paper(paper: Paper) -> Response {
    let name = format!("attachment; filename=\"{}.pdf\"", file_name(&paper.title));
    // A long one takes a while: beside the threads that answer.
    match tokio::task::spawn_blocking(move || pdf::write(&paper)).await {
        Ok(Ok(bytes)) => ([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, name)], bytes)
            .into_response(),
        Ok(Err(error)) => desk::failed(&Error::internal(error)),
        Err(error) => desk::failed(&Error::internal(error)),
    }
}

/// The unit's visits.
pub(crate) async fn visits(
    State(app): State<App>,
    desk: DeskRequest,
    uri: OriginalUri,
    Query(asked): Query<FeedAsked>,
) -> Response {
    let visits = app.backend.all_visits(&desk.actor, &asked.query()).await;
    file(&app, &desk, &uri, "visits", visits, visits_table).await
}
