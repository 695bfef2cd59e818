//! Clients without browser code: the caseload, the load, a client's page and its forms.

use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use crate::{App, retention};
use app::clients::{
    NextDone, Typed, about_page, attempt_page, caseload_page, change_page, client_page, client_words_in,
    consent_page, day_page, for_reader, load_page, meeting_page, next_step_page, note_page,
    profile_form_page, profile_page, step_page, talk_page, told_page, unit_clients_page,
};
use app::desk::{Content, Done};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clients::{Closed, Record, ToldForm};
use backend::clock::new_id;
use domain::clients::contact::{AttemptFields, MeetingFields};
use domain::clients::page::{AboutFields, ChangeFields, NextStepFields, NoteFields};
use domain::clients::profile::ProfileFields;
use domain::clients::trust::{ConsentFields, DisclosureFields};
use domain::clients::way::{DayFields, StepFields};
use domain::codes::{Code, StepKind};
use domain::forms::FieldError;
use domain::ids::{AttemptId, ClientId, ClientMeetingId, CommandId};
use domain::sync::{Answer, Batch, Command, Entry, OnAttempt, OnMeeting, Outcome, Refusal};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Whose caseload.
#[derive(Deserialize)]
pub(crate) struct Whose {
    coach: Option<String>,
}

/// The own caseload, or that of a coach whom the lead leads.
pub(crate) async fn caseload(
    State(app): State<App>,
    desk: DeskRequest,
    Query(whose): Query<Whose>,
) -> Response {
    let coach = match whose.coach.filter(|coach| !coach.is_empty()).map(|coach| coach.parse()) {
        Some(Ok(coach)) => Some(coach),
        Some(Err(_)) => return desk.failure(&Error::NotThere),
        None => None,
    };
    desk.answer(app.backend.caseload(&desk.actor, coach).await, |caseload| caseload_page(&caseload))
}

/// The load of the unit's coaches.
pub(crate) async fn load(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.unit_load(&desk.actor).await, |load| load_page(&load))
}

/// Which of the unit's clients.
#[derive(Deserialize)]
pub(crate) struct Which {
    closed: Option<String>,
    page: Option<u32>,
}

/// All clients of the unit.
pub(crate) async fn all(State(app): State<App>, desk: DeskRequest, Query(which): Query<Which>) -> Response {
    let closed = if which.closed.is_some() { Closed::Yes } else { Closed::No };
    let page = which.page.unwrap_or(0);
    let list = app.backend.unit_clients(&desk.actor, closed, page).await;
    desk.answer(list, |list| unit_clients_page(&list, closed, page, desk.actor.today))
}

/// What was done just now, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
    item: Option<Uuid>,
    undone: Option<String>,
}

/// The records of a client's page as an address names them.
const RECORDS: &[&str] = &["notes", "meetings", "attempts", "told", "consents", "notices"];

fn done(desk: &DeskRequest, id: ClientId, just: &Just) -> Option<Done> {
    let w = client_words_in(desk.desk.language);
    let known = |name: &&String| RECORDS.contains(&name.as_str());
    let way =
        |records: &String, deed: &str| Some(format!("/clients/{id}/record/{records}/{}/{deed}", just.item?));
    match (&just.saved, &just.undone) {
        (Some(records), _) => Some(Done {
            text: w.saved.to_owned(),
            undo: Some(records).filter(known).and_then(|it| way(it, "withdraw")),
        }),
        (None, Some(records)) => Some(Done {
            text: w.undone.to_owned(),
            undo: Some(records).filter(known).and_then(|it| way(it, "restore")),
        }),
        (None, None) => None,
    }
}

/// A client's page.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    Query(just): Query<Just>,
) -> Response {
    let done = done(&desk, id, &just);
    let until = match app.backend.glass(&desk.actor, id).await {
        Ok(until) => until,
        Err(error) => return desk.failure(&error),
    };
    let uses_of = desk.leads().then_some(id);
    let page = app.backend.client_page(&desk.actor, id).await;
    desk.answer(page, |page| for_reader(client_page(&page, done, None), until, uses_of))
}

