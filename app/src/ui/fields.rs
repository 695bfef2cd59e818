//! Pieces of forms. Every control is a native one, so that keyboard, dictation and assistive
//! technology work as everywhere else.

use crate::ui::Icon;
use leptos::prelude::*;

/// One of a few things to choose from.
#[derive(Clone, Debug)]
pub struct Option {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// A picture beside the words.
    pub icon: std::option::Option<Icon>,
}

/// A group of radio buttons that look like chips: `class` is `choices`, or `choices even` for chips
/// of one width. Choosing writes into `chosen`.
#[must_use]
pub fn choices(
    name: &'static str,
    class: &'static str,
    legend: AnyView,
    options: Vec<Option>,
    chosen: RwSignal<String>,
) -> AnyView {
    let chips: Vec<AnyView> = options
        .into_iter()
        .map(|option| {
            let value = option.value.clone();
            let checked = move || chosen.with(|chosen| *chosen == value);
            let value = option.value.clone();
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name
                        value=option.value
                        prop:checked=checked.clone()
                        checked=checked
                        on:change=move |_| chosen.set(value.clone())
                    />
                    <span>{option.icon.map(Icon::view)} {option.label}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class=class>
            <legend>{legend}</legend>
            {chips}
        </fieldset>
    }
    .into_any()
}

/// A number with buttons for less and more (`words`); `wrong` and `described` are its
/// `aria-invalid` and `aria-describedby`.
#[must_use]
pub fn stepper(
    id: &'static str,
    value: RwSignal<String>,
    step: u32,
    words: (&'static str, &'static str),
    wrong: impl Fn() -> std::option::Option<&'static str> + Send + 'static,
    described: impl Fn() -> std::option::Option<String> + Send + 'static,
) -> AnyView {
    let (less, more) = words;
    let change = move |up: bool| {
        value.update(|text| {
            let now: u32 = text.trim().parse().unwrap_or(0);
            let next = if up { now.saturating_add(step) } else { now.saturating_sub(step).max(1) };
            *text = next.to_string();
        });
    };
    view! {
        <div class="stepper">
            <button type="button" class="button" aria-label=less on:click=move |_| change(false)>
                {Icon::Minus.view()}
            </button>
            <input
                id=id
                name=id
                class="input"
                type="text"
                inputmode="numeric"
                enterkeyhint="next"
                autocomplete="off"
                aria-invalid=wrong
                aria-describedby=described
                prop:value=move || value.get()
                value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <button type="button" class="button" aria-label=more on:click=move |_| change(true)>
                {Icon::Plus.view()}
            </button>
        </div>
    }
    .into_any()
}

/// A text field that writes into a signal and is never written to while somebody types.
pub fn text_of(signal: RwSignal<String>) -> impl Fn(leptos::ev::Event) + Clone {
    move |event| signal.set(event_target_value(&event))
}

/// Moves the focus to an element that is about to be there.
pub fn focus_soon(id: &'static str) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        use leptos::wasm_bindgen::JsCast;
        gloo_timers::future::TimeoutFuture::new(20).await;
        if let Some(element) = document().get_element_by_id(id) {
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}

/// What stands in the field of this name of the form with this draft: what a person typed or chose
/// before the browser code came.
#[must_use]
pub fn typed(form: &str, name: &str) -> std::option::Option<String> {
    #[cfg(feature = "hydrate")]
    {
        let at = format!("[data-draft=\"{form}\"] ");
        let field = format!(
            "{at}[name=\"{name}\"]:checked, {at}input[name=\"{name}\"]:not([type=radio]), {at}textarea[name=\"{name}\"]"
        );
        let element = document().query_selector(&field).ok()??;
        js_sys::Reflect::get(&element, &"value".into()).ok()?.as_string()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (form, name);
        None
    }
}

/// Puts a text into the field of this name, where the page itself never writes to it while somebody types.
pub fn put(name: &str, text: &str) {
    #[cfg(feature = "hydrate")]
    {
        let field = format!("textarea[name=\"{name}\"], input[name=\"{name}\"]:not([type=radio])");
        if let Ok(Some(field)) = document().query_selector(&field) {
            let _ = js_sys::Reflect::set(&field, &"value".into(), &text.into());
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (name, text);
}

/// What stands in the field of this id already, when there is anything.
#[must_use]
pub fn standing_in(id: &str) -> std::option::Option<String> {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let field = document().get_element_by_id(id)?.unchecked_into::<web_sys::HtmlInputElement>();
        Some(field.value()).filter(|text| !text.is_empty())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = id;
        None
    }
}
