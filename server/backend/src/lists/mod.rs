//! Lists of employers from elsewhere, taken into the register: the file is kept until its columns are named
//! and its rows settled, and then written in one transaction, which can be undone.

mod file;
mod out;
mod write;

pub use file::read_file;
pub use write::Undone;

use crate::access::{Actor, Register, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::employers::{client_of_own_units, facts_of_all};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::access::Action;
use domain::business_id::BusinessId;
use domain::employers::edit::{EditError, Facts};
use domain::employers::names::{names_a_client, tells_a_diagnosis};
use domain::ids::EmployerId;
use domain::lists::columns::{Candidate, Mapping, MappingError};
use domain::lists::compare::{Decision, Found, Group, Outcome, Registered, Settling, compare, fill};
use domain::lists::{FileError, Sheet};
use domain::text::fold;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// What was read of a file that was not written is kept so many days.
pub const KEPT_DAYS: i64 = 30;
/// A file's name is kept up to so many characters.
const FILE_NAME_MAX: usize = 120;

/// A list that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenList {
    /// Which.
    pub id: Uuid,
    /// The name of its file.
    pub file_name: String,
    /// The day on which it was taken.
    pub taken_on: NaiveDate,
    /// What is in it; empty once it was written.
    pub sheets: Vec<Sheet>,
    /// What its columns are.
    pub mapping: Mapping,
    /// What was settled.
    pub settling: Settling,
    /// What writing it did.
    pub outcome: Option<Outcome>,
    /// Was that undone?
    pub undone: bool,
}

/// A row beside what the register says.
#[derive(Clone, Debug)]
pub struct ComparedRow {
    /// The row.
    pub candidate: Candidate,
    /// What was found.
    pub found: Found,
    /// What becomes of it.
    pub decision: Decision,
    /// Was that chosen for this row?
    pub chosen: bool,
    /// The employer that is like it.
    pub known: Option<Facts>,
    /// Would anything be filled in?
    pub fills: bool,
}

/// A list beside the register.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The list.
    pub list: TakenList,
    /// Its rows.
    pub rows: Vec<ComparedRow>,
    /// What writing it now would do.
    pub outcome: Outcome,
}

impl Compared {
    /// The rows of a group.
    pub fn of(&self, group: Group) -> impl Iterator<Item = &ComparedRow> {
        self.rows.iter().filter(move |row| row.found.group() == group)
    }
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: Uuid,
    file_name: String,
    taken_at: DateTime<Utc>,
    sheets: String,
    mapping: String,
    settling: String,
    outcome: Option<String>,
    undone_at: Option<DateTime<Utc>>,
}

impl ListRow {
    fn list(self) -> Result<TakenList> {
        let outcome = self.outcome.as_deref().map(serde_json::from_str).transpose();
        let sheets = if self.sheets.is_empty() { Ok(Vec::new()) } else { serde_json::from_str(&self.sheets) };
        Ok(TakenList {
            id: self.id,
            file_name: self.file_name,
            taken_on: self.taken_at.with_timezone(&ZONE).date_naive(),
            sheets: sheets.map_err(Error::internal)?,
            mapping: serde_json::from_str(&self.mapping).map_err(Error::internal)?,
            settling: serde_json::from_str(&self.settling).map_err(Error::internal)?,
            outcome: outcome.map_err(Error::internal)?,
            undone: self.undone_at.is_some(),
        })
    }
}

