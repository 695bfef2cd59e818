//! The traffic light of silence: an icon and a word beside the colour, and the rule on tap.

use crate::i18n::words;
use crate::ui::Icon;
use domain::employers::{Light, LightRule, Silence};
use leptos::prelude::*;

/// The light.
pub(crate) fn light(silence: Silence) -> AnyView {
    let t = words();
    let (class, icon, word) = match silence.light {
        Light::Green => ("tag light-green", Icon::Check, t.light_green),
        Light::Amber => ("tag tag-warn", Icon::Info, t.light_amber),
        Light::Red => ("tag light-red", Icon::Error, t.light_red),
        Light::Never => ("tag tag-quiet", Icon::Minus, t.employer_never_met),
    };
    let days = (silence.light != Light::Never).then(|| match silence.days {
        0 => t.due_today.to_lowercase(),
        days => t.days_ago.of(days),
    });
    view! { <span class=class>{icon.view()} {word} " " {days}</span> }.into_any()
}

/// The rule, on tap.
pub(crate) fn light_rule(rule: LightRule) -> AnyView {
    let t = words();
    view! {
        <details>
            <summary>{t.light_title}</summary>
            <p class="hint">{t.light_rule.say(&[&rule.amber.to_string(), &rule.red.to_string()])}</p>
        </details>
    }
    .into_any()
}
