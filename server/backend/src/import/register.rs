//! Employers: the register that units share. An employer that is there is never made a second time.

use super::{Became, Import, Why, became, identity, known_to_differ, record, share_a_word};
use crate::clock::new_id;
use crate::employers::{NewEmployer, insert};
use crate::error::Result;
use crate::{execute, fetch_all};
use domain::calendar::is_on;
use domain::employers::core_name;
use domain::ids::EmployerId;
use domain::package::{Contact, Employer, Staff};
use domain::text::fold;
use std::collections::BTreeMap;
use uuid::Uuid;

record! {
    EmployerRecord {
        code: Option<String> = "employer",
        name: String = "name",
        business_id: Option<String> = "business_id",
        section_tol2008: Option<String> = "section_tol2008",
        class_tol2008: Option<String> = "class_tol2008",
        municipality: Option<String> = "municipality",
        has_contact: bool = "contact_person",
    }
}

/// Where the register has an employer of the package.
enum Place<'r> {
    /// Under the same code.
    Code(&'r EmployerRecord),
    /// Without a code: somebody added it on the spot.
    NoCode(&'r EmployerRecord),
    /// Under the code of another package.
    OtherCode(&'r EmployerRecord, String),
    /// Nowhere.
    None,
}

impl<'a> Import<'a> {
    /// The coach who takes care of each employer: of the latest contact, if still on duty.
    pub(super) fn owners(&self) -> BTreeMap<&'a str, Uuid> {
        let package = self.package;
        let on_duty = |person: &&Staff| is_on(person.from, person.to, self.today);
        let on_duty: BTreeMap<&str, Uuid> = (package.staff.iter().filter(on_duty))
            .filter_map(|person| {
                self.known.people.get(person.staff.as_str()).map(|known| (person.staff.as_str(), known.id))
            })
            .collect();
        let latest = latest_contacts(&package.contacts);
        latest
            .into_iter()
            .filter_map(|(employer, contact)| {
                on_duty.get(contact.coach.as_str()).map(|coach| (employer, *coach))
            })
            .collect()
    }

    pub(super) async fn employer(&mut self, row: &'a Employer, owner: Option<Uuid>) -> Result<()> {
        let contact = contact_person(row);
        let (id, code) = identity(&row.employer);
        let here = EmployerRecord {
            id,
            code: code.map(str::to_owned),
            name: row.name.clone(),
            business_id: row.business_id.as_ref().map(|id| id.as_str().to_owned()),
            section_tol2008: row.section_tol2008.clone(),
            class_tol2008: row.class_tol2008.clone(),
            municipality: row.municipality.clone(),
            has_contact: true,
        };
        let mut candidates = self.candidates(&here, contact).await?;
        if self.package.namesakes.iter().any(|namesake| namesake.employer == row.employer) {
            // It is said to be another than those that are like it.
            candidates.retain(|there| is_it(&here, there));
        }
        let (id, became) = match place(&here, &candidates) {
            Place::Code(there) => (there.id, beside(&here, there)),
            Place::OtherCode(there, code) => (there.id, Became::Differs(Why::KnownAs(code))),
            Place::NoCode(there) => (there.id, self.join(&here, there, contact, owner).await?),
            Place::None => {
                self.add_employer(&here, owner).await?;
                self.add_contact_person(here.id, contact).await?;
                (here.id, Became::New)
            }
        };
        self.known.employers.insert(&row.employer, id);
        self.count("employers.csv", || row.employer.clone(), became);
        Ok(())
    }

    /// Which employers another stands for.
    pub(super) async fn survivors(&mut self) -> Result<BTreeMap<Uuid, Uuid>> {
        let rows: Vec<(Uuid, Uuid)> = fetch_all!(
            self.tx,
            (Uuid, Uuid),
            "select id, survivor_id from employer where survivor_id is not null"
        )?;
        Ok(rows.into_iter().collect())
    }

    /// What the register has under the code, the business ID or the name.
    async fn candidates(
        &mut self,
        here: &EmployerRecord,
        contact: Option<(&str, &str)>,
    ) -> Result<Vec<EmployerRecord>> {
        let (person, title) = contact.unzip();
        let found = fetch_all!(
            self.tx,
            EmployerRecord,
            "select e.id, e.code, e.name, e.business_id, e.section_tol2008, e.class_tol2008, e.municipality,
                 cast($4 as text) is null or exists (select 1 from employer_contact c
                     where c.employer_id = e.id and c.name = $4 and c.title = $5) as has_contact
             from employer e where e.code = $1 or e.business_id = $2 or e.name_core = $3 or e.id = $6
             order by e.created_at, e.id",
            &here.code,
            &here.business_id,
            core_name(&here.name),
            person,
            title,
            here.id
        )?;
        Ok(found)
    }

    async fn add_employer(&mut self, new: &EmployerRecord, owner: Option<Uuid>) -> Result<()> {
        let new = NewEmployer {
            id: EmployerId(new.id),
            code: new.code.as_deref(),
            name: &new.name,
            business_id: new.business_id.as_deref(),
            section_tol2008: new.section_tol2008.as_deref(),
            class_tol2008: new.class_tol2008.as_deref(),
            municipality: new.municipality.as_deref(),
            owner,
            created_by: None,
        };
        insert(self.tx, &new).await
    }

    async fn add_contact_person(&mut self, employer: Uuid, contact: Option<(&str, &str)>) -> Result<()> {
        let Some((name, title)) = contact else { return Ok(()) };
        execute!(
            self.tx,
            "insert into employer_contact (id, employer_id, name, title) values ($1, $2, $3, $4)",
            new_id(),
            employer,
            name,
            title
        )?;
        Ok(())
    }

    /// Gives an employer of the register its code and what is not known of it there.
    async fn join(
        &mut self,
        here: &EmployerRecord,
        there: &EmployerRecord,
        contact: Option<(&str, &str)>,
        owner: Option<Uuid>,
    ) -> Result<Became> {
        execute!(
            self.tx,
            "update employer set code = coalesce($1, code), business_id = coalesce(business_id, $2),
                 section_tol2008 = coalesce(section_tol2008, $3), class_tol2008 = coalesce(class_tol2008, $4),
                 municipality = coalesce(municipality, $5), owner_id = coalesce(owner_id, $6),
                 version = version + 1
             where id = $7",
            &here.code,
            &here.business_id,
            &here.section_tol2008,
            &here.class_tol2008,
            &here.municipality,
            owner,
            there.id
        )?;
        if !there.has_contact {
            self.add_contact_person(there.id, contact).await?;
        }
        let kept = here.differing(&filled(here, there));
        Ok(Became::Joined((!kept.is_empty()).then_some(Why::JoinedExcept(kept))))
    }
}

/// Whom to ask for, with the title; one of the two may be blank.
fn contact_person(row: &Employer) -> Option<(&str, &str)> {
    let (person, title) = (row.contact_person.as_deref(), row.contact_title.as_deref());
    (person.is_some() || title.is_some()).then_some((person.unwrap_or_default(), title.unwrap_or_default()))
}

/// The latest contact with each employer.
fn latest_contacts(contacts: &[Contact]) -> BTreeMap<&str, &Contact> {
    let mut latest: BTreeMap<&str, &Contact> = BTreeMap::new();
    for contact in contacts {
        let held = latest.entry(contact.employer.as_str()).or_insert(contact);
        if (held.date, held.time) <= (contact.date, contact.time) {
            *held = contact;
        }
    }
    latest
}

/// Finds an employer of the package in the register: by its code, its business ID, or its name
/// (company form aside) in the same municipality unless both have a business ID.
fn place<'r>(here: &EmployerRecord, candidates: &'r [EmployerRecord]) -> Place<'r> {
    if let Some(there) = candidates.iter().find(|there| is_it(here, there)) {
        return Place::Code(there);
    }
    let same_id =
        |there: &&EmployerRecord| here.business_id.is_some() && there.business_id == here.business_id;
    let found =
        candidates.iter().find(same_id).or_else(|| candidates.iter().find(|there| same_name(here, there)));
    match found {
        None => Place::None,
        Some(there) => match &there.code {
            Some(code) => Place::OtherCode(there, code.clone()),
            None => Place::NoCode(there),
        },
    }
}

