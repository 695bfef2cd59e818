//! Code lists: the organisation's own entries beside the official codes, edited by its administrators. Nothing
//! is taken away: an entry ends, a new name is a new version, and a record points to the version that was
//! chosen. Each change stands in the list of the organisation's changes and in the use log.

use crate::access::{Actor, Organisation, authorise};
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::organisation::Said;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::NaiveDate;
use domain::access::Action;
use domain::codes::Code;
use domain::codes::lists::{
    CodeList, Editing, EndFields, EntryFields, Names, NewEntry, RenameFields, Renaming, Version, latest,
};
use domain::employers::edit::Fields;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The lists with the organisation's own entries.
#[derive(Clone, Debug)]
pub struct CodeLists {
    /// The versions of the entries of each list, by code and day.
    pub own: BTreeMap<&'static str, Vec<Version>>,
    /// Today.
    pub today: NaiveDate,
}

impl CodeLists {
    /// The versions of the own entries of a list.
    #[must_use]
    pub fn of(&self, list: CodeList) -> &[Version] {
        self.own.get(list.code()).map_or(&[], Vec::as_slice)
    }
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: Uuid,
    list: String,
    code: String,
    counts_as: String,
    name_fi: String,
    name_sv: String,
    name_en: String,
    valid_from: NaiveDate,
    ends_on: Option<NaiveDate>,
}

impl EntryRow {
    fn version(self) -> Version {
        Version {
            id: self.id,
            code: self.code,
            counts_as: self.counts_as,
            names: Names { fi: self.name_fi, sv: self.name_sv, en: self.name_en },
            from: self.valid_from,
            ends_on: self.ends_on,
        }
    }
}

/// The names of an entry that a left join may have found.
pub(crate) fn names(fi: Option<String>, sv: Option<String>, en: Option<String>) -> Option<Names> {
    Some(Names { fi: fi?, sv: sv?, en: en? })
}

/// The versions of the own entries of a list, in the order of their names.
pub(crate) async fn entries(tx: &mut Tx, list: CodeList) -> Result<Vec<Version>> {
    let rows = fetch_all!(
        tx,
        EntryRow,
        "select id, list, code, counts_as, name_fi, name_sv, name_en, valid_from, ends_on
         from code_entry where list = $1 order by name_fi, code, valid_from, id",
        list.code()
    )?;
    Ok(rows.into_iter().map(EntryRow::version).collect())
}

/// Those that hold on a day: what a form offers.
pub(crate) fn holding(versions: Vec<Version>, day: NaiveDate) -> Vec<Version> {
    versions.into_iter().filter(|version| version.holds_on(day)).collect()
}

