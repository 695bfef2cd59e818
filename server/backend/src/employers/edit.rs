//! Changing what the register says: facts, contact persons, do-not-contact, chains.

use super::change::{Edited, record, unfit_words};
use crate::access::{Actor, Guarded, RegisteredEmployer, authorise};
use crate::clock::new_id;
use crate::codes::{entries, holding};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::codes::lists::{CodeList, Version};
use domain::employers::edit::{EditError, Facts, Fields, Person, Silencing};
use domain::employers::{Named, core_name};
use domain::ids::EmployerId;
use domain::likeness::{Likeness, Prepared};
use domain::text::{fold, sort_key};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(crate) struct FactsRow {
    pub(crate) id: Uuid,
    pub(super) name: String,
    business_id: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    municipality: Option<String>,
    website: Option<String>,
    section_tol2008: Option<String>,
    class_tol2008: Option<String>,
    section_tol2025: Option<String>,
    class_tol2025: Option<String>,
    note: Option<String>,
    pub(super) version: i64,
    chain_id: Option<Uuid>,
}

impl FactsRow {
    pub(crate) fn facts(&self) -> Facts {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Facts {
            name: self.name.clone(),
            business_id: text(&self.business_id),
            street: text(&self.street),
            postal_code: text(&self.postal_code),
            municipality: text(&self.municipality),
            website: text(&self.website),
            section_tol2008: text(&self.section_tol2008),
            class_tol2008: text(&self.class_tol2008),
            section_tol2025: text(&self.section_tol2025),
            class_tol2025: text(&self.class_tol2025),
            note: text(&self.note),
        }
    }
}

/// What is known of employers `e`, and what is asked for beside; the tail chooses and sorts.
macro_rules! facts_from {
    ($beside:literal, $tail:literal) => {
        concat!(
            "select ",
            $beside,
            "e.id, e.name, e.business_id, e.street, e.postal_code, e.municipality, e.website, e.section_tol2008,
                 e.class_tol2008, e.section_tol2025, e.class_tol2025, e.note, e.version, e.chain_id
             from employer e ",
            $tail
        )
    };
}
pub(super) use facts_from;

/// What is known of an employer, and how often it was changed.
pub(crate) async fn facts_of(tx: &mut Tx, id: EmployerId) -> Result<FactsRow> {
    Ok(fetch_one!(tx, FactsRow, facts_from!("", "where e.id = $1"), id.uuid())?)
}

/// What is known of every employer that stands for itself, the oldest first.
pub(crate) async fn facts_of_all(tx: &mut Tx) -> Result<Vec<FactsRow>> {
    Ok(fetch_all!(tx, FactsRow, facts_from!("", "where e.survivor_id is null order by e.created_at, e.id"))?)
}

/// An employer in the register with what is known of it: the one that stands for it when it was merged.
#[derive(sqlx::FromRow)]
struct KnownEmployer {
    #[sqlx(flatten)]
    row: FactsRow,
    /// Is it not to be contacted today?
    do_not_contact: bool,
}

impl Guarded for KnownEmployer {
    type Id = EmployerId;
    async fn find(tx: &mut Tx, id: EmployerId, today: NaiveDate) -> Result<Option<Self>> {
        Ok(fetch_optional!(
            tx,
            Self,
            facts_from!(
                "e.do_not_contact_reason is not null
                     and (e.do_not_contact_until is null or e.do_not_contact_until >= $2) as do_not_contact, ",
                "where e.id = (select coalesce(survivor_id, id) from employer where id = $1)"
            ),
            id.uuid(),
            today
        )?)
    }
    fn object(&self) -> Object {
        Object::Register
    }
}

/// Writes what is known of an employer.
pub(crate) async fn write_facts(tx: &mut Tx, id: EmployerId, facts: &Facts) -> Result<()> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    execute!(
        tx,
        "update employer set name = $2, name_folded = $3, name_sorted = $4, name_core = $5, business_id = $6,
             street = $7, postal_code = $8, municipality = $9, website = $10, section_tol2008 = $11,
             class_tol2008 = $12, section_tol2025 = $13, class_tol2025 = $14, note = $15, provisional = $16,
             version = version + 1
         where id = $1",
        id.uuid(),
        facts.name.clone(),
        fold(&facts.name),
        sort_key(&facts.name),
        core_name(&facts.name),
        some(&facts.business_id),
        some(&facts.street),
        some(&facts.postal_code),
        some(&facts.municipality),
        some(&facts.website),
        some(&facts.section_tol2008),
        some(&facts.class_tol2008),
        some(&facts.section_tol2025),
        some(&facts.class_tol2025),
        some(&facts.note),
        false
    )?;
    Ok(())
}

