//! The form that logs or amends a visit. Everything but the employer has a good default; what is wrong
//! is said beside its field and in a summary, and nothing that was typed is lost.
//!
//! It is a plain form first: without any browser code its buttons post it, and the server saves it or
//! shows it once more. What stands in it is kept as a draft by the loader (`app/client/boot.js`).

use crate::i18n::{Dates, language, words};
use crate::outbox::{Heard, Outbox};
use crate::register::{Register, Similar};
use crate::ui::{
    Choice, Icon, Toast, Toasts, choices, focus_soon, put, standing_in, stepper, text_of, typed,
};
use chrono::{Days, NaiveDate};
use domain::clients::FormClient;
use domain::codes::{Code, Mode, Purpose, SupportPlace as Place};
use domain::ids::{CommandId, EmployerId, PersonId, VisitId};
use domain::sync::{Command, OnVisit, Refusal};
use domain::visits::{
    AmendVisit, Amended, FormColleague, FormEmployer, LogVisit, NO, VisitError, VisitField, VisitFields,
    VisitForm, YES, usual_place,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The employer that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Picked {
    /// None for a new one.
    known: Option<EmployerId>,
    name: String,
    municipality: String,
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
    with: RwSignal<String>,
    decision_maker: RwSignal<String>,
    minutes: RwSignal<String>,
    place: RwSignal<String>,
    summary: RwSignal<String>,
    next_what: RwSignal<String>,
    next_on: RwSignal<String>,
}

impl Fields {
    fn new(id: CommandId, known: VisitFields) -> Self {
        // What a person typed into the server's page before the browser code came is kept.
        let form = id.to_string();
        let text = |name: &str, value: String| RwSignal::new(typed(&form, name).unwrap_or(value));
        let id = known.employer.parse().ok();
        let picked = (id.is_some() || known.new_employer == YES).then_some(Picked {
            known: id,
            name: known.employer_name,
            municipality: known.municipality,
        });
        Self {
            employer: RwSignal::new(picked),
            day: text("day", known.day),
            time: text("time", known.time),
            mode: text("mode", known.mode),
            purpose: text("purpose", known.purpose),
            client: text("client", known.client),
            with: text("with", known.with),
            decision_maker: text("decision_maker", known.decision_maker),
            minutes: text("minutes", known.minutes),
            place: text("place", known.place),
            summary: text("summary", known.summary),
            next_what: text("next_what", known.next_what),
            next_on: text("next_on", known.next_on),
        }
    }

    /// What stands in the form now; asks again with each change.
    fn followed(self) -> VisitFields {
        self.employer.track();
        let texts = [
            self.day,
            self.time,
            self.mode,
            self.purpose,
            self.client,
            self.with,
            self.decision_maker,
            self.minutes,
            self.place,
            self.summary,
            self.next_what,
            self.next_on,
        ];
        for text in texts {
            text.track();
        }
        self.all()
    }

    /// What stands in the form now.
    fn all(self) -> VisitFields {
        let text = |field: RwSignal<String>| field.get_untracked();
        let picked = self.employer.get_untracked();
        let known = picked.as_ref().and_then(|picked| picked.known);
        let (employer_name, municipality) =
            picked.map(|picked| (picked.name, picked.municipality)).unwrap_or_default();
        VisitFields {
            employer: known.map(|id| id.to_string()).unwrap_or_default(),
            employer_name,
            municipality,
            new_employer: String::new(),
            day: text(self.day),
            time: text(self.time),
            mode: text(self.mode),
            purpose: text(self.purpose),
            client: text(self.client),
            with: text(self.with),
            decision_maker: text(self.decision_maker),
            minutes: text(self.minutes),
            place: text(self.place),
            summary: text(self.summary),
            next_what: text(self.next_what),
            next_on: text(self.next_on),
        }
    }
}

fn picked(employer: FormEmployer) -> Picked {
    Picked {
        known: Some(employer.id),
        name: employer.name,
        municipality: employer.municipality.unwrap_or_default(),
    }
}

/// How far the form is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Being filled in.
    Open,
    /// On its way.
    Sending,
    /// On this phone's disk, and on its way from there.
    OnPhone,
    /// The same entry is finished in another tab: this one can't be saved any more.
    Taken,
    /// The person has gone on.
    Over,
}

