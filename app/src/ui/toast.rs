//! A short message at the bottom: what was done, and a way back for ten seconds and more.

use crate::i18n::words;
use crate::ui::Icon;
use leptos::prelude::*;

/// A message.
#[derive(Clone)]
pub struct Toast {
    /// What was done.
    pub text: String,
    /// Undoes it.
    pub undo: Option<Callback<()>>,
}

/// The place for messages; in the context.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
    turn: StoredValue<u32>,
}

/// A message with a way back stays this long, in milliseconds (ux row 8: ten seconds or more).
const WITH_UNDO: u32 = 12_000;
/// A message without stays this long.
const WITHOUT: u32 = 6_000;

impl Toasts {
    /// An empty place.
    #[must_use]
    pub fn new() -> Self {
        Self { shown: RwSignal::new(None), turn: StoredValue::new(0) }
    }

    /// A place where a message stands, for the kit.
    #[cfg(feature = "ssr")]
    pub(crate) fn standing(toast: Toast) -> Self {
        Self { shown: RwSignal::new(Some(toast)), turn: StoredValue::new(0) }
    }

    /// Shows a message; one that stands there gives way.
    pub fn show(self, toast: Toast) {
        let stays = if toast.undo.is_some() { WITH_UNDO } else { WITHOUT };
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        self.shown.set(Some(toast));
        leptos::task::spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(stays).await;
            if self.turn.try_get_value() == Some(turn) {
                self.shown.try_set(None);
            }
        });
    }

    /// Takes the message away.
    pub fn clear(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.shown.set(None);
    }

    /// The place itself: a live region that is always there, so that nothing moves when a message
    /// comes. `above` stands over the messages.
    #[must_use]
    pub fn view(self, above: AnyView) -> AnyView {
        let t = words();
        view! {
            <div class="toasts" role="status">
                {above}
                {move || {
                    self.shown
                        .get()
                        .map(|toast| {
                            let undo = toast
                                .undo
                                .map(|undo| {
                                    view! {
                                        <button
                                            type="button"
                                            class="button"
                                            on:click=move |_| {
                                                self.clear();
                                                undo.run(());
                                            }
                                        >
                                            {Icon::Undo.view()}
                                            {t.undo}
                                        </button>
                                    }
                                });
                            view! {
                                <div class="toast">{Icon::Sent.view()} <p>{toast.text}</p> {undo}</div>
                            }
                        })
                }}
            </div>
        }
        .into_any()
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}