/// A version as the list of changes shows it.
fn shown(list: CodeList, version: &Version) -> Fields {
    let last = version.ends_on.and_then(|ends| ends.pred_opt());
    let fields = [
        ("list", list.code().to_owned()),
        ("code", version.code.clone()),
        ("counts_as", version.counts_as.clone()),
        ("name_fi", version.names.fi.clone()),
        ("name_sv", version.names.sv.clone()),
        ("name_en", version.names.en.clone()),
        ("from_day", version.from.to_string()),
        ("to_day", last.map(|day| day.to_string()).unwrap_or_default()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl Backend {
    /// Every list with the organisation's own entries.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator.
    pub async fn code_lists(&self, actor: &Actor) -> Result<CodeLists> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        let rows = fetch_all!(
            tx,
            EntryRow,
            "select id, list, code, counts_as, name_fi, name_sv, name_en, valid_from, ends_on
             from code_entry order by name_fi, code, valid_from, id"
        )?;
        tx.note(Use::by(actor, "read", "codes", None).on_ground("settings"));
        tx.commit().await?;
        let mut own: BTreeMap<&'static str, Vec<Version>> = BTreeMap::new();
        for row in rows {
            let list = CodeList::parse(&row.list).map_err(Error::internal)?;
            own.entry(list.code()).or_default().push(row.version());
        }
        Ok(CodeLists { own, today: actor.today })
    }

    /// Adds an own entry to a list and gives its code.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or nothing can be added to the list.
    pub async fn add_code(&self, actor: &Actor, list: CodeList, fields: &EntryFields) -> Said<String> {
        let mut tx = self.managing(actor).await?;
        if list.editing() == Editing::Fixed {
            return Err(Error::NotThere);
        }
        let own = entries(&mut tx, list).await?;
        let NewEntry { code, counts_as, names, from, ends_on } = match fields.read(list, &own, actor.today) {
            Ok(new) => new,
            Err(errors) => return Ok(Err(errors)),
        };
        let new = Version { id: new_id(), code: code.clone(), counts_as, names, from, ends_on };
        insert(&mut tx, actor, list, &new).await?;
        self.changed(tx, actor, ("code", Some(new.id)), Fields::new(), shown(list, &new)).await?;
        Ok(Ok(code))
    }

    /// Calls an entry something else from a day on, or takes one into use again that has ended.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such entry.
    pub async fn rename_code(
        &self,
        actor: &Actor,
        list: CodeList,
        code: &str,
        fields: &RenameFields,
    ) -> Said<()> {
        let mut tx = self.managing(actor).await?;
        let (mine, others) = split(entries(&mut tx, list).await?, code);
        let last = latest(&mine).ok_or(Error::NotThere)?.clone();
        let renaming = match fields.read(&mine, &others, actor.today) {
            Ok(renaming) => renaming,
            Err(errors) => return Ok(Err(errors)),
        };
        let Renaming { names, from, ends, instead, ends_on } = renaming;
        let now = Version { id: instead.unwrap_or_else(new_id), names, from, ends_on, ..last.clone() };
        if instead.is_some() {
            execute!(
                tx,
                "update code_entry set name_fi = $2, name_sv = $3, name_en = $4 where id = $1",
                now.id,
                &now.names.fi,
                &now.names.sv,
                &now.names.en
            )?;
        } else {
            if let Some(ends) = ends {
                execute!(tx, "update code_entry set ends_on = $2 where id = $1", ends, from)?;
            }
            insert(&mut tx, actor, list, &now).await?;
        }
        let (before, after) = (shown(list, &last), shown(list, &now));
        self.changed(tx, actor, ("code_name", Some(now.id)), before, after).await?;
        Ok(Ok(()))
    }

    /// Ends an entry from a day on, or calls its end off. Records keep its name.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no administrator, or there is no such entry.
    pub async fn end_code(&self, actor: &Actor, list: CodeList, code: &str, fields: &EndFields) -> Said<()> {
        let mut tx = self.managing(actor).await?;
        let (mine, _) = split(entries(&mut tx, list).await?, code);
        let last = latest(&mine).ok_or(Error::NotThere)?.clone();
        let ends_on = match fields.read(&last, actor.today) {
            Ok(ends_on) => ends_on,
            Err(errors) => return Ok(Err(errors)),
        };
        execute!(tx, "update code_entry set ends_on = $2 where id = $1", last.id, ends_on)?;
        let now = Version { ends_on, ..last.clone() };
        let (before, after) = (shown(list, &last), shown(list, &now));
        self.changed(tx, actor, ("code_end", Some(now.id)), before, after).await?;
        Ok(Ok(()))
    }
}

/// The versions of one entry, and of all others.
fn split(versions: Vec<Version>, code: &str) -> (Vec<Version>, Vec<Version>) {
    versions.into_iter().partition(|version| version.code == code)
}

async fn insert(tx: &mut Tx, actor: &Actor, list: CodeList, version: &Version) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into code_entry (id, list, code, counts_as, name_fi, name_sv, name_en, valid_from, ends_on,
             person_id, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        version.id,
        list.code(),
        &version.code,
        &version.counts_as,
        &version.names.fi,
        &version.names.sv,
        &version.names.en,
        version.from,
        version.ends_on,
        actor.person.uuid(),
        now
    )?;
    Ok(())
}
