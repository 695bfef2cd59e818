//! The kit: every piece of the interface in every state, on one page, made by the very functions and
//! classes that the pages use. Everything on it is made up, so it is open to everybody, as help is. A desk
//! page: nothing of it reaches a phone. A class of the style that does not stand here fails a test
//! (`server/tests/it/kit.rs`).

mod made_up;
mod words;

pub use made_up::me;

use crate::desk::sheet::Shown;
use crate::desk::{Content, Done, done_notice};
use crate::employers::kit as employers;
use crate::error::AppError;
use crate::i18n::desk_words;
use crate::outbox::{Outbox, badge, stands, strip};
use crate::register::Register;
use crate::ui::{
    Choice, Icon, PasswordField, Toast, Toasts, choices, failure_notice, password_field, stepper,
};
use crate::visits::kit as visits;
use crate::{account, clients, fidelity, people, time_use, today};
use domain::employers::EmployerQuery;
use domain::employers::edit::EditError;
use domain::visits::{Feed, FeedQuery};
use leptos::prelude::*;
use made_up::TODAY;
use words::kit_words;

/// Everything.
#[must_use]
pub fn kit_page() -> Content {
    provide_context(Toasts::new());
    provide_context(Outbox::new());
    provide_context(Register::new());
    let k = kit_words();
    let body = [
        section(k.text, text()),
        section(k.icons, icons()),
        section(k.buttons, buttons()),
        section(k.fields, fields()),
        section(k.choosing, choosing()),
        section(k.visit, visit_form()),
        section(k.silence, tags()),
        section(k.notices, notices()),
        section(k.toasts, toasts()),
        section(k.rows, rows()),
        section(k.one_row, employers::results(EmployerQuery::default(), made_up::list(1, 1))),
        section(k.no_rows, no_rows()),
        section(k.cards, cards()),
        section(k.tables, tables()),
    ];
    Content {
        title: k.title.to_owned(),
        parent: Some(("/help".to_owned(), desk_words().help.to_owned())),
        body: view! {
            <p class="lead">{k.lead}</p>
            {body.into_iter().collect_view()}
        }
        .into_any(),
    }
}

fn section(title: &'static str, body: AnyView) -> AnyView {
    view! {
        <h2>{title}</h2>
        <div class="stack kit">{body}</div>
    }
    .into_any()
}

fn text() -> AnyView {
    let (k, t) = (kit_words(), desk_words());
    view! {
        <p>{k.sentence} " " <a href="/help">{t.help}</a></p>
        <p class="muted">{k.sentence}</p>
        <p class="small">{k.sentence}</p>
        <p class="hint">{k.sentence}</p>
        <p>{k.long_word}</p>
        <p class="nowrap">{t.nav_today}</p>
        <ol class="steps">
            <li>{k.sentence}</li>
            <li>{k.long_word}</li>
        </ol>
        <details>
            <summary>{t.light_title}</summary>
            <p>{k.sentence}</p>
        </details>
        <details open>
            <summary>{k.long_word}</summary>
            <p>{k.sentence}</p>
        </details>
    }
    .into_any()
}

/// Every icon with its name.
fn icons() -> AnyView {
    let all = Icon::ALL
        .iter()
        .map(|icon| view! { <li class="tag" lang="en">{icon.view()} {format!("{icon:?}")}</li> })
        .collect_view();
    view! { <ul class="list row kit-icons">{all}</ul> }.into_any()
}

fn buttons() -> AnyView {
    let (k, t) = (kit_words(), desk_words());
    view! {
        <p class="row">
            <button class="button button-primary">{t.visit_save}</button>
            <button class="button">{t.show}</button>
            <button class="button button-quiet">{t.amend}</button>
            <button class="button button-danger">{t.remove}</button>
            <a class="button" href="/help">{t.help}</a>
        </p>
        <p class="row">
            <button class="button button-primary">{Icon::Plus.view()} {t.log_title}</button>
            <button class="button">{Icon::Check.view()} {t.done}</button>
            <button class="button button-small">{t.tomorrow}</button>
            <button class="button button-small" aria-pressed="true">{t.in_a_week}</button>
            <button class="button button-quiet button-small">{Icon::Undo.view()} {t.visit_take_back}</button>
        </p>
        <p class="row">
            <button class="button button-primary" disabled>{t.saving}</button>
            <button class="button" disabled>{k.disabled}</button>
            <button class="button button-quiet" disabled>{k.disabled}</button>
            <button class="button button-danger" disabled>{k.disabled}</button>
        </p>
        <button class="button">{k.long_word}</button>
        <button class="button button-primary button-block">{Icon::Key.view()} {t.sign_in}</button>
    }
    .into_any()
}

