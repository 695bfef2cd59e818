//! An employer's page.

use super::views::{days, light_rule};
use crate::access::{Actor, OwnedEmployer, RegisteredEmployer, authorise};
use crate::audit::Use;
use crate::clock::ZONE;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_one, fetch_optional, visits};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::access::Action;
use domain::business_id::BusinessId;
use domain::employers::{ContactPerson, DoNotContact, EmployerPage, HandedOver, Named, VISITS_SHOWN};
use domain::ids::EmployerId;
use uuid::Uuid;

/// For so many days a page says that the employer was handed over.
const HANDED_OVER_DAYS: u64 = 90;

#[derive(sqlx::FromRow)]
struct PageRow {
    name: String,
    business_id: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    municipality: Option<String>,
    website: Option<String>,
    note: Option<String>,
    section_tol2008: Option<String>,
    class_tol2008: Option<String>,
    section_tol2025: Option<String>,
    class_tol2025: Option<String>,
    owner: Option<String>,
    visit_count: i64,
    last_visit_on: Option<NaiveDate>,
    do_not_contact_reason: Option<String>,
    do_not_contact_from: Option<NaiveDate>,
    do_not_contact_until: Option<NaiveDate>,
    do_not_contact_by: Option<String>,
}

impl PageRow {
    fn do_not_contact(&self, today: NaiveDate) -> Option<DoNotContact> {
        let reason = self.do_not_contact_reason.clone()?;
        let until = self.do_not_contact_until;
        until.is_none_or(|until| until >= today).then(|| DoNotContact {
            reason,
            from: self.do_not_contact_from.unwrap_or(today),
            until,
            by: self.do_not_contact_by.clone(),
        })
    }

    /// *Katu 1, 70100 Kuopio*, as far as known.
    fn address(&self) -> String {
        let place: Vec<&str> =
            [self.postal_code.as_deref(), self.municipality.as_deref()].into_iter().flatten().collect();
        let street = self.street.as_deref().filter(|street| !street.is_empty());
        street
            .into_iter()
            .map(str::to_owned)
            .chain([place.join(" ")])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl Backend {
    /// An employer's page; that of the one that stands for it when it was merged.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when there is none or the person may not read the register.
    pub async fn employer(&self, actor: &Actor, id: EmployerId) -> Result<EmployerPage> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::ReadRegister, id).await?.id;
        let row = fetch_one!(
            tx,
            PageRow,
            "select e.name, e.business_id, e.street, e.postal_code, e.municipality, e.website, e.note,
                 e.section_tol2008, e.class_tol2008, e.section_tol2025, e.class_tol2025, p.name as owner,
                 e.visit_count, e.last_visit_on, e.do_not_contact_reason, e.do_not_contact_from,
                 e.do_not_contact_until, b.name as do_not_contact_by
             from employer e left join person p on p.id = e.owner_id
                 left join person b on b.id = e.do_not_contact_by
             where e.id = $1",
            id.uuid()
        )?;
        let seen = visits::of_employer(&mut tx, actor, id, VISITS_SHOWN).await?;
        let (next_steps, due_clients) = visits::next_steps_at(&mut tx, actor, id).await?;
        let kin = kin(&mut tx, id).await?;
        let rule = light_rule(&mut tx).await?;
        let may_hand_over = OwnedEmployer::may_hand_over(&mut tx, actor, id).await?;
        let clients = [seen.clients, due_clients].concat();
        let contacts = contacts(&mut tx, id).await?;
        let handed_over = handed_over(&mut tx, id, actor.today).await?;
        tx.note(Use::by(actor, "read", "employer", Some(id.uuid())).of_clients(clients));
        tx.commit().await?;
        Ok(EmployerPage {
            today: actor.today,
            id,
            business_id: row.business_id.as_deref().and_then(|text| BusinessId::parse(text).ok()),
            silence: rule.silence(row.last_visit_on, actor.today),
            rule,
            do_not_contact: row.do_not_contact(actor.today),
            address: row.address(),
            name: row.name,
            municipality: row.municipality,
            section_tol2008: row.section_tol2008,
            class_tol2008: row.class_tol2008,
            section_tol2025: row.section_tol2025,
            class_tol2025: row.class_tol2025,
            website: row.website,
            note: row.note,
            chain: kin.chain,
            branches: kin.branches,
            merged: kin.merged,
            handed_over,
            may_hand_over,
            owner: row.owner,
            contacts,
            next_steps,
            visits: seen.visits,
            visits_total: days(row.visit_count),
        })
    }
}

/// Whom to ask for, also at the employers that were merged into this one.
async fn contacts(tx: &mut Tx, id: EmployerId) -> Result<Vec<ContactPerson>> {
    type Row = (Uuid, String, String, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select id, name, title, role, phone, email from employer_contact
         where employer_id in (select id from employer where id = $1 or survivor_id = $1) and removed_at is null
         order by name, id",
        id.uuid()
    )?;
    let person = |(id, name, title, role, phone, email): Row| ContactPerson {
        id: id.to_string(),
        name,
        title,
        role: role.unwrap_or_default(),
        phone: phone.unwrap_or_default(),
        email: email.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(person).collect())
}

/// The employers that belong to this one.
struct Kin {
    chain: Option<Named>,
    branches: Vec<Named>,
    merged: Vec<Named>,
}

async fn kin(tx: &mut Tx, id: EmployerId) -> Result<Kin> {
    let rows: Vec<(String, Uuid, String, Option<String>)> = fetch_all!(
        tx,
        (String, Uuid, String, Option<String>),
        "select 'chain' as kind, s.id, s.name, s.municipality from employer e
             join employer c on c.id = e.chain_id join employer s on s.id = coalesce(c.survivor_id, c.id)
             where e.id = $1 and s.id <> $1
         union all select 'branch', b.id, b.name, b.municipality from employer b
             join employer c on c.id = b.chain_id
             where (c.id = $1 or c.survivor_id = $1) and b.survivor_id is null and b.id <> $1
         union all select 'merged', m.id, m.name, m.municipality from employer m where m.merged_into = $1
         order by 3, 2",
        id.uuid()
    )?;
    let mut kin = Kin { chain: None, branches: Vec::new(), merged: Vec::new() };
    for (kind, id, name, municipality) in rows {
        let named = Named { id: id.into(), name, municipality };
        match kind.as_str() {
            "chain" => kin.chain = Some(named),
            "branch" => kin.branches.push(named),
            _ => kin.merged.push(named),
        }
    }
    Ok(kin)
}

async fn handed_over(tx: &mut Tx, id: EmployerId, today: NaiveDate) -> Result<Option<HandedOver>> {
    let row: Option<(DateTime<Utc>, String, String, String)> = fetch_optional!(
        tx,
        (DateTime<Utc>, String, String, String),
        "select h.handed_at, b.name, t.name, h.word from employer_handover h
             join person b on b.id = h.person_id join person t on t.id = h.to_id
         where h.employer_id in (select id from employer where id = $1 or survivor_id = $1)
             and h.undone_at is null
         order by h.handed_at desc, h.id desc limit 1",
        id.uuid()
    )?;
    let since = today.checked_sub_days(Days::new(HANDED_OVER_DAYS)).unwrap_or(today);
    Ok(row
        .map(|(at, by, to, word)| HandedOver { on: at.with_timezone(&ZONE).date_naive(), by, to, word })
        .filter(|handed| handed.on >= since))
}
