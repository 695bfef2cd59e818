//! The 25 criteria: what a unit's records say of each on a day, beside what people scored.

mod assessments;
mod bands;
mod criteria;
mod dossier;
mod import;
mod improvement;
mod records;

pub(crate) use assessments::score_item;
pub use assessments::{AssessmentLine, AssessmentPage, AssessmentsPage};
pub use bands::{BandLine, BandsPage};
pub use criteria::{LoadedPack, PacksPage};
pub use dossier::{DossiersPage, OpenedDossier};
pub use improvement::{Deed, Improvement};
pub use records::Said;

use crate::Backend;
use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::fetch_all;
use chrono::{Days, NaiveDate};
use domain::access::{Action, Object, Relation};
use domain::codes::Role;
use domain::fidelity::ahead::{Outlook, WEEKS_AHEAD, outlooks};
use domain::fidelity::assessment::By;
use domain::fidelity::estimate::{Choices, Estimate, estimate};
use domain::fidelity::pack::{BUILT_IN, Pack};
use domain::fidelity::records::{Client, Records};
use domain::fidelity::spread::{Sudden, sudden};
use domain::fidelity::{Band, to_next_band};
use domain::fidelity::{ITEMS, total};
use domain::ids::{ClientId, PersonId, UnitId};
use records::{Loaded, load};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// What a unit's records say on a day.
#[derive(Clone, Debug)]
pub struct UnitEstimates {
    /// The unit's name.
    pub unit: String,
    /// The day.
    pub day: NaiveDate,
    /// The choices that hold.
    pub choices: Choices,
    /// Why they differ from what the scale says.
    pub why: String,
    /// What people attested, the latest last.
    pub said: Vec<Said>,
    /// The pack whose words hold.
    pub pack: Arc<Pack>,
    /// One for each of the 25 items.
    pub estimates: Vec<Estimate>,
    /// What they rest on.
    pub records: Records,
    /// Codes of a package, by identity.
    pub codes: BTreeMap<Uuid, String>,
    /// What people call the rows, by identity.
    pub names: BTreeMap<Uuid, String>,
}

/// An assessment that people made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// When.
    pub day: NaiveDate,
    /// By the service itself, or from outside.
    pub kind: By,
    /// The scores of the 25 items.
    pub scores: Vec<Option<u8>>,
    /// Why, where somebody said it here: by item.
    pub reasons: BTreeMap<u8, Vec<String>>,
}

impl Assessment {
    /// The total and the band; nothing until all 25 are there.
    #[must_use]
    pub fn total(&self) -> Option<(u8, Band)> {
        total(&self.scores)
    }

    /// Why an item has its score.
    #[must_use]
    pub fn reasons_of(&self, item: u8) -> Vec<String> {
        self.reasons.get(&item).cloned().unwrap_or_default()
    }

    /// Points that are missing to the next band.
    #[must_use]
    pub fn to_next(&self) -> Option<(u8, Band)> {
        self.total().and_then(|(total, _)| to_next_band(total))
    }
}

/// The criteria of a unit on a day.
#[derive(Clone, Debug)]
pub struct FidelityPage {
    /// What the records say.
    pub found: UnitEstimates,
    /// What people scored, the latest first.
    pub assessments: Vec<Assessment>,
    /// What the unit does to do better: what is open first.
    pub plan: Vec<Improvement>,
    /// Who may see to an action.
    pub people: Vec<(PersonId, String)>,
    /// Who reads.
    pub me: PersonId,
    /// Does the reader lead the unit?
    pub leads: bool,
    /// What looks as if it were made for a review: for whoever leads the unit.
    pub sudden: Option<Sudden>,
    /// The clients whom the reader may read.
    pub readable: BTreeSet<ClientId>,
    /// Today.
    pub today: NaiveDate,
}

/// What habits would change, for the unit in which the reader works.
#[derive(Clone, Debug)]
pub struct AheadPage {
    /// What each item that rests on a habit comes to.
    pub outlooks: Vec<Outlook>,
    /// The latest assessment.
    pub last: Option<Assessment>,
    /// The day of the review.
    pub review: NaiveDate,
    /// The pack whose words hold.
    pub pack: Arc<Pack>,
    /// Who may see to an action.
    pub people: Vec<(PersonId, String)>,
    /// Who reads.
    pub me: PersonId,
    /// Today.
    pub today: NaiveDate,
}

/// A review is so many days ahead, until somebody says otherwise.
const REVIEW_DAYS: u64 = 90;

impl Backend {
    /// What the records of a unit say on a day, or those of every unit where none is named, for whoever runs the program:
    /// each with its code, or its name where it has none. The use is noted for every client whose rows are in it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is no unit of that code.
    pub async fn fidelity_by_operator(
        &self,
        unit: Option<&str>,
        day: NaiveDate,
    ) -> Result<Vec<(String, UnitEstimates)>> {
        let mut tx = self.write().await?;
        let rows: Vec<(Uuid, Option<String>, String)> = fetch_all!(
            tx,
            (Uuid, Option<String>, String),
            "select id, code, name from unit where cast($1 as text) is null or code = $1 order by code, name, id",
            unit
        )?;
        if rows.is_empty() {
            return Err(Error::NotThere);
        }
        let mut all = Vec::new();
        for (id, code, name) in rows {
            let loaded = load(&mut tx, UnitId(id), day).await?;
            let found = estimated(loaded, name.clone(), day).0;
            let clients = found.estimates.iter().flat_map(|it| it.rows.iter().filter_map(|row| row.client));
            tx.note(Use::by_operator("read", "fidelity", Some(id)).of_clients(clients));
            all.push((code.unwrap_or(name), found));
        }
        tx.commit().await?;
        Ok(all)
    }

