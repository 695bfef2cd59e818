//! Percentiles of waiting times, medians of rounds, and what was aimed at.

use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// Waiting times in microseconds, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits(Vec<u64>);

impl Waits {
    /// Takes waiting times in any order.
    pub(crate) fn new(waits: impl IntoIterator<Item = Duration>) -> Self {
        let micros = |wait: Duration| u64::try_from(wait.as_micros()).unwrap_or(u64::MAX);
        let mut waits: Vec<u64> = waits.into_iter().map(micros).collect();
        waits.sort_unstable();
        Self(waits)
    }

    /// The wait that `percent` of a hundred did not exceed, in milliseconds; 0 when there was none.
    pub(crate) fn percentile(&self, percent: u64) -> f64 {
        let rank = (self.0.len() as u64 * percent).div_ceil(100).max(1);
        let at = usize::try_from(rank - 1).unwrap_or(0);
        self.0.get(at).map_or(0.0, |micros| *micros as f64 / 1000.0)
    }

    /// The percentiles that are reported.
    pub(crate) fn summary(&self) -> Percentiles {
        Percentiles { p50: self.percentile(50), p95: self.percentile(95), p99: self.percentile(99) }
    }
}

/// Percentiles of waiting times, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Percentiles {
    /// Half did not wait longer.
    pub(crate) p50: f64,
    /// 95 of 100 did not wait longer.
    pub(crate) p95: f64,
    /// 99 of 100 did not wait longer.
    pub(crate) p99: f64,
}

/// The middle of several rounds and how far they lie apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spread {
    /// The median.
    pub(crate) median: f64,
    /// The first quartile.
    pub(crate) low: f64,
    /// The third quartile.
    pub(crate) high: f64,
}

impl Spread {
    /// Of some figures in any order; all 0 when there is none.
    pub(crate) fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        Self {
            median: quantile(&figures, 0.5),
            low: quantile(&figures, 0.25),
            high: quantile(&figures, 0.75),
        }
    }
}

/// A quantile of figures in order, between two of them where it falls there.
fn quantile(figures: &[f64], share: f64) -> f64 {
    let Some(last) = figures.len().checked_sub(1) else { return 0.0 };
    let place = share * last as f64;
    let (below, above) = (figures[place.floor() as usize], figures[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

impl fmt::Display for Spread {
    /// `3120 (3050–3180)`: the median and the quartiles around it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}–{})", short(self.median), short(self.low), short(self.high))
    }
}

/// A figure with as many decimals as it can bear.
pub(crate) fn short(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        _ => format!("{figure:.2}"),
    }
}

/// What is aimed at, and what must not be passed in any case.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// The less, the better.
    AtMost {
        /// Aimed at.
        goal: f64,
        /// Not to be passed.
        limit: Option<f64>,
    },
    /// The more, the better.
    AtLeast {
        /// Aimed at.
        goal: f64,
        /// Not to be passed.
        limit: Option<f64>,
    },
}

impl Goal {
    /// `ok (≤ 50)`, or `MISSED` with what became of the limit.
    pub(crate) fn verdict(self, figure: f64) -> String {
        let (sign, goal, limit) = match self {
            Self::AtMost { goal, limit } => ("≤", goal, limit),
            Self::AtLeast { goal, limit } => ("≥", goal, limit),
        };
        let holds = |bound: f64| match self {
            Self::AtMost { .. } => figure <= bound,
            Self::AtLeast { .. } => figure >= bound,
        };
        match limit {
            _ if holds(goal) => format!("ok ({sign} {goal})"),
            None => format!("MISSED ({sign} {goal})"),
            Some(limit) if holds(limit) => format!("MISSED ({sign} {goal}; limit {limit} holds)"),
            Some(limit) => format!("MISSED ({sign} {goal}, and the limit {limit})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(millis: impl IntoIterator<Item = u64>) -> Waits {
        Waits::new(millis.into_iter().map(Duration::from_millis))
    }

    #[test]
    fn a_percentile_is_a_wait_that_was_measured() {
        let waits = waits((1..=100).rev());
        assert_eq!((waits.percentile(50), waits.percentile(95), waits.percentile(99)), (50.0, 95.0, 99.0));
        assert_eq!((waits.percentile(0), waits.percentile(100)), (1.0, 100.0));
    }

    #[test]
    fn of_few_waits_the_higher_one_is_told() {
        assert_eq!(waits([7]).percentile(95), 7.0);
        assert_eq!(waits([1, 9]).percentile(50), 1.0);
        assert_eq!(waits([1, 9]).percentile(51), 9.0);
        assert_eq!(waits([]).percentile(95), 0.0);
    }

    #[test]
    fn the_middle_of_rounds() {
        let spread = Spread::of([5.0, 1.0, 3.0, 2.0, 4.0]);
        assert_eq!(spread, Spread { median: 3.0, low: 2.0, high: 4.0 });
        assert_eq!(Spread::of([1.0, 2.0]).median, 1.5);
        assert_eq!(Spread::of([]), Spread::default());
        assert_eq!(Spread::of([1234.4]).to_string(), "1234 (1234–1234)");
    }

    #[test]
    fn a_goal_says_what_became_of_it() {
        let start = Goal::AtMost { goal: 50.0, limit: Some(200.0) };
        assert_eq!(start.verdict(50.0), "ok (≤ 50)");
        assert_eq!(start.verdict(51.0), "MISSED (≤ 50; limit 200 holds)");
        assert_eq!(start.verdict(201.0), "MISSED (≤ 50, and the limit 200)");
        assert_eq!(Goal::AtLeast { goal: 3000.0, limit: None }.verdict(2999.0), "MISSED (≥ 3000)");
    }
}
