//! Memos that refer clients: the team's list and form, the unit's inbox and decision.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::referrals::{
    Decided, FormShown, Just, Wrong, declined_page, form_page, inbox_page, memo_page, own_memo_page,
    own_memos_page, preview_page,
};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clock::new_id;
use backend::referrals::{MemoForm, Sent};
use domain::ids::{ReferralId, TeamId};
use domain::referrals::{DecisionFields, FirstDaysFields, MemoFields};
use serde::Deserialize;
use uuid::Uuid;

/// What was done just now, as the address says.
#[derive(Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// The memos of the own teams.
pub(crate) async fn own(State(app): State<App>, desk: DeskRequest) -> Response {
    let today = desk.actor.today;
    desk.answer(app.backend.own_memos(&desk.actor).await, |memos| own_memos_page(&memos, today))
}

/// A memo of the own team.
pub(crate) async fn own_one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
    Query(done): Query<Done>,
) -> Response {
    let just = match done.done.as_deref() {
        Some("sent") => Some(Just::Sent),
        Some("before") => Some(Just::SentBefore),
        Some("corrected") => Some(Just::Corrected),
        Some("withdrawn") => Some(Just::Withdrawn),
        Some("restored") => Some(Just::Restored),
        _ => None,
    };
    let today = desk.actor.today;
    desk.answer(app.backend.own_memo(&desk.actor, id).await, |memo| own_memo_page(memo, today, just))
}

/// The form of a new memo; its identity is made here.
pub(crate) async fn new_form(State(app): State<App>, desk: DeskRequest) -> Response {
    let shown = FormShown {
        id: new_id().into(),
        team: None,
        version: None,
        fields: MemoFields::default(),
        errors: Vec::new(),
    };
    desk.answer(app.backend.memo_form(&desk.actor).await, |form| form_page(&form, &shown))
}

/// The form of a correction.
pub(crate) async fn correction_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
) -> Response {
    desk.answer(app.backend.correction_form(&desk.actor, id).await, |form| {
        let corrects = form.corrects.as_ref();
        let fields = corrects.map(|sent| MemoFields::of(&sent.memo)).unwrap_or_default();
        let version = corrects.map(|sent| sent.version);
        form_page(&form, &FormShown { id, team: None, version, fields, errors: Vec::new() })
    })
}

fn memo_fields(posted: &Posted) -> MemoFields {
    MemoFields {
        name: posted.text("name"),
        birth_year: posted.text("birth_year"),
        phone: posted.text("phone"),
        wish: posted.text("wish"),
        contact_wish: posted.text("contact_wish"),
        share: posted.all("share").join(" "),
        share_until: posted.text("share_until"),
        words: posted.text("words"),
    }
}

/// Shows a new memo as it would be sent, goes back to the form, or sends it.
pub(crate) async fn send(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let shown = FormShown {
        id: posted.id("id").unwrap_or_else(|| new_id().into()),
        team: posted.id("team"),
        version: None,
        fields: memo_fields(&posted),
        errors: Vec::new(),
    };
    if posted.text("do") != "send" {
        let form = app.backend.memo_form(&desk.actor).await;
        return look(&desk, form, shown, posted.text("do") == "edit");
    }
    let team = shown.team.unwrap_or(TeamId(Uuid::nil()));
    match app.backend.send_memo(&desk.actor, shown.id, team, &shown.fields).await {
        Ok(Ok(Sent::Once)) => to_own(shown.id, "sent"),
        Ok(Ok(Sent::Before)) => to_own(shown.id, "before"),
        Ok(Err(errors)) => {
            let form = app.backend.memo_form(&desk.actor).await;
            once_more(&desk, form, FormShown { errors, ..shown })
        }
        Err(error) => desk.failure(&error),
    }
}

/// Shows a correction as it would be sent, goes back to the form, or sends it.
pub(crate) async fn correct(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
    posted: Posted,
) -> Response {
    let version = posted.text("version").parse().unwrap_or(0);
    let fields = memo_fields(&posted);
    let shown = FormShown { id, team: None, version: Some(version), fields, errors: Vec::new() };
    if posted.text("do") != "send" {
        let form = app.backend.correction_form(&desk.actor, id).await;
        return look(&desk, form, shown, posted.text("do") == "edit");
    }
    match app.backend.correct_memo(&desk.actor, id, version, &shown.fields).await {
        Ok(Ok(())) => to_own(id, "corrected"),
        Ok(Err(errors)) => {
            let form = app.backend.correction_form(&desk.actor, id).await;
            once_more(&desk, form, FormShown { errors, ..shown })
        }
        Err(error) => desk.failure(&error),
    }
}