fn saved(id: ClientId) -> Response {
    Redirect::to(&format!("/clients/{id}?saved=1")).into_response()
}

fn saved_record(id: ClientId, records: &str, item: Uuid) -> Response {
    Redirect::to(&format!("/clients/{id}?saved={records}&item={item}")).into_response()
}

/// How a client is called and reached, to be changed by whoever may write.
pub(crate) async fn about_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
) -> Response {
    about_again(&app, &desk, id, None).await
}

async fn about_again(
    app: &App,
    desk: &DeskRequest,
    id: ClientId,
    typed: Option<Typed<AboutFields>>,
) -> Response {
    let page = app.backend.client_page(&desk.actor, id).await;
    let page = page.and_then(|page| if page.can_write { Ok(page) } else { Err(Error::NotThere) });
    desk.answer(page, |page| about_page(&page, typed))
}

/// Changes it.
pub(crate) async fn about(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Response {
    let form: AboutFields = posted.fields(AboutFields::NAMES);
    match app.backend.write_about(&desk.actor, id, posted.number("version"), &form).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => unprocessable(about_again(&app, &desk, id, Some(Typed { form, errors })).await),
        Err(error) => desk.failure(&error),
    }
}

/// The next step, to be set.
pub(crate) async fn next_step_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
) -> Response {
    next_step_again(&app, &desk, id, None).await
}

async fn next_step_again(
    app: &App,
    desk: &DeskRequest,
    id: ClientId,
    typed: Option<Typed<NextStepFields>>,
) -> Response {
    let page = app.backend.client_page(&desk.actor, id).await;
    let page = page.and_then(|page| if page.can_write { Ok(page) } else { Err(Error::NotThere) });
    desk.answer(page, |page| next_step_page(&page, typed))
}

