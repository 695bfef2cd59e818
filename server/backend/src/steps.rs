//! Steps towards work that are no job: transitions, cards and courses.

use crate::access::{Actor, KnownClient, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::clock::new_id;
use crate::codes::{entries, holding, names};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::NaiveDate;
use domain::access::Action;
use domain::codes::lists::{Names, Version};
use domain::ids::ClientId;
use domain::steps::{StepFields, StepToWork};
use uuid::Uuid;

/// A step that was noted.
#[derive(Clone, Debug)]
pub struct StepSeen {
    /// Which.
    pub id: Uuid,
    /// What kind of a step.
    pub kind: StepToWork,
    /// What, by its official code.
    pub what: String,
    /// What the organisation calls it, where it chose an entry of its own.
    pub own: Option<Names>,
    /// The first day, or that of completion.
    pub day: NaiveDate,
    /// The last day.
    pub to_day: Option<NaiveDate>,
    /// Where.
    pub provider: String,
    /// In words.
    pub words: String,
}

/// A client's steps.
#[derive(Clone, Debug)]
pub struct StepsPage {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The steps, the latest first.
    pub steps: Vec<StepSeen>,
    /// May the reader write?
    pub can_write: bool,
}

/// What the form of a step opens with.
#[derive(Clone, Debug)]
pub struct StepForm {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The organisation's own entries of the list.
    pub own: Vec<Version>,
    /// The identity of what is written.
    pub entry: Uuid,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    what: String,
    name_fi: Option<String>,
    name_sv: Option<String>,
    name_en: Option<String>,
    day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
    provider: Option<String>,
    words: String,
}

async fn lines(tx: &mut Tx, client: ClientId) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "select 'transition' as kind, t.id, t.kind as what, y.name_fi, y.name_sv, y.name_en, t.started_on as day,
             t.ended_on as to_day, t.provider, t.words
         from transition t left join code_entry y on y.id = t.entry_id
         where t.client_id = $1 and t.withdrawn_at is null
         union all
         select 'qualification', q.id, q.kind, y.name_fi, y.name_sv, y.name_en, q.completed_on, null, null, ''
         from qualification q left join code_entry y on y.id = q.entry_id
         where q.client_id = $1 and q.withdrawn_at is null
         union all
         select 'client', c.id, c.alias, null, null, null, null, null, null, '' from client c where c.id = $1",
        client.uuid()
    )?)
}

fn noted(tx: &mut Tx, actor: &Actor, action: &'static str, client: ClientId) {
    tx.note(Use::by(actor, action, "step_to_work", Some(client.uuid())).of_clients([client]));
}

impl Backend {
    /// A client's steps towards work.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn steps_to_work(&self, actor: &Actor, client: ClientId) -> Result<StepsPage> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownClient>(&mut tx, actor, Action::ReadClient, client).await?;
        let object = crate::access::Guarded::object(&*known);
        let can_write = actor.may(Action::WriteClient, &object);
        let mut page = StepsPage { client, alias: String::new(), steps: Vec::new(), can_write };
        for line in lines(&mut tx, client).await? {
            let kind = match line.kind.as_str() {
                "transition" => StepToWork::Transition,
                "qualification" => StepToWork::Qualification,
                _ => {
                    page.alias = line.what;
                    continue;
                }
            };
            let Some(day) = line.day else { continue };
            page.steps.push(StepSeen {
                id: line.id,
                kind,
                what: line.what,
                own: names(line.name_fi, line.name_sv, line.name_en),
                day,
                to_day: line.to_day,
                provider: line.provider.unwrap_or_default(),
                words: line.words,
            });
        }
        page.steps.sort_by_key(|step| std::cmp::Reverse((step.day, step.id)));
        noted(&mut tx, actor, "read", client);
        tx.commit().await?;
        Ok(page)
    }

    /// What the form of a step opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn step_to_work_form(
        &self,
        actor: &Actor,
        client: ClientId,
        kind: StepToWork,
    ) -> Result<StepForm> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let own = holding(entries(&mut tx, kind.list()).await?, actor.today);
        let row: Option<(String,)> =
            fetch_optional!(tx, (String,), "select alias from client where id = $1", client.uuid())?;
        noted(&mut tx, actor, "read", client);
        tx.commit().await?;
        let alias = row.map(|(alias,)| alias).unwrap_or_default();
        Ok(StepForm { client, alias, own, entry: new_id(), today: actor.today })
    }

    /// Notes a step, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn take_step_to_work(
        &self,
        actor: &Actor,
        client: ClientId,
        kind: StepToWork,
        id: Uuid,
        fields: &StepFields,
    ) -> Result<Tried<Uuid>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        if retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        let own = entries(&mut tx, kind.list()).await?;
        let step = match fields.read(kind, &own, actor.today) {
            Ok(step) => step,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        let person = actor.person.uuid();
        match kind {
            StepToWork::Transition => execute!(
                tx,
                "insert into transition (id, code, client_id, kind, entry_id, started_on, ended_on, provider, words,
                     person_id, noted_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing",
                id,
                id.to_string(),
                client.uuid(),
                step.what.official,
                step.what.own,
                step.day,
                step.to_day,
                Some(step.provider).filter(|provider| !provider.is_empty()),
                step.words,
                person,
                now
            )?,
            // The same card of the same day is there once.
            StepToWork::Qualification => execute!(
                tx,
                "insert into qualification (id, client_id, kind, entry_id, completed_on, person_id, noted_at)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (client_id, kind, completed_on) do update set withdrawn_at = null",
                id,
                client.uuid(),
                step.what.official,
                step.what.own,
                step.day,
                person,
                now
            )?,
        };
        noted(&mut tx, actor, "write", client);
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Takes a step back, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or it is not there.
    pub async fn undo_step_to_work(
        &self,
        actor: &Actor,
        client: ClientId,
        kind: StepToWork,
        id: Uuid,
        back: bool,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let at = (!back).then(|| tx.clock().now());
        let taken = match kind {
            StepToWork::Transition => execute!(
                tx,
                "update transition set withdrawn_at = $3 where id = $1 and client_id = $2",
                id,
                client.uuid(),
                at
            )?,
            StepToWork::Qualification => execute!(
                tx,
                "update qualification set withdrawn_at = $3 where id = $1 and client_id = $2",
                id,
                client.uuid(),
                at
            )?,
        };
        if taken == 0 {
            return Err(Error::NotThere);
        }
        noted(&mut tx, actor, if back { "restore" } else { "withdraw" }, client);
        tx.commit().await
    }
}
