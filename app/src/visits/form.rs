//! The form that logs a visit. Everything but the employer has a good default; what is wrong is
//! said beside its field and in a summary, and nothing that was typed is lost.

use crate::data::{Ask, Data, ask};
use crate::i18n::{Dates, language, words};
use crate::outbox::Outbox;
use crate::ui::{Choice, Icon, Toast, Toasts, choices, focus_soon, stepper, text_of, typed};
use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use domain::codes::{Code, Mode, Purpose, SupportPlace as Place};
use domain::employers::EmployerQuery;
use domain::ids::{ClientId, CommandId, EmployerId, VisitId};
use domain::sync::{Command, OnVisit, Refusal, Verdict};
use domain::visits::{
    FormEmployer, LogVisit, NextStep, RECENT_SHOWN, USUAL_MINUTES, VisitError, VisitField, VisitForm,
    VisitedEmployer, usual_place,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// An entry that comes back to be mended.
pub(super) struct Prefilled {
    pub(super) id: CommandId,
    pub(super) visit: LogVisit,
    pub(super) employer_name: String,
}

/// The employer that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Picked {
    /// None for a new one.
    known: Option<EmployerId>,
    name: String,
    municipality: Option<String>,
}

/// What is in the form, each as the person typed it.
#[derive(Clone, Copy)]
struct Fields {
    employer: RwSignal<Option<Picked>>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    mode: RwSignal<String>,
    purpose: RwSignal<String>,
    client: RwSignal<String>,
    decision_maker: RwSignal<String>,
    minutes: RwSignal<String>,
    place: RwSignal<String>,
    summary: RwSignal<String>,
    next_what: RwSignal<String>,
    next_on: RwSignal<String>,
}

const YES: &str = "yes";
const NO: &str = "no";

impl Fields {
    fn new(known: &VisitForm, before: Option<&Prefilled>) -> Self {
        let visit = before.map(|before| &before.visit);
        let picked = known.chosen.clone().map(picked).or_else(|| before.map(picked_before));
        let next = visit.and_then(|visit| visit.next_step.clone());
        // What a person typed into the server's page before the browser code came is kept.
        let text = |name: &str, value: Option<String>, usual: &str| {
            let typed = if before.is_some() { None } else { typed(name) };
            RwSignal::new(typed.or(value).unwrap_or_else(|| usual.to_owned()))
        };
        let day = visit.map_or(known.today, |visit| visit.day);
        let time = visit.map_or(Some(known.time), |visit| visit.time);
        let code = |code: &'static str| code.to_owned();
        Self {
            employer: RwSignal::new(picked),
            day: text("day", Some(day.to_string()), ""),
            time: text("time", time.map(clock_text), ""),
            mode: text("mode", visit.map(|visit| code(visit.mode.code())), Mode::InPerson.code()),
            purpose: text(
                "purpose",
                visit.map(|visit| code(visit.purpose.code())),
                Purpose::LearnNeeds.code(),
            ),
            client: text("client", visit.and_then(|visit| visit.client).map(|client| client.to_string()), ""),
            decision_maker: text(
                "decision_maker",
                visit.filter(|visit| visit.decision_maker).map(|_| code(YES)),
                NO,
            ),
            minutes: text(
                "minutes",
                visit.map(|visit| visit.minutes.to_string()),
                &USUAL_MINUTES.to_string(),
            ),
            place: text(
                "place",
                visit.map(|visit| code(visit.place.code())),
                usual_place(Mode::InPerson).code(),
            ),
            summary: text("summary", visit.map(|visit| visit.summary.clone()), ""),
            next_what: text("next_what", next.as_ref().map(|next| next.what.clone()), ""),
            next_on: text("next_on", next.and_then(|next| next.on).map(|on| on.to_string()), ""),
        }
    }

