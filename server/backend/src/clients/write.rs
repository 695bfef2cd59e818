//! What is written on a client's page: how the client is called and reached, the next step, notes, and what
//! is taken back there.

use super::{Tried, name_of, note, own_id, take_version};
use crate::access::{Actor, KnownClient, authorise};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_optional};
use chrono::NaiveDate;
use domain::access::Action;
use domain::clients::page::{AboutFields, NextStepFields, NoteFields};
use domain::codes::Code;
use domain::ids::ClientId;
use domain::visits::NextStep;
use uuid::Uuid;

/// A record on a client's page that can be taken back and brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A note.
    Note,
    /// What may be told.
    Disclosure,
    /// A consent.
    Consent,
    /// That somebody was told of a change: taking back means not told after all.
    Notice,
}

impl Record {
    fn kind(self) -> &'static str {
        match self {
            Self::Note => "client_note",
            Self::Disclosure => "disclosure",
            Self::Consent => "consent",
            Self::Notice => "consent_notice",
        }
    }
}

fn kept(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl Backend {
    /// Changes how a client is called and reached.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn write_about(
        &self,
        actor: &Actor,
        id: ClientId,
        version: i64,
        fields: &AboutFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, id).await?;
        let name = name_of(&mut tx, &client).await?;
        let about = match fields.read(&name) {
            Ok(about) => about,
            Err(errors) => return Ok(Err(errors)),
        };
        if let Err(errors) = take_version(&mut tx, &client, version).await? {
            return Ok(Err(errors));
        }
        execute!(
            tx,
            "update client set alias = $2, phone = $3, email = $4, contact_wish = $5 where id = $1",
            id.uuid(),
            about.alias.as_str(),
            kept(&about.phone),
            kept(&about.email),
            kept(&about.contact_wish)
        )?;
        note(&mut tx, actor, "edit", "client", id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Sets the next step with a client; a form without anything takes it away. Gives the one that stood.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn set_client_step(
        &self,
        actor: &Actor,
        id: ClientId,
        version: i64,
        fields: &NextStepFields,
    ) -> Result<Tried<Option<NextStep>>> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, id).await?;
        let step = match fields.read(actor.today) {
            Ok(step) => step,
            Err(errors) => return Ok(Err(errors)),
        };
        if let Err(errors) = take_version(&mut tx, &client, version).await? {
            return Ok(Err(errors));
        }
        let before: Option<(Option<String>, Option<NaiveDate>)> = fetch_optional!(
            tx,
            (Option<String>, Option<NaiveDate>),
            "select next_step, next_step_on from client where id = $1",
            id.uuid()
        )?;
        execute!(
            tx,
            "update client set next_step = $2, next_step_on = $3 where id = $1",
            id.uuid(),
            step.as_ref().map(|step| step.what.as_str()),
            step.as_ref().and_then(|step| step.on)
        )?;
        note(&mut tx, actor, "set_next_step", "client", id);
        tx.commit().await?;
        Ok(Ok(before.and_then(|(what, on)| Some(NextStep { what: what?, on }))))
    }

    /// Writes a note, under the identity that it got when its form opened: twice sent is once written.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn write_note(
        &self,
        actor: &Actor,
        client: ClientId,
        id: Uuid,
        fields: &NoteFields,
    ) -> Result<Tried<Uuid>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let (day, words) = match fields.read(actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let id = own_id!(tx, id, "select words from client_note where id = $1", words);
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into client_note (id, client_id, person_id, day, words, written_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
            id,
            client.uuid(),
            actor.person.uuid(),
            day,
            words,
            now
        )?;
        note(&mut tx, actor, "write", "client_note", client);
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Takes a record on a client's page back, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or the record is not there.
    pub async fn take_back(
        &self,
        actor: &Actor,
        client: ClientId,
        record: Record,
        id: Uuid,
        back: bool,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let done = match record {
            Record::Note => take_note(&mut tx, actor, client, id, back).await?,
            Record::Disclosure => take_disclosure(&mut tx, actor, client, id, back).await?,
            Record::Consent => take_consent(&mut tx, actor, client, id, back).await?,
            Record::Notice => tick(&mut tx, actor, client, id, back).await?,
        };
        if done == 0 {
            return Err(Error::NotThere);
        }
        note(&mut tx, actor, if back { "restore" } else { "withdraw" }, record.kind(), client);
        tx.commit().await?;
        Ok(())
    }
}