/// Writes a contact person, a new one or one that is there.
pub(crate) async fn write_contact(tx: &mut Tx, at: EmployerId, contact: Uuid, person: &Person) -> Result<()> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    execute!(
        tx,
        "insert into employer_contact (id, employer_id, name, title, role, phone, email)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set name = excluded.name, title = excluded.title, role = excluded.role,
             phone = excluded.phone, email = excluded.email, version = employer_contact.version + 1",
        contact,
        at.uuid(),
        person.name.clone(),
        person.title.clone(),
        some(&person.role),
        some(&person.phone),
        some(&person.email)
    )?;
    Ok(())
}

/// Another employer with this business ID that is no branch of the same chain.
async fn taken(
    tx: &mut Tx,
    id: EmployerId,
    chain: Option<Uuid>,
    business_id: &str,
) -> Result<Option<EditError>> {
    if business_id.is_empty() {
        return Ok(None);
    }
    let other: Option<(Uuid, String)> = fetch_optional!(
        tx,
        (Uuid, String),
        "select id, name from employer
         where business_id = $1 and id <> $2 and survivor_id is null
             and (chain_id is null or chain_id <> $2)
             and (cast($4 as text) is null or (id <> $3 and (chain_id is null or chain_id <> $3)))
         order by created_at, id limit 1",
        business_id,
        id.uuid(),
        chain,
        chain.map(|_| "a chain")
    )?;
    Ok(other.map(|(id, name)| EditError::BusinessIdTaken { id: id.into(), name }))
}

/// What a form about an employer opens with.
#[derive(Clone, Debug)]
pub struct EditForm {
    /// Which.
    pub id: EmployerId,
    /// How often it was changed, and one.
    pub version: i64,
    /// As it stands.
    pub facts: Facts,
    /// Is it not to be contacted today?
    pub do_not_contact: bool,
    /// Municipalities, as the organisation's list names them today.
    pub municipalities: Vec<Version>,
}

/// What a form about a contact person opens with.
#[derive(Clone, Debug)]
pub struct PersonForm {
    /// At which employer.
    pub employer: Named,
    /// Who, and how often changed; none for a new one.
    pub contact: Option<(Uuid, i64)>,
    /// As the person stands.
    pub person: Person,
}