/// Has it the code, or the identity, of the one of the package?
fn is_it(here: &EmployerRecord, there: &EmployerRecord) -> bool {
    there.id == here.id || here.code.is_some() && there.code == here.code
}

fn same_name(here: &EmployerRecord, there: &EmployerRecord) -> bool {
    let folded = |municipality: &Option<String>| municipality.as_deref().map(fold);
    core_name(&here.name) == core_name(&there.name)
        && folded(&here.municipality) == folded(&there.municipality)
        && (here.business_id.is_none() || there.business_id.is_none())
}

/// An employer beside the one that has its code. Another one under the same code has another
/// business ID and name, or, where an ID is not known, nothing of the name.
fn beside(here: &EmployerRecord, there: &EmployerRecord) -> Became {
    let (mine, theirs) = (core_name(&here.name), core_name(&there.name));
    let same_id = here.business_id.is_some() && here.business_id == there.business_id;
    let other_id = known_to_differ(here.business_id.as_ref(), there.business_id.as_ref());
    if !same_id && mine != theirs && (other_id || !share_a_word(&mine, &theirs)) {
        return Became::Differs(Why::Another);
    }
    became(here.differing(there))
}

/// The employer of the register with what the package knows of it and the register does not.
fn filled(here: &EmployerRecord, there: &EmployerRecord) -> EmployerRecord {
    let or = |there: &Option<String>, here: &Option<String>| there.clone().or_else(|| here.clone());
    EmployerRecord {
        id: there.id,
        code: here.code.clone(),
        name: there.name.clone(),
        business_id: or(&there.business_id, &here.business_id),
        section_tol2008: or(&there.section_tol2008, &here.section_tol2008),
        class_tol2008: or(&there.class_tol2008, &here.class_tol2008),
        municipality: or(&there.municipality, &here.municipality),
        has_contact: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn employer(
        code: Option<&str>,
        name: &str,
        business_id: Option<&str>,
        municipality: &str,
    ) -> EmployerRecord {
        EmployerRecord {
            id: new_id(),
            code: code.map(str::to_owned),
            name: name.to_owned(),
            business_id: business_id.map(str::to_owned),
            section_tol2008: None,
            class_tol2008: None,
            municipality: Some(municipality.to_owned()),
            has_contact: true,
        }
    }

    #[test]
    fn an_employer_is_found_by_code_then_business_id_then_name_and_municipality() {
        let here = employer(Some("E1"), "Åkerlund Oy", Some("1"), "Kuopio");
        let by_name = employer(None, "Oy Akerlund Ab", None, "KUOPIO");
        let by_id = employer(Some("X9"), "Muu Nimi Oy", Some("1"), "Iisalmi");
        let by_code = employer(Some("E1"), "Åkerlund", None, "Kuopio");
        let place = |candidates: &[EmployerRecord]| match place(&here, candidates) {
            Place::Code(_) => "code".to_owned(),
            Place::NoCode(_) => "no code".to_owned(),
            Place::OtherCode(_, code) => code,
            Place::None => "nowhere".to_owned(),
        };
        assert_eq!(place(&[by_name.clone(), by_id.clone(), by_code]), "code");
        assert_eq!(place(&[by_name.clone(), by_id]), "X9");
        assert_eq!(place(&[by_name]), "no code");
        assert_eq!(place(&[employer(None, "Åkerlund", None, "Iisalmi")]), "nowhere");
        assert_eq!(place(&[employer(None, "Åkerlund", Some("2"), "Kuopio")]), "nowhere");
    }

    #[test]
    fn a_code_that_stands_for_another_employer_is_told_from_a_mended_name_or_id() {
        let there = employer(Some("E1"), "Kuopion Kauppa Oy", Some("1"), "Kuopio");
        let another = |name, id| {
            let here = employer(Some("E1"), name, id, "Kuopio");
            matches!(beside(&here, &there), Became::Differs(Why::Another))
        };
        assert!(another("Kuopion Kahvila Oy", Some("2")));
        assert!(another("Iisalmen Leipä Oy", None));
        assert!(!another("Kuopion Kauppa Ab", Some("2")));
        assert!(!another("Uusi Nimi Oy", Some("1")));
        assert!(!another("Kuopion Kauppa ja Kahvila", None));
    }

    #[test]
    fn what_the_register_knows_stays_and_what_it_does_not_is_filled_in() {
        let here = employer(Some("E1"), "Åkerlund Oy", Some("1"), "Kuopio");
        let there = employer(None, "Åkerlund", None, "Kuopio");
        let filled = filled(&here, &there);
        assert_eq!(filled.business_id.as_deref(), Some("1"));
        assert_eq!(here.differing(&filled), ["name"]);
    }
}