/// Sets it.
pub(crate) async fn next_step(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Response {
    let form: NextStepFields = posted.fields(NextStepFields::NAMES);
    match app.backend.set_client_step(&desk.actor, id, posted.number("version"), &form).await {
        Ok(Ok(_)) => saved(id),
        Ok(Err(errors)) => {
            unprocessable(next_step_again(&app, &desk, id, Some(Typed { form, errors })).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// The next step is done; the page has the way back.
pub(crate) async fn next_step_done(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Response {
    let version = posted.number("version");
    match app.backend.set_client_step(&desk.actor, id, version, &NextStepFields::default()).await {
        Ok(Ok(before)) => {
            let done = before.map(|step| NextDone { step });
            let page = app.backend.client_page(&desk.actor, id).await;
            desk.answer(page, |page| client_page(&page, None, done.as_ref()))
        }
        Ok(Err(errors)) => {
            // Somebody changed it meanwhile: as it stands now, with what was to be done.
            let form = NextStepFields::default();
            unprocessable(next_step_again(&app, &desk, id, Some(Typed { form, errors })).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// The profile with its versions.
pub(crate) async fn profile(State(app): State<App>, desk: DeskRequest, Path(id): Path<ClientId>) -> Response {
    profile_at(&app, &desk, id, None).await
}

/// An earlier version of the profile.
pub(crate) async fn profile_version(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, version)): Path<(ClientId, i64)>,
) -> Response {
    profile_at(&app, &desk, id, Some(version)).await
}

async fn profile_at(app: &App, desk: &DeskRequest, id: ClientId, version: Option<i64>) -> Response {
    let page = app.backend.client_profile(&desk.actor, id).await;
    let there = page.and_then(|page| {
        let there = version.is_none_or(|version| page.versions.iter().any(|one| one.version == version));
        if there { Ok(page) } else { Err(Error::NotThere) }
    });
    desk.answer(there, |page| profile_page(&page, version).unwrap_or_else(|| profile_form_page(&page, None)))
}

/// The profile, to be written.
pub(crate) async fn profile_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
) -> Response {
    profile_again(&app, &desk, id, None).await
}

async fn profile_again(
    app: &App,
    desk: &DeskRequest,
    id: ClientId,
    typed: Option<Typed<ProfileFields>>,
) -> Response {
    let page = app.backend.client_profile(&desk.actor, id).await;
    let page = page.and_then(|page| if page.can_write { Ok(page) } else { Err(Error::NotThere) });
    desk.answer(page, |page| profile_form_page(&page, typed))
}

/// Saves a version of it.
pub(crate) async fn save_profile(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Response {
    let form: ProfileFields = posted.fields(ProfileFields::NAMES);
    match app.backend.save_profile(&desk.actor, id, posted.number("after"), &form).await {
        Ok(Ok(())) => Redirect::to(&format!("/clients/{id}/profile")).into_response(),
        Ok(Err(errors)) => unprocessable(profile_again(&app, &desk, id, Some(Typed { form, errors })).await),
        Err(error) => desk.failure(&error),
    }
}

/// What is written on a sheet of its own under an identity made when it opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Note,
    Talk,
    Meeting,
    Attempt,
    Told,
    Consent,
}

impl Sheet {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "notes" => Self::Note,
            "talks" => Self::Talk,
            "meetings" => Self::Meeting,
            "attempts" => Self::Attempt,
            "told" => Self::Told,
            "consents" => Self::Consent,
            _ => return None,
        })
    }

    /// The fields of a sheet that nobody has touched.
    fn untouched(self, app: &App) -> Posted {
        let (today, now) = (app.backend.clock.today(), app.backend.clock.time_of_day());
        match self {
            Self::Meeting => Posted::of(MeetingFields::untouched(today, now)),
            Self::Attempt => Posted::of(AttemptFields::untouched(today)),
            _ => Posted::of(BTreeMap::from([("day", today.to_string()), ("from_day", today.to_string())])),
        }
    }

    /// The sheet with what was typed and what is wrong; `again` when it was saved before with other words.
    fn page(
        self,
        form: &ToldForm,
        entry: Uuid,
        posted: &Posted,
        errors: Vec<FieldError>,
        again: bool,
    ) -> Content {
        match self {
            Self::Note => note_page(form, entry, Typed { form: posted.fields(NoteFields::NAMES), errors }),
            Self::Talk => talk_page(form, entry, Typed { form: posted.fields(NoteFields::NAMES), errors }),
            Self::Meeting => {
                meeting_page(form, entry, Typed { form: posted.fields(MeetingFields::NAMES), errors }, again)
            }
            Self::Attempt => {
                attempt_page(form, entry, Typed { form: posted.fields(AttemptFields::NAMES), errors }, again)
            }
            Self::Told => {
                told_page(form, entry, Typed { form: posted.fields(DisclosureFields::NAMES), errors })
            }
            Self::Consent => {
                consent_page(form, entry, Typed { form: posted.fields(ConsentFields::NAMES), errors })
            }
        }
    }
}

/// A sheet, to be written.
pub(crate) async fn sheet(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, sheet)): Path<(ClientId, String)>,
) -> Response {
    let Some(sheet) = Sheet::parse(&sheet) else { return desk.failure(&Error::NotThere) };
    let posted = sheet.untouched(&app);
    let form = app.backend.told_form(&desk.actor, id).await;
    desk.answer(form, |form| sheet.page(&form, form.entry, &posted, Vec::new(), false))
}

/// What became of a sheet.
pub(crate) enum Written {
    /// Under this identity.
    Saved(Uuid),
    Wrong(Vec<FieldError>),
    /// It was saved before with other words.
    Before,
    /// Its client's records were erased, or it was erased itself.
    Erased,
}

impl From<Result<Uuid, Vec<FieldError>>> for Written {
    fn from(tried: Result<Uuid, Vec<FieldError>>) -> Self {
        tried.map_or_else(Self::Wrong, Self::Saved)
    }
}

async fn write(
    app: &App,
    desk: &DeskRequest,
    id: ClientId,
    sheet: Sheet,
    posted: &Posted,
) -> Result<Written, Error> {
    let (backend, actor, entry) = (&app.backend, &desk.actor, posted.entry());
    let today = backend.clock.today();
    let command = match sheet {
        Sheet::Note => {
            return Ok(backend.write_note(actor, id, entry, &posted.fields(NoteFields::NAMES)).await?.into());
        }
        Sheet::Talk => {
            return Ok(backend.note_talk(actor, id, entry, &posted.fields(NoteFields::NAMES)).await?.into());
        }
        Sheet::Told => {
            let fields = posted.fields(DisclosureFields::NAMES);
            return Ok(backend.note_disclosure(actor, id, entry, &fields).await?.into());
        }
        Sheet::Consent => {
            let fields = posted.fields(ConsentFields::NAMES);
            return Ok(backend.note_consent(actor, id, entry, &fields).await?.into());
        }
        Sheet::Meeting => {
            posted.fields::<MeetingFields>(MeetingFields::NAMES).read(id, today).map(Command::LogMeeting)
        }
        Sheet::Attempt => {
            posted.fields::<AttemptFields>(AttemptFields::NAMES).read(id, today).map(Command::LogAttempt)
        }
    };
    match command {
        Ok(command) => submit(app, desk, CommandId(entry), &command).await,
        Err(errors) => Ok(Written::Wrong(errors)),
    }
}

/// Sends a command the way that a phone does: exactly once, with its receipt.
pub(crate) async fn submit(
    app: &App,
    desk: &DeskRequest,
    id: CommandId,
    command: &Command,
) -> Result<Written, Error> {
    let entry = Entry::pack(id, command).map_err(Error::internal)?;
    let answers = app.backend.sync(&desk.actor, Batch { entries: vec![entry] }).await?;
    let outcome = answers.answers.into_iter().next().map(|Answer { outcome, .. }| outcome);
    match outcome {
        Some(Outcome::Committed(_)) => Ok(Written::Saved(id.uuid())),
        Some(Outcome::Conflict) => Ok(Written::Before),
        Some(Outcome::Refused(Refusal::Erased)) => Ok(Written::Erased),
        Some(Outcome::Refused(_)) => Err(Error::NotThere),
        Some(Outcome::Later) | None => Err(Error::internal("an entry has to be sent again")),
    }
}

/// Saves a sheet under the identity that it got when it was opened.
pub(crate) async fn save_sheet(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, name)): Path<(ClientId, String)>,
    posted: Posted,
) -> Response {
    let Some(sheet) = Sheet::parse(&name) else { return desk.failure(&Error::NotThere) };
    let (errors, again) = match write(&app, &desk, id, sheet, &posted).await {
        Ok(Written::Saved(item)) => return saved_record(id, &name, item),
        Ok(Written::Wrong(errors)) => (errors, false),
        Ok(Written::Before) => (Vec::new(), true),
        Ok(Written::Erased) => return retention::erased(&desk),
        Err(error) => return desk.failure(&error),
    };
    let form = app.backend.told_form(&desk.actor, id).await;
    unprocessable(desk.answer(form, |form| {
        // What was saved before keeps its identity; what stands here is another.
        let entry = if again { form.entry } else { posted.entry() };
        sheet.page(&form, entry, &posted, errors, again)
    }))
}

