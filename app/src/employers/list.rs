//! The register as a list: search, municipality, own. What is asked stands in the address, so that
//! going back finds the list as it was, and the form works before the browser code is there.

use crate::data::{Ask, Data, Loaded, load, show_or};
use crate::employers::light::{light, light_rule};
use crate::error::AppError;
use crate::i18n::words;
#[cfg(feature = "hydrate")]
use crate::register::{Listed, Register};
use crate::ui::{Icon, failure_notice, page_head, standing_in};
use domain::employers::{EmployerList, EmployerQuery, EmployerRow, PAGE};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// So many employers of this phone's own register are listed at once.
#[cfg(feature = "hydrate")]
const ON_PHONE: usize = 50;

/// The list of employers.
#[component]
pub fn EmployersPage() -> impl IntoView {
    let map = use_query_map();
    let asked = Memo::new(move |_| {
        let map = map.read();
        EmployerQuery::read(|name| map.get(name))
    });
    let loaded = load(RwSignal::new(0), move || Ask::Employers(asked.get()));
    view! {
        <div class="page-head">{page_head(words().employers_title.to_owned())}</div>
        {filters(asked.get_untracked(), loaded)}
        {show_or(
            loaded,
            move |error| without_server(error, asked.get_untracked()),
            move |data| match data {
                Data::Employers(list) => results(asked.get_untracked(), list),
                _ => ().into_any(),
            },
        )}
    }
}

/// The filters stand beside what is loaded, so that an answer never touches what is being typed.
fn filters(asked: EmployerQuery, loaded: Loaded) -> AnyView {
    let t = words();
    let go = use_navigate();
    let wish = RwSignal::new(EmployerQuery { page: 0, ..asked.clone() });
    let turn = StoredValue::new(0_u32);
    // Typing asks after a short pause; the address is replaced, so that going back leaves the list.
    let ask = move |pause: u32| {
        let go = go.clone();
        turn.update_value(|turn| *turn += 1);
        let now = turn.get_value();
        leptos::task::spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(pause).await;
            if turn.try_get_value() == Some(now) {
                let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
                wish.try_with_untracked(|wish| go(&wish.address(), options));
            }
        });
    };
    let (ask_text, ask_place, ask_mine, ask_typed) = (ask.clone(), ask.clone(), ask.clone(), ask);
    // What was typed before the browser code came is searched for now.
    Effect::new(move |_| {
        if let Some(typed) = standing_in("q").filter(|typed| wish.with_untracked(|wish| wish.text != *typed))
        {
            wish.update(|wish| wish.text = typed);
            ask_typed(0);
        }
    });
    // The choices of the page of filters stay when the form is sent.
    let hidden: Vec<AnyView> = asked
        .pairs()
        .into_iter()
        .filter(|(name, _)| !["q", "municipality", "mine", "page"].contains(name))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
        .collect();
    let filters_address = asked.address().replacen("/employers", "/employers/filters", 1);
    let places = move |names| {
        let chosen = wish.with_untracked(|wish| wish.municipality.clone());
        municipality_options(names, chosen.as_deref())
    };
    let options = show_or(
        loaded,
        move |error| places_without_server(error, places),
        move |data| match data {
            Data::Employers(list) => places(list.municipalities),
            _ => ().into_any(),
        },
    );
    view! {
        <form class="stack" role="search" method="get" action="/employers">
            <div class="search">
                {Icon::Search.view()}
                <input
                    class="input"
                    type="search"
                    name="q"
                    id="q"
                    aria-label=t.employer_search
                    placeholder=t.employer_search
                    autocomplete="off"
                    enterkeyhint="search"
                    value=asked.text
                    on:input=move |event| {
                        wish.update(|wish| wish.text = event_target_value(&event));
                        ask_text(250);
                    }
                />
            </div>
            <div class="filters">
                <div class="field">
                    <label class="visually-hidden" for="municipality">
                        {t.municipality}
                    </label>
                    <select
                        class="input"
                        id="municipality"
                        name="municipality"
                        on:change=move |event| {
                            let name = event_target_value(&event);
                            wish.update(|wish| wish.municipality = (!name.is_empty()).then_some(name));
                            ask_place(0);
                        }
                    >
                        <option value="">{t.municipality_all}</option>
                        {options}
                    </select>
                </div>
                <label class="choice">
                    <input
                        type="checkbox"
                        name="mine"
                        value="1"
                        checked=asked.mine
                        on:change=move |event| {
                            wish.update(|wish| wish.mine = event_target_checked(&event));
                            ask_mine(0);
                        }
                    />
                    <span>{t.employers_mine}</span>
                </label>
                {hidden}
                <a class="button" href=filters_address rel="external">
                    {t.employers_filter}
                </a>
                <a class="button" href="/employers/route" rel="external">
                    {t.employers_route}
                </a>
                <noscript>
                    <button class="button">{t.search}</button>
                </noscript>
            </div>
        </form>
    }
    .into_any()
}

/// Without a network: what this phone knows of the register. An employer's page is the server's; a visit can be logged.
fn without_server(error: AppError, asked: EmployerQuery) -> AnyView {
    #[cfg(feature = "hydrate")]
    if error == AppError::NoNetwork {
        let listed = on_this_phone(asked.clone());
        return view! { {move || listed().map(|listed| results_on_phone(&asked, listed))} }.into_any();
    }
    let _ = asked;
    failure_notice(error)
}