    /// The visit as typed, or everything that is wrong with it.
    fn visit(self, today: NaiveDate, id: CommandId) -> Result<LogVisit, Vec<VisitError>> {
        let mut errors = Vec::new();
        let employer = match self.employer.get_untracked() {
            Some(Picked { known: Some(id), .. }) => VisitedEmployer::Known(id),
            // A new employer is known by the entry's own id, so that a repeat can't add two.
            Some(Picked { name, municipality, .. }) => {
                VisitedEmployer::New { id: EmployerId(id.uuid()), name, municipality }
            }
            None => {
                VisitedEmployer::New { id: EmployerId(id.uuid()), name: String::new(), municipality: None }
            }
        };
        let day = self.day.get_untracked().parse().unwrap_or_else(|_| {
            errors.push(VisitError::DayAhead);
            today
        });
        let next_on = self.next_on.get_untracked().parse().ok();
        let what = self.next_what.get_untracked();
        let visit = LogVisit {
            employer,
            day,
            time: clock_time(&self.time.get_untracked()),
            mode: Mode::parse(&self.mode.get_untracked()).unwrap_or(Mode::InPerson),
            purpose: Purpose::parse(&self.purpose.get_untracked()).unwrap_or(Purpose::LearnNeeds),
            client: self.client.get_untracked().parse::<ClientId>().ok(),
            decision_maker: self.decision_maker.get_untracked() == YES,
            minutes: self.minutes.get_untracked().trim().parse().unwrap_or(0),
            place: Place::parse(&self.place.get_untracked()).unwrap_or(Place::Workplace),
            summary: self.summary.get_untracked(),
            next_step: (!what.trim().is_empty() || next_on.is_some())
                .then_some(NextStep { what, on: next_on }),
        };
        errors.extend(visit.check(today).err().unwrap_or_default());
        if errors.is_empty() { Ok(visit) } else { Err(errors) }
    }
}

/// A time as a time field holds it: `09:15`.
fn clock_text(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The time that a time field holds.
fn clock_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0)
}

fn picked(employer: FormEmployer) -> Picked {
    Picked { known: Some(employer.id), name: employer.name, municipality: employer.municipality }
}

fn picked_before(before: &Prefilled) -> Picked {
    match &before.visit.employer {
        VisitedEmployer::Known(id) => {
            Picked { known: Some(*id), name: before.employer_name.clone(), municipality: None }
        }
        VisitedEmployer::New { name, municipality, .. } => {
            Picked { known: None, name: name.clone(), municipality: municipality.clone() }
        }
    }
}

/// How far the form is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Being filled in.
    Open,
    /// On its way.
    Sending,
}

