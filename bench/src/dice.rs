//! Dice that always fall the same way (`SplitMix64`).

/// A source of numbers from a seed.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice whose falls follow from `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        least.saturating_add_unsigned(self.next() % (most.abs_diff(least) + 1))
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: i64) -> bool {
        self.between(1, 100) <= chance
    }

    /// An index below `length`; 0 when there is nothing to choose from.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.next() % (length.max(1) as u64)).unwrap_or(0)
    }

    /// An index below `length`, the small ones more often: the first of 5,000 comes up seventeen times
    /// as often as on average, the last two thirds as often.
    pub(crate) fn skewed(&mut self, length: usize) -> usize {
        let fraction = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        // Only multiplication and the square root, which fall the same way on every machine.
        let at = (fraction * fraction.sqrt() * length as f64) as usize;
        at.min(length.saturating_sub(1))
    }

    /// One of a list that is never empty.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }

    /// Puts a list into another order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.index(at + 1);
            list.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_fall_the_same_way_and_within_bounds() {
        let (mut one, mut other) = (Dice::new(7), Dice::new(7));
        for _ in 0..1_000 {
            let number = one.between(-3, 9);
            assert_eq!(number, other.between(-3, 9));
            assert!((-3..=9).contains(&number));
        }
    }

    #[test]
    fn a_skewed_index_favours_the_first_and_leaves_nobody_out() {
        let mut dice = Dice::new(1);
        let mut counts = vec![0_u32; 100];
        for _ in 0..100_000 {
            counts[dice.skewed(100)] += 1;
        }
        assert!(counts[0] > 3_000, "{}", counts[0]);
        assert!(counts.iter().all(|count| *count > 300));
        assert_eq!(dice.skewed(0), 0);
    }
}