/// So long a form waits for the server when what it holds is safe on the phone, in milliseconds.
const PATIENCE: u32 = 400;
/// So long after the last touch a draft is kept, in milliseconds (O11).
const QUIET: u32 = 1_000;

/// What the form is about: the identity of its entry, what it amends, and the day.
#[derive(Clone, Copy)]
struct About {
    id: CommandId,
    /// Whose form it is, whoever has signed in meanwhile in another tab (O20).
    author: Option<PersonId>,
    amends: Option<Amended>,
    today: NaiveDate,
}

/// The form.
pub(super) fn form(known: VisitForm) -> AnyView {
    let t = words();
    let (id, amends, values) = (known.id, known.amends, known.fields);
    let about = About { id, author: known.author, amends, today: known.today };
    let asked = values.employer_name.clone();
    let fields = Fields::new(id, values);
    follow_mode(fields);
    keep_drafts(fields, about);
    let errors = RwSignal::new(known.errors);
    let progress = RwSignal::new(Progress::Open);
    let today = known.today;
    let save = saver(fields, about, errors, progress);
    let busy = move || progress.get() != Progress::Open;
    let save_word = if amends.is_some() { t.amend_save } else { t.visit_save };
    let hidden = |name: &'static str, value: String| view! { <input type="hidden" name=name value=value /> };
    // A draft is nobody's but its author's, whoever has signed in meanwhile in another tab (O20).
    let author = known.author.map(|author| hidden("author", author.to_string()));
    let base = amends.map(|amended| {
        [hidden("amends", amended.visit.to_string()), hidden("version", amended.version.to_string())]
            .collect_view()
    });

    view! {
        <form
            class="form"
            method="post"
            action="/visits/new"
            novalidate
            data-draft=id.to_string()
            data-words=""
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            // Enter presses the first button of a form: here it saves.
            <button hidden></button>
            {hidden("id", id.to_string())}
            {author}
            {base}
            {error_summary(errors)}
            {known.now.map(|now| meanwhile(fields, &now, &known.caseload, &known.colleagues))}
            {employer_picker(fields, known.recent, known.found, asked, errors)}
            {choices("mode", "choices", t.visit_mode.into_any(), mode_options(), fields.mode)}
            {choices("purpose", "choices", t.visit_purpose.into_any(), purpose_options(), fields.purpose)}
            {client_choices(fields, known.caseload.clone(), errors)}
            {choices("decision_maker", "choices even", t.visit_decision_maker.into_any(), yes_no(), fields.decision_maker)}
            {minutes_field(fields, errors)}
            {summary_field(fields, errors)}
            {next_step_fields(fields, errors, today)}
            {when_and_where(fields, known.colleagues, errors, today)}
            {move || {
                (progress.get() == Progress::Taken)
                    .then(|| {
                        view! {
                            <div class="notice notice-warn" role="alert">
                                {Icon::Warning.view()}
                                <p>{t.visit_taken}</p>
                            </div>
                        }
                    })
            }}
            <div class="save-bar">
                <button class="button button-primary" prop:disabled=busy>
                    {move || match progress.get() {
                        Progress::Open | Progress::Taken => save_word,
                        Progress::Sending => t.saving,
                        Progress::OnPhone | Progress::Over => t.saved_on_phone,
                    }}
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

/// Keeps what stands in the form, sealed on this phone, soon after the last touch: a killed tab loses no more than that.
fn keep_drafts(fields: Fields, about: About) {
    let outbox = expect_context::<Outbox>();
    let turn = StoredValue::new(0_u32);
    // What was touched and not handed over yet.
    let touched = StoredValue::new(None::<VisitFields>);
    let keep = move || {
        let fields = touched.try_update_value(Option::take).flatten();
        if let Some(fields) = fields {
            outbox.keep_draft(about.id, about.author, fields, about.amends);
        }
    };
    // A phone may kill a page that nobody sees.
    let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| keep());
    let left = window_event_listener(leptos::ev::pagehide, move |_| keep());
    on_cleanup(move || {
        hidden.remove();
        left.remove();
    });
    Effect::new(move |_| outbox.prepare());
    Effect::new(move |before: Option<VisitFields>| {
        let now = fields.followed();
        if before.is_some_and(|before| before != now) && now.is_worth_keeping() {
            turn.update_value(|turn| *turn += 1);
            let last = turn.get_value();
            touched.set_value(Some(now.clone()));
            leptos::task::spawn_local(async move {
                gloo_timers::future::TimeoutFuture::new(QUIET).await;
                if turn.try_get_value() == Some(last) {
                    keep();
                }
            });
        }
        now
    });
}

/// What stands now and what was typed, field by field where they differ: a person picks.
fn meanwhile(
    fields: Fields,
    now: &VisitFields,
    caseload: &[FormClient],
    colleagues: &[FormColleague],
) -> AnyView {
    let t = words();
    let of = |text: &str| match text {
        YES => t.yes.to_owned(),
        _ => t.no.to_owned(),
    };
    let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| language().day(day));
    let client = |text: &str| {
        let known = caseload.iter().find(|client| client.id.to_string() == text);
        known.map_or_else(|| t.visit_nobody.to_owned(), |client| client.alias.clone())
    };
    let colleague = |text: &str| {
        let known = colleagues.iter().find(|colleague| colleague.id.to_string() == text);
        known.map_or_else(|| t.visit_with_nobody.to_owned(), |colleague| colleague.name.clone())
    };
    let mode = |text: &str| word_of(text, |mode| t.mode(mode));
    let purpose = |text: &str| word_of(text, |purpose| t.purpose(purpose));
    let place = |text: &str| word_of(text, |place| t.place(place));
    let plain = |text: &str| text.to_owned();
    type Said<'a> = &'a dyn Fn(&str) -> String;
    let all: [(&'static str, &'static str, RwSignal<String>, &str, Said<'_>); 12] = [
        ("mode", t.visit_mode, fields.mode, &now.mode, &mode),
        ("purpose", t.visit_purpose, fields.purpose, &now.purpose, &purpose),
        ("client", t.visit_client, fields.client, &now.client, &client),
        ("decision_maker", t.visit_decision_maker, fields.decision_maker, &now.decision_maker, &of),
        ("minutes", t.visit_minutes, fields.minutes, &now.minutes, &plain),
        ("summary", t.visit_summary, fields.summary, &now.summary, &plain),
        ("next_what", t.visit_next_step, fields.next_what, &now.next_what, &plain),
        ("next_on", t.visit_next_on, fields.next_on, &now.next_on, &day),
        ("day", t.visit_day, fields.day, &now.day, &day),
        ("time", t.visit_time, fields.time, &now.time, &plain),
        ("place", t.visit_place, fields.place, &now.place, &place),
        ("with", t.visit_with, fields.with, &now.with, &colleague),
    ];
    let differs = all.into_iter().filter(|(_, _, field, now, _)| field.with_untracked(|own| own != now));
    let rows = differs
        .map(|(name, label, field, now, said)| {
            let own = field.get_untracked();
            let line =
                |word: &str, text: &str| format!("{word}: {}", if text.is_empty() { "–" } else { text });
            let (theirs, mine) = (line(t.conflict_now, &said(now)), line(t.conflict_yours, &said(&own)));
            let now = now.to_owned();
            let taken = {
                let now = now.clone();
                Memo::new(move |_| field.with(|field| *field == now))
            };
            view! {
                <li class="list-row">
                    <span class="row-main">
                        <span class="row-title">{label}</span>
                        <span class="row-sub">{theirs}</span>
                        <span class="row-sub">{mine}</span>
                    </span>
                    <span class="row-end">
                        <button
                            type="button"
                            class="button button-small"
                            on:click=move |_| {
                                let text = if taken.get_untracked() { own.clone() } else { now.clone() };
                                put(name, &text);
                                field.set(text);
                            }
                        >
                            {move || if taken.get() { t.conflict_keep } else { t.conflict_take }}
                            <span class="visually-hidden">": " {label}</span>
                        </button>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card flush" aria-labelledby="meanwhile">
            <div class="card-head">
                <h2 id="meanwhile">{t.conflict_title}</h2>
            </div>
            <p>{t.conflict_lead}</p>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// What a code is called; a code that nobody knows stands as it is.
fn word_of<C: Code>(text: &str, word: impl Fn(C) -> &'static str) -> String {
    C::parse(text).map_or_else(|_| text.to_owned(), |code| word(code).to_owned())
}

/// Checks, hands over to the outbox, and says what came of it.
fn saver(
    fields: Fields,
    about: About,
    errors: RwSignal<Vec<VisitError>>,
    progress: RwSignal<Progress>,
) -> impl Fn() + Clone {
    let outbox = expect_context::<Outbox>();
    let toasts = expect_context::<Toasts>();
    let navigate = StoredValue::new_local(use_navigate());
    let About { id, author, amends, today } = about;
    move || {
        if progress.get_untracked() != Progress::Open {
            return;
        }
        let typed = fields.all();
        let name = typed.employer_name.clone();
        let visit = match typed.read(id, today) {
            Ok(visit) => visit,
            Err(found) => return show_errors(errors, found),
        };
        errors.set(Vec::new());
        progress.set(Progress::Sending);
        // The person is here still.
        let is_here = move || progress.try_get_untracked().is_some_and(|progress| progress != Progress::Over);
        // Goes on once: to Today, with a word.
        let go_on = move |say: &dyn Fn()| {
            if is_here() {
                progress.set(Progress::Over);
                say();
                navigate.with_value(|navigate| navigate("/", leptos_router::NavigateOptions::default()));
            }
        };
        outbox.submit(id, author, &command(amends, visit), move |heard| {
            let name = name.clone();
            match heard {
                Heard::Saved => {
                    progress.try_set(Progress::OnPhone);
                    leptos::task::spawn_local(async move {
                        gloo_timers::future::TimeoutFuture::new(PATIENCE).await;
                        let said = words().visit_on_phone.of(&name);
                        go_on(&|| say_saved(toasts, outbox, (id, amends), said.clone(), &name));
                    });
                }
                // The form stays open: what is in it is all that there is of it.
                Heard::NotSaved => {}
                Heard::Taken => {
                    progress.try_set(Progress::Taken);
                }
                Heard::Arrived(_) => {
                    let t = words();
                    let said =
                        if amends.is_some() { t.visit_amended.of(&name) } else { t.visit_saved.of(&name) };
                    if is_here() {
                        go_on(&|| say_saved(toasts, outbox, (id, amends), said.clone(), &name));
                    } else {
                        outbox.say_late();
                    }
                }
                Heard::Refused(Refusal::Visit(found)) => {
                    if is_here() {
                        progress.set(Progress::Open);
                        show_errors(errors, found);
                    }
                }
                // The strip on every page says so.
                Heard::Refused(_) | Heard::Held => go_on(&|| ()),
            }
        });
    }
}

/// The command of the form.
fn command(amends: Option<Amended>, visit: LogVisit) -> Command {
    match amends {
        Some(Amended { visit: of, version }) => {
            Command::AmendVisit(AmendVisit { visit: of, version, to: visit })
        }
        None => Command::LogVisit(visit),
    }
}

/// Says what was saved, with a way back for a new visit.
fn say_saved(
    toasts: Toasts,
    outbox: Outbox,
    (id, amends): (CommandId, Option<Amended>),
    text: String,
    name: &str,
) {
    let t = words();
    let name = name.to_owned();
    let undo = Callback::new(move |()| {
        let said = name.clone();
        let on = OnVisit { visit: VisitId(id.uuid()) };
        outbox.do_now(&Command::WithdrawVisit(on), move || {
            toasts.show(Toast { text: t.visit_undone.of(&said), undo: None });
        });
    });
    toasts.show(Toast { text, undo: amends.is_none().then_some(undo) });
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
        VisitField::With => "with",
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

fn client_choices(fields: Fields, caseload: Vec<FormClient>, errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    if caseload.is_empty() {
        return ().into_any();
    }
    let mut options = vec![option("", t.visit_nobody, None)];
    options.extend(caseload.into_iter().map(|client| {
        let alias = if client.alias.is_empty() { t.visit_for_somebody.to_owned() } else { client.alias };
        option(client.id.to_string(), alias, None)
    }));
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
                    value=fields.next_on.get_untracked()
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

/// Day, time, place and company: right without a touch for most visits, so behind one line.
fn when_and_where(
    fields: Fields,
    colleagues: Vec<FormColleague>,
    errors: RwSignal<Vec<VisitError>>,
    today: NaiveDate,
) -> AnyView {
    let t = words();
    let places = Place::ALL.iter().map(|place| option(place.code(), t.place(*place), None)).collect();
    let summary = move || {
        let day = fields.day.get().parse().unwrap_or(today);
        let place = Place::parse(&fields.place.get()).unwrap_or(Place::Workplace);
        format!("{}: {}, {}", t.visit_when_and_where, language().day(day), t.place(place).to_lowercase())
    };
    let behind = |error: &VisitError| matches!(error.field(), VisitField::Day | VisitField::With);
    let open = move || errors.with(|errors| errors.iter().any(behind));
    let with = (!colleagues.is_empty()).then(|| {
        let mut options = vec![option("", t.visit_with_nobody, None)];
        options.extend(
            colleagues.into_iter().map(|colleague| option(colleague.id.to_string(), colleague.name, None)),
        );
        view! {
            <div id="with">
                {choices("with", "choices", t.visit_with.into_any(), options, fields.with)}
                {error_of(errors, VisitField::With)}
            </div>
        }
    });
    view! {
        <details class="card" open=open>
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
                {with}
            </div>
        </details>
    }
    .into_any()
}

/// The employer: one of the last eight, one that the search finds, or a new name on the spot.
/// `found` and `typed` come from a plain form post.
fn employer_picker(
    fields: Fields,
    recent: Vec<FormEmployer>,
    found: Option<Vec<FormEmployer>>,
    typed: String,
    errors: RwSignal<Vec<VisitError>>,
) -> AnyView {
    let t = words();
    let offered = StoredValue::new((recent, found, typed));
    view! {
        <fieldset class="stack tight" id="employer" tabindex="-1">
            <legend class="label">{t.employer}</legend>
            {error_of(errors, VisitField::Employer)}
            {move || match fields.employer.get() {
                Some(picked) => picked_employer(fields, picked),
                None => search_employer(fields, offered, errors),
            }}
        </fieldset>
    }
    .into_any()
}

fn picked_employer(fields: Fields, picked: Picked) -> AnyView {
    let t = words();
    let new = picked.known.is_none();
    let id = picked.known.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <div class="card row between">
            <input type="hidden" name="employer" value=id />
            <input type="hidden" name="employer_name" value=picked.name.clone() />
            <input type="hidden" name="municipality" value=picked.municipality.clone() />
            <input type="hidden" name="new_employer" value=new.then_some(YES) />
            <span>
                <span class="row-title" data-picked>
                    {picked.name}
                </span>
                " "
                <span class="row-sub">{picked.municipality}</span>
                {new.then(|| view! { <span class="tag tag-accent">{t.employer_new}</span> })}
            </span>
            <button
                class="button"
                id="employer-change"
                name="do"
                value="change"
                on:click=move |event| {
                    event.prevent_default();
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

type Offered = StoredValue<(Vec<FormEmployer>, Option<Vec<FormEmployer>>, String)>;

fn search_employer(fields: Fields, offered: Offered, errors: RwSignal<Vec<VisitError>>) -> AnyView {
    let t = words();
    let (recent, found, typed) = offered.get_value();
    let register = expect_context::<Register>();
    let text = RwSignal::new(typed);
    // The names come at once, so that no list changes under a finger; what was typed before the
    // browser code came is searched for then.
    Effect::new(move |_| {
        register.fetch();
        if let Some(typed) = standing_in("employer-search") {
            text.set(typed);
        }
    });
    let pick = move |picked: Picked| {
        errors.update(|errors| errors.retain(|error| error.field() != VisitField::Employer));
        fields.employer.set(Some(picked));
        focus_soon("employer-change");
    };
    let offer = move |employer: FormEmployer| {
        let id = employer.id.to_string();
        let (name, place) = (employer.name.clone(), employer.municipality.clone());
        let silenced =
            employer.do_not_contact.then(|| view! { <span class="tag tag-warn">{t.do_not_contact}</span> });
        let picked = picked(employer);
        view! {
            <li>
                <button
                    class="picker-option"
                    name="pick"
                    value=id
                    on:click=move |event| {
                        event.prevent_default();
                        pick(picked.clone());
                    }
                >
                    <span>
                        <span class="row-title">{name}</span>
                        <span class="row-sub">{place}</span>
                    </span>
                    {silenced}
                </button>
            </li>
        }
        .into_any()
    };
    // What the register finds, once it is there; before, and without browser code, what the server did.
    let searched = Memo::new(move |_| text.with(|text| register.search(text)));
    let similar = Memo::new(move |_| text.with(|text| register.similar(text)));
    let shown = move || {
        searched
            .get()
            .or_else(|| found.clone())
            .unwrap_or_else(|| recent.clone())
            .into_iter()
            .map(offer)
            .collect_view()
    };
    let add_new = move || {
        let name = text.with(|text| text.trim().to_owned());
        (!name.is_empty()).then(|| {
            let warning = similar.get().map(|similar| similar_warning(&similar));
            let picked = Picked { known: None, name: name.clone(), municipality: String::new() };
            view! {
                {warning}
                <li>
                    <button
                        class="picker-option"
                        name="do"
                        value="new"
                        on:click=move |event| {
                            event.prevent_default();
                            pick(picked.clone());
                        }
                    >
                        {Icon::Plus.view()}
                        <span>
                            <span class="row-title">{t.employer_add.of(&name)}</span>
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
                name="employer_name"
                aria-label=t.employer_search
                placeholder=t.employer_search_or_add
                autocomplete="off"
                enterkeyhint="search"
                aria-describedby=described(errors, VisitField::Employer)
                value=text.get_untracked()
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
            <noscript>
                <button class="button" name="do" value="find">
                    {t.employer_find}
                </button>
            </noscript>
        </div>
        <p class="visually-hidden" role="status">
            {move || searched.get().map(|rows| t.employers_found.of(rows.len()))}
        </p>
        <ul class="picker">{shown} {add_new}</ul>
    }
    .into_any()
}

/// Says that the typed name is very like one in the register: it can still be added.
fn similar_warning(similar: &Similar) -> AnyView {
    let t = words();
    let about: Vec<String> =
        std::iter::once(similar.name.clone()).chain(similar.municipality.clone()).collect();
    view! {
        <li class="hint">
            {Icon::Warning.view()}
            <span role="status">{t.employer_similar} " " {about.join(", ")}</span>
        </li>
    }
    .into_any()
}

/// What the kit shows the pieces of the form with.
#[cfg(feature = "ssr")]
pub(crate) struct Known {
    pub(crate) fields: VisitFields,
    pub(crate) today: NaiveDate,
    pub(crate) offered: Vec<FormEmployer>,
    pub(crate) clients: Vec<FormClient>,
    pub(crate) colleagues: Vec<FormColleague>,
    pub(crate) errors: Vec<VisitError>,
}

/// Every piece of the form, for the kit: with what is wrong, searching, and with an employer picked.
#[cfg(feature = "ssr")]
pub(crate) fn pieces(known: Known) -> AnyView {
    let t = words();
    let fields = Fields::new(CommandId(uuid::Uuid::nil()), known.fields);
    let errors = RwSignal::new(known.errors);
    let picked = Picked { known: None, name: "Oy X".to_owned(), municipality: "Kuopio".to_owned() };
    let similar = Similar { name: "Oy X Ab".to_owned(), municipality: Some("Kuopio".to_owned()) };
    view! {
        {error_summary(errors)}
        {employer_picker(fields, known.offered, None, String::new(), errors)}
        <ul class="picker">{similar_warning(&similar)}</ul>
        {picked_employer(fields, picked)}
        {choices("mode", "choices", t.visit_mode.into_any(), mode_options(), fields.mode)}
        {client_choices(fields, known.clients, errors)}
        {minutes_field(fields, errors)}
        {summary_field(fields, errors)}
        {next_step_fields(fields, errors, known.today)}
        {when_and_where(fields, known.colleagues, errors, known.today)}
    }
    .into_any()
}
