//! The 25 criteria: a unit's page, and each item's; assessments by people.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::lists::{in_sheets, on_paper, sent};
use crate::posted::Posted;
use app::clients::Typed;
use app::desk::Done;
use app::fidelity::{
    Taken, action_page, ahead_page, assessment_page, assessments_page, attest_page, bands_page, choices_page,
    dossier_key, dossier_page, dossier_paper, dossiers_page, fidelity_item_page, fidelity_page,
    fidelity_words, fidelity_words_in, habit_words, habits_page, import_page, my_dossiers_page,
    new_assessment_page, opening_page, packs_page, rule_words, rule_words_in, score_page, wrong_file,
};
use app::i18n::speaking;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clock::new_id;
use backend::fidelity::{AssessmentPage, Deed, FidelityPage};
use chrono::{Days, NaiveDate};
use domain::codes::Code;
use domain::fidelity::ahead::{HABITS_AT_ONCE, Habit, Plan};
use domain::fidelity::assessment::{BeginFields, By, ScoreFields, Stage};
use domain::fidelity::attest::AttestFields;
use domain::fidelity::choices::ChoiceFields;
use domain::fidelity::dossier::OpeningFields;
use domain::fidelity::estimate::PartKind;
use domain::fidelity::improvement::ActionFields;
use domain::fidelity::pack::BUILT_IN_TEXT;
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// An action is planned for so many days ahead, until somebody says otherwise.
const PLANNED_DAYS: u64 = 30;

/// A dossier is opened for so many days, until somebody says otherwise.
const REVIEW_DAYS: u64 = 14;

/// On which day.
#[derive(Deserialize)]
pub(crate) struct Asked {
    on: Option<String>,
}

impl Asked {
    fn day(&self) -> Option<NaiveDate> {
        self.on.as_deref().and_then(|day| day.parse().ok())
    }
}

/// The unit's page.
pub(crate) async fn unit(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Asked>,
    Query(just): Query<Just>,
) -> Response {
    let w = fidelity_words_in(desk.desk.language);
    let undone = just.undone.map(|id| Done {
        text: w.plan_undone.to_owned(),
        undo: Some(format!("/fidelity/actions/{id}/restore")),
    });
    let done = undone.or_else(|| just.saved.map(|_| Done { text: w.saved.to_owned(), undo: None }));
    desk.answer(app.backend.fidelity(&desk.actor, asked.day()).await, |page| fidelity_page(&page, done))
}

/// The dossier for a review, on paper.
pub(crate) async fn dossier(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Asked>,
) -> Response {
    paper(&desk, all_of_it(app.backend.dossier(&desk.actor, asked.day(), "dossier").await)).await
}

/// The same as a workbook.
pub(crate) async fn dossier_book(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Asked>,
) -> Response {
    book(&desk, all_of_it(app.backend.dossier(&desk.actor, asked.day(), "dossier").await)).await
}

/// The key of its codes, for the unit alone.
pub(crate) async fn dossier_key_book(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<Asked>,
) -> Response {
    match app.backend.dossier(&desk.actor, asked.day(), "dossier_key").await {
        Ok((page, unit)) => {
            in_sheets(&speaking(desk.desk.language, || vec![dossier_key(&page, &unit)])).await
        }
        Err(error) => desk.failure(&error),
    }
}

/// A dossier: its page, the unit's name, and whether the words of people go with it.
type Bound = backend::Result<(FidelityPage, String, bool)>;

/// The lead's own has everything.
fn all_of_it(given: backend::Result<(FidelityPage, String)>) -> Bound {
    given.map(|(page, unit)| (page, unit, true))
}

async fn paper(desk: &DeskRequest, given: Bound) -> Response {
    match given {
        Ok((page, unit, words)) => {
            on_paper(speaking(desk.desk.language, || dossier_paper(&page, &unit, words))).await
        }
        Err(error) => desk.failure(&error),
    }
}

async fn book(desk: &DeskRequest, given: Bound) -> Response {
    match given {
        Ok((page, unit, words)) => {
            let paper = speaking(desk.desk.language, || dossier_paper(&page, &unit, words));
            in_sheets(&paper.tables(speaking(desk.desk.language, || fidelity_words().dossier_text))).await
        }
        Err(error) => desk.failure(&error),
    }
}

