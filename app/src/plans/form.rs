//! The form of a plan: a plain post. Its rows are free ones that open one after the other, and more of them come
//! with a press that loses nothing of what was typed.

use super::paper::{present, topics};
use super::words::{fill, plan_words};
use crate::desk::Content;
use crate::desk::fields::{Field, buttons, side_by_side, summary};
use crate::i18n::{Dates, language};
use crate::ui::Icon;
use backend::plans::{ActionSeen, Helper, PlanForm, PlanPage};
use domain::codes::Code;
use domain::plans::{
    ActionFields, ActionKind, Attendee, Plan, PlanFields, THE_CLIENT, Topic, Wrong, open_actions,
};
use leptos::prelude::*;
use uuid::Uuid;

/// A plan as it was typed.
#[derive(Clone, Debug, Default)]
pub struct TypedPlan {
    /// All but its rows.
    pub fields: PlanFields,
    /// Its rows, the free ones among them.
    pub rows: Vec<ActionFields>,
    /// What is to be moved here of what was agreed before.
    pub carried: Vec<Uuid>,
    /// What is wrong.
    pub wrong: Wrong,
    /// Was the same form saved before with other words?
    pub again: bool,
}

impl TypedPlan {
    fn field(&self, name: &'static str) -> Field {
        let w = plan_words();
        let wrong = self.wrong.fields.iter().filter(|error| error.field() == name);
        Field::new(name, w.field(name)).wrong(wrong.map(|error| w.error(*error)))
    }

    fn input(&self, name: &'static str, kind: &'static str, hint: Option<&'static str>) -> AnyView {
        self.field(name).hint(hint).input(kind, self.fields.field(name))
    }

    fn chips(&self, name: &'static str, options: &[(String, String)]) -> AnyView {
        self.field(name).chips("checkbox", options, self.fields.field(name))
    }

    /// A field of a row; `name` is the field, `posted` what it is called in the form.
    fn of_row(&self, at: usize, name: &'static str, posted: &'static str) -> Field {
        let w = plan_words();
        let wrong = self.wrong.rows.iter().filter(|(row, error)| *row == at && error.field() == name);
        Field::new(posted, w.field(name))
            .of_form(&format!("r{at}-"))
            .wrong(wrong.map(|(_, error)| w.error(*error)))
    }

    /// Everything that is wrong, each a way to its field.
    fn summary(&self) -> AnyView {
        let w = plan_words();
        let fields = self.wrong.fields.iter().filter(|error| !error.field().is_empty());
        let fields = fields.map(|error| {
            (error.field().to_owned(), format!("{}: {}", w.field(error.field()), w.error(*error)))
        });
        let rows = self.wrong.rows.iter().map(|(at, error)| {
            let row = fill(w.row, &[&(at + 1).to_string()]);
            (format!("r{at}-a_{}", error.field()), format!("{row}: {}", w.error(*error)))
        });
        summary(fields.chain(rows).collect::<Vec<_>>())
    }
}

fn options<T: Code>(word: impl Fn(T) -> &'static str) -> Vec<(String, String)> {
    T::ALL.iter().map(|value| (value.code().to_owned(), word(*value).to_owned())).collect()
}

