//! Code lists, for the organisation's administrators.

use super::fields::{Form, Typed, done};
use super::organisation::{list_row, to_organisation};
use super::words::people_words;
use crate::clients::{client_words, word};
use crate::desk::Content;
use crate::desk::fields::buttons;
use crate::i18n::{Dates, desk_words, language, words};
use crate::referrals::referral_words;
use crate::steps::step_words;
use backend::codes::CodeLists;
use chrono::NaiveDate;
use domain::codes::lists::{CodeList, Editing, EndFields, EntryFields, RenameFields, Version, latest};
use domain::codes::{AttemptWay, Code, DeclineReason, MayTell, Mode, Purpose, Share, SupportPlace};
use domain::steps::StepToWork;
use leptos::prelude::*;

/// An official code in words.
pub(super) fn official(list: CodeList, code: &str) -> String {
    fn of<T: Code>(code: &str, word: impl Fn(T) -> &'static str) -> &'static str {
        T::parse(code).map_or("", word)
    }
    let (c, r, t) = (client_words(), referral_words(), words());
    match list {
        CodeList::ClosingReasons => c.closing_reason(code),
        CodeList::DeclineReasons => of(code, |reason: DeclineReason| r.reason_of(reason)),
        CodeList::Transitions => step_words().what(StepToWork::Transition, code),
        CodeList::Qualifications => step_words().what(StepToWork::Qualification, code),
        CodeList::Recipients | CodeList::Municipalities => "",
        CodeList::Modes => of(code, |mode: Mode| t.mode(mode)),
        CodeList::Purposes => of(code, |purpose: Purpose| t.purpose(purpose)),
        CodeList::Places => of(code, |place: SupportPlace| t.place(place)),
        CodeList::AttemptWays => of(code, |way: AttemptWay| word(&c.ways, way)),
        CodeList::Shares => of(code, |share: Share| word(&c.shares, share)),
        CodeList::MayTell => of(code, |much: MayTell| word(&c.may_tells, much)),
    }
    .to_owned()
}

fn address(list: CodeList) -> String {
    format!("/organisation/codes/{}", list.code())
}

/// Every list.
#[must_use]
pub fn codes_page(lists: &CodeLists) -> Content {
    let w = people_words();
    let row = |list: &CodeList| {
        let own = lists.of(*list).iter().filter(|one| one.holds_on(lists.today)).count();
        let names = list.official().into_iter().map(|code| official(*list, code)).collect::<Vec<_>>();
        let about = match list.editing() {
            Editing::Fixed => names.join(" · "),
            _ => w.codes_own_now.replace("{}", &own.to_string()),
        };
        list_row(address(*list), w.list(*list).to_owned(), about)
    };
    let rows = |fixed: bool| {
        let lists = CodeList::ALL.iter().filter(|list| (list.editing() == Editing::Fixed) == fixed);
        lists.map(row).collect_view()
    };
    let section = |title: &'static str, rows: Vec<AnyView>| {
        view! {
            <section class="card flush">
                <div class="card-head">
                    <h2>{title}</h2>
                </div>
                <ul class="list">{rows}</ul>
            </section>
        }
    };
    Content {
        title: w.codes.to_owned(),
        parent: to_organisation(),
        body: view! {
            <p>{w.codes_lead}</p>
            {section(w.codes_open, rows(false))}
            {section(w.codes_fixed, rows(true))}
        }
        .into_any(),
    }
}

/// From when to when a version holds.
fn times(version: &Version) -> String {
    let last = version.ends_on.and_then(|ends| ends.pred_opt()).filter(|last| *last >= version.from);
    match last {
        Some(last) => format!("{}–{}", language().date(version.from), language().date(last)),
        None if version.never_holds() => "–".to_owned(),
        None => format!("{}–", language().date(version.from)),
    }
}

fn standing(version: &Version, today: NaiveDate) -> AnyView {
    let w = people_words();
    let (class, word) = match version {
        version if version.holds_on(today) => ("tag light-green", w.codes_holds),
        version if version.from > today && !version.never_holds() => ("tag", w.codes_ahead),
        _ => ("tag tag-quiet", w.codes_over),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// The version that stands for an entry today: the one that holds, else the next, else the last.
fn stands<'a>(versions: &[&'a Version], today: NaiveDate) -> Option<&'a Version> {
    let holds = versions.iter().find(|version| version.holds_on(today));
    let ahead = || {
        versions
            .iter()
            .filter(|version| version.from > today && !version.never_holds())
            .min_by_key(|version| version.from)
    };
    let last = || latest(versions.iter().copied());
    holds.or_else(ahead).copied().or_else(last)
}

