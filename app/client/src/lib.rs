//! The browser code's entry.

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page to life: hydrates what the server rendered, or mounts into an empty shell
/// (`<body data-shell>`).
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let body = web_sys::window().and_then(|window| window.document()).and_then(|document| document.body());
    if body.is_some_and(|body| body.has_attribute("data-shell")) {
        leptos::mount::mount_to_body(app::App);
    } else {
        leptos::mount::hydrate_body(app::App);
    }
}
