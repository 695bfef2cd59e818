//! Plans made with clients, and what a client gets to take along: plain pages, form posts, documents on paper.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::lists::on_paper;
use crate::posted::Posted;
use app::desk::Done;
use app::i18n::speaking;
use app::plans::{
    CopyAsked, PlanWords, TypedHand, TypedPlan, copy_page, copy_paper, correction_page, new_plan_page,
    plan_page, plan_paper, plan_words_in, plans_page,
};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clock::new_id;
use backend::plans::{Hand, PlanForm, PlanPage, PlanSaved};
use domain::codes::{Code, Language};
use domain::forms::LINE_MAX;
use domain::ids::{ClientId, PlanId};
use domain::plans::{ActionFields, FREE_ROWS, PlanFields, Wrong};
use serde::Deserialize;
use uuid::Uuid;

/// A client's plans.
pub(crate) async fn list(State(app): State<App>, desk: DeskRequest, Path(id): Path<ClientId>) -> Response {
    desk.answer(app.backend.client_plans(&desk.actor, id).await, |list| plans_page(&list))
}

fn free_rows(count: usize) -> impl Iterator<Item = ActionFields> {
    (0..count).map(|_| ActionFields::free(new_id()))
}

/// What was typed. The rows stand in the order of the form.
fn typed(posted: &Posted) -> TypedPlan {
    let [ids, whats, kinds, whos, names, days] =
        ["a_id", "a_what", "a_kind", "a_who", "a_name", "a_by_day"].map(|name| posted.all(name));
    let dropped = posted.all("a_drop");
    let at = |texts: &[String], at: usize| texts.get(at).cloned().unwrap_or_default();
    let row = |(row, id): (usize, &String)| ActionFields {
        id: id.clone(),
        what: at(&whats, row),
        kind: at(&kinds, row),
        who: at(&whos, row),
        name: at(&names, row),
        by_day: at(&days, row),
        dropped: if dropped.contains(id) { "yes".to_owned() } else { String::new() },
    };
    TypedPlan {
        fields: PlanFields {
            day: posted.text("day"),
            present: posted.all("present").join(" "),
            names: posted.text("names"),
            topics: posted.all("topics").join(" "),
            wishes: posted.text("wishes"),
            goes_well: posted.text("goes_well"),
            hard: posted.text("hard"),
            agreed: posted.text("agreed"),
            case_workers: posted.text("case_workers"),
            next_meeting_on: posted.text("next_meeting_on"),
        },
        rows: ids.iter().enumerate().map(row).collect(),
        carried: posted.all("carry").iter().filter_map(|id| id.parse().ok()).collect(),
        wrong: Wrong::default(),
        again: false,
    }
}

/// Was it more rows that were asked for?
fn wants_more(posted: &Posted, typed: &mut TypedPlan) -> bool {
    let more = posted.text("do") == "more";
    if more {
        typed.rows.extend(free_rows(FREE_ROWS));
    }
    more
}

/// A new plan, to be written: with everything that is still open ticked to go on.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
) -> Response {
    let untouched = |form: &PlanForm| TypedPlan {
        fields: PlanFields::untouched(form.today, form.before.as_ref()),
        rows: free_rows(FREE_ROWS).collect(),
        carried: form.agreed.iter().filter(|seen| seen.is_open()).map(|seen| seen.action.id).collect(),
        ..TypedPlan::default()
    };
    desk.answer(app.backend.plan_form(&desk.actor, id).await, |form| {
        new_plan_page(&form, &untouched(&form), form.entry.uuid())
    })
}