impl Backend {
    /// What is known of an employer, to be changed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn employer_facts(&self, actor: &Actor, id: EmployerId) -> Result<EditForm> {
        let mut tx = self.read().await?;
        let known = authorise::<KnownEmployer>(&mut tx, actor, Action::EditRegister, id).await?;
        let (row, do_not_contact) = (&known.row, known.do_not_contact);
        let municipalities = holding(entries(&mut tx, CodeList::Municipalities).await?, actor.today);
        let (id, version, facts) = (row.id.into(), row.version, row.facts());
        Ok(EditForm { id, version, facts, do_not_contact, municipalities })
    }

    /// Changes what is known of an employer. `version` is the one that the form showed: when
    /// somebody was faster, nothing is written.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn edit_employer(
        &self,
        actor: &Actor,
        id: EmployerId,
        version: i64,
        typed: &Facts,
    ) -> Edited<EmployerId> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        let facts = match typed.check() {
            Ok(facts) => facts,
            Err(errors) => return Ok(Err(errors)),
        };
        lock(&mut tx, id).await?;
        let row = facts_of(&mut tx, id).await?;
        if row.version != version {
            return Ok(Err(vec![EditError::ChangedMeanwhile]));
        }
        let mut errors = unfit_words(&mut tx, actor, &[("name", &facts.name), ("note", &facts.note)]).await?;
        errors.extend(taken(&mut tx, id, row.chain_id, &facts.business_id).await?);
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        write_facts(&mut tx, id, &facts).await?;
        record(&mut tx, actor, id, "edit", None, &row.facts().fields(), &facts.fields()).await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// A contact person, to be changed; or nobody yet.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not or there is no such contact person.
    pub async fn contact_form(
        &self,
        actor: &Actor,
        id: EmployerId,
        contact: Option<Uuid>,
    ) -> Result<PersonForm> {
        let mut tx = self.read().await?;
        let row =
            authorise::<KnownEmployer>(&mut tx, actor, Action::EditRegister, id).await?.into_object().row;
        let id = EmployerId(row.id);
        let employer = Named { id, name: row.name, municipality: row.municipality };
        let Some(contact) = contact else {
            return Ok(PersonForm { employer, contact: None, person: Person::default() });
        };
        let row = contact_of(&mut tx, id, contact).await?;
        Ok(PersonForm { employer, contact: Some((contact, row.version)), person: row.person() })
    }

    /// Adds a contact person, or changes one whose form showed `version`.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not or there is no such contact person.
    pub async fn save_contact(
        &self,
        actor: &Actor,
        id: EmployerId,
        contact: Option<(Uuid, i64)>,
        typed: &Person,
    ) -> Edited<EmployerId> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        let person = match typed.check() {
            Ok(person) => person,
            Err(errors) => return Ok(Err(errors)),
        };
        let texts = [("name", person.name.as_str()), ("title", &person.title), ("role", &person.role)];
        let errors = unfit_words(&mut tx, actor, &texts).await?;
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        lock(&mut tx, id).await?;
        let (contact, before, kind) = match contact {
            None => (new_id(), Fields::new(), "add_contact"),
            Some((contact, version)) => {
                let row = contact_of(&mut tx, id, contact).await?;
                if row.version != version {
                    return Ok(Err(vec![EditError::ChangedMeanwhile]));
                }
                (contact, row.person().fields(), "edit_contact")
            }
        };
        write_contact(&mut tx, id, contact, &person).await?;
        record(&mut tx, actor, id, kind, Some(contact), &before, &person.fields()).await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Takes a contact person away, or brings one back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not or there is no such contact person.
    pub async fn remove_contact(
        &self,
        actor: &Actor,
        id: EmployerId,
        contact: Uuid,
        back: bool,
    ) -> Result<EmployerId> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        let person = contact_of(&mut tx, id, contact).await?.person().fields();
        let removed = (!back).then(|| tx.clock().now());
        execute!(
            tx,
            "update employer_contact set removed_at = $2, version = version + 1 where id = $1",
            contact,
            removed
        )?;
        let (none, kind) = (Fields::new(), if back { "restore_contact" } else { "remove_contact" });
        let (before, after) = if back { (&none, &person) } else { (&person, &none) };
        record(&mut tx, actor, id, kind, Some(contact), before, after).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Says that an employer is not to be contacted.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn set_do_not_contact(
        &self,
        actor: &Actor,
        id: EmployerId,
        typed: &Silencing,
    ) -> Edited<EmployerId> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        let (reason, until) = match typed.check(actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let errors = unfit_words(&mut tx, actor, &[("reason", &reason)]).await?;
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        lock(&mut tx, id).await?;
        let before = silenced(&mut tx, id).await?;
        execute!(
            tx,
            "update employer set do_not_contact_reason = $2, do_not_contact_from = $3, do_not_contact_until = $4,
                 do_not_contact_by = $5 where id = $1",
            id.uuid(),
            reason,
            actor.today,
            until,
            actor.person.uuid()
        )?;
        let after = silenced(&mut tx, id).await?;
        record(&mut tx, actor, id, "set_do_not_contact", None, &before, &after).await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Says that an employer may be contacted again.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn lift_do_not_contact(&self, actor: &Actor, id: EmployerId) -> Result<EmployerId> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        lock(&mut tx, id).await?;
        let before = silenced(&mut tx, id).await?;
        execute!(
            tx,
            "update employer set do_not_contact_reason = null, do_not_contact_from = null,
                 do_not_contact_until = null, do_not_contact_by = null where id = $1",
            id.uuid()
        )?;
        let after = silenced(&mut tx, id).await?;
        record(&mut tx, actor, id, "lift_do_not_contact", None, &before, &after).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Makes an employer a branch of a chain, or, with none, takes it out. The chain's own employer is
    /// never a branch itself.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not or there is no such employer.
    pub async fn set_chain(
        &self,
        actor: &Actor,
        id: EmployerId,
        chain: Option<EmployerId>,
    ) -> Edited<EmployerId> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        let chain = match chain {
            Some(chain) => {
                Some(authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, chain).await?.id)
            }
            None => None,
        };
        lock(&mut tx, id).await?;
        let row = facts_of(&mut tx, id).await?;
        if let Some(head) = chain {
            let (branches,): (i64,) =
                fetch_one!(tx, (i64,), "select count(*) from employer where chain_id = $1", id.uuid())?;
            if head == id || branches > 0 || facts_of(&mut tx, head).await?.chain_id.is_some() {
                return Ok(Err(vec![EditError::Choice("chain")]));
            }
        } else if let Some(error) = taken(&mut tx, id, None, &row.facts().business_id).await? {
            return Ok(Err(vec![error]));
        }
        let before = chain_fields(row.chain_id);
        let after = chain_fields(chain.map(EmployerId::uuid));
        execute!(
            tx,
            "update employer set chain_id = $2 where id = $1",
            id.uuid(),
            chain.map(EmployerId::uuid)
        )?;
        record(&mut tx, actor, id, "set_chain", None, &before, &after).await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Employers like a typed name, without the one that is asked about.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn employers_like(
        &self,
        actor: &Actor,
        id: EmployerId,
        text: &str,
    ) -> Result<(Named, Vec<Named>)> {
        let mut tx = self.read().await?;
        let facts =
            authorise::<KnownEmployer>(&mut tx, actor, Action::EditRegister, id).await?.into_object().row;
        let id = EmployerId(facts.id);
        let asked = fold(text);
        let this_one = Prepared::new(&facts.name, None, None);
        let rows: Vec<(Uuid, String, String, Option<String>)> = fetch_all!(
            tx,
            (Uuid, String, String, Option<String>),
            "select id, name, name_folded, municipality from employer where survivor_id is null order by name_sorted, id"
        )?;
        let mut near: Vec<(u32, Named)> = rows
            .into_iter()
            .filter(|(other, ..)| *other != id.uuid())
            .filter_map(|(other, name, folded, municipality)| {
                // Without a search, the likest names; the municipality is for a person to look at.
                let rank = if asked.is_empty() {
                    let likeness = this_one.likeness(&Prepared::new(&name, None, None))?;
                    u32::from(likeness < Likeness::SameName)
                } else {
                    domain::text::rank(&asked, &folded)?
                };
                Some((rank, Named { id: other.into(), name, municipality }))
            })
            .collect();
        near.sort_by_key(|(rank, _)| *rank);
        let this = Named { id, name: facts.name, municipality: facts.municipality };
        Ok((this, near.into_iter().take(20).map(|(_, named)| named).collect()))
    }
}