fn table(caption: &'static str, heads: &[&'static str], rows: Vec<AnyView>) -> AnyView {
    let heads = heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn own_entries(list: CodeList, lists: &CodeLists) -> AnyView {
    let (w, t) = (people_words(), desk_words());
    let own = lists.of(list);
    let mut codes: Vec<&str> = own.iter().map(|one| one.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let under = list.editing() == Editing::Under;
    let row = |code: &&str| {
        let versions: Vec<&Version> = own.iter().filter(|one| one.code == **code).collect();
        let now = stands(&versions, lists.today)?;
        let to = format!("{}/{code}", address(list));
        let name = now.names.of(language()).to_owned();
        let counts = under.then(|| view! { <td>{official(list, &now.counts_as)}</td> });
        let view = view! {
            <tr>
                <th scope="row">
                    <a href=to>{name}</a>
                </th>
                <td>{now.code.clone()}</td>
                {counts}
                <td class="nowrap">{times(now)}</td>
                <td>{standing(now, lists.today)}</td>
            </tr>
        };
        Some(view.into_any())
    };
    let rows: Vec<AnyView> = codes.iter().filter_map(row).collect();
    if rows.is_empty() {
        return view! { <p class="muted">{w.codes_own_none}</p> }.into_any();
    }
    let heads = [t.name, w.code, w.counts_as, w.when, w.codes_state];
    let heads: Vec<&str> = heads.into_iter().filter(|head| under || *head != w.counts_as).collect();
    table(w.codes_own, &heads, rows)
}

/// A list with what is official and what is the organisation's own.
#[must_use]
pub fn code_list_page(
    list: CodeList,
    lists: &CodeLists,
    typed: Option<Typed<EntryFields>>,
    saved: bool,
) -> Content {
    let w = people_words();
    let lead = match list.editing() {
        Editing::Under => w.codes_under,
        Editing::Names => w.codes_names,
        Editing::Fixed => w.codes_fixed_why,
    };
    let rows: Vec<AnyView> = list
        .official()
        .into_iter()
        .map(|code| view! { <li>{official(list, code)}</li> }.into_any())
        .collect();
    let official = (!rows.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{w.codes_official}</h2>
                <ul>{rows}</ul>
            </section>
        }
    });
    let own = (list.editing() != Editing::Fixed).then(|| {
        view! {
            <section class="card">
                <h2>{w.codes_own}</h2>
                {own_entries(list, lists)}
            </section>
            {add_form(list, lists.today, typed)}
        }
    });
    Content {
        title: w.list(list).to_owned(),
        parent: Some(("/organisation/codes".to_owned(), w.codes.to_owned())),
        body: view! {
            {saved.then(|| done(w.saved, None))}
            <p>{lead}</p>
            {own}
            {official}
        }
        .into_any(),
    }
}

fn add_form(list: CodeList, today: NaiveDate, typed: Option<Typed<EntryFields>>) -> AnyView {
    let w = people_words();
    let untouched = || EntryFields { from_day: today.to_string(), ..EntryFields::default() };
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed { form: untouched(), errors: Vec::new() });
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [
        ("name_fi", w.name_fi),
        ("name_sv", w.name_sv),
        ("name_en", w.name_en),
        ("counts_as", w.counts_as),
        ("entry_code", w.code),
        ("from_day", w.first_day),
        ("to_day", w.last_day),
    ];
    let official: Vec<(String, String)> =
        list.official().into_iter().map(|code| (code.to_owned(), official(list, code))).collect();
    let counts =
        (list.editing() == Editing::Under).then(|| f.choice(labels[3], &form.counts_as, official, None));
    view! {
        {f.summary(&labels)}
        <form class="form card" method="post" action=address(list)>
            <h2>{w.codes_new}</h2>
            {f.field(labels[0], &form.name_fi, "text", None)}
            {f.field(labels[1], &form.name_sv, "text", Some(w.name_hint))}
            {f.field(labels[2], &form.name_en, "text", Some(w.name_hint))}
            {counts}
            {f.field(labels[4], &form.entry_code, "text", Some(w.code_hint))}
            {f.field(labels[5], &form.from_day, "date", None)}
            {f.field(labels[6], &form.to_day, "date", Some(w.codes_last_hint))}
            {buttons(desk_words().save, "/organisation/codes")}
        </form>
    }
    .into_any()
}

/// What came back of one of the forms of an entry's page.
#[derive(Clone, Debug)]
pub enum CodeForm {
    /// Nothing.
    None,
    /// Something was saved.
    Saved,
    /// A new name.
    Rename(Typed<RenameFields>),
    /// The end.
    End(Typed<EndFields>),
}

