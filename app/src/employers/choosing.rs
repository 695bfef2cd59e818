//! Choosing: filters and saved views, a chain, the other of two employers, and what was changed.

use crate::desk::Content;
use crate::employers::forms::summary;
use crate::i18n::{Dates, desk_words, language};
use crate::lists::{as_file, list_words};
use crate::ui::Icon;
use backend::employers::{ChangeSeen, History, MergeSide};
use domain::employers::edit::{EditError, Facts, Fields};
use domain::employers::{Choice, EmployerList, EmployerQuery, Named};
use leptos::prelude::*;

pub(crate) fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="label" for=name>
                {label}
            </label>
            <select class="input" id=name name=name>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Every filter, the order, the own saved views, and, for a lead, the way to lists from elsewhere.
#[must_use]
pub fn filters_page(
    query: &EmployerQuery,
    list: EmployerList,
    error: Option<&EditError>,
    lead: bool,
) -> Content {
    let t = desk_words();
    let pairs = query.pairs();
    let chosen = |name: &str| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let any = |label: &str| (String::new(), label.to_owned());
    let listed = |choices: Vec<Choice>| choices.into_iter().map(|choice| (choice.value, choice.label));
    let places = std::iter::once(any(t.municipality_all))
        .chain(list.municipalities.iter().map(|name| (name.clone(), name.clone())))
        .collect();
    let owners = std::iter::once(any(t.filter_anybody)).chain(listed(list.owners)).collect();
    let sections = std::iter::once(any(t.filter_any_section))
        .chain(list.sections.into_iter().map(|choice| (choice.value.clone(), t.section(&choice.value))))
        .collect();
    let silence = [
        ("", t.filter_any),
        ("silent", t.filter_silent),
        ("red", t.light_red),
        ("never", t.employer_never_met),
    ];
    let sorts =
        [("", t.sort_name), ("silent", t.sort_silent), ("latest", t.sort_latest), ("place", t.sort_place)];
    let words = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect::<Vec<_>>()
    };
    let views = list
        .views
        .into_iter()
        .map(|saved| {
            let label = format!("{}: {}", t.remove, saved.name);
            view! {
                <li>
                    <div class="list-row">
                        <a class="row-main row-title" href=saved.address>
                            {saved.name.clone()}
                        </a>
                        <form method="post" action=format!("/employers/views/{}/drop", saved.id)>
                            <button class="button button-small" aria-label=label>
                                {t.remove}
                            </button>
                        </form>
                    </div>
                </li>
            }
        })
        .collect_view();
    let hidden = pairs
        .iter()
        .filter(|(name, _)| *name != "page")
        .map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone() /> })
        .collect_view();
    let error = error.map(|error| {
        let said = match error {
            EditError::Choice(_) => t.view_too_many.to_owned(),
            other => t.edit_error(other),
        };
        view! { <p class="error" id="view-error" role="alert">{Icon::Error.view()} {said}</p> }
    });
    let from_list = lead.then(|| {
        view! {
            <p>
                <a class="button" href="/employers/lists">
                    {list_words().title}
                </a>
            </p>
        }
    });
    let address = query.address();
    let question = address.strip_prefix("/employers").unwrap_or_default();
    let (text, mine, silenced) = (query.text.clone(), query.mine, query.do_not_contact);
    Content {
        title: t.employers_filters_title.to_owned(),
        parent: Some((query.address(), t.employers_title.to_owned())),
        body: view! {
            <form class="form card" method="get" action="/employers">
                <input type="hidden" name="q" value=text />
                {select("municipality", t.municipality, places, &chosen("municipality"))}
                {select("owner", t.filter_owner, owners, &chosen("owner"))}
                {select("section", t.filter_section, sections, &chosen("section"))}
                {select("silent", t.filter_silence, words(&silence), &chosen("silent"))}
                {select("sort", t.sort, words(&sorts), &chosen("sort"))}
                <div class="row">
                    <label class="choice">
                        <input type="checkbox" name="mine" value="1" checked=mine />
                        <span>{t.employers_mine}</span>
                    </label>
                    <label class="choice">
                        <input type="checkbox" name="dnc" value="1" checked=silenced />
                        <span>{t.filter_only_dnc}</span>
                    </label>
                </div>
                <p class="row">
                    <button class="button button-primary">{t.show}</button>
                    <a class="button" href="/employers">
                        {t.employers_drop_filters}
                    </a>
                </p>
            </form>
            {as_file("/employers", question)}
            {from_list}
            <section class="card">
                <h2>{t.views_title}</h2>
                <ul class="list">{views}</ul>
                <form class="form" method="post" action="/employers/views">
                    {hidden}
                    <div class="field">
                        <label class="label" for="view-name">
                            {t.view_name}
                        </label>
                        <input class="input" id="view-name" name="name" autocomplete="off" />
                        {error}
                    </div>
                    <button class="button">{t.view_save}</button>
                </form>
            </section>
        }
        .into_any(),
    }
}