/// Writes it, or gives more rows.
pub(crate) async fn write(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    posted: Posted,
) -> Response {
    let mut typed = typed(&posted);
    let entry: Uuid = posted.id("id").unwrap_or_else(new_id);
    if wants_more(&posted, &mut typed) {
        let form = app.backend.plan_form(&desk.actor, client).await;
        return desk.answer(form, |form| new_plan_page(&form, &typed, entry));
    }
    let (fields, rows, carried) = (&typed.fields, typed.rows.as_slice(), typed.carried.as_slice());
    let id = PlanId(entry);
    match app.backend.write_plan(&desk.actor, client, id, (fields, rows), carried).await {
        Ok(Ok(PlanSaved::Once)) => return just(id, "written"),
        Ok(Ok(PlanSaved::Before)) => typed.again = true,
        Ok(Err(wrong)) => typed.wrong = wrong,
        Err(error) => return desk.failure(&error),
    }
    let form = app.backend.plan_form(&desk.actor, client).await;
    unprocessable(desk.answer(form, |form| {
        // What was saved before keeps its identities; what stands here is another.
        let entry = if typed.again { form.entry.uuid() } else { entry };
        if typed.again {
            typed.rows.iter_mut().for_each(|row| row.id = new_id().to_string());
        }
        new_plan_page(&form, &typed, entry)
    }))
}

/// What was done just now, as the address says it; and in which language a paper is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    just: Option<String>,
    item: Option<Uuid>,
    language: Option<String>,
}

impl Asked {
    fn language(&self, desk: &DeskRequest) -> Language {
        let asked = self.language.as_deref().and_then(|code| Language::parse(code).ok());
        asked.unwrap_or(desk.desk.language)
    }
}

/// To the plan, saying what was done.
fn just(id: PlanId, what: &str) -> Response {
    Redirect::to(&format!("/plans/{id}?just={what}")).into_response()
}

fn done_word(w: &PlanWords, id: PlanId, asked: &Asked) -> Option<Done> {
    let at = format!("/plans/{id}");
    let on_action = |deed: &str| asked.item.map(|item| format!("{at}/actions/{item}/{deed}"));
    let (text, undo) = match asked.just.as_deref()? {
        "written" | "restored" => (w.saved, Some(format!("{at}/withdraw"))),
        "withdrawn" => (w.is_withdrawn, Some(format!("{at}/restore"))),
        "done" => (w.is_done, on_action("undone")),
        "undone" => (w.is_open, on_action("done")),
        "handed" => (w.is_handed, None),
        _ => (w.saved, None),
    };
    Some(Done { text: text.to_owned(), undo })
}

/// A plan: its page, or (`….pdf`) the same on paper in the client's language.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let (id, paper) = match name.strip_suffix(".pdf") {
        Some(id) => (id, true),
        None => (name.as_str(), false),
    };
    let Ok(id) = id.parse::<PlanId>() else { return desk.failure(&Error::NotThere) };
    if paper {
        return match app.backend.plan_on_paper(&desk.actor, id).await {
            Ok(page) => on_paper(speaking(asked.language(&desk), || plan_paper(&page))).await,
            Err(error) => desk.failure(&error),
        };
    }
    let done = done_word(plan_words_in(desk.desk.language), id, &asked);
    desk.answer(app.backend.plan(&desk.actor, id).await, |page| plan_page(&page, done, None))
}

/// A plan that may be corrected.
async fn to_correct(app: &App, desk: &DeskRequest, id: PlanId) -> Result<PlanPage, Error> {
    let page = app.backend.plan(&desk.actor, id).await?;
    if page.can_write && !page.withdrawn { Ok(page) } else { Err(Error::NotThere) }
}

/// A plan, to be corrected.
pub(crate) async fn correction_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<PlanId>,
) -> Response {
    desk.answer(to_correct(&app, &desk, id).await, |page| {
        // What a later plan goes on with is changed there.
        let here = page.actions.iter().filter(|seen| seen.carried_to.is_none());
        let rows = here.map(|seen| ActionFields::of(&seen.action)).chain(free_rows(FREE_ROWS)).collect();
        let typed = TypedPlan { fields: PlanFields::of(&page.plan), rows, ..TypedPlan::default() };
        correction_page(&page, &typed)
    })
}

