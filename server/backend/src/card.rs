//! The card of the day: what a coach takes along to a place without a network.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::employers::client_of_own_units;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::today::waiting;
use crate::visits::{DueAt, due_at};
use crate::{Backend, fetch_all};
use domain::access::Action;
use domain::card::{Card, Stop, StopKind, fit_words};
use domain::ids::ClientId;
use domain::today::{Task, TaskKind};

impl Backend {
    /// What the coach has to do today, next steps first and then what is due with clients. Words that name a client or tell a
    /// diagnosis are left out. The log says whose data went along.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn card(&self, actor: &Actor) -> Result<Card> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        authorise::<Unit>(&mut tx, actor, Action::ReadUnitFeed, unit).await?;
        let names = names_of_clients(&mut tx, actor).await?;
        let due = due_at(&mut tx, actor).await?;
        let tasks = waiting(&mut tx, actor).await?.tasks;
        let mut clients: Vec<ClientId> = due.iter().filter_map(|row| row.client_id.map(ClientId)).collect();
        let due_tasks = || tasks.iter().filter(|task| task.on <= actor.today);
        clients.extend(due_tasks().map(|task| task.client));
        let fit = |text: String| fit_words(text, names.iter().map(String::as_str));
        let mut stops: Vec<Stop> = due.into_iter().map(|row| at_employer(row, fit)).collect();
        stops.extend(due_tasks().cloned().map(|task| with_client(task, fit)));
        tx.note(Use::by(actor, "take", "card", None).of_clients(clients));
        tx.commit().await?;
        Ok(Card::of(actor.today, stops))
    }
}

/// What the clients of the coach's own units are called, and each part of it: one surname is enough to tell who it is.
/// Aliases are there to be used.
async fn names_of_clients(tx: &mut Tx, actor: &Actor) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = fetch_all!(
        tx,
        (String,),
        concat!("select name from client c where ", client_of_own_units!()),
        actor.person.uuid(),
        actor.today
    )?;
    let parts = |(name,): (String,)| -> Vec<String> {
        let long = name.split([' ', '-']).filter(|part| part.chars().count() > 2);
        long.map(str::to_owned).collect()
    };
    Ok(rows.into_iter().flat_map(parts).collect())
}

fn at_employer(row: DueAt, fit: impl Fn(String) -> String) -> Stop {
    let joined = |parts: [Option<String>; 2], between: &str| {
        parts.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
    };
    let place = joined([row.postal_code, row.municipality], " ");
    let may_ask = |text: Option<String>| text.filter(|_| !row.do_not_contact);
    Stop {
        kind: StopKind::NextStep(row.visit.into()),
        on: row.on_day,
        employer: Some(row.employer.into()),
        name: row.name,
        address: joined([row.street, Some(place)], ", "),
        contact: joined([may_ask(row.contact), may_ask(row.title)], ", "),
        phone: may_ask(row.phone).unwrap_or_default(),
        do_not_contact: row.do_not_contact,
        alias: row.alias.unwrap_or_default(),
        what: fit(row.what.unwrap_or_default()),
    }
}

/// Where a client works is no word of anybody's.
fn with_client(task: Task, fit: impl Fn(String) -> String) -> Stop {
    let (name, what) = match task.kind {
        TaskKind::Support(_) => (task.what, String::new()),
        TaskKind::Advice(_) | TaskKind::Action => (String::new(), fit(task.what)),
    };
    Stop {
        kind: StopKind::Task(task.kind),
        on: task.on,
        employer: None,
        name,
        address: String::new(),
        contact: String::new(),
        phone: String::new(),
        do_not_contact: false,
        alias: task.alias,
        what,
    }
}