    /// The criteria of the unit in which the person works, on a day; today where none is given, or one ahead.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn fidelity(&self, actor: &Actor, day: Option<NaiveDate>) -> Result<FidelityPage> {
        self.fidelity_of(actor, day, None).await
    }

    /// The same, with the rows of one item looked at: their clients are noted as read.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field, or there is no such item.
    pub async fn fidelity_item(
        &self,
        actor: &Actor,
        item: u8,
        day: Option<NaiveDate>,
    ) -> Result<FidelityPage> {
        if !(1..=ITEMS).contains(&item) {
            return Err(Error::NotThere);
        }
        self.fidelity_of(actor, day, Some(item)).await
    }

    /// What habits would change by the day of a review, in the unit in which the person works. A day that is not
    /// ahead, or more than a year, is taken for none.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn fidelity_ahead(&self, actor: &Actor, review: Option<NaiveDate>) -> Result<AheadPage> {
        let today = actor.today;
        let ahead = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
        let last = ahead(7 * u64::from(WEEKS_AHEAD));
        let review = review.filter(|day| *day > today && *day <= last).unwrap_or_else(|| ahead(REVIEW_DAYS));
        let mut tx = self.write().await?;
        let unit = assessments::own_unit(&mut tx, actor).await?;
        let loaded = load(&mut tx, unit, today).await?;
        let (_, people) = improvement::plan(&mut tx, unit, today).await?;
        tx.note(Use::by(actor, "read", "fidelity", None));
        tx.commit().await?;
        let outlooks = outlooks(&loaded.records, today, review, &loaded.choices);
        let last = assessed(&loaded).into_iter().next();
        let pack = loaded.pack.unwrap_or_else(|| BUILT_IN.clone());
        Ok(AheadPage { outlooks, last, review, people, pack, me: actor.person, today })
    }

    async fn fidelity_of(
        &self,
        actor: &Actor,
        day: Option<NaiveDate>,
        item: Option<u8>,
    ) -> Result<FidelityPage> {
        let led = actor.posts.iter().find(|post| post.role == Role::Lead).map(|post| post.unit);
        let unit = led.or_else(|| actor.field_unit()).ok_or(Error::NotThere)?;
        let day = day.filter(|day| *day <= actor.today).unwrap_or(actor.today);
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ReadFidelity, unit).await?.id;
        let loaded = load(&mut tx, unit, day).await?;
        let readable = readable(actor, unit, &loaded);
        let (plan, people) = improvement::plan(&mut tx, unit, actor.today).await?;
        let (mut found, assessments) = estimated(loaded, String::new(), day);
        // Nobody is compared by name: each coach sees the own share, the lead everybody's.
        let leads = actor.may(Action::LeadUnit, &Object::Unit(unit));
        if !leads {
            for estimate in &mut found.estimates {
                estimate.coaches.retain(|one| one.coach == actor.person);
            }
        }
        let sudden = leads.then(|| sudden(&found.records, day, &found.choices)).filter(Sudden::is_any);
        let seen = found.estimates.iter().filter(|estimate| Some(estimate.item) == item);
        let clients = seen.flat_map(|estimate| estimate.rows.iter().filter_map(|row| row.client));
        tx.note(
            Use::by(actor, "read", "fidelity", None)
                .of_clients(clients.filter(|client| readable.contains(client))),
        );
        tx.commit().await?;
        Ok(FidelityPage {
            found,
            assessments,
            plan,
            people,
            me: actor.person,
            leads,
            sudden,
            readable,
            today: actor.today,
        })
    }
}

/// The clients whom the person may read.
fn readable(actor: &Actor, unit: UnitId, loaded: &Loaded) -> BTreeSet<ClientId> {
    let may = |client: &&Client| {
        let relation = Relation::on(client.closed_on, actor.today);
        let object = Object::Client { id: client.id, unit, relation, coaches: Vec::new() };
        actor.may(Action::ReadClient, &object)
    };
    loaded.records.clients.iter().filter(may).map(|client| client.id).collect()
}

fn estimated(loaded: Loaded, unit: String, day: NaiveDate) -> (UnitEstimates, Vec<Assessment>) {
    let choices = loaded.choices;
    let estimates = estimate(&loaded.records, day, &choices);
    let assessments = assessed(&loaded);
    let found = UnitEstimates {
        unit,
        day,
        choices,
        why: loaded.why,
        said: loaded.said,
        pack: loaded.pack.unwrap_or_else(|| BUILT_IN.clone()),
        estimates,
        records: loaded.records,
        codes: loaded.codes,
        names: loaded.names,
    };
    (found, assessments)
}

/// The assessments that scores are of, the latest first.
fn assessed(loaded: &Loaded) -> Vec<Assessment> {
    let mut all: BTreeMap<(NaiveDate, By, Option<Uuid>), Assessment> = BTreeMap::new();
    for (of, day, kind, item, score) in &loaded.scores {
        let one = all.entry((*day, *kind, *of)).or_insert_with(|| Assessment {
            day: *day,
            kind: *kind,
            scores: vec![None; usize::from(ITEMS)],
            reasons: BTreeMap::new(),
        });
        if let Some(place) = usize::from(*item).checked_sub(1).and_then(|at| one.scores.get_mut(at)) {
            *place = Some(*score);
        }
    }
    for (of, day, kind, item, reason) in &loaded.reasons {
        if let Some(one) = all.get_mut(&(*day, *kind, Some(*of))) {
            one.reasons.entry(*item).or_default().push(reason.clone());
        }
    }
    all.into_values().rev().collect()
}