/// Corrects it, or gives more rows.
pub(crate) async fn correct(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<PlanId>,
    posted: Posted,
) -> Response {
    let mut typed = typed(&posted);
    let version = posted.text("version").trim().parse().unwrap_or(0);
    if wants_more(&posted, &mut typed) {
        // Somebody who was faster is still noticed when this is saved.
        let page = to_correct(&app, &desk, id).await.map(|page| PlanPage { version, ..page });
        return desk.answer(page, |page| correction_page(&page, &typed));
    }
    match app.backend.correct_plan(&desk.actor, id, version, (&typed.fields, &typed.rows)).await {
        Ok(Ok(())) => return just(id, "corrected"),
        Ok(Err(wrong)) => typed.wrong = wrong,
        Err(error) => return desk.failure(&error),
    }
    let page = to_correct(&app, &desk, id).await;
    unprocessable(desk.answer(page, |page| {
        if typed.wrong.is_stale() {
            add_missing(&mut typed, &page);
            return correction_page(&page, &typed);
        }
        correction_page(&PlanPage { version, ..page }, &typed)
    }))
}

/// What somebody else added meanwhile stands in the form, too.
fn add_missing(typed: &mut TypedPlan, page: &PlanPage) {
    for seen in page.actions.iter().filter(|seen| seen.carried_to.is_none()) {
        let fields = ActionFields::of(&seen.action);
        if typed.rows.iter().all(|row| row.id != fields.id) {
            typed.rows.insert(0, fields);
        }
    }
}

/// Takes a plan back.
pub(crate) async fn withdraw(State(app): State<App>, desk: DeskRequest, Path(id): Path<PlanId>) -> Response {
    let done = app.backend.withdraw_plan(&desk.actor, id, false).await;
    desk.then(done, &format!("/plans/{id}?just=withdrawn"))
}

/// Brings it back.
pub(crate) async fn restore(State(app): State<App>, desk: DeskRequest, Path(id): Path<PlanId>) -> Response {
    let done = app.backend.withdraw_plan(&desk.actor, id, true).await;
    desk.then(done, &format!("/plans/{id}?just=restored"))
}

/// An action is done.
pub(crate) async fn done(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, action)): Path<(PlanId, Uuid)>,
) -> Response {
    let done = app.backend.settle_action(&desk.actor, id, action, true).await;
    desk.then(done, &format!("/plans/{id}?just=done&item={action}"))
}

/// It is not done after all.
pub(crate) async fn undone(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, action)): Path<(PlanId, Uuid)>,
) -> Response {
    let done = app.backend.settle_action(&desk.actor, id, action, false).await;
    desk.then(done, &format!("/plans/{id}?just=undone&item={action}"))
}

/// Gives an action to somebody else.
pub(crate) async fn hand(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, action)): Path<(PlanId, Uuid)>,
    posted: Posted,
) -> Response {
    let hand = Hand { who: posted.text("who"), name: posted.text("name") };
    let error = match app.backend.hand_action(&desk.actor, id, action, &hand).await {
        Ok(Ok(())) => return just(id, "handed"),
        Ok(Err(error)) => error,
        Err(error) => return desk.failure(&error),
    };
    let typed = TypedHand { action, hand, error };
    let page = app.backend.plan(&desk.actor, id).await;
    unprocessable(desk.answer(page, |page| plan_page(&page, None, Some(&typed))))
}

/// How a client's own copy is asked for.
#[derive(Deserialize)]
pub(crate) struct AskedCopy {
    language: Option<String>,
    reach: Option<String>,
}

impl AskedCopy {
    fn read(self, desk: &DeskRequest) -> CopyAsked {
        let language = self.language.as_deref().and_then(|code| Language::parse(code).ok());
        let reach = self.reach.unwrap_or_default();
        let reach = reach.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LINE_MAX).collect();
        CopyAsked { language: language.unwrap_or(desk.desk.language), reach }
    }
}

/// What a client gets to take along.
pub(crate) async fn copy(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    Query(asked): Query<AskedCopy>,
) -> Response {
    let asked = asked.read(&desk);
    let copy = app.backend.client_copy(&desk.actor, id).await;
    desk.answer(copy, |copy| copy_page(&copy, &asked, &desk.actor.name))
}

/// The same on paper.
pub(crate) async fn copy_on_paper(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    Query(asked): Query<AskedCopy>,
) -> Response {
    let CopyAsked { language, reach } = asked.read(&desk);
    match app.backend.client_copy_on_paper(&desk.actor, id).await {
        Ok(copy) => on_paper(speaking(language, || copy_paper(&copy, &reach, &desk.actor.name))).await,
        Err(error) => desk.failure(&error),
    }
}