/// An entry: what it was called when, a new name, its end. None when there is no such entry.
#[must_use]
pub fn code_page(list: CodeList, code: &str, lists: &CodeLists, form: CodeForm) -> Option<Content> {
    let w = people_words();
    let mut versions: Vec<&Version> = lists.of(list).iter().filter(|one| one.code == code).collect();
    versions.sort_by_key(|version| std::cmp::Reverse((version.from, version.id)));
    let (now, last) = (stands(&versions, lists.today)?, latest(versions.iter().copied())?);
    let (rename, end, saved) = match form {
        CodeForm::None => (None, None, false),
        CodeForm::Saved => (None, None, true),
        CodeForm::Rename(typed) => (Some(typed), None, false),
        CodeForm::End(typed) => (None, Some(typed), false),
    };
    let row = |version: &&Version| {
        let names = &version.names;
        view! {
            <tr>
                <th scope="row" class="nowrap">
                    {times(version)}
                </th>
                <td>{names.fi.clone()}</td>
                <td>{names.sv.clone()}</td>
                <td>{names.en.clone()}</td>
                <td>{standing(version, lists.today)}</td>
            </tr>
        }
        .into_any()
    };
    let rows = versions.iter().map(row).collect();
    let heads = [w.when, w.name_fi, w.name_sv, w.name_en, w.codes_state];
    let counts = (list.editing() == Editing::Under).then(|| {
        view! {
            <div>
                <dt>{w.counts_as}</dt>
                <dd>{official(list, &last.counts_as)}</dd>
            </div>
        }
    });
    let over = last.never_holds() || last.ends_on.is_some_and(|ends| ends <= lists.today);
    let here = format!("{}/{code}", address(list));
    Some(Content {
        title: now.names.of(language()).to_owned(),
        parent: Some((address(list), w.list(list).to_owned())),
        body: view! {
            {saved.then(|| done(w.saved, None))}
            <section class="card">
                <dl class="definition">
                    <div>
                        <dt>{w.code}</dt>
                        <dd>{code.to_owned()}</dd>
                    </div>
                    {counts}
                </dl>
                <h2>{w.codes_times}</h2>
                {table(w.codes_times, &heads, rows)}
            </section>
            {rename_form(&here, last, over, lists.today, rename)}
            {(!over).then(|| end_form(&here, last, end))}
        }
        .into_any(),
    })
}

fn rename_form(
    here: &str,
    last: &Version,
    over: bool,
    today: NaiveDate,
    typed: Option<Typed<RenameFields>>,
) -> AnyView {
    let w = people_words();
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed {
        form: RenameFields {
            name_fi: last.names.fi.clone(),
            name_sv: last.names.sv.clone(),
            name_en: last.names.en.clone(),
            new_from: if over { today } else { today.max(last.from) }.to_string(),
        },
        errors: Vec::new(),
    });
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [
        ("name_fi", w.name_fi),
        ("name_sv", w.name_sv),
        ("name_en", w.name_en),
        ("new_from", w.codes_new_from),
    ];
    let title = if over { w.codes_again } else { w.codes_rename };
    view! {
        {f.summary(&labels)}
        <form class="form card" method="post" action=format!("{here}/rename")>
            <h2>{title}</h2>
            <p class="hint">{w.codes_rename_hint}</p>
            {f.field(labels[0], &form.name_fi, "text", None)}
            {f.field(labels[1], &form.name_sv, "text", Some(w.name_hint))}
            {f.field(labels[2], &form.name_en, "text", Some(w.name_hint))}
            {f.field(labels[3], &form.new_from, "date", None)}
            <p class="row">
                <button class="button button-primary">{title}</button>
            </p>
        </form>
    }
    .into_any()
}

fn end_form(here: &str, last: &Version, typed: Option<Typed<EndFields>>) -> AnyView {
    let w = people_words();
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed {
        form: EndFields { ends_on: last.ends_on.map(|day| day.to_string()).unwrap_or_default() },
        errors: Vec::new(),
    });
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [("ends_on", w.codes_ends_on)];
    view! {
        {f.summary(&labels)}
        <form class="form card" method="post" action=format!("{here}/end")>
            <h2>{w.codes_end}</h2>
            {f.field(labels[0], &form.ends_on, "date", Some(w.codes_end_hint))}
            <p class="row">
                <button class="button button-danger">{w.codes_end}</button>
            </p>
        </form>
    }
    .into_any()
}