/// The form.
pub(super) fn form(known: VisitForm, before: Option<Prefilled>) -> AnyView {
    let t = words();
    let fields = Fields::new(&known, before.as_ref());
    // The identity is made once, when the form opens in the browser (O1).
    let id = StoredValue::new(before.map(|before| before.id));
    let ready = RwSignal::new(false);
    Effect::new(move |_| {
        if id.get_value().is_none() {
            id.set_value(Some(Outbox::new_id()));
        }
        ready.set(true);
    });
    follow_mode(fields);
    let errors = RwSignal::new(Vec::<VisitError>::new());
    let progress = RwSignal::new(Progress::Open);
    let today = known.today;
    let save = saver(fields, id, errors, progress, today);
    let busy = move || progress.get() == Progress::Sending;

    view! {
        <form
            class="form"
            method="post"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            {error_summary(errors)}
            {employer_picker(fields, known.recent, errors)}
            {choices("mode", "choices", t.visit_mode.into_any(), mode_options(), fields.mode)}
            {choices("purpose", "choices", t.visit_purpose.into_any(), purpose_options(), fields.purpose)}
            {client_choices(fields, known.caseload, errors)}
            {choices("decision_maker", "choices even", t.visit_decision_maker.into_any(), yes_no(), fields.decision_maker)}
            {minutes_field(fields, errors)}
            {summary_field(fields, errors)}
            {next_step_fields(fields, errors, today)}
            {when_and_where(fields, errors, today)}
            <div class="save-bar">
                <button
                    class="button button-primary"
                    disabled
                    prop:disabled=move || !ready.get() || busy()
                >
                    {move || if busy() { t.saving } else { t.visit_save }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The place follows the way of meeting.
fn follow_mode(fields: Fields) {
    Effect::new(move |before: Option<String>| {
        let mode = fields.mode.get();
        if before.is_some_and(|before| before != mode)
            && let Ok(mode) = Mode::parse(&mode)
        {
            fields.place.set(usual_place(mode).code().to_owned());
        }
        mode
    });
}

/// Checks, sends, and says what came of it.
fn saver(
    fields: Fields,
    id: StoredValue<Option<CommandId>>,
    errors: RwSignal<Vec<VisitError>>,
    progress: RwSignal<Progress>,
    today: NaiveDate,
) -> impl Fn() + Clone {
    let outbox = expect_context::<Outbox>();
    let toasts = expect_context::<Toasts>();
    let navigate = use_navigate();
    move || {
        let (Some(id), false) = (id.get_value(), progress.get_untracked() == Progress::Sending) else {
            return;
        };
        let visit = match fields.visit(today, id) {
            Ok(visit) => visit,
            Err(found) => return show_errors(errors, found),
        };
        errors.set(Vec::new());
        progress.set(Progress::Sending);
        let name = fields.employer.get_untracked().map(|picked| picked.name).unwrap_or_default();
        let navigate = navigate.clone();
        let label = name.clone();
        outbox.submit(id, &Command::LogVisit(visit), label, move |verdict| match verdict {
            Verdict::Committed(_) => {
                say_saved(toasts, outbox, VisitId(id.uuid()), &name);
                navigate("/", leptos_router::NavigateOptions::default());
            }
            Verdict::Refused(Refusal::Visit(found)) => {
                let _ = outbox.take(id);
                progress.set(Progress::Open);
                show_errors(errors, found);
            }
            // The entry waits in the outbox, which says so on every page.
            _ => navigate("/", leptos_router::NavigateOptions::default()),
        });
    }
}

/// Says what was saved, with a way back.
fn say_saved(toasts: Toasts, outbox: Outbox, visit: VisitId, name: &str) {
    let t = words();
    let label = name.to_owned();
    let undo = Callback::new(move |()| {
        let said = label.clone();
        outbox.do_now(&Command::WithdrawVisit(OnVisit { visit }), label.clone(), move || {
            toasts.show(Toast { text: (t.visit_undone)(&said), undo: None });
        });
    });
    toasts.show(Toast { text: (t.visit_saved)(name), undo: Some(undo) });
}

/// Shows what is wrong and moves the focus to the summary.
fn show_errors(errors: RwSignal<Vec<VisitError>>, found: Vec<VisitError>) {
    errors.set(found);
    focus_soon("errors");
}

fn error_summary(errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    view! {
        {move || {
            let found = errors.get();
            (!found.is_empty())
                .then(|| {
                    let items = found
                        .into_iter()
                        .map(|error| {
                            let to = format!("#{}", field_id(error.field()));
                            view! { <li><a href=to rel="external">{t.visit_error(error)}</a></li> }
                        })
                        .collect_view();
                    view! {
                        <div class="error-summary" id="errors" role="alert" tabindex="-1">
                            <h2>{t.check_these}</h2>
                            <ul>{items}</ul>
                        </div>
                    }
                })
        }}
    }
    .into_any()
}

/// The element that a field's error leads to.
fn field_id(field: VisitField) -> &'static str {
    match field {
        VisitField::Employer => "employer",
        VisitField::Day => "day",
        VisitField::Minutes => "minutes",
        VisitField::Client => "client",
        VisitField::Summary => "summary",
        VisitField::NextStep => "next_what",
        VisitField::NextStepOn => "next_on",
    }
}

/// What is wrong with a field, beside it.
fn error_of(errors: RwSignal<Vec<VisitError>>, field: VisitField) -> AnyView {
    let t = words();
    view! {
        {move || {
            errors
                .get()
                .into_iter()
                .find(|error| error.field() == field)
                .map(|error| {
                    let id = format!("{}-error", field_id(field));
                    view! { <p class="error" id=id>{Icon::Error.view()} {t.visit_error(error)}</p> }
                })
        }}
    }
    .into_any()
}

/// `aria-invalid` of a field.
fn is_wrong(
    errors: RwSignal<Vec<VisitError>>,
    field: VisitField,
) -> impl Fn() -> Option<&'static str> + Clone {
    move || errors.with(|errors| errors.iter().any(|error| error.field() == field)).then_some("true")
}

/// `aria-describedby` of a field: its hint, and its error when there is one.
fn described(errors: RwSignal<Vec<VisitError>>, field: VisitField) -> impl Fn() -> Option<String> + Clone {
    let wrong = is_wrong(errors, field);
    move || wrong().map(|_| format!("{}-error", field_id(field)))
}

fn option(value: impl Into<String>, label: impl Into<String>, icon: Option<Icon>) -> Choice {
    Choice { value: value.into(), label: label.into(), icon }
}

fn mode_options() -> Vec<Choice> {
    let icon = |mode| match mode {
        Mode::InPerson => Icon::InPerson,
        Mode::Phone => Icon::Phone,
        Mode::Email => Icon::Mail,
        Mode::Video => Icon::Video,
    };
    Mode::ALL.iter().map(|mode| option(mode.code(), words().mode(*mode), Some(icon(*mode)))).collect()
}

fn purpose_options() -> Vec<Choice> {
    Purpose::ALL.iter().map(|purpose| option(purpose.code(), words().purpose(*purpose), None)).collect()
}

fn yes_no() -> Vec<Choice> {
    vec![option(YES, words().yes, None), option(NO, words().no, None)]
}

fn client_choices(
    fields: Fields,
    caseload: Vec<domain::visits::FormClient>,
    errors: RwSignal<Vec<VisitError>>,
) -> AnyView {
    let t = words();
    if caseload.is_empty() {
        return ().into_any();
    }
    let mut options = vec![option("", t.visit_nobody, None)];
    options.extend(caseload.into_iter().map(|client| option(client.id.to_string(), client.alias, None)));
    view! {
        <div id="client">
            {choices("client", "choices", t.visit_client.into_any(), options, fields.client)}
            {error_of(errors, VisitField::Client)}
        </div>
    }
    .into_any()
}

fn minutes_field(fields: Fields, errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    view! {
        <div class="field">
            <label class="label" for="minutes">
                {t.visit_minutes}
            </label>
            {stepper(
                "minutes",
                fields.minutes,
                10,
                (t.less, t.more),
                is_wrong(errors, VisitField::Minutes),
                described(errors, VisitField::Minutes),
            )}
            {error_of(errors, VisitField::Minutes)}
        </div>
    }
    .into_any()
}

fn summary_field(fields: Fields, errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    view! {
        <div class="field">
            <label class="label" for="summary">
                {t.visit_summary}
                " "
                <span class="optional">{t.optional}</span>
            </label>
            // Written to once: the page never touches it while somebody types or dictates (ux row 6).
            <textarea
                id="summary"
                name="summary"
                class="input"
                rows="3"
                autocomplete="off"
                aria-describedby="summary-hint summary-error"
                aria-invalid=is_wrong(errors, VisitField::Summary)
                on:input=text_of(fields.summary)
            >
                {fields.summary.get_untracked()}
            </textarea>
            <p class="hint" id="summary-hint">
                {t.visit_no_names}
            </p>
            {error_of(errors, VisitField::Summary)}
        </div>
    }
    .into_any()
}

fn next_step_fields(fields: Fields, errors: RwSignal<Vec<VisitError>>, today: NaiveDate) -> AnyView {
    let t = words();
    let in_days = move |days: u64, word: &'static str| {
        let day = today.checked_add_days(Days::new(days)).unwrap_or(today).to_string();
        let value = day.clone();
        view! {
            <button
                type="button"
                class="button button-small"
                aria-pressed=move || (fields.next_on.get() == day).to_string()
                on:click=move |_| fields.next_on.set(value.clone())
            >
                {word}
            </button>
        }
    };
    view! {
        <div class="split">
            <div class="field">
                <label class="label" for="next_what">
                    {t.visit_next_step}
                    " "
                    <span class="optional">{t.optional}</span>
                </label>
                <input
                    id="next_what"
                    name="next_what"
                    class="input"
                    autocomplete="off"
                    enterkeyhint="done"
                    aria-invalid=is_wrong(errors, VisitField::NextStep)
                    aria-describedby=described(errors, VisitField::NextStep)
                    value=fields.next_what.get_untracked()
                    on:input=text_of(fields.next_what)
                />
                {error_of(errors, VisitField::NextStep)}
            </div>
            <div class="field">
                <label class="label" for="next_on">
                    {t.visit_next_on}
                </label>
                <input
                    id="next_on"
                    name="next_on"
                    class="input"
                    type="date"
                    min=today.to_string()
                    aria-invalid=is_wrong(errors, VisitField::NextStepOn)
                    aria-describedby=described(errors, VisitField::NextStepOn)
                    prop:value=move || fields.next_on.get()
                    on:input=text_of(fields.next_on)
                />
                <div class="row">{in_days(7, t.in_a_week)} {in_days(14, t.in_two_weeks)} {in_days(30, t.in_a_month)}</div>
                {error_of(errors, VisitField::NextStepOn)}
            </div>
        </div>
    }
    .into_any()
}

