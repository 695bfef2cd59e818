//! The web server: wiring only. Use cases live in `backend`, pages in `app`.
//!
//! A request passes, from the outside in: panic → 500 · time limit · headers ([`headers`]) · body
//! limit · the gate ([`guard`]: where may a write come from) · the session ([`session`]: who asks) ·
//! then a page, a desk page ([`desk`]), a server function, a form ([`forms`]), or `POST /api/sync` ([`sync`]).

mod advice;
mod arrivals;
mod assets;
mod calendar;
mod clients;
mod codes;
mod desk;
mod devices;
mod employers;
mod fidelity;
mod forms;
mod guard;
mod headers;
mod help;
mod jobs;
mod kit;
mod lead;
mod lists;
mod matches;
mod meetings;
mod opportunities;
mod organisation;
pub mod pdf;
mod people;
mod plans;
mod posted;
mod referrals;
mod retention;
mod sealed;
mod search;
mod session;
mod shell;
mod statement;
mod steps;
mod support;
mod sync;
mod time_use;
mod visits;

use app::server::{Assets, SignedIn};
use app::statement::Feedback;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use backend::Backend;
use domain::codes::Role;
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;
use tokio_util::task::LocalPoolHandle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Bodies of forms and server functions (S29).
const BODY_MAX: usize = 1024 * 1024;
/// The longest that a request may take (S29).
const TIME_MAX: Duration = Duration::from_secs(30);

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the accessibility statement sends people who meet a barrier.
    pub feedback: Option<Feedback>,
    /// Whether phones may open the app without a network.
    pub service_worker: ServiceWorker,
}

/// Whether phones have a service worker, by which the app opens without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ServiceWorker {
    /// They have.
    #[default]
    On,
    /// The kill switch: whoever has one loses it, and what it kept.
    Off,
}

/// Serves until the process is told to stop (Ctrl-C or SIGTERM); what is under way is finished.
///
/// # Errors
/// When the address can't be listened on.
pub async fn serve(backend: Backend, options: ServeOptions) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(options.listen).await?;
    announce(listener.local_addr()?)?;
    let store = backend.store.clone();
    let service = router(backend, options.feedback, options.service_worker)
        .into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    store.close().await;
    Ok(())
}

/// Says where the pages are.
fn announce(address: SocketAddr) -> std::io::Result<()> {
    use std::io::Write;
    writeln!(std::io::stdout(), "Rinnalla is at http://{address}")
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}

/// What every handler may need.
#[derive(Clone)]
pub(crate) struct App {
    backend: Backend,
    assets: Assets,
    feedback: Option<Feedback>,
}

/// Every route of the product. `feedback` is where people tell of a barrier.
pub fn router(backend: Backend, feedback: Option<Feedback>, service_worker: ServiceWorker) -> Router {
    // A second router in the same process finds it there already.
    let _ = any_spawner::Executor::init_tokio();
    let app = App { backend, assets: assets::addresses(), feedback };
    let forms = Router::new()
        .route("/sign-in", get(forms::sign_in_form).post(forms::sign_in))
        .route("/sign-out", post(forms::sign_out))
        .route("/sign-out-everywhere", post(forms::sign_out_everywhere))
        .route("/language", post(forms::choose_language))
        .route("/invitation/{token}", get(forms::invitation).post(forms::accept_invitation))
        .merge(desk_routes().into_iter().fold(Router::new(), |all, (_, path, to)| all.route(path, to)))
        .layer(from_fn(guard::form));
    let functions = Router::new()
        .route("/api/sync", post(sync::receive).layer(DefaultBodyLimit::max(domain::sync::BATCH_BYTES_MAX)))
        .route("/api/device", post(devices::enrol))
        .route("/api/{*function}", post(server_function))
        .layer(from_fn(guard::function));
    let personal = Router::new()
        .merge(forms)
        .merge(functions)
        .fallback(get(page))
        .layer(from_fn_with_state(app.clone(), session::find))
        .layer(from_fn(headers::personal));
    let worker = match service_worker {
        ServiceWorker::On => get(assets::file),
        ServiceWorker::Off => get(shell::worker_off),
    };
    Router::new()
        .route("/health", get(async || "ok"))
        .route(
            "/api/drop",
            post(arrivals::receive)
                .layer(DefaultBodyLimit::max(domain::sync::BATCH_BYTES_MAX))
                .layer(from_fn(guard::function)),
        )
        .route(shell::WORKER, worker)
        .route("/shell/{language}", get(shell::empty))
        .route("/calendar/{file}", get(calendar::file))
        .route("/pkg/{*file}", get(assets::file))
        .route("/icons/{*file}", get(assets::file))
        .route("/favicon.svg", get(assets::file))
        .route("/icon.svg", get(assets::file))
        .route("/robots.txt", get(assets::file))
        .route("/manifest.fi.webmanifest", get(assets::file))
        .route("/manifest.sv.webmanifest", get(assets::file))
        .route("/manifest.en.webmanifest", get(assets::file))
        .merge(personal)
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::every))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, TIME_MAX))
        .layer(CatchPanicLayer::new())
        .with_state(app)
}

