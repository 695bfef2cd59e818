//! Clients: the caseload and the load, a client's page, what is written there, the steps of the way, what
//! may be told.

mod caseload;
mod contact;
mod page;
mod profile;
mod trust;
mod way;
mod write;

pub(crate) use caseload::cases_of_unit;
pub use caseload::{Caseload, Closed, Listed, Uncoached, UnitClients, UnitLoad};
pub(crate) use contact::{
    log_attempt, log_meeting, restore_attempt, restore_meeting, withdraw_attempt, withdraw_meeting,
};
pub use page::{
    Attempt, ClientPage, Coached, Consented, Disclosed, Meeting, MemoSent, Note, Notice, PlanMade,
    StepToWork, Stepped, Supporting, ToDo, Visited,
};
pub use profile::{ProfilePage, ProfileVersion};
pub use trust::ToldForm;
pub(crate) use trust::employers_of;
pub use way::{Colleague, DayForm, WayForm};
pub use write::Record;

use crate::access::{Actor, Grant, KnownClient};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{execute, fetch_optional};
use domain::access::{Action, Object, Relation};
use domain::codes::Code;
use domain::forms::FieldError;
use domain::ids::{ClientId, UnitId};
use uuid::Uuid;

/// What came of a form: something, or what is wrong with it.
pub type Tried<T> = std::result::Result<T, Vec<FieldError>>;

/// Says of a client `c` that person $1 is their coach on day $2, agreement made and not closed.
macro_rules! own_client {
    () => {
        "c.id in (select cc.client_id from client_coach cc where cc.person_id = $1 and cc.from_day <= $2
                 and (cc.to_day is null or cc.to_day >= $2))
             and c.agreement_on <= $2 and (c.closed_on is null or c.closed_on >= $2) "
    };
}
pub(crate) use own_client;

/// The identity under which something is written: the form's own, so that twice sent is once written; a new
/// one where the same form came before with other words, so that neither is lost. What was written under it and
/// erased does not come back.
macro_rules! own_id {
    ($tx:expr, $id:expr, $sql:literal, $said:expr) => {{
        if $crate::retention::is_erased(&mut $tx, &[$id]).await? {
            return Err($crate::error::Error::NotThere);
        }
        let before: Option<(String,)> = $crate::fetch_optional!($tx, (String,), $sql, $id)?;
        if before.is_some_and(|(said,)| said != $said) { $crate::clock::new_id() } else { $id }
    }};
}
use own_id;

/// May `actor` see the open clients of this unit?
pub(crate) fn sees_clients_of(actor: &Actor, unit: Uuid) -> bool {
    let client = Object::Client {
        id: ClientId(Uuid::nil()),
        unit: UnitId(unit),
        relation: Relation::Open,
        coaches: vec![actor.person],
    };
    actor.may(Action::SeeClient, &client)
}

/// Notes that something was done with a client.
fn note(tx: &mut Tx, actor: &Actor, action: &'static str, kind: &'static str, of: ClientId) {
    tx.note(Use::by(actor, action, kind, Some(of.uuid())).of_clients([of]));
}

/// A value of a list by its code, as it stands in the database.
fn code<T: Code>(text: &str) -> Result<T> {
    T::parse(text).map_err(Error::internal)
}

/// Takes the client's version that a form was opened with; whoever comes second is told.
async fn take_version(tx: &mut Tx, client: &Grant<KnownClient>, version: i64) -> Result<Tried<()>> {
    let taken = execute!(
        tx,
        "update client set version = version + 1 where id = $1 and version = $2",
        client.id.uuid(),
        version
    )?;
    Ok(if taken == 1 { Ok(()) } else { Err(vec![FieldError::ChangedMeanwhile]) })
}

/// The client's name, for rules that compare with it.
async fn name_of(tx: &mut Tx, client: &Grant<KnownClient>) -> Result<String> {
    let row: Option<(String,)> =
        fetch_optional!(tx, (String,), "select name from client where id = $1", client.id.uuid())?;
    Ok(row.map(|(name,)| name).unwrap_or_default())
}