pub(super) fn chain_fields(chain: Option<Uuid>) -> Fields {
    Fields::from([("chain".to_owned(), chain.map(|id| id.to_string()).unwrap_or_default())])
}

/// Puts those who change an employer in line.
pub(super) async fn lock(tx: &mut Tx, id: EmployerId) -> Result<()> {
    execute!(tx, "update employer set version = version where id = $1", id.uuid())?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ContactRow {
    name: String,
    title: String,
    role: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    version: i64,
}

impl ContactRow {
    fn person(&self) -> Person {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Person {
            name: self.name.clone(),
            title: self.title.clone(),
            role: text(&self.role),
            phone: text(&self.phone),
            email: text(&self.email),
        }
    }
}

/// A contact person of an employer, or of one that was merged into it.
async fn contact_of(tx: &mut Tx, id: EmployerId, contact: Uuid) -> Result<ContactRow> {
    let row = fetch_optional!(
        tx,
        ContactRow,
        "select c.name, c.title, c.role, c.phone, c.email, c.version
         from employer_contact c join employer e on e.id = c.employer_id
         where c.id = $1 and (e.id = $2 or e.survivor_id = $2)",
        contact,
        id.uuid()
    )?;
    row.ok_or(Error::NotThere)
}

/// Do-not-contact as fields, for the history and for merging.
pub(super) async fn silenced(tx: &mut Tx, id: EmployerId) -> Result<Fields> {
    type Row = (Option<String>, Option<NaiveDate>, Option<NaiveDate>, Option<Uuid>);
    let (reason, from, until, by): Row = fetch_one!(
        tx,
        Row,
        "select do_not_contact_reason, do_not_contact_from, do_not_contact_until, do_not_contact_by
         from employer where id = $1",
        id.uuid()
    )?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    Ok(Fields::from([
        ("reason".to_owned(), reason.unwrap_or_default()),
        ("from".to_owned(), day(from)),
        ("until".to_owned(), day(until)),
        ("by".to_owned(), by.map(|id| id.to_string()).unwrap_or_default()),
    ]))
}

/// Writes do-not-contact from fields.
pub(super) async fn write_silenced(tx: &mut Tx, id: EmployerId, fields: &Fields) -> Result<()> {
    let text = |name: &str| fields.get(name).filter(|text| !text.is_empty());
    let day = |name: &str| text(name).and_then(|text| text.parse::<NaiveDate>().ok());
    execute!(
        tx,
        "update employer set do_not_contact_reason = $2, do_not_contact_from = $3, do_not_contact_until = $4,
             do_not_contact_by = $5 where id = $1",
        id.uuid(),
        text("reason").cloned(),
        day("from"),
        day("until"),
        text("by").and_then(|id| id.parse::<Uuid>().ok())
    )?;
    Ok(())
}