pub(crate) fn search_form(action: String, text: &str) -> AnyView {
    let t = desk_words();
    view! {
        <form class="row" role="search" method="get" action=action>
            <input class="input" type="search" name="q" value=text.to_owned() aria-label=t.employer_search />
            <button class="button">{t.search}</button>
        </form>
    }
    .into_any()
}

pub(crate) fn nobody(list: &[Named]) -> Option<AnyView> {
    list.is_empty().then(|| {
        view! {
            <div class="empty">
                <p>{desk_words().choice_none}</p>
            </div>
        }
        .into_any()
    })
}

fn choice_row(named: Named, end: AnyView) -> AnyView {
    view! {
        <li>
            <div class="list-row">
                <span class="row-main">
                    <span class="row-title">{named.name}</span>
                    <span class="row-sub">{named.municipality}</span>
                </span>
                <span class="row-end">{end}</span>
            </div>
        </li>
    }
    .into_any()
}

/// The chain that an employer is a branch of.
#[must_use]
pub fn chain_page(this: &Named, near: Vec<Named>, text: &str, errors: &[EditError]) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", this.id);
    let none = nobody(&near);
    let rows = near
        .into_iter()
        .map(|named| {
            let label = format!("{}: {}", t.chain_choose, named.name);
            let end = view! {
                <form method="post" action=format!("{back}/chain")>
                    <input type="hidden" name="chain" value=named.id.to_string() />
                    <button class="button button-small" aria-label=label>
                        {t.chain_choose}
                    </button>
                </form>
            }
            .into_any();
            choice_row(named, end)
        })
        .collect_view();
    Content {
        title: t.chain_set.to_owned(),
        parent: Some((back.clone(), this.name.clone())),
        body: view! {
            {summary(errors)}
            <p>{t.chain_lead}</p>
            {search_form(format!("{back}/chain"), text)}
            <div class="card flush">
                <ul class="list">{rows}</ul>
                {none}
            </div>
            <form method="post" action=format!("{back}/chain")>
                <input type="hidden" name="chain" value="" />
                <button class="button">{t.chain_none}</button>
            </form>
        }
        .into_any(),
    }
}

/// The employer that is merged into this one.
#[must_use]
pub fn merge_choice_page(this: &Named, near: Vec<Named>, text: &str) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", this.id);
    let none = nobody(&near);
    let rows = near
        .into_iter()
        .map(|named| {
            let label = format!("{}: {}", t.merge_compare, named.name);
            let end = view! {
                <a class="button button-small" href=format!("{back}/merge/{}", named.id) aria-label=label>
                    {t.merge_compare}
                </a>
            }
            .into_any();
            choice_row(named, end)
        })
        .collect_view();
    Content {
        title: t.merge_title.to_owned(),
        parent: Some((back.clone(), this.name.clone())),
        body: view! {
            <p>{t.merge_lead}</p>
            {search_form(format!("{back}/merge"), text)}
            <div class="card flush">
                <ul class="list">{rows}</ul>
                {none}
            </div>
        }
        .into_any(),
    }
}

/// An employer that was named on the spot: is it a new one, or one that is there already?
#[must_use]
pub fn settle_page(this: &Named, near: Vec<Named>) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", this.id);
    let rows = near
        .into_iter()
        .map(|named| {
            let label = format!("{}: {}", t.settle_same, named.name);
            // The one that was there stays.
            let to = format!("/employers/{}/merge/{}", named.id, this.id);
            let end = view! {
                <a class="button button-small" href=to aria-label=label>
                    {t.settle_same}
                </a>
            }
            .into_any();
            choice_row(named, end)
        })
        .collect_view();
    Content {
        title: t.gap_who.of(&this.name),
        parent: Some((back.clone(), this.name.clone())),
        body: view! {
            <p>{t.settle_lead}</p>
            <form method="post" action=format!("{back}/settle")>
                <button class="button button-primary">{Icon::Check.view()} {t.settle_new}</button>
            </form>
            <div class="card flush">
                <ul class="list">{rows}</ul>
            </div>
        }
        .into_any(),
    }
}

