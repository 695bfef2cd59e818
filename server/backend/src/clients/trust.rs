//! What may be told of a client: to employers, and to partners.

use super::{Tried, note, own_id};
use crate::access::{Actor, KnownClient, authorise};
use crate::clock::new_id;
use crate::codes::{entries, holding};
use crate::employers::Offered;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::NaiveDate;
use domain::access::Action;
use domain::clients::page::NoteFields;
use domain::clients::trust::{ConsentFields, DisclosureFields};
use domain::codes::Code;
use domain::codes::lists::{CodeList, Version};
use domain::forms::FieldError;
use domain::ids::{ClientId, EmployerId};
use domain::referrals::codes;
use uuid::Uuid;

/// What the form of what may be told opens with.
#[derive(Clone, Debug)]
pub struct ToldForm {
    /// The client.
    pub id: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The employers that were visited for the client, or where the client works.
    pub employers: Vec<(EmployerId, String)>,
    /// Today.
    pub today: NaiveDate,
    /// The identity of what is written.
    pub entry: Uuid,
    /// Recipients of information, as the organisation's list names them today.
    pub recipients: Vec<Version>,
}

#[derive(sqlx::FromRow)]
struct ToldRow {
    alias: String,
    employer_id: Option<Uuid>,
    employer: Option<String>,
}

/// The alias, and each employer visited for the client: the one that stands for it.
async fn told_rows(tx: &mut Tx, client: ClientId) -> Result<Vec<ToldRow>> {
    Ok(fetch_all!(
        tx,
        ToldRow,
        "select distinct c.alias, s.id as employer_id, s.name as employer
         from client c left join (select client_id, employer_id from visit where client_id = $1
             union select client_id, employer_id from job where client_id = $1) m on m.client_id = c.id
             left join employer e on e.id = m.employer_id left join employer s on s.id = coalesce(e.survivor_id, e.id)
         where c.id = $1 order by s.name, s.id",
        client.uuid()
    )?)
}

/// The employers that were visited for a client, or where the client works.
pub(crate) async fn employers_of(tx: &mut Tx, client: ClientId) -> Result<Vec<Offered>> {
    let rows = told_rows(tx, client).await?;
    let known = rows.into_iter().filter_map(|row| {
        Some(Offered { id: row.employer_id?.into(), name: row.employer?, municipality: None })
    });
    Ok(known.collect())
}

/// Somebody is to be told of a change of a consent.
pub(super) async fn due(tx: &mut Tx, consent: Uuid, kind: &str, today: NaiveDate) -> Result<()> {
    execute!(
        tx,
        "insert into consent_notice (id, consent_id, kind, due_since) values ($1, $2, $3, $4)",
        new_id(),
        consent,
        kind,
        today
    )?;
    Ok(())
}

impl Backend {
    /// What the form of what may be told opens with.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not write about the client.
    pub async fn told_form(&self, actor: &Actor, id: ClientId) -> Result<ToldForm> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, id).await?;
        let rows = told_rows(&mut tx, id).await?;
        let recipients = holding(entries(&mut tx, CodeList::Recipients).await?, actor.today);
        note(&mut tx, actor, "read", "client", id);
        tx.commit().await?;
        let alias = rows.first().map(|row| row.alias.clone()).unwrap_or_default();
        let employers = rows.into_iter().filter_map(|row| Some((row.employer_id?.into(), row.employer?)));
        let (employers, today, entry) = (employers.collect(), actor.today, new_id());
        Ok(ToldForm { id, alias, employers, today, entry, recipients })
    }

    /// Notes what may be told to an employer, or to all. What was noted before for the same stays as it was.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not write about the client.
    pub async fn note_disclosure(
        &self,
        actor: &Actor,
        client: ClientId,
        id: Uuid,
        fields: &DisclosureFields,
    ) -> Result<Tried<Uuid>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let told = match fields.read(actor.today) {
            Ok(told) => told,
            Err(errors) => return Ok(Err(errors)),
        };
        if let Some(employer) = told.employer {
            let known = told_rows(&mut tx, client).await?;
            if !known.iter().any(|row| row.employer_id == Some(employer.uuid())) {
                return Ok(Err(vec![FieldError::Choice("employer")]));
            }
        }
        let id = own_id!(
            tx,
            id,
            "select may_tell || ' ' || agreed_words from disclosure where id = $1",
            format!("{} {}", told.may_tell.code(), told.agreed_words)
        );
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into disclosure (id, client_id, employer_id, may_tell, agreed_words, from_day, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
            id,
            client.uuid(),
            told.employer.map(EmployerId::uuid),
            told.may_tell.code(),
            told.agreed_words,
            told.from_day,
            actor.person.uuid(),
            now
        )?;
        note(&mut tx, actor, "write", "disclosure", client);
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Notes a talk with the client about what may be told.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not write about the client.
    pub async fn note_talk(
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
        let id = own_id!(tx, id, "select words from disclosure_talk where id = $1", words);
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into disclosure_talk (id, client_id, day, words, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
            id,
            client.uuid(),
            day,
            words,
            actor.person.uuid(),
            now
        )?;
        note(&mut tx, actor, "write", "disclosure_talk", client);
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Notes a consent; its recipient is to be told.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not write about the client.
    pub async fn note_consent(
        &self,
        actor: &Actor,
        client: ClientId,
        id: Uuid,
        fields: &ConsentFields,
    ) -> Result<Tried<Uuid>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let consent = match fields.read(actor.today) {
            Ok(consent) => consent,
            Err(errors) => return Ok(Err(errors)),
        };
        let id = own_id!(
            tx,
            id,
            "select recipient || ' ' || purpose from consent where id = $1",
            format!("{} {}", consent.recipient, consent.purpose)
        );
        let now = tx.clock().now();
        let first = execute!(
            tx,
            "insert into consent (id, client_id, recipient, categories, purpose, from_day, to_day, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
            id,
            client.uuid(),
            consent.recipient,
            codes(&consent.categories),
            consent.purpose,
            consent.from_day,
            consent.to_day,
            actor.person.uuid(),
            now
        )?;
        if first == 1 {
            due(&mut tx, id, "given", actor.today).await?;
        }
        note(&mut tx, actor, "write", "consent", client);
        tx.commit().await?;
        Ok(Ok(id))
    }
}
