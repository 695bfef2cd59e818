//! An employer's page.

use super::views::{days, rule_of};
use crate::access::{Actor, Guarded, authorise};
use crate::audit::Use;
use crate::clock::ZONE;
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_optional, visits};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::access::{Action, Object};
use domain::business_id::BusinessId;
use domain::employers::{ContactPerson, DoNotContact, EmployerPage, HandedOver, Named};
use domain::ids::{EmployerId, PersonId, UnitId};
use uuid::Uuid;

/// For so many days a page says that the employer was handed over.
const HANDED_OVER_DAYS: u64 = 90;

/// The row of the employer that stands for the one that is asked for when it was merged; and the rule
/// of the light.
#[derive(sqlx::FromRow)]
struct PageRow {
    id: Uuid,
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
    owner_id: Option<Uuid>,
    owner: Option<String>,
    visit_count: i64,
    last_visit_on: Option<NaiveDate>,
    do_not_contact_reason: Option<String>,
    do_not_contact_from: Option<NaiveDate>,
    do_not_contact_until: Option<NaiveDate>,
    do_not_contact_by: Option<String>,
    days_until_amber: Option<i64>,
    days_until_red: Option<i64>,
}

impl Guarded for PageRow {
    type Id = EmployerId;
    async fn find(tx: &mut Tx, id: EmployerId, _: NaiveDate) -> Result<Option<Self>> {
        Ok(fetch_optional!(
            tx,
            Self,
            "select e.id, e.name, e.business_id, e.street, e.postal_code, e.municipality, e.website, e.note,
                 e.section_tol2008, e.class_tol2008, e.section_tol2025, e.class_tol2025, e.owner_id,
                 p.name as owner, e.visit_count, e.last_visit_on, e.do_not_contact_reason,
                 e.do_not_contact_from, e.do_not_contact_until, b.name as do_not_contact_by,
                 g.days_until_amber, g.days_until_red
             from employer e left join person p on p.id = e.owner_id
                 left join person b on b.id = e.do_not_contact_by left join organisation g on g.id = 1
             where e.id = (select coalesce(survivor_id, id) from employer where id = $1)",
            id.uuid()
        )?)
    }
    fn object(&self) -> Object {
        Object::Register
    }
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
        let row = authorise::<PageRow>(&mut tx, actor, Action::ReadRegister, id).await?.into_object();
        let id = EmployerId(row.id);
        let seen = visits::at_employer(&mut tx, actor, id).await?;
        let around = around(&mut tx, id, actor.today).await?;
        tx.note(Use::by(actor, "read", "employer", Some(id.uuid())).of_clients(seen.clients));
        tx.commit().await?;
        let owned = Object::Employer { owner: row.owner_id.map(PersonId), units: around.owners_units };
        let rule = rule_of(row.days_until_amber, row.days_until_red);
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
            chain: around.chain,
            branches: around.branches,
            merged: around.merged,
            handed_over: around.handed_over,
            may_hand_over: actor.may(Action::HandOverEmployer, &owned),
            owner: row.owner,
            contacts: around.contacts,
            next_steps: seen.next_steps,
            visits: seen.visits,
            visits_total: days(row.visit_count),
        })
    }
}

/// What belongs to an employer and has few rows.
#[derive(Default)]
struct Around {
    chain: Option<Named>,
    branches: Vec<Named>,
    merged: Vec<Named>,
    /// Whom to ask for, also at the employers that were merged into this one.
    contacts: Vec<ContactPerson>,
    handed_over: Option<HandedOver>,
    /// In which units the owner holds or held a post.
    owners_units: Vec<UnitId>,
}

/// Something around an employer. What stands in the columns depends on its kind.
#[derive(sqlx::FromRow)]
struct AroundRow {
    kind: String,
    id: Uuid,
    name: String,
    /// A municipality, a title, or to whom the employer was handed.
    about: Option<String>,
    /// A role, or the word with which it was handed over.
    word: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    handed_at: Option<DateTime<Utc>>,
}

/// All that is around an employer: one query.
async fn around(tx: &mut Tx, id: EmployerId, today: NaiveDate) -> Result<Around> {
    let rows = fetch_all!(
        tx,
        AroundRow,
        "select 'handed' as kind, h.id as id, b.name as name, t.name as about, h.word, cast(null as text) as phone,
             cast(null as text) as email, h.handed_at
         from (select id, person_id, to_id, word, handed_at from employer_handover
             where employer_id in (select id from employer where id = $1 or survivor_id = $1) and undone_at is null
             order by handed_at desc, id desc limit 1) h
             join person b on b.id = h.person_id join person t on t.id = h.to_id
         union all select 'contact', id, name, title, role, phone, email, null from employer_contact
             where employer_id in (select id from employer where id = $1 or survivor_id = $1) and removed_at is null
         union all select 'chain', s.id, s.name, s.municipality, null, null, null, null from employer e
             join employer c on c.id = e.chain_id join employer s on s.id = coalesce(c.survivor_id, c.id)
             where e.id = $1 and s.id <> $1
         union all select 'branch', b.id, b.name, b.municipality, null, null, null, null from employer b
             where b.chain_id in (select id from employer where id = $1 or survivor_id = $1)
                 and b.survivor_id is null and b.id <> $1
         union all select 'merged', m.id, m.name, m.municipality, null, null, null, null from employer m
             where m.merged_into = $1
         union all select 'unit', o.unit_id, '', null, null, null, null, null from employer e
             join post o on o.person_id = e.owner_id where e.id = $1
         order by name, id",
        id.uuid()
    )?;
    let since = today.checked_sub_days(Days::new(HANDED_OVER_DAYS)).unwrap_or(today);
    let mut around = Around::default();
    for row in rows {
        match (row.kind.as_str(), row.handed_at) {
            ("handed", Some(at)) => {
                around.handed_over = Some(row.handed_over(at)).filter(|handed| handed.on >= since);
            }
            ("contact", _) => around.contacts.push(row.contact()),
            ("unit", _) => around.owners_units.push(UnitId(row.id)),
            ("chain", _) => around.chain = Some(row.named()),
            ("branch", _) => around.branches.push(row.named()),
            ("merged", _) => around.merged.push(row.named()),
            _ => {}
        }
    }
    Ok(around)
}

impl AroundRow {
    fn named(self) -> Named {
        Named { id: self.id.into(), name: self.name, municipality: self.about }
    }

    fn contact(self) -> ContactPerson {
        ContactPerson {
            id: self.id.to_string(),
            name: self.name,
            title: self.about.unwrap_or_default(),
            role: self.word.unwrap_or_default(),
            phone: self.phone.unwrap_or_default(),
            email: self.email.unwrap_or_default(),
        }
    }

    fn handed_over(self, at: DateTime<Utc>) -> HandedOver {
        HandedOver {
            on: at.with_timezone(&ZONE).date_naive(),
            by: self.name,
            to: self.about.unwrap_or_default(),
            word: self.word.unwrap_or_default(),
        }
    }
}
