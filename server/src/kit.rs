//! The kit: open to everybody, signed in or not; everything on it is made up.

use crate::desk::OpenRequest;
use app::desk::Desk;
use app::kit::{kit_page, me};
use app::server::Assets;
use axum::response::{Html, IntoResponse, Response};

/// Every piece of the interface, in the frame of a made-up coach.
pub(crate) async fn page(OpenRequest(desk): OpenRequest) -> Response {
    // A made-up coach has nothing on this phone: the page needs no browser code.
    let assets = Assets { desk: String::new(), ..desk.assets.clone() };
    let desk = Desk { me: Some(me()), assets, ..desk };
    Html(desk.page(kit_page)).into_response()
}
