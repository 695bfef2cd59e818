//! Advice about benefits: what was given to a client, what is to be given, and the sheet that the client takes home.

use crate::access::{Actor, KnownClient, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::jobs::Advised;
use crate::store::Tx;
use crate::support::{Watch, Watching, lost_since, watched};
use crate::{Backend, execute, fetch_all, retention};
use chrono::NaiveDate;
use domain::access::{Action, Relation};
use domain::advice::{AdviceFields, Due};
use domain::codes::Code;
use domain::ids::{ClientId, JobId};
use domain::referrals::{codes, parse_codes};
use uuid::Uuid;

/// All that the page of advice says, and what its form and the sheet open with.
#[derive(Clone, Debug)]
pub struct AdvicePage {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The client's name, for the sheet.
    pub name: String,
    /// Who coaches the client.
    pub coach: String,
    /// Advice that was given, the latest first.
    pub given: Vec<Advised>,
    /// Advice that is to be given.
    pub due: Vec<Due>,
    /// The client's jobs: title and employer.
    pub jobs: Vec<(JobId, String)>,
    /// The identity of what is written.
    pub entry: Uuid,
    /// May the reader write?
    pub can_write: bool,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: Option<NaiveDate>,
    giver: Option<String>,
    giver_name: String,
    who: String,
    occasion: Option<String>,
    topics: String,
    words: String,
}

async fn lines(tx: &mut Tx, client: ClientId, today: NaiveDate) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "select 'advice' as kind, a.id, a.day, a.giver, a.giver_name, p.name as who, a.occasion, a.topics, a.words
         from benefits_advice a join person p on p.id = a.person_id
         where a.client_id = $1 and a.withdrawn_at is null
         union all
         select 'job', j.id, j.started_on, null, s.name, '', null, '', j.title
         from job j join employer e on e.id = j.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
         where j.client_id = $1 and j.withdrawn_at is null
         union all
         select 'client', c.id, null, null, c.name, c.alias, null, '', coalesce((select min(p.name)
             from client_coach k join person p on p.id = k.person_id
             where k.client_id = c.id and k.from_day <= $2 and (k.to_day is null or k.to_day >= $2)), '')
         from client c where c.id = $1",
        client.uuid(),
        today
    )?)
}

fn sort_in(page: &mut AdvicePage, line: Line) -> Result<()> {
    fn of<T: Code>(text: Option<&String>) -> Result<T> {
        T::parse(text.map_or("", String::as_str)).map_err(Error::internal)
    }
    match (line.kind.as_str(), line.day) {
        ("advice", Some(day)) => page.given.push(Advised {
            id: line.id,
            day,
            giver: of(line.giver.as_ref())?,
            names: (line.giver_name, line.who),
            occasion: of(line.occasion.as_ref())?,
            topics: parse_codes(&line.topics).unwrap_or_default(),
            words: line.words,
        }),
        ("job", _) => page.jobs.push((line.id.into(), format!("{}, {}", line.words, line.giver_name))),
        _ => (page.alias, page.name, page.coach) = (line.who, line.giver_name, line.words),
    }
    Ok(())
}

fn noted(tx: &mut Tx, actor: &Actor, action: &'static str, client: ClientId) {
    tx.note(Use::by(actor, action, "advice", Some(client.uuid())).of_clients([client]));
}

impl Backend {
    /// The advice that a client got and is to get. `action` is what it is opened for: reading it, writing some,
    /// or giving the sheet out.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn advice(&self, actor: &Actor, client: ClientId, action: &'static str) -> Result<AdvicePage> {
        let mut tx = self.write().await?;
        let door = if action == "write" { Action::WriteClient } else { Action::ReadClient };
        let known = authorise::<KnownClient>(&mut tx, actor, door, client).await?;
        let object = crate::access::Guarded::object(&*known);
        let rows: Vec<Watching> = fetch_all!(
            tx,
            Watching,
            watched!("c.id = $1"),
            client.uuid(),
            actor.today,
            lost_since(actor.today)
        )?;
        let mut due = Watch::of(rows, actor.today)?.advice_of(client, actor.today);
        if known.relation != Relation::Open {
            due.clear();
        }
        let mut page = AdvicePage {
            client,
            alias: String::new(),
            name: String::new(),
            coach: String::new(),
            given: Vec::new(),
            due,
            jobs: Vec::new(),
            entry: new_id(),
            can_write: actor.may(Action::WriteClient, &object),
            today: actor.today,
        };
        for line in lines(&mut tx, client, actor.today).await? {
            sort_in(&mut page, line)?;
        }
        page.given.sort_by_key(|given| std::cmp::Reverse((given.day, given.id)));
        noted(&mut tx, actor, if action == "copy" { "copy" } else { "read" }, client);
        tx.commit().await?;
        Ok(page)
    }

    /// Notes advice that was given, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn give_advice(
        &self,
        actor: &Actor,
        client: ClientId,
        id: Uuid,
        fields: &AdviceFields,
    ) -> Result<Tried<Uuid>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        if retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        let advice = match fields.read(actor.today) {
            Ok(advice) => advice,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        // A job of somebody else is no job of this client.
        execute!(
            tx,
            "insert into benefits_advice (id, client_id, job_id, day, giver, giver_name, occasion, topics, words, person_id,
                 noted_at)
             values ($1, $2, (select j.id from job j where j.id = $3 and j.client_id = $2), $4, $5, $6, $7, $8, $9, $10,
                 $11)
             on conflict (id) do nothing",
            id,
            client.uuid(),
            advice.job.map(JobId::uuid),
            advice.day,
            advice.giver.code(),
            advice.giver_name,
            advice.occasion.code(),
            codes(&advice.topics),
            advice.words,
            actor.person.uuid(),
            now
        )?;
        noted(&mut tx, actor, "write", client);
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Takes advice back that was not given after all, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or it is not there.
    pub async fn take_advice(&self, actor: &Actor, client: ClientId, id: Uuid, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let at = (!back).then(|| tx.clock().now());
        let taken = execute!(
            tx,
            "update benefits_advice set withdrawn_at = $3 where id = $1 and client_id = $2",
            id,
            client.uuid(),
            at
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        noted(&mut tx, actor, if back { "restore" } else { "withdraw" }, client);
        tx.commit().await
    }
}