fn hidden(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// Everybody who may do something, for a choice: the client, those who sign in here, and whoever was chosen and
/// works here no longer.
pub(super) fn choices(helpers: &[Helper], actions: &[ActionSeen], chosen: &str) -> Vec<(String, String)> {
    let w = plan_words();
    let mut all = vec![(THE_CLIENT.to_owned(), w.who_client.to_owned())];
    all.extend(helpers.iter().map(|helper| (helper.id.to_string(), helper.name.clone())));
    if !chosen.is_empty() && !all.iter().any(|(value, _)| value == chosen) {
        let of = |seen: &&ActionSeen| ActionFields::of(&seen.action).who == chosen;
        let name = actions.iter().find(of).map(|seen| format!("{} ({})", seen.who, w.gone));
        all.extend(name.map(|name| (chosen.to_owned(), name)));
    }
    all
}

/// A new plan. `typed` is what came back.
#[must_use]
pub fn new_plan_page(form: &PlanForm, typed: &TypedPlan, entry: Uuid) -> Content {
    let w = plan_words();
    let at = format!("/clients/{}", form.client);
    let again = typed.again.then(|| {
        view! {
            <div class="notice notice-warn" role="alert">
                {Icon::Warning.view()} <div>
                    <p>
                        <strong>{w.check}</strong>
                    </p>
                    <p>{w.again}</p>
                </div>
            </div>
        }
    });
    let body = view! {
        {again}
        <p class="lead">{w.new_lead}</p>
        {typed.summary()}
        <form class="form card" method="post" action=format!("{at}/plans/new")>
            {hidden("id", entry.to_string())}
            {before(&form.agreed, &typed.carried)}
            {fields(typed)}
            {rows(typed, &form.helpers, &form.agreed, &[], &format!("{at}/plans/new"))}
            {buttons(crate::i18n::desk_words().save, format!("{at}/plans"))}
        </form>
    };
    Content {
        title: w.new.to_owned(),
        parent: Some((format!("{at}/plans"), format!("{}: {}", form.alias, w.plans))),
        body: body.into_any(),
    }
}

/// The correction of a plan.
#[must_use]
pub fn correction_page(page: &PlanPage, typed: &TypedPlan) -> Content {
    let w = plan_words();
    let at = format!("/plans/{}", page.id);
    let title = fill(w.plan_of, &[&language().date(page.plan.day)]);
    let there: Vec<Uuid> = page.actions.iter().map(|seen| seen.action.id).collect();
    let body = view! {
        {typed.wrong.is_stale().then(|| both(page, typed))}
        {typed.summary()}
        <form class="form card" method="post" action=format!("{at}/edit")>
            {hidden("version", page.version.to_string())}
            {fields(typed)}
            {rows(typed, &page.helpers, &page.actions, &there, &format!("{at}/edit"))}
            {buttons(crate::i18n::desk_words().save, at.clone())}
        </form>
    };
    Content {
        title: w.correct.to_owned(),
        parent: Some((at, format!("{}: {title}", page.alias))),
        body: body.into_any(),
    }
}

/// What was agreed before: what is done, and what may be moved to this plan.
fn before(agreed: &[ActionSeen], carried: &[Uuid]) -> Option<AnyView> {
    let w = plan_words();
    let open = open_actions(agreed.iter().map(|seen| &seen.action));
    let seen = |id: Uuid| agreed.iter().find(|seen| seen.action.id == id);
    let ticks = open
        .iter()
        .filter_map(|action| seen(action.id))
        .map(|seen| {
            let id = seen.action.id;
            let who = if seen.is_clients() { w.who_client.to_owned() } else { seen.who.clone() };
            let day = seen.action.by_day.map_or_else(|| w.no_day.to_owned(), |day| language().date(day));
            let gone = if seen.gone { format!(" ({})", w.gone) } else { String::new() };
            let said = format!("{}. {who}{gone}, {day}", seen.action.what);
            view! {
                <label class="choice">
                    <input type="checkbox" name="carry" value=id.to_string() checked=carried.contains(&id) />
                    <span>{said}</span>
                </label>
            }
        })
        .collect::<Vec<_>>();
    let done = agreed
        .iter()
        .filter_map(|seen| Some((seen, seen.action.done_on?)))
        .map(|(seen, day)| {
            view! { <li>{format!("{} ({})", seen.action.what, fill(w.done_on, &[&language().date(day), &seen.done_by]))}</li> }
        })
        .collect::<Vec<_>>();
    if ticks.is_empty() && done.is_empty() {
        return None;
    }
    let done = (!done.is_empty()).then(|| {
        view! {
            <h3>{w.before_done}</h3>
            <ul>{done}</ul>
        }
    });
    let ticks = (!ticks.is_empty()).then(|| {
        view! {
            <p>{w.before_lead}</p>
            <fieldset class="choices">
                <legend>{w.carry}</legend>
                {ticks}
            </fieldset>
        }
    });
    Some(
        view! {
            <div class="stack">
                <h2>{w.before}</h2>
                {ticks}
                {done}
            </div>
        }
        .into_any(),
    )
}

fn fields(typed: &TypedPlan) -> AnyView {
    let w = plan_words();
    view! {
        {typed.input("day", "date", None)}
        {typed.chips("present", &options::<Attendee>(|one| w.attendee(one)))}
        {typed.input("names", "text", Some(w.names_hint))}
        {typed.chips("topics", &options::<Topic>(|one| w.topic(one)))}
        {typed.input("wishes", "area", None)}
        {typed.input("goes_well", "area", Some(w.shared_hint))}
        {typed.input("hard", "area", Some(w.shared_hint))}
        {typed.input("agreed", "area", None)}
        {typed.input("case_workers", "text", Some(w.case_workers_hint))}
        {typed.input("next_meeting_on", "date", None)}
    }
    .into_any()
}

/// The rows. `there` are those that the plan has already; `to` is where the form goes.
fn rows(typed: &TypedPlan, helpers: &[Helper], actions: &[ActionSeen], there: &[Uuid], to: &str) -> AnyView {
    let w = plan_words();
    let first_free = typed.rows.iter().position(ActionFields::is_blank);
    let last = typed.rows.len().saturating_sub(1);
    let rows = typed
        .rows
        .iter()
        .enumerate()
        .map(|(at, fields)| {
            let is_there = fields.id.parse().is_ok_and(|id| there.contains(&id));
            let wrong = typed.wrong.rows.iter().any(|(row, _)| *row == at);
            let open = !fields.is_blank() || wrong || first_free == Some(at);
            let id = (at == last).then_some("rows-end");
            view! { <div id=id>{row(typed, (at, fields), helpers, actions, is_there, open)}</div> }
        })
        .collect_view();
    let more = format!("{to}#rows-end");
    view! {
        <div class="stack">
            <h2>{w.actions}</h2>
            <p class="hint">{w.rows_hint}</p>
            {rows}
            <p>
                <button class="button" name="do" value="more" formaction=more>
                    {Icon::Plus.view()}
                    {w.more_rows}
                </button>
            </p>
        </div>
    }
    .into_any()
}

fn row(
    typed: &TypedPlan,
    (at, fields): (usize, &ActionFields),
    helpers: &[Helper],
    actions: &[ActionSeen],
    is_there: bool,
    open: bool,
) -> AnyView {
    let w = plan_words();
    let number = (at + 1).to_string();
    let name = match fields.what.trim() {
        "" => fill(w.row_free, &[&number]),
        what => format!("{}: {what}", fill(w.row, &[&number])),
    };
    let kind = if fields.kind.is_empty() { ActionKind::Other.code() } else { fields.kind.as_str() };
    let drop = is_there.then(|| {
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    name="a_drop"
                    value=fields.id.clone()
                    checked=!fields.dropped.is_empty()
                />
                <span>{w.row_drop}</span>
            </label>
        }
    });
    view! {
        <details open=open>
            <summary>{name}</summary>
            <fieldset class="form">
                <legend class="visually-hidden">{fill(w.row, &[&number])}</legend>
                {hidden("a_id", fields.id.clone())}
                {typed.of_row(at, "what", "a_what").input("text", &fields.what)}
                {typed.of_row(at, "who", "a_who").select(Some(w.who_choose), &choices(helpers, actions, &fields.who), &fields.who)}
                {typed.of_row(at, "name", "a_name").hint(Some(w.name_hint)).input("text", &fields.name)}
                {typed.of_row(at, "by_day", "a_by_day").input("date", &fields.by_day)}
                {typed.of_row(at, "kind", "a_kind").select(None, &options::<ActionKind>(|one| w.kind_of(one)), kind)}
                {drop}
            </fieldset>
        </details>
    }
    .into_any()
}

