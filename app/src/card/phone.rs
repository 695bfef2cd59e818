//! The card in the phone's store: locked under a number, a day at most.

use super::Pocket;
use super::words::CardWords;
use crate::data::{Ask, Data, ask};
use crate::i18n::Phrase;
use crate::outbox::{clock, moment};
use ::outbox::{CHANCE_LEN, Cost, Locked};
use domain::card::{CARD_LASTS, Card, PIN_TRIES, is_over, pin};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/outbox/store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn who() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = keepCard)]
    async fn keep_card(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn card() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = tryCard)]
    async fn try_card(most: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = dropCard)]
    async fn drop_card() -> Result<JsValue, JsValue>;
    fn chance() -> Vec<u8>;
}

/// A page that was put away so long shows no card, in milliseconds.
const PUT_AWAY: u32 = 30_000;
/// The words of waiting are on the screen before the work begins, in milliseconds.
const PAINTED: u32 = 50;

/// What the phone keeps.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Whose it is.
    person: String,
    /// When it was taken along, by the phone's clock, in milliseconds since 1970.
    taken: i64,
    locked: Locked,
}

impl Kept {
    /// To what the lock is bound.
    fn about(person: &str, taken: i64) -> String {
        format!("{person} {taken}")
    }

    /// The card on this phone that is not over. What is over, or nobody's, goes.
    async fn now() -> Option<Self> {
        let text = card().await.ok()?.as_string()?;
        match serde_json::from_str::<Self>(&text) {
            Ok(kept) if !is_over(kept.taken, clock()) => Some(kept),
            _ => {
                let _ = drop_card().await;
                None
            }
        }
    }

    async fn keep(card: &Card, pin: &str) -> Option<Self> {
        let person = who().await.ok()?.as_string()?;
        let taken = clock();
        let mut fresh = [0; CHANCE_LEN];
        for part in fresh.chunks_mut(32) {
            let bytes = chance();
            part.copy_from_slice(&bytes[..part.len()]);
        }
        let text = serde_json::to_string(card).ok()?;
        let locked = Locked::lock(&text, &Self::about(&person, taken), pin, fresh, Cost::default())?;
        let kept = Self { person, taken, locked };
        kept.store().await.then_some(kept)
    }

    /// Puts it into the store, with all its tries.
    async fn store(&self) -> bool {
        match serde_json::to_string(self) {
            Ok(text) => keep_card(&text).await.is_ok(),
            Err(_) => false,
        }
    }
}

impl Pocket {
    /// Looks whether there is a card.
    pub(super) fn look(self) {
        spawn_local(async move {
            let kept = Kept::now().await;
            self.is_there(kept.map(|kept| kept.taken));
            self.looked.try_set(true);
        });
    }

    fn is_there(self, taken: Option<i64>) {
        self.until.try_set(taken.map(|taken| moment(taken.saturating_add(CARD_LASTS))));
        if taken.is_none() {
            self.open.try_set(None);
        }
    }

    pub(super) fn take(self, typed: RwSignal<String>, t: &'static CardWords) {
        self.once(async move {
            let Some(pin) = pin(&typed.get_untracked()) else { return (true, t.pin_wrong.to_owned()) };
            let answer = ask(Ask::Card).await;
            let kept = match &answer {
                Ok(Data::Card(card)) => Kept::keep(card, &pin).await,
                _ => None,
            };
            let Some(kept) = kept else { return (true, t.not_taken.to_owned()) };
            typed.try_set(String::new());
            self.is_there(Some(kept.taken));
            (false, String::new())
        });
    }

    pub(super) fn try_to_open(self, typed: RwSignal<String>, t: &'static CardWords) {
        self.once(async move {
            let Some(pin) = pin(&typed.get_untracked()) else { return (true, t.pin_wrong.to_owned()) };
            typed.try_set(String::new());
            let Some(kept) = Kept::now().await else {
                self.is_there(None);
                return (false, String::new());
            };
            // A try that could not be counted is none.
            let Some(left) = try_card(PIN_TRIES).await.ok().and_then(|left| left.as_f64()) else {
                return (true, t.unread.to_owned());
            };
            let text = (left >= 0.0)
                .then(|| kept.locked.open(&Kept::about(&kept.person, kept.taken), &pin))
                .flatten();
            if let Some(card) = text.and_then(|text| serde_json::from_str::<Card>(&text).ok()) {
                kept.store().await;
                self.open.try_set(Some(card));
                return (false, String::new());
            }
            match left as i32 {
                ..1 => {
                    let _ = drop_card().await;
                    self.is_there(None);
                    (true, t.gone.to_owned())
                }
                1 => (true, t.wrong_one.to_owned()),
                left => (true, Phrase(t.wrong).of(left)),
            }
        });
    }

    pub(super) fn drop(self, t: &'static CardWords) {
        self.once(async move {
            let _ = drop_card().await;
            self.is_there(None);
            (false, t.dropped.to_owned())
        });
    }

    /// Does one thing after the other; a second press meanwhile is none.
    fn once(self, work: impl Future<Output = (bool, String)> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.said.set(None);
        spawn_local(async move {
            TimeoutFuture::new(PAINTED).await;
            let said = work.await;
            self.said.try_set(Some(said).filter(|(_, text)| !text.is_empty()));
            self.busy.try_set(false);
        });
    }

    /// A phone that was put away shows no card when it is taken up: by a timer, and by the clock where the timers of a sleeping
    /// page slept, too.
    pub(super) fn close_when_put_away(self) {
        let close = move || {
            let since = self.away_since.try_get_value().flatten();
            if since.is_some_and(|since| clock() - since >= i64::from(PUT_AWAY)) {
                self.open.try_set(None);
            }
        };
        let put_away = window_event_listener(leptos::ev::visibilitychange, move |_| {
            close();
            let hidden = document().hidden();
            self.away_since.try_set_value(hidden.then(clock));
            if hidden {
                spawn_local(async move {
                    TimeoutFuture::new(PUT_AWAY).await;
                    close();
                });
            }
        });
        on_cleanup(move || put_away.remove());
    }
}
