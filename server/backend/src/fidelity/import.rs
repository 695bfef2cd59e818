//! An assessment from a file: begun with the scores of the file as the own ones of whoever brings it in, to be looked at
//! and signed like any other.

use super::assessments::{InForce, led_unit, pack_in_force};
use crate::access::Actor;
use crate::audit::Use;
use crate::error::Result;
use crate::{Backend, execute, fetch_one};
use domain::codes::Code;
use domain::fidelity::import::{Wrong, read_scores};
use uuid::Uuid;

impl Backend {
    /// Begins an assessment with the scores of a file, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`](crate::Error::NotThere) when the person leads no unit. What is wrong with the file is a value.
    pub async fn import_assessment(
        &self,
        actor: &Actor,
        id: Uuid,
        bytes: &[u8],
    ) -> Result<std::result::Result<(), Wrong>> {
        let mut tx = self.write().await?;
        let unit = led_unit(&mut tx, actor).await?;
        let (code,): (Option<String>,) =
            fetch_one!(tx, (Option<String>,), "select code from unit where id = $1", unit.uuid())?;
        let read = match read_scores(bytes, code.as_deref(), actor.today) {
            Ok(read) => read,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let InForce { pack, version } = pack_in_force(&mut tx).await?;
        let now = tx.clock().now();
        let begun = execute!(
            tx,
            "insert into assessment (id, unit_id, day, kind, pack, pack_version, begun_by, begun_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
            id,
            unit.uuid(),
            read.day,
            read.by.code(),
            pack,
            version,
            actor.person.uuid(),
            now
        )?;
        // A form that is sent twice counts once.
        if begun == 0 {
            return Ok(Ok(()));
        }
        execute!(
            tx,
            "insert into assessor (assessment_id, person_id) values ($1, $2)",
            id,
            actor.person.uuid()
        )?;
        for (item, score) in read.scores {
            execute!(
                tx,
                "insert into own_score (assessment_id, person_id, item, score, reason, evidence, noted_at)
                 values ($1, $2, $3, $4, '', '', $5)",
                id,
                actor.person.uuid(),
                i64::from(item),
                i64::from(score),
                now
            )?;
        }
        tx.note(Use::by(actor, "import", "assessments", Some(id)));
        tx.commit().await?;
        Ok(Ok(()))
    }
}
