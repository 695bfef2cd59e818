//! How long records are kept, and how they are erased: rules, what is due, a proposal by one person and its
//! release by another, the erasing itself (S21, S22, O9).
//!
//! An administrator sees numbers by kind and unit; who the clients of a unit are is seen by its lead alone.

mod due;
mod erase;
mod ledger;
mod proposal;
mod rules;
mod tombstone;

pub use due::{DryRun, DueOfUnit, DueRecord, UnitDue};
pub(crate) use ledger::Ledger;
pub use proposal::{ErasureSeen, Overview, Proposed, Released, WhyNot};
pub use rules::{RuleForm, RuleSeen};
pub(crate) use tombstone::{Tombstones, is_erased, named};

use crate::access::{Actor, Guarded};
use crate::error::{Error, Result};
use crate::fetch_optional;
use crate::store::Tx;
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::ids::UnitId;
use uuid::Uuid;

/// A unit that is there, as the door of retention knows it.
#[derive(Clone, Debug)]
struct KeptUnit {
    id: UnitId,
    name: String,
}

impl Guarded for KeptUnit {
    type Id = UnitId;
    async fn find(tx: &mut Tx, id: UnitId, _: NaiveDate) -> Result<Option<Self>> {
        let row: Option<(String,)> =
            fetch_optional!(tx, (String,), "select name from unit where id = $1", id.uuid())?;
        Ok(row.map(|(name,)| Self { id, name }))
    }
    fn object(&self) -> Object {
        Object::Unit(self.id)
    }
}

/// May the person see who the clients of a unit are whose records are due?
fn sees_who(actor: &Actor, unit: UnitId) -> bool {
    actor.may(Action::LeadUnit, &Object::Unit(unit))
}

fn may_keep(actor: &Actor, unit: Uuid) -> bool {
    actor.may(Action::KeepRetention, &Object::Unit(UnitId(unit)))
}

fn unknown(error: domain::codes::UnknownCode) -> Error {
    Error::internal(error)
}
