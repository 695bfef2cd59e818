//! The employer register: searching, an employer's page, adding one on the spot; changing it stands in
//! the files below.

mod change;
mod choose;
mod counting;
mod edit;
mod handover;
mod list;
mod merge;
mod page;
mod views;

pub use change::Edited;
pub use choose::Offered;
pub(crate) use choose::find;
pub use edit::{EditForm, PersonForm};
pub use handover::{HandOverForm, HandedOverTo};
pub use merge::MergeSide;
pub use views::{ChangeSeen, History, ROUTE_MAX, Route, Stop};

pub(crate) use change::{client_of_own_units, clients_named, of_json, record};
pub(crate) use counting::{More, count_all_visits, count_visits, lock_to_count, sum_up};
pub(crate) use edit::{facts_of, facts_of_all, write_contact, write_facts};

use crate::access::{Actor, Grant, Register, authorise};
use crate::audit::Use;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::Action;
use domain::employers::core_name;
use domain::ids::EmployerId;
use domain::text::{fold, rank, sort_key};
use domain::visits::{FormEmployer, RECENT_SHOWN};
use uuid::Uuid;

impl Backend {
    /// The register for a browser without a network: when the light of silence changes, then for each employer a line with
    /// its id, name and municipality, and a mark when it is not to be contacted, and below it one with the day of the last visit
    /// and who takes care of it, if that is somebody of the person's own units. Parts are parted by tabs. A reader passes over what it does not know, so lines may be added
    /// and none may be changed: phones keep them.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not read the register.
    pub async fn employer_names(&self, actor: &Actor) -> Result<String> {
        type Row = (Uuid, String, Option<String>, bool, Option<NaiveDate>, Option<String>);
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let rule = views::light_rule(&mut tx).await?;
        let rows: Vec<Row> = fetch_all!(
            tx,
            Row,
            "select e.id, e.name, e.municipality, e.do_not_contact_reason is not null
                 and (e.do_not_contact_until is null or e.do_not_contact_until >= $1) as do_not_contact,
                 e.last_visit_on, p.name as owner
             from employer e left join person p on p.id = e.owner_id and exists (select 1 from post a join post b
                 on b.unit_id = a.unit_id where a.person_id = $2 and a.from_day <= $1
                 and (a.to_day is null or a.to_day >= $1) and b.person_id = p.id)
             where e.survivor_id is null order by e.name_sorted, e.id",
            actor.today,
            actor.person.uuid()
        )?;
        let plain = |text: Option<String>| text.unwrap_or_default().replace(['\t', '\n', '\r'], " ");
        let lines = |(id, name, place, do_not_contact, last, owner): Row| {
            let mark = if do_not_contact { "\t1" } else { "" };
            let last = last.map(|day| day.to_string()).unwrap_or_default();
            let (name, place, owner) = (plain(Some(name)), plain(place), plain(owner));
            format!("{id}\t{name}\t{place}{mark}\n\t{last}\t{owner}\n")
        };
        let light = format!("\tlight\t{}\t{}\n", rule.amber, rule.red);
        Ok(std::iter::once(light).chain(rows.into_iter().map(lines)).collect())
    }
}

/// The employers whose names fit best what was typed, for the visit form.
pub(crate) async fn fitting(tx: &mut Tx, typed: &str) -> Result<Vec<FormEmployer>> {
    let today = tx.clock().today();
    let rows: Vec<(Uuid, String, String, Option<String>, bool)> = fetch_all!(
        tx,
        (Uuid, String, String, Option<String>, bool),
        "select id, name, name_folded, municipality,
             do_not_contact_reason is not null
                 and (do_not_contact_until is null or do_not_contact_until >= $1) as do_not_contact
         from employer where survivor_id is null order by name_sorted, id",
        today
    )?;
    let text = fold(typed);
    let mut ranked: Vec<(u32, FormEmployer)> = rows
        .into_iter()
        .filter_map(|(id, name, folded, municipality, do_not_contact)| {
            let rank = rank(&text, &folded)?;
            Some((rank, FormEmployer { id: id.into(), name, municipality, do_not_contact }))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    Ok(ranked.into_iter().take(RECENT_SHOWN as usize).map(|(_, employer)| employer).collect())
}

/// Adds an employer that a coach named in the visit form. When one of the same name (company form
/// aside) is in the same municipality, or none is known on one side, that one is meant.
pub(crate) async fn add_on_the_spot(
    tx: &mut Tx,
    _leave: &Grant<Register>,
    actor: &Actor,
    id: EmployerId,
    name: &str,
    municipality: Option<&str>,
) -> Result<EmployerId> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let municipality = municipality.map(str::trim).filter(|text| !text.is_empty());
    let same: Option<(Uuid,)> = fetch_optional!(
        tx,
        (Uuid,),
        "select coalesce(survivor_id, id) from employer
         where name_core = $1 and (municipality = $2 or municipality is null or cast($2 as text) is null)
         order by created_at, id limit 1",
        core_name(&name),
        municipality
    )?;
    if let Some((known,)) = same {
        return Ok(known.into());
    }
    let new = NewEmployer {
        id,
        code: None,
        name: &name,
        business_id: None,
        section_tol2008: None,
        class_tol2008: None,
        municipality,
        owner: Some(actor.person.uuid()),
        created_by: Some(actor.person.uuid()),
    };
    insert(tx, &new).await?;
    execute!(tx, "update employer set provisional = $2 where id = $1", id.uuid(), true)?;
    tx.note(Use::by(actor, "add", "employer", Some(id.uuid())));
    Ok(id)
}

/// An employer to be added to the register.
pub(crate) struct NewEmployer<'a> {
    pub(crate) id: EmployerId,
    pub(crate) code: Option<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) business_id: Option<&'a str>,
    pub(crate) section_tol2008: Option<&'a str>,
    pub(crate) class_tol2008: Option<&'a str>,
    pub(crate) municipality: Option<&'a str>,
    pub(crate) owner: Option<Uuid>,
    pub(crate) created_by: Option<Uuid>,
}

/// Adds an employer to the register.
pub(crate) async fn insert(tx: &mut Tx, new: &NewEmployer<'_>) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into employer (id, code, name, name_folded, name_sorted, name_core, business_id, section_tol2008,
             class_tol2008, municipality, owner_id, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        new.id.uuid(),
        new.code,
        new.name,
        fold(new.name),
        sort_key(new.name),
        core_name(new.name),
        new.business_id,
        new.section_tol2008,
        new.class_tol2008,
        new.municipality,
        new.owner,
        new.created_by,
        now
    )?;
    Ok(())
}