/// Takes a record of a client's page back, or brings it back.
pub(crate) async fn on_record(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, records, item, deed)): Path<(ClientId, String, Uuid, String)>,
) -> Response {
    let back = match deed.as_str() {
        "withdraw" => false,
        "restore" => true,
        _ => return desk.failure(&Error::NotThere),
    };
    let done = match records.as_str() {
        "meetings" => {
            let on = OnMeeting { meeting: ClientMeetingId(item) };
            let command = if back { Command::RestoreMeeting(on) } else { Command::WithdrawMeeting(on) };
            submit(&app, &desk, CommandId(new_id()), &command).await.map(|_| ())
        }
        "attempts" => {
            let on = OnAttempt { attempt: AttemptId(item) };
            let command = if back { Command::RestoreAttempt(on) } else { Command::WithdrawAttempt(on) };
            submit(&app, &desk, CommandId(new_id()), &command).await.map(|_| ())
        }
        "notes" => app.backend.take_back(&desk.actor, id, Record::Note, item, back).await,
        "told" => app.backend.take_back(&desk.actor, id, Record::Disclosure, item, back).await,
        "consents" => app.backend.take_back(&desk.actor, id, Record::Consent, item, back).await,
        "notices" => app.backend.take_back(&desk.actor, id, Record::Notice, item, back).await,
        _ => Err(Error::NotThere),
    };
    let just = if back { "saved" } else { "undone" };
    desk.then(done, &format!("/clients/{id}?{just}={records}&item={item}"))
}