/// Day, time and place: right without a touch for most visits, so behind one line.
fn when_and_where(fields: Fields, errors: RwSignal<Vec<VisitError>>, today: NaiveDate) -> AnyView {
    let t = words();
    let places = Place::ALL.iter().map(|place| option(place.code(), t.place(*place), None)).collect();
    let summary = move || {
        let day = fields.day.get().parse().unwrap_or(today);
        let place = Place::parse(&fields.place.get()).unwrap_or(Place::Workplace);
        format!("{}: {}, {}", t.visit_when_and_where, language().day(day), t.place(place).to_lowercase())
    };
    view! {
        <details class="card">
            <summary>{summary}</summary>
            <div class="stack">
                <div class="field">
                    <label class="label" for="day">
                        {t.visit_day}
                    </label>
                    <input
                        id="day"
                        name="day"
                        class="input short"
                        type="date"
                        max=today.to_string()
                        aria-invalid=is_wrong(errors, VisitField::Day)
                        aria-describedby=described(errors, VisitField::Day)
                        value=fields.day.get_untracked()
                        on:input=text_of(fields.day)
                    />
                    {error_of(errors, VisitField::Day)}
                </div>
                <div class="field">
                    <label class="label" for="time">
                        {t.visit_time}
                    </label>
                    <input
                        id="time"
                        name="time"
                        class="input short"
                        type="time"
                        value=fields.time.get_untracked()
                        on:input=text_of(fields.time)
                    />
                </div>
                {choices("place", "choices", t.visit_place.into_any(), places, fields.place)}
            </div>
        </details>
    }
    .into_any()
}

