//! The kit: open to everybody, signed in or not; everything on it is made up.

use crate::desk::OpenRequest;
use app::desk::Desk;
use app::kit::{kit_page, me};
use axum::response::{Html, IntoResponse, Response};

/// Every piece of the interface, in the frame of a made-up coach.
pub(crate) async fn page(OpenRequest(desk): OpenRequest) -> Response {
    let desk = Desk { me: Some(me()), ..desk };
    Html(desk.page(kit_page)).into_response()
}