/// A step of the way, to be taken.
pub(crate) async fn step_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, kind)): Path<(ClientId, String)>,
) -> Response {
    let Ok(kind) = StepKind::parse(&kind) else { return desk.failure(&Error::NotThere) };
    let today = app.backend.clock.today();
    let form = app.backend.way_form(&desk.actor, id, kind).await;
    desk.answer(form, |form| match kind {
        StepKind::Coach | StepKind::Phase => change_page(&form, kind, None),
        _ => {
            let fields = StepFields { day: today.to_string(), ..StepFields::default() };
            step_page(&form, kind, Typed::untouched(fields))
        }
    })
}

/// A day of the way, to be corrected.
pub(crate) async fn day_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, kind)): Path<(ClientId, String)>,
) -> Response {
    day_again(&app, &desk, (id, &kind), None).await
}

async fn day_again(
    app: &App,
    desk: &DeskRequest,
    (id, kind): (ClientId, &str),
    typed: Option<Typed<DayFields>>,
) -> Response {
    let Ok(kind) = StepKind::parse(kind) else { return desk.failure(&Error::NotThere) };
    desk.answer(app.backend.day_form(&desk.actor, id, kind).await, |form| day_page(&form, typed))
}

/// Corrects it.
pub(crate) async fn correct_day(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, name)): Path<(ClientId, String)>,
    posted: Posted,
) -> Response {
    let Ok(kind) = StepKind::parse(&name) else { return desk.failure(&Error::NotThere) };
    let form: DayFields = posted.fields(DayFields::NAMES);
    match app.backend.correct_day(&desk.actor, id, posted.number("version"), kind, &form).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => {
            unprocessable(day_again(&app, &desk, (id, &name), Some(Typed { form, errors })).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// Takes it.
pub(crate) async fn take_step(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, kind)): Path<(ClientId, String)>,
    posted: Posted,
) -> Response {
    let Ok(kind) = StepKind::parse(&kind) else { return desk.failure(&Error::NotThere) };
    let version = posted.number("version");
    let change = matches!(kind, StepKind::Coach | StepKind::Phase);
    let (step, changed): (StepFields, ChangeFields) =
        (posted.fields(StepFields::NAMES), posted.fields(ChangeFields::NAMES));
    let tried = if change {
        app.backend.change_client(&desk.actor, id, version, kind, &changed).await
    } else {
        app.backend.take_step(&desk.actor, id, version, kind, &step).await
    };
    let errors = match tried {
        Ok(Ok(())) => return saved(id),
        Ok(Err(errors)) => errors,
        Err(error) => return desk.failure(&error),
    };
    let form = app.backend.way_form(&desk.actor, id, kind).await;
    unprocessable(desk.answer(form, |form| {
        if change {
            change_page(&form, kind, Some(Typed { form: changed, errors }))
        } else {
            step_page(&form, kind, Typed { form: step, errors })
        }
    }))
}