/// A person's own list. Lists are their taker's alone: a file from elsewhere may hold anything.
async fn list_of(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<TakenList> {
    authorise::<Register>(tx, actor, Action::TakeList, ()).await?;
    let row = fetch_optional!(
        tx,
        ListRow,
        "select id, file_name, taken_at, sheets, mapping, settling, outcome, undone_at
         from employer_list where id = $1 and person_id = $2",
        id,
        actor.person.uuid()
    )?;
    row.ok_or(Error::NotThere)?.list()
}

/// A list that waits to be written.
async fn waiting(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<TakenList> {
    let list = list_of(tx, actor, id).await?;
    if list.outcome.is_some() { Err(Error::NotThere) } else { Ok(list) }
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

impl Backend {
    /// Takes what was read of a file, to be looked at. What was taken long ago and never written goes.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn take_list(
        &self,
        actor: &Actor,
        file_name: &str,
        bytes: Vec<u8>,
        municipalities: Vec<String>,
    ) -> Result<std::result::Result<Uuid, FileError>> {
        // Asked before the file is read, which takes time and no transaction, and again before writing.
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::TakeList, ()).await?;
        drop(tx);
        let read = tokio::task::spawn_blocking(move || read_file(&bytes, &municipalities)).await;
        let sheets = match read.map_err(Error::internal)? {
            Ok(sheets) => sheets,
            Err(error) => return Ok(Err(error)),
        };
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::TakeList, ()).await?;
        let (id, now) = (new_id(), tx.clock().now());
        let old = now - Duration::days(KEPT_DAYS);
        execute!(tx, "delete from employer_list where written_at is null and taken_at < $1", old)?;
        let name: String =
            file_name.chars().filter(|letter| !letter.is_control()).take(FILE_NAME_MAX).collect();
        execute!(
            tx,
            "insert into employer_list (id, person_id, file_name, taken_at, sheets, mapping, settling)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            actor.person.uuid(),
            name,
            now,
            json(&sheets)?,
            json(&Mapping::guess(&sheets, 0))?,
            json(&Settling::default())?
        )?;
        tx.note(Use::by(actor, "take", "employer_list", Some(id)));
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// The own lists, the latest first: those that wait, and those that were written.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn lists(&self, actor: &Actor) -> Result<Vec<TakenList>> {
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::TakeList, ()).await?;
        let rows = fetch_all!(
            tx,
            ListRow,
            "select id, file_name, taken_at, '' as sheets, mapping, settling, outcome, undone_at
             from employer_list where person_id = $1 order by taken_at desc, id desc limit 50",
            actor.person.uuid()
        )?;
        rows.into_iter().map(ListRow::list).collect()
    }

    /// A list as it was taken.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not or it is another's.
    pub async fn list(&self, actor: &Actor, id: Uuid) -> Result<TakenList> {
        let mut tx = self.read().await?;
        list_of(&mut tx, actor, id).await
    }

    /// Names the columns of a list. Another sheet's columns are guessed anew.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or it was written.
    pub async fn name_columns(
        &self,
        actor: &Actor,
        id: Uuid,
        mapping: Mapping,
    ) -> Result<std::result::Result<(), MappingError>> {
        let mut tx = self.write().await?;
        let list = waiting(&mut tx, actor, id).await?;
        let other = mapping.sheet != list.mapping.sheet;
        let mapping = if other { Mapping::guess(&list.sheets, mapping.sheet) } else { mapping };
        let checked = mapping.check();
        execute!(tx, "update employer_list set mapping = $2 where id = $1", id, json(&mapping)?)?;
        tx.commit().await?;
        Ok(if other { Ok(()) } else { checked })
    }

    /// A list beside the register.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or it was written.
    pub async fn compare_list(&self, actor: &Actor, id: Uuid) -> Result<Compared> {
        let mut tx = self.read().await?;
        let list = waiting(&mut tx, actor, id).await?;
        compared(&mut tx, actor, list).await
    }

    /// Settles what becomes of groups and of single rows.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or it was written.
    pub async fn settle_list(&self, actor: &Actor, id: Uuid, changes: Settling) -> Result<()> {
        let mut tx = self.write().await?;
        let TakenList { mut settling, .. } = waiting(&mut tx, actor, id).await?;
        settling.rules.extend(changes.rules);
        for (line, decision) in changes.rows {
            // Back to what the rule says.
            if decision == Decision::Ask {
                settling.rows.remove(&line);
            } else {
                settling.rows.insert(line, decision);
            }
        }
        execute!(tx, "update employer_list set settling = $2 where id = $1", id, json(&settling)?)?;
        tx.commit().await
    }

    /// Drops a list that was not written.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or it was written.
    pub async fn drop_list(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let mut tx = self.write().await?;
        waiting(&mut tx, actor, id).await?;
        execute!(tx, "delete from employer_list where id = $1", id)?;
        tx.note(Use::by(actor, "drop", "employer_list", Some(id)));
        tx.commit().await
    }
}