/// The desk pages and their form posts. They stand in a list so that the authorisation matrix can
/// ask for it: one without a row there fails the test.
fn desk_routes() -> Vec<(&'static str, &'static str, MethodRouter<App>)> {
    vec![
        ("GET", "/employers.tsv", get(employers::names)),
        ("GET", "/employers/filters", get(employers::filters)),
        ("GET", "/employers/route", get(employers::route)),
        ("GET", "/employers/light", get(employers::light_form)),
        ("POST", "/employers/light", post(employers::set_light)),
        ("POST", "/employers/views", post(employers::save_view)),
        ("POST", "/employers/views/{view}/drop", post(employers::drop_view)),
        ("GET", "/employers/lists", get(lists::page)),
        ("POST", "/employers/lists", post(lists::take).layer(DefaultBodyLimit::max(lists::BODY_MAX))),
        ("GET", "/employers/lists/{list}", get(lists::columns)),
        ("POST", "/employers/lists/{list}", post(lists::name_columns)),
        ("GET", "/employers/lists/{list}/rows", get(lists::rows)),
        ("POST", "/employers/lists/{list}/rows", post(lists::settle)),
        ("POST", "/employers/lists/{list}/write", post(lists::write)),
        ("POST", "/employers/lists/{list}/undo", post(lists::undo)),
        ("POST", "/employers/lists/{list}/drop", post(lists::drop)),
        ("GET", "/employers/lists/{list}/done", get(lists::done)),
        ("GET", "/employers.csv", get(lists::employers)),
        ("GET", "/employers.xlsx", get(lists::employers)),
        ("GET", "/employers/route.csv", get(lists::route)),
        ("GET", "/employers/route.xlsx", get(lists::route)),
        ("GET", "/employers/{id}/history.csv", get(lists::history)),
        ("GET", "/employers/{id}/history.xlsx", get(lists::history)),
        ("GET", "/people.csv", get(lists::people)),
        ("GET", "/people.xlsx", get(lists::people)),
        ("GET", "/visits.csv", get(lists::visits)),
        ("GET", "/visits.xlsx", get(lists::visits)),
        ("GET", "/employers/{id}/edit", get(employers::edit_form)),
        ("POST", "/employers/{id}/edit", post(employers::edit)),
        ("GET", "/employers/{id}/contacts/new", get(employers::new_contact)),
        ("POST", "/employers/{id}/contacts/new", post(employers::add_contact)),
        ("GET", "/employers/{id}/contacts/{contact}", get(employers::contact_form)),
        ("POST", "/employers/{id}/contacts/{contact}", post(employers::edit_contact)),
        ("POST", "/employers/{id}/contacts/{contact}/remove", post(employers::remove_contact)),
        ("POST", "/employers/{id}/contacts/{contact}/restore", post(employers::restore_contact)),
        ("GET", "/employers/{id}/do-not-contact", get(employers::silence_form)),
        ("POST", "/employers/{id}/do-not-contact", post(employers::silence)),
        ("POST", "/employers/{id}/do-not-contact/lift", post(employers::lift_silence)),
        ("GET", "/employers/{id}/hand-over", get(employers::hand_over_form)),
        ("POST", "/employers/{id}/hand-over", post(employers::hand_over)),
        ("GET", "/employers/{id}/handed-over", get(employers::handed_over)),
        ("POST", "/employers/{id}/hand-over/undo", post(employers::undo_hand_over)),
        ("GET", "/employers/{id}/chain", get(employers::chain_form)),
        ("POST", "/employers/{id}/chain", post(employers::chain)),
        ("GET", "/employers/{id}/settle", get(employers::settle_form)),
        ("POST", "/employers/{id}/settle", post(employers::settle)),
        ("GET", "/employers/{id}/merge", get(employers::merge_choice)),
        ("GET", "/employers/{id}/merge/{other}", get(employers::merge_form)),
        ("POST", "/employers/{id}/merge/{other}", post(employers::merge)),
        ("POST", "/employers/{id}/unmerge", post(employers::unmerge)),
        ("GET", "/employers/{id}/history", get(employers::history)),
        ("GET", "/clients", get(clients::caseload)),
        ("GET", "/clients/load", get(clients::load)),
        ("GET", "/clients/all", get(clients::all)),
        ("GET", "/clients/{id}", get(clients::one)),
        ("GET", "/clients/{id}/edit", get(clients::about_form)),
        ("POST", "/clients/{id}/edit", post(clients::about)),
        ("GET", "/clients/{id}/next-step", get(clients::next_step_form)),
        ("POST", "/clients/{id}/next-step", post(clients::next_step)),
        ("POST", "/clients/{id}/next-step/done", post(clients::next_step_done)),
        ("GET", "/clients/{id}/profile", get(clients::profile)),
        ("GET", "/clients/{id}/profile/{version}", get(clients::profile_version)),
        ("GET", "/clients/{id}/profile/edit", get(clients::profile_form)),
        ("POST", "/clients/{id}/profile/edit", post(clients::save_profile)),
        ("GET", "/clients/{id}/{sheet}/new", get(clients::sheet)),
        ("POST", "/clients/{id}/{sheet}/new", post(clients::save_sheet)),
        ("POST", "/clients/{id}/record/{records}/{item}/{deed}", post(clients::on_record)),
        ("GET", "/clients/{id}/plans", get(plans::list)),
        ("GET", "/clients/{id}/plans/new", get(plans::new_form)),
        ("POST", "/clients/{id}/plans/new", post(plans::write)),
        ("GET", "/clients/{id}/copy", get(plans::copy)),
        ("GET", "/clients/{id}/copy.pdf", get(plans::copy_on_paper)),
        ("GET", "/plans/{plan}", get(plans::one)),
        ("GET", "/plans/{plan}/edit", get(plans::correction_form)),
        ("POST", "/plans/{plan}/edit", post(plans::correct)),
        ("POST", "/plans/{plan}/actions/{action}/done", post(plans::done)),
        ("POST", "/plans/{plan}/actions/{action}/undone", post(plans::undone)),
        ("POST", "/plans/{plan}/actions/{action}/hand", post(plans::hand)),
        ("POST", "/plans/{plan}/withdraw", post(plans::withdraw)),
        ("POST", "/plans/{plan}/restore", post(plans::restore)),
        ("GET", "/clients/{id}/way/{kind}", get(clients::step_form)),
        ("POST", "/clients/{id}/way/{kind}", post(clients::take_step)),
        ("GET", "/clients/{id}/way/{kind}/day", get(clients::day_form)),
        ("POST", "/clients/{id}/way/{kind}/day", post(clients::correct_day)),
        ("GET", "/clients/{id}/jobs/new", get(jobs::new_form)),
        ("POST", "/clients/{id}/jobs/new", post(jobs::open)),
        ("GET", "/opportunities", get(opportunities::list)),
        ("GET", "/opportunities/new", get(opportunities::new_form)),
        ("POST", "/opportunities/new", post(opportunities::share)),
        ("GET", "/opportunities/{opportunity}", get(opportunities::one)),
        ("GET", "/opportunities/{opportunity}/edit", get(opportunities::change_form)),
        ("POST", "/opportunities/{opportunity}/edit", post(opportunities::change)),
        ("POST", "/opportunities/{opportunity}/confirm", post(opportunities::confirm)),
        ("POST", "/opportunities/{opportunity}/close", post(opportunities::close)),
        ("POST", "/opportunities/{opportunity}/reopen", post(opportunities::reopen)),
        ("GET", "/clients/{id}/matches", get(matches::list)),
        ("GET", "/clients/{id}/matches/new", get(matches::new_form)),
        ("POST", "/clients/{id}/matches/new", post(matches::begin)),
        ("GET", "/matches/{match}", get(matches::one)),
        ("POST", "/matches/{match}/notes", post(matches::note)),
        ("POST", "/matches/{match}/notes/{item}/{deed}", post(matches::on_note)),
        ("POST", "/matches/{match}/end", post(matches::end)),
        ("POST", "/matches/{match}/reopen", post(matches::reopen)),
        ("POST", "/matches/{match}/learn", post(matches::learn)),
        ("GET", "/jobs/{job}", get(jobs::one)),
        ("GET", "/jobs/{job}/change", get(jobs::change_form)),
        ("POST", "/jobs/{job}/change", post(jobs::change)),
        ("POST", "/jobs/{job}/changes/{change}/{deed}", post(jobs::on_change)),
        ("GET", "/jobs/{job}/correct", get(jobs::correct_form)),
        ("POST", "/jobs/{job}/correct", post(jobs::correct)),
        ("GET", "/jobs/{job}/end", get(jobs::end_form)),
        ("POST", "/jobs/{job}/end", post(jobs::end)),
        ("POST", "/jobs/{job}/reopen", post(jobs::reopen)),
        ("POST", "/jobs/{job}/withdraw", post(jobs::withdraw)),
        ("POST", "/jobs/{job}/restore", post(jobs::restore)),
        ("GET", "/clients/{id}/steps", get(steps::list)),
        ("GET", "/clients/{id}/steps/{kind}", get(steps::new_form)),
        ("POST", "/clients/{id}/steps/{kind}", post(steps::take)),
        ("POST", "/clients/{id}/steps/{kind}/{item}/{deed}", post(steps::on_step)),
        ("GET", "/clients/{id}/advice", get(advice::list)),
        ("GET", "/clients/{id}/advice/new", get(advice::new_form)),
        ("POST", "/clients/{id}/advice/new", post(advice::give)),
        ("GET", "/clients/{id}/advice/sheet", get(advice::sheet)),
        ("GET", "/clients/{id}/advice/sheet.pdf", get(advice::sheet_on_paper)),
        ("POST", "/clients/{id}/advice/{item}/{deed}", post(advice::on_advice)),
        ("GET", "/devices", get(devices::page)),
        ("POST", "/devices/copy", post(devices::bring).layer(DefaultBodyLimit::max(lists::BODY_MAX))),
        ("POST", "/devices/{device}/name", post(devices::rename)),
        ("POST", "/devices/{device}/end", post(devices::end)),
        ("POST", "/devices/held/{entry}/accept", post(devices::accept)),
        ("POST", "/devices/held/{entry}/drop", post(devices::let_go)),
        ("GET", "/calendar", get(calendar::page)),
        ("POST", "/calendar", post(calendar::share)),
        ("POST", "/calendar/end", post(calendar::end)),
        ("GET", "/support/new", get(support::new_form)),
        ("POST", "/support/new", post(support::log)),
        ("GET", "/clients/{id}/support", get(support::all)),
        ("POST", "/clients/{id}/support/{item}/{deed}", post(support::on_support)),
        ("GET", "/clients/{id}/support/agree", get(support::agree_form)),
        ("POST", "/clients/{id}/support/agree", post(support::agree)),
        ("POST", "/clients/{id}/support/agreements/{item}/{deed}", post(support::on_agreement)),
        ("GET", "/help", get(help::list)),
        ("GET", "/help/{task}", get(help::one)),
        ("GET", "/kit", get(kit::page)),
        ("GET", "/fidelity", get(fidelity::unit)),
        ("GET", "/fidelity/dossier.pdf", get(fidelity::dossier)),
        ("GET", "/fidelity/dossier.xlsx", get(fidelity::dossier_book)),
        ("GET", "/fidelity/dossier-key.xlsx", get(fidelity::dossier_key_book)),
        ("GET", "/fidelity/dossiers", get(fidelity::dossiers)),
        ("GET", "/fidelity/dossiers/new", get(fidelity::opening_form)),
        ("POST", "/fidelity/dossiers/new", post(fidelity::open_dossier)),
        ("POST", "/fidelity/dossiers/{dossier}/close", post(fidelity::close_dossier)),
        ("POST", "/fidelity/dossiers/{dossier}/reopen", post(fidelity::reopen_dossier)),
        ("GET", "/dossiers", get(fidelity::my_dossiers)),
        ("GET", "/dossiers/{dossier}", get(fidelity::my_dossier)),
        ("GET", "/dossiers/{dossier}/dossier.pdf", get(fidelity::my_dossier_paper)),
        ("GET", "/dossiers/{dossier}/dossier.xlsx", get(fidelity::my_dossier_book)),
        ("GET", "/fidelity/ahead", get(fidelity::ahead)),
        ("GET", "/fidelity/ahead/plan", get(fidelity::habits_form)),
        ("POST", "/fidelity/ahead/plan", post(fidelity::take_habits)),
        ("GET", "/fidelity/choices", get(fidelity::choices_form)),
        ("POST", "/fidelity/choices", post(fidelity::choose)),
        ("GET", "/fidelity/parts/{part}", get(fidelity::attest_form)),
        ("POST", "/fidelity/parts/{part}", post(fidelity::attest)),
        ("GET", "/fidelity/packs", get(fidelity::packs)),
        ("GET", "/fidelity/packs/ips-25.toml", get(fidelity::pack_model)),
        ("POST", "/fidelity/packs", post(fidelity::load_pack)),
        ("POST", "/fidelity/packs/{pack}/{deed}", post(fidelity::take_pack)),
        ("GET", "/fidelity/units", get(fidelity::bands)),
        ("GET", "/fidelity/assessments/import", get(fidelity::import_form)),
        ("POST", "/fidelity/assessments/import", post(fidelity::import)),
        ("GET", "/fidelity/{criterion}", get(fidelity::item)),
        ("GET", "/fidelity/{criterion}/actions", get(fidelity::action_form)),
        ("POST", "/fidelity/{criterion}/actions", post(fidelity::act)),
        ("POST", "/fidelity/actions/{improvement}/{deed}", post(fidelity::deed)),
        ("GET", "/fidelity/assessments", get(fidelity::assessments)),
        ("GET", "/fidelity/assessments/new", get(fidelity::new_form)),
        ("POST", "/fidelity/assessments/new", post(fidelity::begin)),
        ("GET", "/fidelity/assessments/{assessment}", get(fidelity::assessment)),
        ("GET", "/fidelity/assessments/{assessment}/{criterion}", get(fidelity::score_form)),
        ("POST", "/fidelity/assessments/{assessment}/{criterion}/score", post(fidelity::give_score)),
        ("POST", "/fidelity/assessments/{assessment}/{criterion}/settle", post(fidelity::settle)),
        ("POST", "/fidelity/assessments/{assessment}/withdraw", post(fidelity::withdraw)),
        ("POST", "/fidelity/assessments/{assessment}/restore", post(fidelity::restore)),
        ("POST", "/fidelity/assessments/{assessment}/sign", post(fidelity::sign)),
        ("POST", "/fidelity/assessments/{assessment}/notes", post(fidelity::note)),
        ("GET", "/lead", get(lead::week)),
        ("GET", "/time", get(time_use::week)),
        ("POST", "/time", post(time_use::write)),
        ("GET", "/meetings", get(lead::meetings)),
        ("GET", "/meetings/new", get(lead::new_form)),
        ("POST", "/meetings/new", post(lead::write)),
        ("GET", "/meetings/{meeting}/clients", get(lead::talk_form)),
        ("POST", "/meetings/{meeting}/clients", post(lead::talk)),
        ("POST", "/meetings/{meeting}/withdraw", post(lead::withdraw)),
        ("POST", "/meetings/{meeting}/restore", post(lead::restore)),
        ("GET", "/meetings/team", get(meetings::team)),
        ("POST", "/meetings/team", post(meetings::write_team)),
        ("GET", "/people", get(people::page)),
        ("POST", "/people/invite", post(people::invite)),
        ("GET", "/referrals", get(referrals::own)),
        ("GET", "/referrals/new", get(referrals::new_form)),
        ("POST", "/referrals/new", post(referrals::send)),
        ("GET", "/referrals/declined", get(referrals::declined)),
        ("GET", "/referrals/inbox", get(referrals::inbox)),
        ("GET", "/referrals/inbox/{memo}", get(referrals::received)),
        ("POST", "/referrals/inbox/{memo}/decide", post(referrals::decide)),
        ("POST", "/referrals/inbox/{memo}/days", post(referrals::first_days)),
        ("GET", "/referrals/{memo}", get(referrals::own_one)),
        ("GET", "/referrals/{memo}/correct", get(referrals::correction_form)),
        ("POST", "/referrals/{memo}/correct", post(referrals::correct)),
        ("POST", "/referrals/{memo}/withdraw", post(referrals::withdraw)),
        ("POST", "/referrals/{memo}/restore", post(referrals::restore)),
        ("GET", "/people/substitutes", get(people::substitutes)),
        ("POST", "/people/substitutes", post(people::appoint)),
        ("POST", "/people/substitutes/{substitute}/end", post(people::end_substitute)),
        ("POST", "/people/substitutes/{substitute}/resume", post(people::resume_substitute)),
        ("GET", "/people/glass", get(people::glass_list)),
        ("POST", "/people/glass/{glass}/review", post(people::review_glass)),
        ("GET", "/people/alarms", get(people::alarms)),
        ("POST", "/people/alarms/{alarm}/review", post(people::review_alarm)),
        ("GET", "/break-glass", get(people::glass_form)),
        ("POST", "/break-glass", post(people::break_glass)),
        ("GET", "/break-glass/open", get(people::glass_open)),
        ("GET", "/clients/{id}/uses", get(people::uses)),
        ("GET", "/clients/{id}/uses.csv", get(lists::uses)),
        ("GET", "/clients/{id}/uses.xlsx", get(lists::uses)),
        ("GET", "/clients/{id}/uses.pdf", get(lists::uses_on_paper)),
        ("GET", "/organisation", get(organisation::page)),
        ("GET", "/organisation/changes", get(organisation::changes)),
        ("GET", "/organisation/settings", get(organisation::settings)),
        ("POST", "/organisation/settings", post(organisation::set_settings)),
        ("GET", "/organisation/codes", get(codes::page)),
        ("GET", "/organisation/codes/{list}", get(codes::list)),
        ("POST", "/organisation/codes/{list}", post(codes::add)),
        ("GET", "/organisation/codes/{list}/{code}", get(codes::one)),
        ("POST", "/organisation/codes/{list}/{code}/rename", post(codes::rename)),
        ("POST", "/organisation/codes/{list}/{code}/end", post(codes::end)),
        ("GET", "/organisation/units/new", get(organisation::new_unit)),
        ("POST", "/organisation/units/new", post(organisation::add_unit)),
        ("GET", "/organisation/units/{unit}", get(organisation::unit)),
        ("POST", "/organisation/units/{unit}", post(organisation::edit_unit)),
        ("GET", "/organisation/teams/new", get(organisation::new_team)),
        ("POST", "/organisation/teams/new", post(organisation::add_team)),
        ("GET", "/organisation/teams/{team}", get(organisation::team)),
        ("POST", "/organisation/teams/{team}", post(organisation::edit_team)),
        ("GET", "/organisation/people/new", get(organisation::new_person)),
        ("POST", "/organisation/people/new", post(organisation::add_person)),
        ("GET", "/organisation/people/{person}", get(organisation::person)),
        ("POST", "/organisation/people/{person}", post(organisation::rename_person)),
        ("POST", "/organisation/people/{person}/lock", post(organisation::lock)),
        ("POST", "/organisation/people/{person}/unlock", post(organisation::unlock)),
        ("POST", "/organisation/people/{person}/posts", post(organisation::add_post)),
        ("POST", "/organisation/posts/{post}/end", post(organisation::end_post)),
        ("GET", "/organisation/retention", get(retention::page)),
        ("GET", "/organisation/retention/rules", get(retention::rules)),
        ("GET", "/organisation/retention/rules/{service}/{record}", get(retention::rule)),
        ("POST", "/organisation/retention/rules/{service}/{record}", post(retention::set_rule)),
        ("GET", "/organisation/retention/units/{unit}", get(retention::unit)),
        ("POST", "/organisation/retention/units/{unit}", post(retention::propose)),
        ("GET", "/organisation/retention/erasures/{erasure}", get(retention::erasure)),
        ("POST", "/organisation/retention/erasures/{erasure}/release", post(retention::release)),
        ("POST", "/organisation/retention/erasures/{erasure}/withdraw", post(retention::withdraw)),
        ("POST", "/words", post(employers::look_at_words)),
        ("GET", "/saavutettavuus", get(statement::page)),
        ("GET", "/search", get(search::form)),
        ("POST", "/search", post(search::ask)),
        ("GET", "/search/{sealed}", get(search::found)),
        ("GET", "/visits", get(visits::feed)),
        ("POST", "/visits/new", get(page).post(visits::save)),
        ("POST", "/visits/draft", post(visits::keep_draft)),
        ("GET", "/visits/{id}", get(visits::one)),
        ("POST", "/visits/{id}/withdraw", post(visits::withdraw)),
        ("POST", "/visits/{id}/restore", post(visits::restore)),
    ]
}