/// The dossiers of the unit that are open to reviewers.
pub(crate) async fn dossiers(
    State(app): State<App>,
    desk: DeskRequest,
    Query(just): Query<Just>,
) -> Response {
    let w = fidelity_words_in(desk.desk.language);
    let closed = just
        .undone
        .map(|id| Done { text: w.closed.to_owned(), undo: Some(format!("/fidelity/dossiers/{id}/reopen")) });
    let done = closed.or_else(|| just.saved.map(|_| Done { text: w.opened.to_owned(), undo: None }));
    desk.answer(app.backend.dossiers(&desk.actor).await, |page| dossiers_page(&page, done))
}

/// The form that opens one.
pub(crate) async fn opening_form(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.dossiers(&desk.actor).await, |page| {
        let to_day = page.today.checked_add_days(Days::new(REVIEW_DAYS)).unwrap_or(page.today);
        let today = page.today.to_string();
        let fields = OpeningFields {
            day: today.clone(),
            from_day: today,
            to_day: to_day.to_string(),
            ..OpeningFields::default()
        };
        opening_page(&page, new_id(), &Typed::untouched(fields))
    })
}

/// Opens it.
pub(crate) async fn open_dossier(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let (entry, fields) = (posted.entry(), posted.fields::<OpeningFields>(OpeningFields::NAMES));
    match app.backend.open_dossier(&desk.actor, entry, &fields).await {
        Ok(Ok(())) => Redirect::to("/fidelity/dossiers?saved=opened").into_response(),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            let page = app.backend.dossiers(&desk.actor).await;
            unprocessable(desk.answer(page, |page| opening_page(&page, entry, &typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Closes it before its last day.
pub(crate) async fn close_dossier(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
) -> Response {
    let to = format!("/fidelity/dossiers?undone={id}");
    desk.then(app.backend.close_dossier(&desk.actor, id, true).await, &to)
}

/// Opens it again.
pub(crate) async fn reopen_dossier(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
) -> Response {
    desk.then(app.backend.close_dossier(&desk.actor, id, false).await, "/fidelity/dossiers?saved=opened")
}

/// What was opened to a reviewer.
pub(crate) async fn my_dossiers(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.dossiers_for_me(&desk.actor).await, |dossiers| my_dossiers_page(&dossiers))
}

/// One of them.
pub(crate) async fn my_dossier(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    let given = app.backend.opened_dossier(&desk.actor, id).await;
    desk.answer(given, |(page, unit, words)| dossier_page(&dossier_paper(&page, &unit, words), id))
}

/// The same on paper.
pub(crate) async fn my_dossier_paper(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
) -> Response {
    paper(&desk, app.backend.opened_dossier(&desk.actor, id).await).await
}

/// The same as a workbook.
pub(crate) async fn my_dossier_book(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
) -> Response {
    book(&desk, app.backend.opened_dossier(&desk.actor, id).await).await
}

/// An item down to its rows.
pub(crate) async fn item(
    State(app): State<App>,
    desk: DeskRequest,
    Path(item): Path<String>,
    Query(asked): Query<Asked>,
    Query(just): Query<Just>,
) -> Response {
    // No number is no item.
    let item = item.parse().unwrap_or(0);
    let page = app.backend.fidelity_item(&desk.actor, item, asked.day()).await;
    let w = rule_words_in(desk.desk.language);
    let done = just.saved.map(|_| Done { text: w.attest_saved.to_owned(), undo: None });
    desk.answer(page, |page| fidelity_item_page(&page, item, done))
}

/// What was done just now.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
    undone: Option<Uuid>,
}

/// The unit's assessments.
pub(crate) async fn assessments(
    State(app): State<App>,
    desk: DeskRequest,
    Query(just): Query<Just>,
) -> Response {
    let w = fidelity_words_in(desk.desk.language);
    let done = just.undone.map(|id| Done {
        text: w.undone.to_owned(),
        undo: Some(format!("/fidelity/assessments/{id}/restore")),
    });
    desk.answer(app.backend.assessments(&desk.actor).await, |page| assessments_page(&page, done))
}

/// A new assessment.
pub(crate) async fn new_form(State(app): State<App>, desk: DeskRequest) -> Response {
    let page = app.backend.assessments(&desk.actor).await;
    let page = page.and_then(|page| if page.leads { Ok(page) } else { Err(Error::NotThere) });
    desk.answer(page, |page| {
        let kind = By::Own.code().to_owned();
        let fields = BeginFields { day: page.today.to_string(), kind, ..BeginFields::default() };
        new_assessment_page(&page, new_id(), &Typed::untouched(fields))
    })
}

/// Begins it.
pub(crate) async fn begin(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let (entry, fields) = (posted.entry(), posted.fields::<BeginFields>(BeginFields::NAMES));
    match app.backend.begin_assessment(&desk.actor, entry, &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/fidelity/assessments/{entry}?saved=begun")).into_response(),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            let page = app.backend.assessments(&desk.actor).await;
            unprocessable(desk.answer(page, |page| new_assessment_page(&page, entry, &typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// An assessment.
pub(crate) async fn assessment(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Query(just): Query<Just>,
) -> Response {
    let w = fidelity_words_in(desk.desk.language);
    let done = just.saved.map(|what| {
        let text = match what.as_str() {
            "begun" => w.begun,
            "signed" => w.signed,
            _ => w.saved,
        };
        Done { text: text.to_owned(), undo: None }
    });
    desk.answer(app.backend.assessment(&desk.actor, id).await, |page| assessment_page(&page, done))
}

/// The form of an item as it stands.
fn stands(page: &AssessmentPage, item: u8) -> ScoreFields {
    if page.stage == Stage::Settling {
        let score = page.scores.of(item).map(|score| score.to_string()).unwrap_or_default();
        return ScoreFields { score, ..ScoreFields::default() };
    }
    if let Some(draft) = page.drafts.get(&item) {
        return draft.clone();
    }
    let Some(own) = page.own(item) else { return ScoreFields::default() };
    ScoreFields {
        score: own.score.map_or_else(|| "none".to_owned(), |score| score.to_string()),
        reason: own.reason.clone(),
        evidence: own.evidence.clone(),
    }
}

/// Which item of which assessment.
#[derive(Deserialize)]
pub(crate) struct Which {
    assessment: Uuid,
    criterion: String,
}

impl Which {
    fn item(&self) -> u8 {
        self.criterion.parse().ok().filter(|item| (1..=domain::fidelity::ITEMS).contains(item)).unwrap_or(0)
    }
}

/// An item to be scored or agreed on: for an assessor of what is not signed.
async fn scored(app: &App, desk: &DeskRequest, which: &Which) -> backend::Result<AssessmentPage> {
    let page = app.backend.assessment(&desk.actor, which.assessment).await?;
    if which.item() == 0 || !page.mine || page.stage == Stage::Signed {
        return Err(Error::NotThere);
    }
    Ok(page)
}

/// An item of an assessment.
pub(crate) async fn score_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(which): Path<Which>,
) -> Response {
    let page = scored(&app, &desk, &which).await;
    let item = which.item();
    desk.answer(page, |page| {
        let fields = stands(&page, item);
        score_page(&page, item, &Typed::untouched(fields))
    })
}

/// Gives the own score, and goes on to the next item that waits.
pub(crate) async fn give_score(
    State(app): State<App>,
    desk: DeskRequest,
    Path(which): Path<Which>,
    posted: Posted,
) -> Response {
    let fields = posted.fields::<ScoreFields>(ScoreFields::NAMES);
    let (id, item) = (which.assessment, which.item());
    match app.backend.score(&desk.actor, id, item, &fields, posted.id("at")).await {
        Ok(Ok(())) => {
            let next = app.backend.assessment(&desk.actor, id).await.ok().and_then(|page| page.next());
            let to = match next {
                Some(next) => format!("/fidelity/assessments/{id}/{next}"),
                None => format!("/fidelity/assessments/{id}?saved=score"),
            };
            Redirect::to(&to).into_response()
        }
        Ok(Err(errors)) => again(&app, &desk, &which, fields, errors).await,
        Err(error) => desk.failure(&error),
    }
}

/// Agrees on a score.
pub(crate) async fn settle(
    State(app): State<App>,
    desk: DeskRequest,
    Path(which): Path<Which>,
    posted: Posted,
) -> Response {
    let fields = posted.fields::<ScoreFields>(ScoreFields::NAMES);
    let id = which.assessment;
    match app.backend.settle_score(&desk.actor, id, which.item(), &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/fidelity/assessments/{id}?saved=score")).into_response(),
        Ok(Err(errors)) => again(&app, &desk, &which, fields, errors).await,
        Err(error) => desk.failure(&error),
    }
}

async fn again(
    app: &App,
    desk: &DeskRequest,
    which: &Which,
    form: ScoreFields,
    errors: Vec<domain::forms::FieldError>,
) -> Response {
    let item = which.item();
    let page = scored(app, desk, which).await;
    unprocessable(desk.answer(page, |page| score_page(&page, item, &Typed { form, errors })))
}

/// Signs it.
pub(crate) async fn sign(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    let to = format!("/fidelity/assessments/{id}?saved=signed");
    desk.then(app.backend.sign_assessment(&desk.actor, id).await, &to)
}

/// A dated note on a signed one.
pub(crate) async fn note(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Response {
    let to = format!("/fidelity/assessments/{id}?saved=note");
    match app.backend.note_assessment(&desk.actor, id, posted.entry(), &posted.text("words")).await {
        // An empty note is none: the page comes back as it was.
        Ok(Ok(()) | Err(_)) => Redirect::to(&to).into_response(),
        Err(error) => desk.failure(&error),
    }
}

/// It is taken back.
pub(crate) async fn withdraw(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    let to = format!("/fidelity/assessments?undone={id}");
    desk.then(app.backend.take_assessment(&desk.actor, id, false).await, &to)
}

/// It is brought back.
pub(crate) async fn restore(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    let to = format!("/fidelity/assessments/{id}");
    desk.then(app.backend.take_assessment(&desk.actor, id, true).await, &to)
}

/// The form of an action for an item.
pub(crate) async fn action_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(item): Path<String>,
) -> Response {
    let item = item.parse().unwrap_or(0);
    desk.answer(app.backend.fidelity_item(&desk.actor, item, None).await, |page| {
        let by_day = page.today.checked_add_days(Days::new(PLANNED_DAYS)).unwrap_or(page.today).to_string();
        let fields = ActionFields { owner: page.me.to_string(), by_day, ..ActionFields::default() };
        action_page(&page, item, new_id(), &Typed::untouched(fields))
    })
}

/// Notes it.
pub(crate) async fn act(
    State(app): State<App>,
    desk: DeskRequest,
    Path(item): Path<String>,
    posted: Posted,
) -> Response {
    let item = item.parse().unwrap_or(0);
    let (entry, fields) = (posted.entry(), posted.fields::<ActionFields>(ActionFields::NAMES));
    match app.backend.improve(&desk.actor, entry, item, &fields).await {
        Ok(Ok(())) => Redirect::to("/fidelity?saved=action#plan").into_response(),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            let page = app.backend.fidelity_item(&desk.actor, item, None).await;
            unprocessable(desk.answer(page, |page| action_page(&page, item, entry, &typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// The sliders as the address or a form says them: by each habit's name its place.
fn plan_of(places: impl Fn(&str) -> Option<usize>) -> Plan {
    let step = |habit: &Habit| {
        let step = *habit.steps().get(places(habit.code())?)?;
        (step > 0).then_some((*habit, step))
    };
    Habit::ALL.iter().filter_map(step).collect()
}

fn asked_plan(asked: &BTreeMap<String, String>) -> (Option<NaiveDate>, Plan) {
    let number = |name: &str| asked.get(name).and_then(|place| place.parse().ok());
    (asked.get("review").and_then(|day| day.parse().ok()), plan_of(number))
}

/// What habits would change.
pub(crate) async fn ahead(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let (review, plan) = asked_plan(&asked);
    desk.answer(app.backend.fidelity_ahead(&desk.actor, review).await, |page| ahead_page(&page, &plan))
}

/// The habits that were moved, on their way into the plan.
pub(crate) async fn habits_form(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let (review, plan) = asked_plan(&asked);
    desk.answer(app.backend.fidelity_ahead(&desk.actor, review).await, |page| {
        let form = ActionFields {
            owner: page.me.to_string(),
            by_day: page.review.to_string(),
            ..ActionFields::default()
        };
        let habits: Vec<Taken> = plan
            .iter()
            .map(|(habit, step)| Taken {
                habit: *habit,
                step: *step,
                taken: plan.len() <= HABITS_AT_ONCE,
                entry: new_id(),
                form: Typed::untouched(form.clone()),
            })
            .collect();
        habits_page(&page, &habits, false)
    })
}

/// The habits as they come back from the form.
fn taken(posted: &Posted) -> Vec<Taken> {
    let (places, entries) = (posted.all("place"), posted.all("id"));
    let (owners, days, taken) = (posted.all("owner"), posted.all("by_day"), posted.all("take"));
    let one = |(at, code): (usize, String)| {
        let habit = Habit::parse(&code).ok()?;
        let step = *habit.steps().get(places.get(at)?.parse::<usize>().ok()?).filter(|step| **step > 0)?;
        let what = format!("{}: {}", fidelity_words().habit(habit), habit_words(habit, step));
        let (owner, by_day) = (owners.get(at)?.clone(), days.get(at)?.clone());
        Some(Taken {
            habit,
            step,
            taken: taken.contains(&code),
            entry: entries.get(at)?.parse().ok()?,
            form: Typed::untouched(ActionFields { what, owner, by_day }),
        })
    };
    posted.all("habit").into_iter().enumerate().filter_map(one).collect()
}

/// Takes the chosen habits into the plan.
pub(crate) async fn take_habits(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let mut habits = speaking(desk.desk.language, || taken(&posted));
    let chosen: Vec<usize> = (0..habits.len()).filter(|at| habits[*at].taken).collect();
    let right_count = (1..=HABITS_AT_ONCE).contains(&chosen.len());
    if right_count {
        let action =
            |at: &usize| (habits[*at].entry, habits[*at].habit.items()[0], habits[*at].form.form.clone());
        let actions: Vec<_> = chosen.iter().map(action).collect();
        match app.backend.improve_all(&desk.actor, &actions).await {
            Ok(Ok(())) => return Redirect::to("/fidelity?saved=action#plan").into_response(),
            Ok(Err(wrong)) => {
                for (at, errors) in chosen.into_iter().zip(wrong) {
                    habits[at].form.errors = errors;
                }
            }
            Err(error) => return desk.failure(&error),
        }
    }
    let review = posted.text("review").parse().ok();
    let page = app.backend.fidelity_ahead(&desk.actor, review).await;
    unprocessable(desk.answer(page, |page| habits_page(&page, &habits, !right_count)))
}

/// An action is done, or not; it is taken back, or brought back.
pub(crate) async fn deed(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, deed)): Path<(Uuid, String)>,
) -> Response {
    let (deed, to) = match deed.as_str() {
        "done" => (Deed::Done, "/fidelity?saved=action#plan".to_owned()),
        "undone" => (Deed::Undone, "/fidelity?saved=action#plan".to_owned()),
        "withdraw" => (Deed::Withdrawn, format!("/fidelity?undone={id}")),
        "restore" => (Deed::Restored, "/fidelity?saved=action#plan".to_owned()),
        _ => return desk.failure(&Error::NotThere),
    };
    desk.then(app.backend.take_improvement(&desk.actor, id, deed).await, &to)
}

/// The choices of the unit.
pub(crate) async fn choices_form(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(led(&app, &desk).await, |page| {
        let fields = ChoiceFields::of(&page.found.choices, &page.found.why);
        choices_page(&Typed::untouched(fields))
    })
}

/// The criteria of the unit that the person leads.
async fn led(app: &App, desk: &DeskRequest) -> backend::Result<FidelityPage> {
    let page = app.backend.fidelity(&desk.actor, None).await?;
    if page.leads { Ok(page) } else { Err(Error::NotThere) }
}

/// Chooses.
pub(crate) async fn choose(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let fields = posted.fields::<ChoiceFields>(ChoiceFields::NAMES);
    match app.backend.choose(&desk.actor, &fields).await {
        Ok(Ok(())) => Redirect::to("/fidelity?saved=choices").into_response(),
        Ok(Err(errors)) => {
            unprocessable(desk.answer(Ok(()), |()| choices_page(&Typed { form: fields, errors })))
        }
        Err(error) => desk.failure(&error),
    }
}

/// A part that people attest.
fn part_of(code: &str) -> backend::Result<(PartKind, u8)> {
    let part = PartKind::parse(code).map_err(|_| Error::NotThere)?;
    Ok((part, part.attested_for().ok_or(Error::NotThere)?))
}

/// The form that attests a part.
pub(crate) async fn attest_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(part): Path<String>,
) -> Response {
    let page = match part_of(&part) {
        Ok((part, _)) => led(&app, &desk).await.map(|page| (page, part)),
        Err(error) => Err(error),
    };
    desk.answer(page, |(page, part)| {
        attest_page(&page, part, new_id(), &Typed::untouched(AttestFields::default()))
    })
}

/// Attests it.
pub(crate) async fn attest(
    State(app): State<App>,
    desk: DeskRequest,
    Path(part): Path<String>,
    posted: Posted,
) -> Response {
    let (part, item) = match part_of(&part) {
        Ok(known) => known,
        Err(error) => return desk.failure(&error),
    };
    let (entry, fields) = (posted.entry(), posted.fields::<AttestFields>(AttestFields::NAMES));
    match app.backend.attest(&desk.actor, entry, part, &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/fidelity/{item}?saved=word")).into_response(),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            unprocessable(desk.answer(led(&app, &desk).await, |page| attest_page(&page, part, entry, &typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// The organisation's texts.
pub(crate) async fn packs(State(app): State<App>, desk: DeskRequest, Query(just): Query<Just>) -> Response {
    let w = rule_words_in(desk.desk.language);
    let done = just.saved.map(|_| Done { text: w.pack_saved.to_owned(), undo: None });
    desk.answer(app.backend.packs(&desk.actor).await, |page| packs_page(&page, None, done))
}

/// The built-in texts, as a model for others.
pub(crate) async fn pack_model(State(app): State<App>, desk: DeskRequest) -> Response {
    match app.backend.packs(&desk.actor).await {
        Ok(_) => {
            let name = "attachment; filename=\"ips-25.toml\"";
            ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CONTENT_DISPOSITION, name)], BUILT_IN_TEXT)
                .into_response()
        }
        Err(error) => desk.failure(&error),
    }
}

/// Loads other texts.
pub(crate) async fn load_pack(State(app): State<App>, desk: DeskRequest, parts: Multipart) -> Response {
    let w = rule_words_in(desk.desk.language);
    let wrong = match sent(parts).await {
        Some(sent) if !sent.name.is_empty() => match app.backend.load_pack(&desk.actor, &sent.bytes).await {
            Ok(Ok(())) => return Redirect::to("/fidelity/packs?saved=pack").into_response(),
            Ok(Err(broken)) => speaking(desk.desk.language, || {
                rule_words().at_line().say(&[&broken.line.to_string(), &broken.why])
            }),
            Err(error) => return desk.failure(&error),
        },
        _ => w.no_file.to_owned(),
    };
    let page = app.backend.packs(&desk.actor).await;
    unprocessable(desk.answer(page, |page| packs_page(&page, Some(wrong), None)))
}

/// Takes texts out of use, or brings them back.
pub(crate) async fn take_pack(
    State(app): State<App>,
    desk: DeskRequest,
    Path((pack, deed)): Path<(Uuid, String)>,
) -> Response {
    let withdrawn = match deed.as_str() {
        "withdraw" => true,
        "restore" => false,
        _ => return desk.failure(&Error::NotThere),
    };
    desk.then(app.backend.take_pack(&desk.actor, pack, withdrawn).await, "/fidelity/packs?saved=pack")
}

/// Where an assessment is brought from a file.
pub(crate) async fn import_form(State(app): State<App>, desk: DeskRequest) -> Response {
    let page = app.backend.assessments(&desk.actor).await;
    let page = page.and_then(|page| if page.leads { Ok(()) } else { Err(Error::NotThere) });
    desk.answer(page, |()| import_page(new_id(), None))
}

/// Brings it.
pub(crate) async fn import(State(app): State<App>, desk: DeskRequest, parts: Multipart) -> Response {
    let w = rule_words_in(desk.desk.language);
    let sent = sent(parts).await.unwrap_or_default();
    let id = sent.entry.unwrap_or_else(new_id);
    let wrong = match app.backend.import_assessment(&desk.actor, id, &sent.bytes).await {
        Ok(Ok(())) => {
            return Redirect::to(&format!("/fidelity/assessments/{id}?saved=begun")).into_response();
        }
        Ok(Err(_)) if sent.name.is_empty() => w.no_file.to_owned(),
        Ok(Err(wrong)) => speaking(desk.desk.language, || wrong_file(wrong)),
        Err(error) => return desk.failure(&error),
    };
    unprocessable(desk.answer(Ok(()), |()| import_page(id, Some(wrong))))
}

/// How the assessments of all units stand.
pub(crate) async fn bands(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.bands(&desk.actor).await, |page| bands_page(&page))
}