/// Compares a list with the register as it stands in this transaction.
async fn compared(tx: &mut Tx, actor: &Actor, list: TakenList) -> Result<Compared> {
    let rows = facts_of_all(tx).await?;
    let mut register = Vec::with_capacity(rows.len());
    let mut facts = BTreeMap::new();
    for row in rows {
        let id = EmployerId(row.id);
        let known = row.facts();
        register.push(Registered {
            id,
            name: known.name.clone(),
            municipality: Some(known.municipality.clone()).filter(|place| !place.is_empty()),
            business_id: BusinessId::parse(&known.business_id).ok(),
        });
        facts.insert(id, known);
    }
    let Names { contacts, clients } = names(tx, actor).await?;
    let mut candidates = list.mapping.read(&list.sheets);
    let work = move || {
        let names = |text: &str| names_a_client(text, clients.iter().map(String::as_str));
        let named: Vec<bool> = candidates.iter_mut().map(|row| tells_of_somebody(row, &names)).collect();
        let mut found = compare(&candidates, &register);
        for (found, named) in found.iter_mut().zip(named) {
            if named {
                *found = Found::Wrong;
            }
        }
        settled(list, candidates, found, &facts, &contacts)
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// The names that a list is compared with.
#[derive(Default)]
struct Names {
    /// Each contact person's employer and key.
    contacts: HashSet<(Uuid, String)>,
    /// Names and aliases of the clients of the actor's own units.
    clients: Vec<String>,
}

/// One query: a contact person has an employer, a client none.
async fn names(tx: &mut Tx, actor: &Actor) -> Result<Names> {
    let rows: Vec<(Option<Uuid>, String, String)> = fetch_all!(
        tx,
        (Option<Uuid>, String, String),
        concat!(
            "select coalesce(e.survivor_id, e.id) as at, k.name, k.title
             from employer_contact k join employer e on e.id = k.employer_id where k.removed_at is null
             union all select null, c.name, c.alias from client c where ",
            client_of_own_units!()
        ),
        actor.person.uuid(),
        actor.today
    )?;
    let mut names = Names::default();
    for (at, name, other) in rows {
        match at {
            Some(at) => _ = names.contacts.insert((at, person_key(&name, &other))),
            None => names.clients.extend([name, other]),
        }
    }
    Ok(names)
}

/// Tells one contact person of an employer from another.
fn person_key(name: &str, title: &str) -> String {
    fold(if name.is_empty() { title } else { name })
}

/// Does a row name a client, or tell a diagnosis? Looked at as one text first: hardly any does.
fn tells_of_somebody(row: &mut Candidate, names: &impl Fn(&str) -> bool) -> bool {
    let texts = |row: &Candidate| {
        [
            ("name", row.facts.name.clone()),
            ("note", row.facts.note.clone()),
            ("name", row.person.name.clone()),
            ("title", row.person.title.clone()),
            ("role", row.person.role.clone()),
        ]
    };
    let all = texts(row).map(|(_, text)| text).join(" ");
    if tells_a_diagnosis(&row.facts.note) {
        row.errors.push(EditError::TellsDiagnosis("note"));
        return true;
    }
    if !names(&all) {
        return false;
    }
    let mut fields: Vec<_> =
        texts(row).into_iter().filter(|(_, text)| names(text)).map(|(field, _)| field).collect();
    fields.dedup();
    row.errors.extend(fields.iter().map(|field| EditError::NamesClient(field)));
    !fields.is_empty()
}

fn settled(
    list: TakenList,
    candidates: Vec<Candidate>,
    found: Vec<Found>,
    facts: &BTreeMap<EmployerId, Facts>,
    contacts: &HashSet<(Uuid, String)>,
) -> Compared {
    let mut outcome = Outcome::default();
    let rows = candidates.into_iter().zip(found).map(|(candidate, found)| {
        let decision = list.settling.of(candidate.line, found.group());
        let known = match found {
            Found::Known(id, _) => facts.get(&id).cloned(),
            _ => None,
        };
        let mut fills = known.as_ref().is_some_and(|known| fill(known, &candidate.facts) != *known);
        let mut brings_person = candidate.has_person();
        if let (Found::Known(id, _), Decision::Fill) = (found, decision) {
            let key = person_key(&candidate.person.name, &candidate.person.title);
            brings_person &= !contacts.contains(&(id.uuid(), key));
            fills |= brings_person;
        }
        match decision {
            _ if found == Found::Wrong => outcome.wrong += 1,
            Decision::Ask => outcome.open += 1,
            Decision::Leave => outcome.left += 1,
            Decision::Add | Decision::Branch => outcome.added += 1,
            Decision::Fill if fills => outcome.filled += 1,
            Decision::Fill => outcome.same += 1,
        }
        let writes = matches!(decision, Decision::Add | Decision::Branch | Decision::Fill);
        outcome.contacts += u32::from(writes && brings_person);
        let chosen = list.settling.rows.contains_key(&candidate.line);
        ComparedRow { candidate, found, decision, chosen, known, fills }
    });
    let rows = rows.collect();
    Compared { list, rows, outcome }
}