/// An own note.
async fn take_note(tx: &mut Tx, actor: &Actor, client: ClientId, id: Uuid, back: bool) -> Result<u64> {
    let at = (!back).then(|| tx.clock().now());
    Ok(execute!(
        tx,
        "update client_note set withdrawn_at = $4 where id = $1 and client_id = $2 and person_id = $3",
        id,
        client.uuid(),
        actor.person.uuid(),
        at
    )?)
}

/// What may be told, whoever noted it: it is the client's choice.
async fn take_disclosure(tx: &mut Tx, actor: &Actor, client: ClientId, id: Uuid, back: bool) -> Result<u64> {
    if back {
        return Ok(execute!(
            tx,
            "update disclosure set withdrawn_on = null, withdrawn_by = null where id = $1 and client_id = $2
                 and withdrawn_on = $3",
            id,
            client.uuid(),
            actor.today
        )?);
    }
    Ok(execute!(
        tx,
        "update disclosure set withdrawn_on = $3, withdrawn_by = $4 where id = $1 and client_id = $2
             and withdrawn_on is null",
        id,
        client.uuid(),
        actor.today,
        actor.person.uuid()
    )?)
}

/// A consent; whoever it was given about is to be told.
async fn take_consent(tx: &mut Tx, actor: &Actor, client: ClientId, id: Uuid, back: bool) -> Result<u64> {
    if back {
        let done = execute!(
            tx,
            "update consent set withdrawn_on = null, withdrawn_by = null where id = $1 and client_id = $2
                 and withdrawn_on = $3",
            id,
            client.uuid(),
            actor.today
        )?;
        if done == 1 {
            execute!(
                tx,
                "delete from consent_notice where consent_id = $1 and kind = 'withdrawn' and told_on is null",
                id
            )?;
            told_otherwise(tx, actor, id).await?;
        }
        return Ok(done);
    }
    let done = execute!(
        tx,
        "update consent set withdrawn_on = $3, withdrawn_by = $4 where id = $1 and client_id = $2
             and withdrawn_on is null",
        id,
        client.uuid(),
        actor.today,
        actor.person.uuid()
    )?;
    if done == 1 {
        super::trust::due(tx, id, "withdrawn", actor.today).await?;
    }
    Ok(done)
}

/// Who was told already that a consent is withdrawn is to be told that it stands after all.
async fn told_otherwise(tx: &mut Tx, actor: &Actor, consent: Uuid) -> Result<()> {
    let told: Option<(Uuid,)> = fetch_optional!(
        tx,
        (Uuid,),
        "select id from consent_notice where consent_id = $1 and kind = 'withdrawn' limit 1",
        consent
    )?;
    if told.is_some() {
        super::trust::due(tx, consent, "given", actor.today).await?;
    }
    Ok(())
}

/// That somebody was told; `back` is done, the other way is not done after all.
async fn tick(tx: &mut Tx, actor: &Actor, client: ClientId, id: Uuid, back: bool) -> Result<u64> {
    Ok(execute!(
        tx,
        "update consent_notice set told_on = $3, told_by = $4 where id = $1
             and consent_id in (select id from consent where client_id = $2)",
        id,
        client.uuid(),
        back.then_some(actor.today),
        back.then_some(actor.person.uuid())
    )?)
}

/// The word of a list as the database keeps it.
pub(super) fn stored<T: Code>(value: Option<T>) -> Option<&'static str> {
    value.map(Code::code)
}