/// Every desk page and form post, as `GET /people`.
#[must_use]
pub fn desk_functions() -> Vec<String> {
    desk_routes().into_iter().map(|(method, path, _)| format!("{method} {path}")).collect()
}

/// What the pages and server functions find in their context.
fn context(app: &App, nonce: Option<headers::PageNonce>) -> impl Fn() + Clone + Send + Sync + 'static {
    let (backend, assets) = (app.backend.clone(), app.assets.clone());
    move || {
        provide_context(backend.clone());
        provide_context(assets.clone());
        if let Some(nonce) = &nonce {
            provide_context(Nonce::from_value(nonce.0.clone()));
        }
    }
}

/// Threads that render pages, one page on one thread from its first value to its last. Where the values of a
/// page are worked out on several threads at once, the reactive graph now and then reads one that another
/// thread has just taken away, and the page fails or never comes.
static RENDERERS: LazyLock<LocalPoolHandle> =
    LazyLock::new(|| LocalPoolHandle::new(std::thread::available_parallelism().map_or(1, usize::from)));

/// A page, rendered whole.
async fn page(State(app): State<App>, request: Request) -> Response {
    // Who only refers, or only reviews, has one page: it is the first one.
    if request.uri().path() == "/"
        && let Some(first) = request.extensions().get().and_then(first_page)
    {
        return Redirect::to(first).into_response();
    }
    let nonce = request.extensions().get::<headers::PageNonce>().cloned();
    let rendered = RENDERERS.spawn_pinned(move || async move {
        let render = leptos_axum::render_app_async_with_context(context(&app, nonce), app::app::shell);
        let (head, body) = render(request).await.into_parts();
        // To its end here: what belongs to the page is cleared away when its last part has been read.
        axum::body::to_bytes(body, usize::MAX).await.map(|body| Response::from_parts(head, Body::from(body)))
    });
    match rendered.await {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => desk::failed(&backend::Error::internal(error)),
        Err(ended) => match ended.try_into_panic() {
            // As anywhere else: 500, and the process lives.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(ended) => desk::failed(&backend::Error::internal(ended)),
        },
    }
}

fn first_page(SignedIn(actor): &SignedIn) -> Option<&'static str> {
    let role = |role| actor.iter().flat_map(|actor| &actor.posts).any(|post| post.role == role);
    match [Role::Coach, Role::Lead, Role::Admin].into_iter().any(role) {
        false if role(Role::Referrer) => Some("/referrals"),
        false if role(Role::Reviewer) => Some("/dossiers"),
        _ => None,
    }
}

/// A server function of a page.
async fn server_function(State(app): State<App>, request: Request<Body>) -> Response {
    leptos_axum::handle_server_fns_with_context(context(&app, None), request).await.into_response()
}