/// When somebody else was faster: what stands now beside what was typed, where they differ.
fn both(page: &PlanPage, typed: &TypedPlan) -> AnyView {
    let w = plan_words();
    let now = PlanFields::of(&page.plan);
    // Codes are said in words.
    let typed_plan = domain::plans::read(&typed.fields, &[], 1, page.today).map(|draft| draft.plan);
    let said = |name: &str, fields: &PlanFields, plan: Option<&Plan>| match (name, plan) {
        ("present", Some(plan)) => present(plan),
        ("topics", Some(plan)) => topics(plan),
        _ => fields.field(name).to_owned(),
    };
    let mut rows: Vec<(&'static str, String, String)> = PlanFields::NAMES
        .iter()
        .map(|name| {
            let typed = said(name, &typed.fields, typed_plan.as_ref().ok());
            (w.field(name), said(name, &now, Some(&page.plan)), typed)
        })
        .collect();
    let rows_now: Vec<ActionFields> =
        page.actions.iter().map(|seen| ActionFields::of(&seen.action)).collect();
    rows.push((w.actions, listed(page, &rows_now), listed(page, &typed.rows)));
    side_by_side(rows.into_iter().filter(|(_, now, typed)| now != typed))
}

/// Rows in one line.
fn listed(page: &PlanPage, rows: &[ActionFields]) -> String {
    let one = |row: &ActionFields| {
        let who =
            choices(&page.helpers, &page.actions, &row.who).into_iter().find(|(value, _)| *value == row.who);
        let who = who.map_or_else(|| row.name.clone(), |(_, name)| name);
        let parts = [row.what.clone(), who, row.by_day.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let rows = rows.iter().filter(|row| !row.is_blank() && row.dropped.is_empty());
    rows.map(one).collect::<Vec<_>>().join("; ")
}
