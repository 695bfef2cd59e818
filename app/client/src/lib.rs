//! The browser code's entry.

use wasm_bindgen::prelude::wasm_bindgen;

/// Keeps a form of a page without browser code (`app::outbox::keep_form`).
#[wasm_bindgen]
pub async fn keep_form(language: String, person: String, path: String, pairs: String) -> String {
    app::outbox::keep_form(&language, &person, &path, &pairs).await
}

/// Keeps a command of a page without browser code (`app::outbox::keep_command`).
#[wasm_bindgen]
pub async fn keep_command(person: String, id: String, command: String) -> bool {
    app::outbox::keep_command(&person, &id, &command).await
}

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