/// Two employers side by side: field by field, which one's words stay.
#[must_use]
pub fn merge_page(kept: MergeSide, gone: MergeSide, errors: &[EditError]) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", kept.id);
    let (stays, goes) = (kept.facts.fields(), gone.facts.fields());
    let rows = Facts::NAMES
        .iter()
        .filter(|name| stays[**name] != goes[**name])
        .map(|name| {
            let label = t.field(name);
            let (mine, theirs) = (stays[*name].clone(), goes[*name].clone());
            let theirs_picked = mine.is_empty();
            let said = |text: String| if text.is_empty() { t.merge_empty.to_owned() } else { text };
            view! {
                <fieldset class="choices">
                    <legend>{label}</legend>
                    <label class="choice">
                        <input type="radio" name=*name value="kept" checked=!theirs_picked />
                        <span>{said(mine)}</span>
                    </label>
                    <label class="choice">
                        <input type="radio" name=*name value="gone" checked=theirs_picked />
                        <span>{said(theirs)}</span>
                    </label>
                </fieldset>
            }
        })
        .collect_view();
    let action = format!("{back}/merge/{}", gone.id);
    Content {
        title: t.merge_title.to_owned(),
        parent: Some((back.clone(), kept.facts.name.clone())),
        body: view! {
            {summary(errors)}
            <dl class="definition card">
                <div>
                    <dt>{t.merge_stays}</dt>
                    <dd>
                        {kept.facts.name.clone()} " · " {t.visits_count.of(kept.visits)} " · " {kept.owner}
                    </dd>
                </div>
                <div>
                    <dt>{t.merge_goes}</dt>
                    <dd>
                        <a href=format!("/employers/{}", gone.id)>{gone.facts.name.clone()}</a>
                        " · "
                        {t.visits_count.of(gone.visits)}
                        " · "
                        {gone.owner}
                    </dd>
                </div>
            </dl>
            <p>{t.merge_moves.of(gone.visits)}</p>
            <form class="form card" method="post" action=action>
                <input type="hidden" name="kept_version" value=kept.version.to_string() />
                <input type="hidden" name="gone_version" value=gone.version.to_string() />
                {rows}
                <p class="row">
                    <button class="button button-primary">{t.merge_do}</button>
                    <a class="button" href=back>
                        {t.cancel}
                    </a>
                </p>
            </form>
        }
        .into_any(),
    }
}

/// Every change of an employer.
#[must_use]
pub fn history_page(history: History) -> Content {
    let t = desk_words();
    let back = format!("/employers/{}", history.id);
    let empty = history.changes.is_empty();
    let changes = history.changes.into_iter().map(change).collect_view();
    let body = if empty {
        view! {
            <div class="card">
                <div class="empty">
                    <p>{t.history_none}</p>
                </div>
            </div>
        }
        .into_any()
    } else {
        view! {
            <section class="card">
                <ol class="timeline">{changes}</ol>
            </section>
        }
        .into_any()
    };
    let file = as_file(&format!("{back}/history"), "");
    let body = view! {
        {body}
        {file}
    }
    .into_any();
    Content { title: t.history.to_owned(), parent: Some((back, history.name)), body }
}

fn change(change: ChangeSeen) -> AnyView {
    let t = desk_words();
    let when = language().moment(change.on, Some(change.at));
    let who = change.by.clone().unwrap_or_else(|| t.by_operator.to_owned());
    let undone = change.undone.then(|| format!("({})", t.history_undone));
    let unmerge = change.subject.filter(|_| change.kind == "merge" && !change.undone).map(|gone| {
        view! {
            <form method="post" action=format!("/employers/{gone}/unmerge")>
                <button class="button button-small">{Icon::Undo.view()} {t.unmerge}</button>
            </form>
        }
    });
    view! {
        <li>
            <p class="timeline-head">
                <strong>{t.change(&change.kind)}</strong>
                " "
                {undone}
                " "
                {when}
                " · "
                {who}
            </p>
            {said(&change.before, &change.after)}
            {unmerge}
        </li>
    }
    .into_any()
}

/// Field by field: what stood before and after.
fn said(before: &Fields, after: &Fields) -> AnyView {
    let t = desk_words();
    let dash =
        |text: Option<&String>| text.filter(|text| !text.is_empty()).map_or("–".to_owned(), Clone::clone);
    let rows = after
        .keys()
        .map(|name| {
            let (was, is) = (dash(before.get(name)), dash(after.get(name)));
            view! {
                <div>
                    <dt>{t.field(name)}</dt>
                    <dd>
                        <span class="visually-hidden">{t.history_before} ": "</span>
                        <del>{was}</del>
                        " "
                        <span class="visually-hidden">{t.history_after} ": "</span>
                        <ins>{is}</ins>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="definition">{rows}</dl> }.into_any()
}
