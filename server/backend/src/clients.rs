//! Clients, as far as coaches need them so far: the own caseload, by alias.

use crate::access::{Actor, Register, authorise};
use crate::audit::Use;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, fetch_all};
use chrono::NaiveDate;
use domain::access::{Action, Object, Relation};
use domain::clients::CaseloadRow;
use domain::ids::{ClientId, UnitId};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct OwnRow {
    id: Uuid,
    alias: String,
    unit_id: Uuid,
    agreement_on: Option<NaiveDate>,
    last_contact_on: Option<NaiveDate>,
    contacts: i64,
}

/// Says of a client `c` that person $1 is their coach on day $2, agreement made and not closed.
macro_rules! own_client {
    () => {
        "c.id in (select cc.client_id from client_coach cc where cc.person_id = $1 and cc.from_day <= $2
                 and (cc.to_day is null or cc.to_day >= $2))
             and c.agreement_on <= $2 and (c.closed_on is null or c.closed_on >= $2) "
    };
}
pub(crate) use own_client;

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

/// The own open clients with their contacts.
async fn own_rows(tx: &mut Tx, actor: &Actor) -> Result<Vec<OwnRow>> {
    let rows = fetch_all!(
        tx,
        OwnRow,
        concat!(
            "select c.id, c.alias, c.unit_id, c.agreement_on, max(v.day) as last_contact_on, count(v.id) as contacts
             from client c left join visit v on v.client_id = c.id
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
             where ",
            own_client!(),
            "group by c.id, c.alias, c.unit_id, c.agreement_on order by c.alias, c.id"
        ),
        actor.person.uuid(),
        actor.today
    )?;
    Ok(rows.into_iter().filter(|row| sees_clients_of(actor, row.unit_id)).collect())
}

impl Backend {
    /// The own caseload.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person does not work in the field.
    pub async fn caseload(&self, actor: &Actor) -> Result<Vec<CaseloadRow>> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let rows = own_rows(&mut tx, actor).await?;
        tx.note(Use::by(actor, "read", "caseload", None).of_clients(rows.iter().map(|row| ClientId(row.id))));
        tx.commit().await?;
        let row = |row: OwnRow| CaseloadRow {
            id: row.id.into(),
            alias: row.alias,
            agreed_on: row.agreement_on,
            last_contact_on: row.last_contact_on,
            contacts: u32::try_from(row.contacts).unwrap_or(u32::MAX),
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
