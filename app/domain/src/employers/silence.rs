//! How long an employer has been silent, as a traffic light.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// When the light changes: whole days since the last contact by anybody. The organisation may change
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LightRule {
    /// Amber from this day on.
    pub amber: u32,
    /// Red from this day on.
    pub red: u32,
}

impl Default for LightRule {
    fn default() -> Self {
        Self { amber: 60, red: 120 }
    }
}

/// The longest that a rule may wait: three years.
pub const LIGHT_DAYS_MAX: u32 = 1096;

/// A colour of the light. It is never shown by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// There was a contact of late.
    Green,
    /// It is time to be in touch.
    Amber,
    /// It has been silent for long.
    Red,
    /// Nobody was ever in touch.
    Never,
}

/// An employer's silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The colour.
    pub light: Light,
    /// Days since the last contact; 0 when there was none.
    pub days: u32,
}

impl LightRule {
    /// Does the rule make sense: amber after a day at least, red later, none after years?
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.amber >= 1 && self.amber < self.red && self.red <= LIGHT_DAYS_MAX
    }

    /// The silence of an employer whose last contact was on `last`.
    #[must_use]
    pub fn silence(self, last: Option<NaiveDate>, today: NaiveDate) -> Silence {
        let Some(last) = last else { return Silence { light: Light::Never, days: 0 } };
        let days = u32::try_from((today - last).num_days()).unwrap_or(0);
        let light = match days {
            days if days >= self.red => Light::Red,
            days if days >= self.amber => Light::Amber,
            _ => Light::Green,
        };
        Silence { light, days }
    }

    /// The latest day of a last contact with which the light is amber or red, or red only.
    #[must_use]
    pub fn latest(self, red_only: bool, today: NaiveDate) -> NaiveDate {
        let days = if red_only { self.red } else { self.amber };
        today.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_light_turns_on_the_day_itself() {
        let rule = LightRule::default();
        let light = |last: &str| rule.silence(Some(day(last)), day("2026-11-18")).light;
        assert_eq!(light("2026-11-18"), Light::Green);
        assert_eq!(light("2026-09-20"), Light::Green, "59 days");
        assert_eq!(light("2026-09-19"), Light::Amber, "60 days");
        assert_eq!(light("2026-07-22"), Light::Amber, "119 days");
        assert_eq!(light("2026-07-21"), Light::Red, "120 days");
        assert_eq!(rule.silence(None, day("2026-11-18")).light, Light::Never);
        assert_eq!(light("2026-11-20"), Light::Green, "a visit that was dated ahead");
    }

    #[test]
    fn a_rule_that_makes_no_sense_is_told() {
        for (amber, red) in [(0, 10), (10, 10), (20, 10), (10, LIGHT_DAYS_MAX + 1)] {
            assert!(!LightRule { amber, red }.is_sound(), "{amber} {red}");
        }
        assert!(LightRule::default().is_sound());
    }

    proptest! {
        #[test]
        fn the_filter_and_the_light_agree(amber in 1_u32..400, more in 1_u32..400, ago in 0_i64..900) {
            let rule = LightRule { amber, red: amber + more };
            let today = day("2026-11-18");
            let last = today - chrono::Duration::days(ago);
            let light = rule.silence(Some(last), today).light;
            prop_assert_eq!(last <= rule.latest(true, today), light == Light::Red);
            prop_assert_eq!(last <= rule.latest(false, today), light != Light::Green);
        }
    }
}