/// The municipalities of the register as this phone knows it.
fn places_without_server(
    error: AppError,
    options: impl Fn(Vec<String>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    #[cfg(feature = "hydrate")]
    if error == AppError::NoNetwork {
        let listed = on_this_phone(EmployerQuery::default());
        return view! { {move || listed().map(|listed| options(listed.municipalities))} }.into_any();
    }
    let _ = (error, options);
    ().into_any()
}

#[cfg(feature = "hydrate")]
fn on_this_phone(asked: EmployerQuery) -> impl Fn() -> Option<Listed> + Clone + Send + Sync + 'static {
    let register = expect_context::<Register>();
    register.fetch();
    let (today, _) = crate::outbox::today();
    move || register.list(&asked, today, ON_PHONE)
}

#[cfg(feature = "hydrate")]
fn results_on_phone(asked: &EmployerQuery, listed: Listed) -> AnyView {
    let t = words();
    let none = if asked.text.is_empty() {
        t.employers_none.to_owned()
    } else {
        t.employers_none_for.of(&asked.text)
    };
    let found = if listed.total == 0 { none } else { t.employers_found.of(listed.total) };
    let cut = (listed.rows.len() < listed.total)
        .then(|| view! { <p class="hint">{t.employers_first.of(ON_PHONE)}</p> });
    let rows = listed.rows.into_iter().map(|at| {
        let to = format!("/visits/new?employer={}", at.id);
        row(at, to)
    });
    view! {
        <div class="notice" role="status">
            {Icon::OnPhone.view()}
            <p>{t.employers_offline}</p>
        </div>
        <p class="muted" role="status">
            {found}
        </p>
        <div class="card flush">
            <ul class="list">{rows.collect_view()}</ul>
        </div>
        {cut}
        {light_rule(listed.rule)}
    }
    .into_any()
}

fn municipality_options(names: Vec<String>, chosen: Option<&str>) -> AnyView {
    names
        .into_iter()
        .map(|name| {
            let selected = chosen == Some(name.as_str());
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
        })
        .collect_view()
        .into_any()
}

pub(crate) fn results(asked: EmployerQuery, list: EmployerList) -> AnyView {
    let t = words();
    if list.rows.is_empty() {
        let (text, filtered) = (asked.text.clone(), asked.is_filtered());
        let why = if text.is_empty() { t.employers_none.to_owned() } else { t.employers_none_for.of(&text) };
        return view! {
            <p class="visually-hidden" role="status">{why.clone()}</p>
            <div class="card">
                <div class="empty">
                    {Icon::Employers.view()} <p>{why}</p>
                    {filtered
                        .then(|| {
                            let all = EmployerQuery { text, ..EmployerQuery::default() };
                            view! { <p><a class="button" href=all.address() rel="external">{t.employers_drop_filters}</a></p> }
                        })}
                    <p>
                        <a class="button button-primary" href="/visits/new">
                            {t.employers_add_by_visit}
                        </a>
                    </p>
                </div>
            </div>
        }
        .into_any();
    }
    let more = pages(&asked, list.total);
    let views: Vec<AnyView> = list
        .views
        .iter()
        .map(|saved| {
            view! { <a class="button button-small" href=saved.address.clone() rel="external">{saved.name.clone()}</a> }
                .into_any()
        })
        .collect();
    view! {
        {(!views.is_empty()).then(|| view! { <p class="row">{views}</p> })}
        <p class="muted" role="status">
            {t.employers_found.of(list.total as usize)}
        </p>
        <div class="card flush">
            <ul class="list">{list.rows.into_iter().map(at_its_page).collect_view()}</ul>
        </div>
        {more}
        {light_rule(list.rule)}
    }
    .into_any()
}

fn at_its_page(at: EmployerRow) -> AnyView {
    let to = format!("/employers/{}", at.id);
    row(at, to)
}

fn row(row: EmployerRow, to: String) -> AnyView {
    let t = words();
    let about: Vec<String> = row.municipality.into_iter().chain(row.owner).collect();
    let silenced = row
        .do_not_contact
        .then(|| view! { <span class="tag tag-warn">{Icon::Warning.view()} {t.do_not_contact}</span> });
    view! {
        <li>
            <a class="list-row" href=to>
                <span class="row-main">
                    <span class="row-title">{row.name}</span>
                    <span class="row-sub">{about.join(" · ")}</span>
                </span>
                <span class="row-end">{silenced} {light(row.silence)}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Earlier and later pages of a long list.
fn pages(asked: &EmployerQuery, total: u32) -> AnyView {
    let t = words();
    let last = total.saturating_sub(1) / PAGE;
    if last == 0 {
        return ().into_any();
    }
    let to = |page: u32| EmployerQuery { page, ..asked.clone() }.address();
    let earlier = (asked.page > 0).then(|| {
        view! { <a class="button" href=to(asked.page - 1)>{Icon::ChevronLeft.view()} {t.previous}</a> }
    });
    let later = (asked.page < last).then(
        || view! { <a class="button" href=to(asked.page + 1)>{t.next} {Icon::ChevronRight.view()}</a> },
    );
    view! {
        <nav class="pages" aria-label=t.pages>
            <span>{earlier}</span>
            <span class="muted">{format!("{} / {}", asked.page + 1, last + 1)}</span>
            <span>{later}</span>
        </nav>
    }
    .into_any()
}