fn fields() -> AnyView {
    let (k, t) = (kit_words(), desk_words());
    let none: &[EditError] = &[];
    let wrong = [EditError::PostalCode, EditError::NamesClient("note"), EditError::Day];
    let options =
        vec![(String::new(), t.municipality_all.to_owned()), ("1".to_owned(), k.long_word.to_owned())];
    let password = |id, label, hint, error| {
        let field = PasswordField { id, label, autocomplete: "new-password", enter: "next", hint };
        password_field(field, error)
    };
    let value = |_: &str| "65".to_owned();
    let moved = Shown { value: &value, errors: &[], label: |name| time_use::time_words().field(name) };
    view! {
        <div class="form card">
            {employers::field("name", t.name, "", "text", None, none)}
            {employers::field("street", t.street, k.long_word, "text", None, none)}
            {employers::field("class_tol2008", t.class_2008, "", "text", Some(t.class_hint), none)}
            {employers::field("postal_code", t.postal_code, "7410", "text", Some(t.class_hint), &wrong)}
            {employers::field("amber", t.light_amber_days, "30", "number", None, none)}
            {employers::field("until", t.dnc_end, "2026-05-07", "date", None, &wrong)}
            {employers::field("note", t.note, k.sentence, "area", Some(t.note_hint), &wrong)}
            {password("password", t.password_new, Some(t.password_hint), Some("too_short".to_owned()))}
            {password("again", t.password_again, None, None)}
            {employers::select("municipality", t.municipality, options, "1")}
            {time_use::slider(&moved, "out", time_use::time_words().h_out)}
            {fidelity::words_slider(
                "habit",
                fidelity::fidelity_words().ahead_habits,
                1,
                &["0".to_owned(), fidelity::fidelity_words().ahead_habits.to_owned()],
                view! {
                    <ul class="small rises">
                        <li>{fidelity::fidelity_words().ahead_same}</li>
                    </ul>
                }
                .into_any(),
            )}
            <div class="field">
                <label class="label" for="off">
                    {t.name}
                    " "
                    <span class="optional">{t.optional}</span>
                </label>
                <input class="input" id="off" value=k.disabled disabled />
            </div>
            <input class="input" readonly aria-label=t.invitation_link value="https://rinnalla.example/invitation/x" />
        </div>
        {employers::search_form("/kit".to_owned(), "")}
        {visits::filter(
            &FeedQuery::default(),
            &Feed { today: TODAY, visits: Vec::new(), more: false, coaches: made_up::colleagues() },
        )}
    }
    .into_any()
}

fn choosing() -> AnyView {
    let (k, t) = (kit_words(), desk_words());
    let option =
        |value: &str, label: &str, icon| Choice { value: value.to_owned(), label: label.to_owned(), icon };
    let pair = vec![option("yes", t.yes, None), option("no", t.no, None)];
    let several = vec![
        option("a", t.help, Some(Icon::Info)),
        option("b", k.long_word, Some(Icon::Phone)),
        option("c", t.yes, None),
    ];
    view! {
        {choices("pair", "choices even", t.visit_decision_maker.into_any(), pair, RwSignal::new("yes".to_owned()))}
        {choices("several", "choices", k.choosing.into_any(), several, RwSignal::new("b".to_owned()))}
        <div class="row">
            <label class="choice">
                <input type="checkbox" checked />
                <span>{t.employers_mine}</span>
            </label>
            <label class="choice">
                <input type="checkbox" />
                <span>{t.filter_only_dnc}</span>
            </label>
            <label class="choice">
                <input type="checkbox" disabled />
                <span>{k.disabled}</span>
            </label>
        </div>
        <div class="field">
            <label class="label" for="steps">
                {t.visit_minutes}
            </label>
            {stepper("steps", RwSignal::new("40".to_owned()), 10, (t.less, t.more), || None, || None)}
        </div>
        {account::language_switcher("/kit")}
    }
    .into_any()
}

