//! Forms that were left half done: kept on the server under the identity of their entry, a second
//! after the last touch, for their author alone. No use is logged for them: nothing is shown to
//! anybody but who typed it, and the visit that comes of it is logged.

use crate::access::{Actor, Unit, authorise};
use crate::clock::ZONE;
use crate::error::{Error, Result};
use crate::{Backend, execute};
use chrono::{DateTime, Days, Utc};
use domain::access::Action;
use domain::ids::{CommandId, EmployerId};
use domain::visits::{Amended, DraftSeen, VisitFields};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A draft is kept so many days after its last touch.
const KEPT_DAYS: u64 = 14;
/// So many drafts are offered.
pub(super) const OFFERED: i64 = 5;

/// What a draft holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) fields: VisitFields,
    pub(super) amends: Option<Amended>,
}

/// A draft as it is found.
pub(super) struct Found {
    pub(super) id: CommandId,
    /// For which employer the form was opened or the employer was picked.
    pub(super) employer: Option<EmployerId>,
    pub(super) body: Body,
    touched_at: DateTime<Utc>,
}

impl Found {
    pub(super) fn read(id: Uuid, employer: Option<Uuid>, body: &str, touched_at: DateTime<Utc>) -> Self {
        Self {
            id: id.into(),
            employer: employer.map(EmployerId),
            body: serde_json::from_str(body).unwrap_or_default(),
            touched_at,
        }
    }

    pub(super) fn seen(&self) -> DraftSeen {
        let touched = self.touched_at.with_timezone(&ZONE);
        DraftSeen {
            id: self.id,
            employer_name: self.body.fields.employer_name.clone(),
            day: touched.date_naive(),
            time: touched.time(),
        }
    }
}

impl Backend {
    /// Keeps what stands in a form. `turn` grows with each touch, so that what comes late never
    /// overwrites what was typed later. A form whose entry has arrived is kept no more.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn keep_draft(
        &self,
        actor: &Actor,
        id: CommandId,
        turn: i64,
        fields: VisitFields,
        amends: Option<Amended>,
    ) -> Result<()> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        authorise::<Unit>(&mut tx, actor, Action::LogVisit, unit).await?;
        if !fields.is_worth_keeping() {
            execute!(
                tx,
                "delete from visit_draft where id = $1 and person_id = $2 and turn <= $3",
                id.uuid(),
                actor.person.uuid(),
                turn
            )?;
            return tx.commit().await;
        }
        let employer = fields.employer.parse::<EmployerId>().ok().map(EmployerId::uuid);
        let body = serde_json::to_string(&Body { fields, amends }).map_err(Error::internal)?;
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into visit_draft (id, person_id, employer_id, body, turn, touched_at)
             select $1, $2, $3, $4, $5, $6 where not exists (select 1 from receipt where id = $1)
             on conflict (id) do update set employer_id = excluded.employer_id, body = excluded.body,
                 turn = excluded.turn, touched_at = excluded.touched_at
             where visit_draft.person_id = excluded.person_id and visit_draft.turn <= excluded.turn",
            id.uuid(),
            actor.person.uuid(),
            employer,
            body,
            turn,
            now
        )?;
        execute!(
            tx,
            "delete from visit_draft where person_id = $1 and touched_at < $2",
            actor.person.uuid(),
            kept_since(now)
        )?;
        tx.commit().await
    }
}

/// Drafts that were touched before this are kept no more.
pub(super) fn kept_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_days(Days::new(KEPT_DAYS)).unwrap_or(now)
}
