//! The document, the frame around every page, and the routes.

use crate::account::MorePage;
use crate::card::Pocket;
use crate::data::{Ask, Data, Loaded, load, show_if_there, show_or};
use crate::employers::{EmployerPageView, EmployersPage};
use crate::error::AppError;
use crate::i18n::{Spoken, words};
use crate::outbox::{Outbox, SyncPage};
use crate::register::Register;
use crate::today::TodayPage;
use crate::ui::{Icon, Toasts, failure};
use crate::visits::NewVisitPage;
use domain::access::Me;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

/// The whole document of a page that the browser code brings to life, as the server sends it.
#[cfg(feature = "ssr")]
#[must_use]
pub fn shell() -> AnyView {
    use crate::server::{Assets, Wanted, from_request};
    use domain::codes::Code;
    use leptos_meta::MetaTags;

    let assets = use_context::<Assets>().unwrap_or_default();
    let language = from_request::<Wanted>().map_or(domain::codes::Language::Finnish, |wanted| wanted.0);
    provide_context(Spoken(language));
    let nonce = leptos::nonce::use_nonce();
    let code = view! {
        <script type="module" src=assets.boot nonce=nonce></script>
        <MetaTags />
    };
    let head = head(&assets.css, code.into_any());
    view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            {head}
            <body>
                <App />
            </body>
        </html>
    }
    .into_any()
}

/// The empty document, into which the browser code mounts the page: what a phone without a network opens
/// (`app/client/sw.js`). It is the same for everybody, and nothing of anybody may stand in it.
#[cfg(feature = "ssr")]
#[must_use]
pub fn empty_shell(language: domain::codes::Language, assets: &crate::server::Assets, nonce: &str) -> String {
    use domain::codes::{Code, Language};
    let unscripted = match language {
        Language::Finnish => "Ilman verkkoa Rinnalla tarvitsee JavaScriptin.",
        Language::Swedish => "Utan nät behöver Rinnalla JavaScript.",
        Language::English => "Without a network Rinnalla needs JavaScript.",
    };
    crate::i18n::speaking(language, || {
        provide_context(leptos::nonce::Nonce::from_value(nonce.to_owned()));
        let nonce = leptos::nonce::use_nonce();
        let code = view! {
            <title>"Rinnalla"</title>
            <script type="module" src=assets.boot.clone() nonce=nonce></script>
        };
        let head = head(&assets.css, code.into_any());
        view! {
            <!DOCTYPE html>
            <html lang=language.code()>
                {head}
                <body data-shell="">
                    <noscript>
                        <p>{unscripted}</p>
                    </noscript>
                </body>
            </html>
        }
        .to_html()
        // The renderer's mark after a text would be read as a part of the title.
        .replacen("<!></title>", "</title>", 1)
    })
}

/// The head of every document, with `more` at its end.
#[cfg(feature = "ssr")]
pub(crate) fn head(css: &str, more: AnyView) -> AnyView {
    use domain::codes::Code;
    let manifest = format!("/manifest.{}.webmanifest", crate::i18n::language().code());
    let nonce = leptos::nonce::use_nonce();
    view! {
        <head>
            <meta charset="utf-8" />
            <meta
                name="viewport"
                content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
            />
            <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f6f5" />
            <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1514" />
            <link rel="stylesheet" href=css.to_owned() nonce=nonce />
            <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
            <link rel="apple-touch-icon" href="/icons/apple-touch-icon-180.png" />
            <link rel="manifest" href=manifest />
            {more}
        </head>
    }
    .into_any()
}

/// Who is signed in, as every page may know; in the context.
#[derive(Clone, Copy)]
pub struct Signed(pub Loaded);

/// The application: the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    if use_context::<Spoken>().is_none() {
        provide_context(Spoken(document_language()));
    }
    let toasts = Toasts::new();
    provide_context(toasts);
    let outbox = Outbox::new();
    provide_context(outbox);
    provide_context(Register::new());
    provide_context(Pocket::new());
    let t = words();
    view! {
        <Router>
            <a class="skip-link" href="#main">
                {t.skip_link}
            </a>
            <Routes fallback=not_found>
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("") view=TodayPage ssr=SsrMode::Async />
                    <Route path=path!("employers") view=EmployersPage ssr=SsrMode::Async />
                    <Route path=path!("employers/:id") view=EmployerPageView ssr=SsrMode::Async />
                    <Route path=path!("visits/new") view=NewVisitPage ssr=SsrMode::Async />
                    <Route path=path!("more") view=MorePage ssr=SsrMode::Async />
                    <Route path=path!("sync") view=SyncPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
            {toasts.view(outbox.view())}
        </Router>
    }
}

/// The language that the server wrote into the document.
fn document_language() -> domain::codes::Language {
    #[cfg(feature = "hydrate")]
    {
        use domain::codes::{Code, Language};
        document()
            .document_element()
            .and_then(|element| element.get_attribute("lang"))
            .and_then(|code| Language::parse(&code).ok())
            .unwrap_or(Language::Finnish)
    }
    #[cfg(not(feature = "hydrate"))]
    {
        crate::server::from_request::<crate::server::Wanted>()
            .map_or(domain::codes::Language::Finnish, |wanted| wanted.0)
    }
}