/// The preview of a memo that can be sent, or the form.
fn look(desk: &DeskRequest, form: Result<MemoForm, Error>, shown: FormShown, edit: bool) -> Response {
    match shown.fields.read(desk.actor.today) {
        Ok(memo) if !edit => desk.answer(form, |form| preview_page(&form, &shown, &memo)),
        Err(errors) if !edit => once_more(desk, form, FormShown { errors, ..shown }),
        _ => desk.answer(form, |form| form_page(&form, &shown)),
    }
}

fn once_more(desk: &DeskRequest, form: Result<MemoForm, Error>, shown: FormShown) -> Response {
    unprocessable(desk.answer(form, |form| form_page(&form, &shown)))
}

fn to_own(id: ReferralId, done: &str) -> Response {
    Redirect::to(&format!("/referrals/{id}?done={done}")).into_response()
}

/// Takes a memo back.
pub(crate) async fn withdraw(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
) -> Response {
    let done = app.backend.withdraw_memo(&desk.actor, id, false).await;
    desk.then(done, &format!("/referrals/{id}?done=withdrawn"))
}

/// Brings it back.
pub(crate) async fn restore(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
) -> Response {
    let done = app.backend.withdraw_memo(&desk.actor, id, true).await;
    desk.then(done, &format!("/referrals/{id}?done=restored"))
}

/// The memos of the own units.
pub(crate) async fn inbox(State(app): State<App>, desk: DeskRequest) -> Response {
    let today = desk.actor.today;
    desk.answer(app.backend.inbox(&desk.actor).await, |inbox| inbox_page(&inbox, today))
}

/// A memo that the unit got.
pub(crate) async fn received(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
    Query(done): Query<Done>,
) -> Response {
    let decided = match done.done.as_deref() {
        Some("decided") => Some(Decided::Decided),
        Some("days") => Some(Decided::Days),
        _ => None,
    };
    desk.answer(app.backend.received_memo(&desk.actor, id).await, |page| memo_page(page, None, decided))
}

/// Takes a memo up or not.
pub(crate) async fn decide(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
    posted: Posted,
) -> Response {
    let fields = DecisionFields {
        accepted: posted.text("accepted"),
        coach: posted.text("coach"),
        client: posted.text("client"),
        reason: posted.text("reason"),
        words: posted.text("words"),
    };
    match app.backend.decide_memo(&desk.actor, id, &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/referrals/inbox/{id}?done=decided")).into_response(),
        Ok(Err(errors)) => received_again(&app, &desk, id, Wrong::Decision(fields, errors)).await,
        Err(error) => desk.failure(&error),
    }
}

/// Notes the first days.
pub(crate) async fn first_days(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ReferralId>,
    posted: Posted,
) -> Response {
    let fields = FirstDaysFields {
        first_meeting_on: posted.text("first_meeting_on"),
        info_on: posted.text("info_on"),
        care_worker: posted.text("care_worker"),
    };
    match app.backend.note_first_days(&desk.actor, id, &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/referrals/inbox/{id}?done=days")).into_response(),
        Ok(Err(errors)) => received_again(&app, &desk, id, Wrong::Days(fields, errors)).await,
        Err(error) => desk.failure(&error),
    }
}

async fn received_again(app: &App, desk: &DeskRequest, id: ReferralId, wrong: Wrong) -> Response {
    let page = app.backend.received_memo(&desk.actor, id).await;
    unprocessable(desk.answer(page, |page| memo_page(page, Some(wrong), None)))
}

/// What was declined in the units that the person leads.
pub(crate) async fn declined(State(app): State<App>, desk: DeskRequest) -> Response {
    let today = desk.actor.today;
    desk.answer(app.backend.declined_memos(&desk.actor).await, |declined| declined_page(&declined, today))
}
