//! The employer register: searching, an employer's page, adding one on the spot.

use crate::access::{Actor, Grant, Register, RegisteredEmployer, authorise};
use crate::audit::Use;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional, visits};
use chrono::NaiveDate;
use domain::access::Action;
use domain::business_id::BusinessId;
use domain::employers::{
    ContactPerson, EmployerList, EmployerPage, EmployerQuery, EmployerRow, PAGE, VISITS_SHOWN, core_name,
};
use domain::ids::EmployerId;
use domain::text::{fold, rank, sort_key};
use domain::visits::{FormEmployer, RECENT_SHOWN};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct ListRow {
    id: Uuid,
    name: String,
    name_folded: String,
    municipality: Option<String>,
    owner: Option<String>,
    last_visit_on: Option<NaiveDate>,
}

impl From<ListRow> for EmployerRow {
    fn from(row: ListRow) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            municipality: row.municipality,
            owner: row.owner,
            last_visit_on: row.last_visit_on,
        }
    }
}

/// Employers with their owner and last visit; the tail chooses and sorts.
macro_rules! employers_listed {
    ($tail:literal) => {
        concat!(
            "select e.id, e.name, e.name_folded, e.municipality, p.name as owner,
                 (select max(v.day) from visit v where v.employer_id = e.id
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as last_visit_on
             from employer e left join person p on p.id = e.owner_id
             where (cast($1 as text) is null or e.municipality = $1) and ($2 = 0 or e.owner_id = $3) ",
            $tail
        )
    };
}

impl Backend {
    /// A page of the register: by name, or, when a text is given, by how well the name fits it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not read the register.
    pub async fn employers(&self, actor: &Actor, query: &EmployerQuery) -> Result<EmployerList> {
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let (rows, total) = if fold(&query.text).is_empty() {
            by_name(&mut tx, actor, query).await?
        } else {
            by_fit(&mut tx, actor, query).await?
        };
        let municipalities: Vec<(String,)> = fetch_all!(
            tx,
            (String,),
            "select distinct municipality from employer where municipality is not null"
        )?;
        let mut municipalities: Vec<String> = municipalities.into_iter().map(|(name,)| name).collect();
        municipalities.sort_by_key(|name| sort_key(name));
        Ok(EmployerList {
            rows: rows.into_iter().map(EmployerRow::from).collect(),
            total,
            page: query.page,
            municipalities,
        })
    }

    /// Every employer's id, name and municipality, parted by tabs, a line each: what a browser needs
    /// to search without the network.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not read the register.
    pub async fn employer_names(&self, actor: &Actor) -> Result<String> {
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let rows: Vec<(Uuid, String, Option<String>)> = fetch_all!(
            tx,
            (Uuid, String, Option<String>),
            "select id, name, municipality from employer order by name_sorted, id"
        )?;
        let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        let line = |(id, name, place): (Uuid, String, Option<String>)| {
            format!("{id}\t{}\t{}\n", plain(&name), plain(place.as_deref().unwrap_or_default()))
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// An employer's page.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is none or the person may not read the register.
    pub async fn employer(&self, actor: &Actor, id: EmployerId) -> Result<EmployerPage> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::ReadRegister, id).await?.id;
        let row = fetch_one!(
            tx,
            PageRow,
            "select e.name, e.business_id, e.municipality, e.section_tol2008, e.class_tol2008, p.name as owner,
                 (select count(*) from visit v where v.employer_id = e.id
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)) as visits
             from employer e left join person p on p.id = e.owner_id where e.id = $1",
            id.uuid()
        )?;
        let contacts = fetch_all!(
            tx,
            (String, String),
            "select name, title from employer_contact where employer_id = $1 order by name",
            id.uuid()
        )?;
        let seen = visits::of_employer(&mut tx, actor, id, VISITS_SHOWN).await?;
        let (next_steps, due_clients) = visits::next_steps_at(&mut tx, actor, id).await?;
        let clients = [seen.clients, due_clients].concat();
        tx.note(Use::by(actor, "read", "employer", Some(id.uuid())).of_clients(clients));
        tx.commit().await?;
        Ok(EmployerPage {
            today: actor.today,
            id,
            name: row.name,
            business_id: row.business_id.as_deref().and_then(|text| BusinessId::parse(text).ok()),
            municipality: row.municipality,
            section_tol2008: row.section_tol2008,
            class_tol2008: row.class_tol2008,
            owner: row.owner,
            contacts: contacts.into_iter().map(|(name, title)| ContactPerson { name, title }).collect(),
            next_steps,
            visits: seen.visits,
            visits_total: u32::try_from(row.visits).unwrap_or(u32::MAX),
        })
    }
}

#[derive(sqlx::FromRow)]
struct PageRow {
    name: String,
    business_id: Option<String>,
    municipality: Option<String>,
    section_tol2008: Option<String>,
    class_tol2008: Option<String>,
    owner: Option<String>,
    visits: i64,
}

async fn by_name(tx: &mut Tx, actor: &Actor, query: &EmployerQuery) -> Result<(Vec<ListRow>, u32)> {
    let mine = i64::from(query.mine);
    let rows = fetch_all!(
        tx,
        ListRow,
        employers_listed!("order by e.name_sorted, e.id limit $4 offset $5"),
        query.municipality.as_deref(),
        mine,
        actor.person.uuid(),
        i64::from(PAGE),
        i64::from(query.page) * i64::from(PAGE)
    )?;
    let (total,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from employer e
         where (cast($1 as text) is null or e.municipality = $1) and ($2 = 0 or e.owner_id = $3)",
        query.municipality.as_deref(),
        mine,
        actor.person.uuid()
    )?;
    Ok((rows, u32::try_from(total).unwrap_or(u32::MAX)))
}

/// Slips can't be searched for in SQL that both databases know: the names are ranked here, by the
/// rule that the browser will use without a network.
async fn by_fit(tx: &mut Tx, actor: &Actor, query: &EmployerQuery) -> Result<(Vec<ListRow>, u32)> {
    let rows = fetch_all!(
        tx,
        ListRow,
        employers_listed!("order by e.name_sorted, e.id"),
        query.municipality.as_deref(),
        i64::from(query.mine),
        actor.person.uuid()
    )?;
    let text = fold(&query.text);
    let mut ranked: Vec<(u32, ListRow)> =
        rows.into_iter().filter_map(|row| rank(&text, &row.name_folded).map(|rank| (rank, row))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let total = u32::try_from(ranked.len()).unwrap_or(u32::MAX);
    let (page, size) = (query.page as usize, PAGE as usize);
    let rows = ranked.into_iter().skip(page * size).take(size).map(|(_, row)| row).collect();
    Ok((rows, total))
}

/// The employers whose names fit best what was typed, for the visit form.
pub(crate) async fn fitting(tx: &mut Tx, typed: &str) -> Result<Vec<FormEmployer>> {
    let rows: Vec<(Uuid, String, String, Option<String>)> = fetch_all!(
        tx,
        (Uuid, String, String, Option<String>),
        "select id, name, name_folded, municipality from employer order by name_sorted, id"
    )?;
    let text = fold(typed);
    let mut ranked: Vec<(u32, FormEmployer)> = rows
        .into_iter()
        .filter_map(|(id, name, folded, municipality)| {
            let rank = rank(&text, &folded)?;
            Some((rank, FormEmployer { id: id.into(), name, municipality }))
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
        "select id from employer
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
