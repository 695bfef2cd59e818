//! Merging two employers into one, undoable for ever.
//!
//! The one that goes points to the one that stays; whatever was logged to it keeps pointing to it, so
//! that undoing is nothing but taking the pointer away. What a person picked for the one that stays is
//! put back where nobody has changed it since.

use super::edit::Fields;
use crate::ids::EmployerId;
use std::collections::BTreeMap;

/// Which employers were merged into which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merges(BTreeMap<EmployerId, EmployerId>);

/// Why two employers can't be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// They are one already, or one of them was merged before.
    #[error("one of them is merged already")]
    MergedAlready,
}

impl Merges {
    /// The employer that stands for `id`.
    #[must_use]
    pub fn survivor(&self, id: EmployerId) -> EmployerId {
        let mut at = id;
        while let Some(next) = self.0.get(&at) {
            at = *next;
        }
        at
    }

    /// Merges one into another. Both have to stand for themselves: so there is never a ring.
    ///
    /// # Errors
    /// When they are one, or one of them was merged already.
    pub fn merge(&mut self, gone: EmployerId, kept: EmployerId) -> Result<(), MergeError> {
        if gone == kept || self.0.contains_key(&gone) || self.0.contains_key(&kept) {
            return Err(MergeError::MergedAlready);
        }
        self.0.insert(gone, kept);
        Ok(())
    }

    /// Undoes the merging of one, whatever was merged since.
    pub fn undo(&mut self, gone: EmployerId) {
        self.0.remove(&gone);
    }
}

/// What the one that stays says when the merging is undone: `before` it, `after` it, and `now`.
/// A field that somebody has changed since stays as it is.
#[must_use]
pub fn put_back(before: &Fields, after: &Fields, now: &Fields) -> Fields {
    let text = |fields: &Fields, key: &String| fields.get(key).cloned().unwrap_or_default();
    now.keys()
        .chain(before.keys())
        .map(|key| {
            let touched = text(now, key) != text(after, key);
            (key.clone(), text(if touched { now } else { before }, key))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u8) -> EmployerId {
        EmployerId(Uuid::from_u128(u128::from(number)))
    }

    fn fields(values: &[(String, String)]) -> Fields {
        values.iter().cloned().collect()
    }

    proptest! {
        /// Any order of merging and undoing: no ring, and undoing each gives what was.
        #[test]
        fn merging_is_undone_exactly(pairs in prop::collection::vec((0_u8..8, 0_u8..8), 0..20), undo in prop::collection::vec(0_u8..8, 0..8)) {
            let mut merges = Merges::default();
            for (gone, kept) in pairs {
                let before = merges.clone();
                if merges.merge(id(gone), id(kept)).is_ok() {
                    prop_assert_eq!(merges.survivor(id(gone)), id(kept));
                    let mut undone = merges.clone();
                    undone.undo(id(gone));
                    prop_assert_eq!(undone, before);
                } else {
                    prop_assert_eq!(&merges, &before);
                }
            }
            for gone in undo {
                merges.undo(id(gone));
                prop_assert_eq!(merges.survivor(id(gone)), id(gone));
            }
            for number in 0..8 {
                let end = merges.survivor(id(number));
                prop_assert_eq!(merges.survivor(end), end);
            }
        }

        #[test]
        fn an_untouched_field_goes_back_and_a_touched_one_stays(before in "[a-c]", after in "[a-c]", now in "[a-d]") {
            let field = |text: &str| fields(&[("name".to_owned(), text.to_owned())]);
            let back = put_back(&field(&before), &field(&after), &field(&now));
            prop_assert_eq!(&back["name"], if now == after { &before } else { &now });
        }
    }
}