/// The employer: one of the last eight, one that the search finds, or a new name on the spot.
fn employer_picker(fields: Fields, recent: Vec<FormEmployer>, errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    let recent = StoredValue::new(recent);
    view! {
        <fieldset class="stack tight" id="employer" tabindex="-1">
            <legend class="label">{t.employer}</legend>
            {error_of(errors, VisitField::Employer)}
            {move || match fields.employer.get() {
                Some(picked) => picked_employer(fields, picked),
                None => search_employer(fields, recent.get_value(), errors),
            }}
        </fieldset>
    }
    .into_any()
}

fn picked_employer(fields: Fields, picked: Picked) -> AnyView {
    let t = words();
    let new = picked.known.is_none();
    view! {
        <div class="card row between">
            <span>
                <span class="row-title" data-picked>
                    {picked.name}
                </span>
                " "
                <span class="row-sub">{picked.municipality}</span>
                {new.then(|| view! { <span class="tag tag-accent">{t.employer_new}</span> })}
            </span>
            <button
                type="button"
                class="button"
                id="employer-change"
                on:click=move |_| {
                    fields.employer.set(None);
                    focus_soon("employer-search");
                }
            >
                {t.change}
            </button>
        </div>
    }
    .into_any()
}

fn search_employer(fields: Fields, recent: Vec<FormEmployer>, errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Result<Vec<FormEmployer>, ()>>);
    let pick = move |picked: Picked| {
        errors.update(|errors| errors.retain(|error| error.field() != VisitField::Employer));
        fields.employer.set(Some(picked));
        focus_soon("employer-change");
    };
    let on_input = move |event| {
        let typed = event_target_value(&event);
        text.set(typed.clone());
        search(typed, text, found);
    };
    let recent = StoredValue::new(recent);
    let offer = move |employer: FormEmployer| {
        let picked = picked(employer.clone());
        view! {
            <li>
                <button type="button" class="picker-option" on:click=move |_| pick(picked.clone())>
                    <span>
                        <span class="row-title">{employer.name}</span>
                        <span class="row-sub">{employer.municipality}</span>
                    </span>
                </button>
            </li>
        }
    };
    let add_new = move || {
        let name = text.get().trim().to_owned();
        (!name.is_empty() && found.with(Option::is_some)).then(|| {
            let picked = Picked { known: None, name: name.clone(), municipality: None };
            view! {
                <li>
                    <button type="button" class="picker-option" on:click=move |_| pick(picked.clone())>
                        {Icon::Plus.view()}
                        <span>
                            <span class="row-title">{(t.employer_add)(&name)}</span>
                        </span>
                    </button>
                </li>
            }
        })
    };
    view! {
        <div class="search">
            {Icon::Search.view()}
            <input
                class="input"
                type="search"
                id="employer-search"
                aria-label=t.employer_search
                placeholder=t.employer_search_or_add
                autocomplete="off"
                enterkeyhint="search"
                aria-describedby=described(errors, VisitField::Employer)
                on:input=on_input
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
        </div>
        <p class="visually-hidden" role="status">
            {move || found.get().and_then(Result::ok).map(|rows| (t.employers_found)(rows.len()))}
        </p>
        <ul class="picker">
            {move || match found.get() {
                None => recent.get_value().into_iter().map(offer).collect_view().into_any(),
                Some(Ok(rows)) => rows.into_iter().map(offer).collect_view().into_any(),
                Some(Err(())) => {
                    view! { <li class="hint">{t.employer_search_failed}</li> }.into_any()
                }
            }}
            {add_new}
        </ul>
    }
    .into_any()
}

/// Asks the server for employers that fit what was typed, unless more has been typed since.
fn search(typed: String, text: RwSignal<String>, found: RwSignal<Option<Result<Vec<FormEmployer>, ()>>>) {
    if typed.trim().is_empty() {
        found.set(None);
        return;
    }
    leptos::task::spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(150).await;
        let still_typed = move || text.try_with_untracked(|now| *now == typed);
        if still_typed() != Some(true) {
            return;
        }
        let query = EmployerQuery { text: text.get_untracked(), ..EmployerQuery::default() };
        let answer = ask(Ask::Employers(query)).await;
        if still_typed() == Some(true) {
            let row = |row: domain::employers::EmployerRow| FormEmployer {
                id: row.id,
                name: row.name,
                municipality: row.municipality,
            };
            let rows = match answer {
                Ok(Data::Employers(list)) => {
                    Ok(list.rows.into_iter().take(RECENT_SHOWN as usize).map(row).collect())
                }
                _ => Err(()),
            };
            found.try_set(Some(rows));
        }
    });
}
