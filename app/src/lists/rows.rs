//! The rows of a list beside the register, by groups, and what becomes of them.

use super::{list_words, outcome};
use crate::desk::trouble;
use crate::desk::{Content, Done, done_notice, pager};
use crate::i18n::desk_words;
use crate::ui::Icon;
use backend::lists::{Compared, ComparedRow};
use domain::lists::compare::{Decision, Found, Group};
use leptos::prelude::*;

/// So many rows are on a page.
pub const ROWS_SHOWN: usize = 50;

/// The groups with their rules, and the rows of one of them.
#[must_use]
pub fn rows_page(
    compared: &Compared,
    group: Option<Group>,
    page: usize,
    saved: bool,
    refused: bool,
) -> Content {
    let w = list_words();
    let here = format!("/employers/lists/{}", compared.list.id);
    let open = compared.outcome.open;
    let wrong = refused.then(|| w.open.of(open));
    let group = group.or_else(|| Group::ALL.into_iter().find(|group| compared.of(*group).next().is_some()));
    let saved = saved.then(|| done_notice(Done { text: w.saved.to_owned(), undo: None }));
    let waits = (open > 0).then(|| {
        view! {
            <p class="notice notice-warn">
                {Icon::Warning.view()} <span>{w.open.of(open)}</span>
            </p>
        }
    });
    let outcome_now = &compared.outcome;
    let count = outcome_now.added + outcome_now.filled;
    Content {
        title: compared.list.file_name.clone(),
        parent: Some((here.clone(), w.back_to_columns.to_owned())),
        body: view! {
            {trouble(wrong)}
            {saved}
            <form class="form" method="post" action=format!("{here}/rows")>
                <section class="card">
                    <h2>{w.rows}</h2>
                    <p>{w.rows_lead}</p>
                    {groups(compared, group, &here)}
                </section>
                {group.map(|group| rows(compared, group, page, &here))}
                <p class="row">
                    <button class="button">{w.save_choices}</button>
                </p>
            </form>
            <section class="card">
                <h2>{w.would}</h2>
                {waits}
                {outcome(outcome_now)}
                <form method="post" action=format!("{here}/write")>
                    <p class="row">
                        <button class="button button-primary">{w.write.of(w.rows_of.of(count))}</button>
                    </p>
                </form>
            </section>
        }
        .into_any(),
    }
}

/// Each group that has rows: how many, what is meant, the rule.
fn groups(compared: &Compared, shown: Option<Group>, here: &str) -> AnyView {
    let w = list_words();
    let line = |group: Group| {
        let count = compared.of(group).count();
        if count == 0 {
            return None;
        }
        let (name, text) = w.group(group);
        let rule = compared.list.settling.rule(group);
        let current = (shown == Some(group)).then_some("true");
        let to = format!("{here}/rows?group={}", group.code());
        let label = format!("{}: {name}", w.rule);
        let control = (group.choices().len() > 1)
            .then(|| select(&format!("rule-{}", group.code()), &label, group.choices(), Some(rule), None));
        Some(view! {
            <div class="field">
                <p class="label">
                    <a href=to aria-current=current>
                        {name}
                    </a>
                    " · "
                    {w.rows_of.of(count)}
                </p>
                <p class="hint">{text}</p>
                {control}
            </div>
        })
    };
    Group::ALL.into_iter().map(line).collect_view().into_any()
}

/// A choice of what becomes of rows. `by_rule` is the rule of a single row's group.
fn select(
    name: &str,
    label: &str,
    choices: &'static [Decision],
    chosen: Option<Decision>,
    by_rule: Option<Decision>,
) -> AnyView {
    let w = list_words();
    let usual = by_rule.map(|rule| {
        let text = w.by_rule.of(w.decision(rule));
        view! { <option value=Decision::Ask.code() selected=chosen.is_none()>{text}</option> }
    });
    let options = choices
        .iter()
        .filter(|choice| by_rule.is_none() || **choice != Decision::Ask)
        .map(|choice| {
            let selected = chosen == Some(*choice);
            view! { <option value=choice.code() selected=selected>{w.decision(*choice)}</option> }
        })
        .collect_view();
    view! {
        <select class="input" name=name.to_owned() aria-label=label.to_owned()>
            {usual}
            {options}
        </select>
    }
    .into_any()
}