fn not_found() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    // In the empty document an unknown address is a page of the server's that did not come.
    let (why, back) = if in_shell() {
        let t = words();
        let back = view! { <p><a class="button" href="/">{t.back_to_start}</a></p> };
        (AppError::NoNetwork, Some(back))
    } else {
        (AppError::NotThere, None)
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            {failure(why)}
            {back}
        </main>
    }
    .into_any()
}

/// Was the page opened without an answer of the server's?
fn in_shell() -> bool {
    #[cfg(feature = "hydrate")]
    {
        document().body().is_some_and(|body| body.has_attribute("data-shell"))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        false
    }
}

/// The navigation and the page.
#[component]
fn Frame() -> impl IntoView {
    // Opened without a network, the frame is whole once the server has answered.
    let turn = if in_shell() { expect_context::<Outbox>().arrived() } else { RwSignal::new(0) };
    let signed = load(turn, || Ask::Me);
    provide_context(Signed(signed));
    let path = Signal::from(use_location().pathname);
    focus_heading_after_navigation();
    tell_outbox(signed);
    view! {
        {show_if_there(
            signed,
            |data| match data {
                Data::Me(me) if me.demo => demo_strip(),
                _ => ().into_any(),
            },
        )}
        <div class="app">
            <nav class="bar" aria-label=words().main_navigation>
                <a class="bar-brand" href="/">
                    {logo()}
                    <span>"Rinnalla"</span>
                </a>
                {show_or(
                    signed,
                    move |error| bar_without(error, path),
                    move |data| match data {
                        Data::Me(me) => bar_items(&me, path),
                        _ => ().into_any(),
                    },
                )}
            </nav>
            <main class="page" id="main" tabindex="-1">
                <Outlet />
                {foot(
                    path,
                    show_if_there(
                        signed,
                        |data| match data {
                            Data::Me(me) => way_to_search(&me),
                            _ => ().into_any(),
                        },
                    ),
                )}
            </main>
        </div>
    }
}

/// Tells the outbox who writes on this phone, as soon as that is known.
fn tell_outbox(signed: Loaded) {
    let outbox = expect_context::<Outbox>();
    #[cfg(feature = "hydrate")]
    let register = expect_context::<Register>();
    Effect::new(move |_| {
        if let Some(Ok(Data::Me(me))) = signed.get() {
            outbox.belongs_to(me.id);
            #[cfg(feature = "hydrate")]
            if me.in_field() {
                register.refresh();
            }
        }
    });
}

/// The main navigation while the server can't be reached: what works without it.
fn bar_without(error: AppError, path: Signal<String>) -> AnyView {
    if error != AppError::NoNetwork {
        return ().into_any();
    }
    let t = words();
    view! {
        {bar_item("/", Icon::Today, t.nav_today, "bar-item", path)}
        {bar_item("/employers", Icon::Employers, t.nav_employers, "bar-item", path)}
        {bar_item("/visits/new", Icon::Plus, t.nav_log, "bar-item bar-log", path)}
        {bar_item("/sync", Icon::OnPhone, t.sync_title, "bar-item", path)}
    }
    .into_any()
}

/// The main navigation: what the person can do, and nothing else. `path` is where one is.
pub(crate) fn bar_items(me: &Me, path: Signal<String>) -> AnyView {
    let t = words();
    let item = move |to, icon, word, class| bar_item(to, icon, word, class, path);
    let in_field = me.in_field();
    let field = in_field.then(|| {
        [
            item("/employers", Icon::Employers, t.nav_employers, "bar-item"),
            item("/visits/new", Icon::Plus, t.nav_log, "bar-item bar-log"),
            item("/clients", Icon::Clients, t.nav_clients, "bar-item"),
            item("/search", Icon::Search, t.search, "bar-item bar-desk"),
        ]
        .collect_view()
    });
    let people =
        (me.manages_people() && !in_field).then(|| item("/people", Icon::Clients, t.nav_people, "bar-item"));
    // Who only refers or reviews has nothing on Today.
    let first = if me.only_refers() {
        item("/referrals", Icon::Sent, t.nav_referrals, "bar-item")
    } else if me.only_reviews() {
        item("/dossiers", Icon::Check, t.nav_dossiers, "bar-item")
    } else {
        item("/", Icon::Today, t.nav_today, "bar-item")
    };
    view! {
        {first}
        {field}
        {people}
        {item("/more", Icon::More, t.nav_more, "bar-item")}
    }
    .into_any()
}

/// The strip over every page of a demo.
pub(crate) fn demo_strip() -> AnyView {
    let t = words();
    view! { <aside class="demo-strip" aria-label=t.demo>{t.demo_strip}</aside> }.into_any()
}