/// The visit form with mistakes, as its own functions make it.
fn visit_form() -> AnyView {
    let t = desk_words();
    let known = visits::Known {
        fields: made_up::typed(),
        today: TODAY,
        offered: made_up::offered(),
        clients: made_up::clients(),
        colleagues: made_up::colleagues(),
        errors: made_up::mistakes(),
    };
    view! {
        <div class="form">
            {visits::pieces(known)}
            <div class="save-bar">
                <button class="button button-primary">{t.visit_save}</button>
            </div>
            <div class="save-bar">
                <button class="button button-primary" disabled>
                    {t.saving}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn tags() -> AnyView {
    let (k, t) = (kit_words(), desk_words());
    let lights = made_up::silences().map(employers::light).into_iter().collect_view();
    view! {
        <p class="row">{lights}</p>
        <p class="row">
            <span class="tag">{t.amended}</span>
            <span class="tag tag-accent">{Icon::Check.view()} {t.visit_met_decision_maker}</span>
            <span class="tag tag-warn">{Icon::Warning.view()} {t.do_not_contact}</span>
            <span class="tag tag-quiet">{k.long_word}</span>
        </p>
        <p class="row">
            <span class="state">{Icon::Mail.view()} {t.account_invited}</span>
            <span class="state state-sent">{Icon::Check.view()} {t.account_active}</span>
            <span class="state state-failed">{Icon::Key.view()} {t.account_locked}</span>
        </p>
    }
    .into_any()
}

fn notices() -> AnyView {
    let t = desk_words();
    let failures = [AppError::SignedOut, AppError::NotThere, AppError::NoNetwork, AppError::Failed];
    let done = |undo: Option<&str>| {
        done_notice(Done { text: t.contact_removed.to_owned(), undo: undo.map(str::to_owned) })
    };
    view! {
        {failures.map(failure_notice).into_iter().collect_view()}
        {done(None)}
        {done(Some("/kit"))}
        {employers::do_not_contact(&made_up::employer())}
        {employers::summary(&[EditError::NameMissing, EditError::BusinessIdTaken {
            id: made_up::employer().id,
            name: made_up::employer().name,
        }])}
        {employers::stale(kit_words().sentence, kit_words().long_word)}
    }
    .into_any()
}

fn toasts() -> AnyView {
    let k = kit_words();
    let said = |undo: bool| {
        let undo = undo.then(|| Callback::new(|()| ()));
        Toasts::standing(Toast { text: k.sentence.to_owned(), undo }).view(().into_any())
    };
    view! {
        {said(false)}
        {said(true)}
        <p class="bar-item">{crate::i18n::words().nav_more} {badge(3)}</p>
        {made_up::standings().map(|standing| Toasts::new().view(strip(standing).into_any())).collect_view()}
        {stands(&made_up::on_phone(), 120)}
    }
    .into_any()
}

fn rows() -> AnyView {
    let card = |body: AnyView| view! { <div class="card flush">{body}</div> }.into_any();
    view! {
        {employers::results(EmployerQuery { page: 1, ..EmployerQuery::default() }, made_up::list(4, 300))}
        {card(crate::visits::due_list(made_up::steps(), TODAY))}
        {card(crate::visits::visit_rows(made_up::visits(), TODAY))}
        {today::gaps(made_up::gaps())}
        {clients::board(&made_up::cases(), TODAY, made_up::reader(), false)}
        {employers::contacts(&made_up::employer())}
    }
    .into_any()
}

fn no_rows() -> AnyView {
    let query = EmployerQuery { text: "xyz".to_owned(), mine: true, ..EmployerQuery::default() };
    view! {
        {employers::results(query, made_up::list(0, 0))}
        {employers::results(EmployerQuery::default(), made_up::list(0, 0))}
        {clients::empty(true)}
        {employers::nobody(&[])}
    }
    .into_any()
}

fn cards() -> AnyView {
    let employer = made_up::employer();
    view! {
        <div class="split main-side today">
            {today::next_steps(&made_up::today())} {today::week(made_up::week(), TODAY, today::waits(2, 3))}
        </div>
        {employers::last_met(&employer)}
        <section class="card">{crate::visits::visit_timeline(made_up::visits())}</section>
        <div class="split">
            <div class="stack tight">{employers::facts(&employer)}</div>
            <div class="stack">{employers::tools(&employer)}</div>
        </div>
    }
    .into_any()
}

fn tables() -> AnyView {
    let t = desk_words();
    let link = people::Made {
        name: "Aino Esimerkki".to_owned(),
        link: "https://rinnalla.example/invitation/todella-pitka-linkki-jota-ei-voi-katkaista-mistaan"
            .to_owned(),
    };
    let people = people::people_page(made_up::people(), Some(link), people::Around::default()).body;
    view! {
        {visits::table(&made_up::visits())}
        <p>{fidelity::score(Some(3))} {fidelity::score(None)}</p>
        {fidelity::profile_of(|item| (Some(1 + item % 5), (item % 3 > 0).then_some(1 + item * 2 % 5)))}
        {fidelity::line(&made_up::totals(), fidelity::fidelity_words().assessed)}
        {people}
        <div class="sheet">
            <p class="hint screen-only">{t.print_it}</p>
        </div>
    }
    .into_any()
}