fn rows(compared: &Compared, group: Group, page: usize, here: &str) -> AnyView {
    let w = list_words();
    let all = compared.of(group).count();
    let rule = compared.list.settling.rule(group);
    let lines = compared
        .of(group)
        .skip(page * ROWS_SHOWN)
        .take(ROWS_SHOWN)
        .map(|row| line(row, group, rule))
        .collect_view();
    let to = |page: usize| format!("{here}/rows?group={}&page={page}", group.code());
    let pages = pager(page, all > (page + 1) * ROWS_SHOWN, to);
    let (name, _) = w.group(group);
    view! {
        <section class="card">
            <h2>{name} " (" {w.rows_of.of(all)} ")"</h2>
            <input type="hidden" name="group" value=group.code() />
            <input type="hidden" name="page" value=page.to_string() />
            <div class="table-wrap" tabindex="0" role="region" aria-label=name>
                <table class="table table-stack">
                    <caption class="visually-hidden">{name}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w.line}</th>
                            <th scope="col">{w.in_list}</th>
                            <th scope="col">{w.in_register}</th>
                            <th scope="col">{w.what}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {pages}
        </section>
    }
    .into_any()
}

fn line(row: &ComparedRow, group: Group, rule: Decision) -> AnyView {
    let (t, w) = (desk_words(), list_words());
    let candidate = &row.candidate;
    let facts = &candidate.facts;
    let told = |parts: &[&String]| {
        parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(", ")
    };
    let more = told(&[&facts.business_id, &facts.street, &facts.postal_code, &facts.municipality]);
    let person = &candidate.person;
    let person = told(&[&person.name, &person.title, &person.phone, &person.email]);
    let errors = candidate
        .errors
        .iter()
        .map(|error| {
            let said = format!("{}: {}", t.field(error.field()), t.edit_error(error));
            view! { <p class="error">{Icon::Error.view()} {said}</p> }
        })
        .collect_view();
    let left_out = (group != Group::Wrong && !candidate.errors.is_empty())
        .then(|| view! { <p class="hint">{w.left_out_cells}</p> });
    let known = match (row.found, &row.known) {
        (Found::Known(id, _), Some(known)) => {
            let more = told(&[&known.business_id, &known.street, &known.postal_code, &known.municipality]);
            let fills = if row.fills { w.fills_in } else { w.nothing_to_fill };
            let fills = (row.decision == Decision::Fill).then(|| view! { <p class="hint">{fills}</p> });
            view! {
                <a href=format!("/employers/{id}")>{known.name.clone()}</a>
                <p class="muted">{more}</p>
                {fills}
            }
            .into_any()
        }
        (Found::Repeats(line), _) => view! { <p>{w.repeats.of(line)}</p> }.into_any(),
        _ => ().into_any(),
    };
    let label = format!("{}: {}", w.what, facts.name);
    let chosen = row.chosen.then_some(row.decision);
    let what = if group == Group::Wrong {
        view! { <span>{w.decision(Decision::Leave)}</span> }.into_any()
    } else {
        select(&format!("row-{}", candidate.line), &label, group.choices(), chosen, Some(rule))
    };
    view! {
        <tr>
            <td data-label=w.line>{candidate.line.to_string()}</td>
            <th scope="row">
                {facts.name.clone()} <p class="muted">{more}</p> <p class="muted">{person}</p> {left_out}
                {errors}
            </th>
            <td data-label=w.in_register>{known}</td>
            <td data-label=w.what>{what}</td>
        </tr>
    }
    .into_any()
}