/// Desk pages have no browser code: the browser opens them itself.
const DESK: &[&str] = &["/people", "/clients", "/referrals", "/dossiers", "/search"];

fn bar_item(
    to: &'static str,
    icon: Icon,
    word: &'static str,
    class: &'static str,
    path: Signal<String>,
) -> AnyView {
    let current = move || {
        let here = path.with(|path| if to == "/" { path == "/" } else { path.starts_with(to) });
        here.then_some("page")
    };
    let rel = DESK.contains(&to).then_some("external");
    // What waits is behind the last item; on desk pages their script counts it.
    let count = use_context::<Outbox>().filter(|_| to == "/more").map(Outbox::count);
    view! {
        <a class=class href=to rel=rel aria-current=current>
            {icon.view()}
            <span>{word}</span>
            {count}
        </a>
    }
    .into_any()
}

/// The way to the search, for whoever has one. The bar has no place for it on a phone.
pub(crate) fn way_to_search(me: &Me) -> AnyView {
    let link = view! {
        <a href="/search" rel="external">
            {words().search}
        </a>
    };
    me.in_field().then_some(link).into_any()
}

/// The page of help for the task of an address; empty when that is the whole list.
fn help_of(path: &str) -> &'static str {
    match path {
        "/" => "/next-steps",
        "/visits/new" => "/log-a-visit",
        "/sync" | "/devices" => "/offline",
        "/employers" => "/find-an-employer",
        "/sign-in" => "/sign-in",
        path if path.starts_with("/search") => "/search",
        "/clients" => "/clients",
        "/clients/load" => "/load",
        "/referrals" | "/referrals/new" => "/refer",
        "/referrals/inbox" => "/take-up",
        "/meetings/team" => "/team-meeting",
        "/people/substitutes" => "/substitutes",
        "/break-glass" => "/glass",
        "/calendar" => "/calendar",
        "/lead" => "/unit-week",
        "/time" => "/time-use",
        path if path.starts_with("/fidelity/ahead") || path.starts_with("/fidelity/dossiers") => "/review",
        path if path.starts_with("/fidelity/assessments") || path.starts_with("/dossiers") => "/review",
        path if path.starts_with("/fidelity") => "/criteria",
        path if path.starts_with("/meetings") => "/meetings",
        path if path.starts_with("/opportunities") => "/opportunities",
        path if path.starts_with("/matches/") || path.ends_with("/matches") => "/matches",
        path if path.starts_with("/jobs/") || path.ends_with("/jobs/new") => "/jobs",
        path if path.contains("/support") => "/support",
        path if path.contains("/advice") => "/advice",
        path if path.starts_with("/organisation/codes") => "/code-lists",
        path if path.starts_with("/organisation/retention") => "/retention",
        path if path.starts_with("/organisation") => "/organisation",
        path if path.starts_with("/clients/") && path.ends_with("/uses") => "/log-extract",
        path if path.starts_with("/clients/") && path.ends_with("/copy") => "/client-copy",
        path if path.starts_with("/clients/") && path.contains("/plans") => "/plans",
        path if path.starts_with("/plans/") => "/plans",
        path if path.starts_with("/clients/") && path.contains("/way/") => "/way",
        path if path.starts_with("/clients/") => "/clients",
        _ => "",
    }
}

/// The end of every page: `ways`, the way to help, to the page of the task at hand (WCAG 3.2.6), and to the
/// accessibility statement.
pub(crate) fn foot(path: Signal<String>, ways: AnyView) -> AnyView {
    let to = move || path.with(|path| format!("/help{}", help_of(path)));
    let t = words();
    view! {
        <p class="foot">
            {ways}
            <a href=to rel="external">
                {t.help}
            </a>
            <a href="/saavutettavuus" rel="external">
                {t.accessibility}
            </a>
        </p>
    }
    .into_any()
}

/// The mark of the product: two shapes side by side.
#[must_use]
pub fn logo() -> AnyView {
    view! { <img class="logo" src="/favicon.svg" alt="" width="32" height="32" /> }.into_any()
}

/// After a navigation in the browser the focus moves to the new page's heading, so that a screen
/// reader says where one is; the first page of a visit keeps the browser's own start.
fn focus_heading_after_navigation() {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let path = use_location().pathname;
        Effect::new(move |before: Option<String>| {
            let now = path.get();
            if before.is_some_and(|before| before != now) {
                leptos::task::spawn_local(async {
                    gloo_timers::future::TimeoutFuture::new(50).await;
                    // The router scrolls to the top, or, going back, to where one was.
                    let options = web_sys::FocusOptions::new();
                    options.set_prevent_scroll(true);
                    let main = document().get_element_by_id("main");
                    // Who is in a field already stays there: a letter typed elsewhere is a letter lost.
                    let untouched =
                        |main: &web_sys::Element| matches!(main.query_selector(":focus"), Ok(None));
                    if let Some(main) = main.filter(untouched) {
                        let _ = main.unchecked_into::<web_sys::HtmlElement>().focus_with_options(&options);
                    }
                });
            }
            now
        });
    }
}
