//! What a unit chooses about the rules, what it attests where records can't say, and the organisation's own pack.

use super::assessments::led_unit;
use crate::access::{Actor, Settings, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::clock::new_id;
use crate::employers::clients_named;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Action;
use domain::codes::Code;
use domain::employers::names::names_a_client;
use domain::fidelity::attest::AttestFields;
use domain::fidelity::choices::ChoiceFields;
use domain::fidelity::estimate::PartKind;
use domain::fidelity::pack::{BUILT_IN, Broken, Pack};
use domain::forms::FieldError;
use uuid::Uuid;

/// A pack that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedPack {
    /// Which.
    pub id: Uuid,
    /// By what it is known.
    pub pack: String,
    /// Which edition.
    pub version: i64,
    /// By whom.
    pub name: String,
    /// When.
    pub day: NaiveDate,
    /// Is it in force?
    pub in_force: bool,
    /// Was it taken out of use?
    pub withdrawn: bool,
}

/// The packs of the organisation.
#[derive(Clone, Debug)]
pub struct PacksPage {
    /// The packs, the latest first.
    pub packs: Vec<LoadedPack>,
}

type Row = (Uuid, String, i64, String, DateTime<Utc>, Option<DateTime<Utc>>);

async fn packs(tx: &mut Tx) -> Result<Vec<LoadedPack>> {
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select k.id, k.pack, k.version, p.name, k.loaded_at, k.withdrawn_at
         from criteria_pack k join person p on p.id = k.loaded_by order by k.loaded_at desc, k.id desc"
    )?;
    let mut first = true;
    let pack = |(id, pack, version, name, at, withdrawn): Row| {
        let in_force = withdrawn.is_none() && std::mem::take(&mut first);
        let day = at.with_timezone(&crate::clock::ZONE).date_naive();
        LoadedPack { id, pack, version, name, day, in_force, withdrawn: withdrawn.is_some() }
    };
    Ok(rows.into_iter().map(pack).collect())
}

impl Backend {
    /// Chooses about the rules of the own unit's estimates.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit. What is wrong is a value.
    pub async fn choose(&self, actor: &Actor, fields: &ChoiceFields) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let unit = led_unit(&mut tx, actor).await?;
        let (choices, why) = match fields.read() {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into fidelity_choice (unit_id, weeks, clients, jobs, least_weeks, habit, why, chosen_by, chosen_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (unit_id) do update set weeks = $2, clients = $3, jobs = $4, least_weeks = $5, habit = $6,
                 why = $7, chosen_by = $8, chosen_at = $9",
            unit.uuid(),
            i64::from(choices.weeks),
            choices.clients,
            choices.jobs,
            choices.least_weeks,
            choices.habit,
            why,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "change", "fidelity_choice", Some(unit.uuid())));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Attests a part that records can't say, or takes back what was said, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit, or records say the part. What is wrong is a value.
    pub async fn attest(
        &self,
        actor: &Actor,
        id: Uuid,
        part: PartKind,
        fields: &AttestFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let unit = led_unit(&mut tx, actor).await?;
        part.attested_for().ok_or(Error::NotThere)?;
        let (holds, rests_on) = match fields.read() {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let named = clients_named(&mut tx, actor).await?;
        if names_a_client(&rests_on, named.iter().map(String::as_str)) {
            return Ok(Err(vec![FieldError::NamesClient("rests_on")]));
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into attestation (id, unit_id, part, holds, rests_on, day, noted_by, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
            id,
            unit.uuid(),
            part.code(),
            holds.map(i64::from),
            rests_on,
            actor.today,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "write", "attestation", Some(id)));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// The packs of the organisation.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not change settings.
    pub async fn packs(&self, actor: &Actor) -> Result<PacksPage> {
        let mut tx = self.read().await?;
        authorise::<Settings>(&mut tx, actor, Action::ChangeSettings, ()).await?;
        Ok(PacksPage { packs: packs(&mut tx).await? })
    }

    /// Loads a pack: it is in force from now on. Assessments keep the one that they were made with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not change settings. A broken pack, or another text under an edition that
    /// is known, is a value.
    pub async fn load_pack(&self, actor: &Actor, bytes: &[u8]) -> Result<std::result::Result<(), Broken>> {
        let mut tx = self.write().await?;
        authorise::<Settings>(&mut tx, actor, Action::ChangeSettings, ()).await?;
        let broken = |line: usize, why: &str| Ok(Err(Broken { line, why: why.to_owned() }));
        let Ok(text) = std::str::from_utf8(bytes) else { return broken(1, "the file is no text in UTF-8") };
        let pack = match Pack::read(text) {
            Ok(pack) => pack,
            Err(error) => return Ok(Err(error)),
        };
        let known: Vec<(String,)> = fetch_all!(
            tx,
            (String,),
            "select body from criteria_pack where pack = $1 and version = $2",
            pack.id.as_str(),
            i64::from(pack.version)
        )?;
        let built_in = (pack.id.as_str(), pack.version) == (BUILT_IN.id.as_str(), BUILT_IN.version);
        if built_in || known.first().is_some_and(|(body,)| body != text) {
            return broken(1, "another pack has this name and version: give this one the next version");
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into criteria_pack (id, pack, version, body, loaded_by, loaded_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (pack, version) do update set loaded_by = $5, loaded_at = $6, withdrawn_at = null",
            new_id(),
            pack.id.as_str(),
            i64::from(pack.version),
            text,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "import", "criteria_pack", None));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes a pack out of use, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not change settings, or there is no such pack.
    pub async fn take_pack(&self, actor: &Actor, id: Uuid, withdrawn: bool) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<Settings>(&mut tx, actor, Action::ChangeSettings, ()).await?;
        let now = tx.clock().now();
        let taken = execute!(
            tx,
            "update criteria_pack set withdrawn_at = $2 where id = $1",
            id,
            withdrawn.then_some(now)
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        tx.note(Use::by(actor, if withdrawn { "withdraw" } else { "restore" }, "criteria_pack", Some(id)));
        tx.commit().await
    }
}
