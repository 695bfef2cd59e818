//! How the assessments of all units stand: totals and bands, without a row of anybody.

use crate::Backend;
use crate::access::{Actor, Organisation, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::fetch_all;
use chrono::NaiveDate;
use domain::access::Action;
use domain::codes::{Code, Role};
use domain::fidelity::assessment::By;
use domain::fidelity::{Band, ITEMS, total};
use domain::ids::UnitId;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A unit, and the assessments that it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandLine {
    /// The unit's name.
    pub unit: String,
    /// Is it one in which the reader works?
    pub own: bool,
    /// Complete assessments, the oldest first: the day, by whom, the total and its band.
    pub totals: Vec<(NaiveDate, By, u8, Band)>,
}

/// All units.
#[derive(Clone, Debug)]
pub struct BandsPage {
    /// The units: those in which the reader works first, then by name.
    pub units: Vec<BandLine>,
    /// May the reader look at the criteria of an own unit?
    pub in_field: bool,
}

/// An assessment: of which unit, its day, by whom, and its identity where it was made here.
type Assessed = (UnitId, NaiveDate, By, Option<Uuid>);

type Row = (Uuid, String, Option<Uuid>, Option<NaiveDate>, Option<String>, Option<i64>, Option<i64>);

impl Backend {
    /// The totals and bands of all units.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person neither leads a unit nor is an administrator.
    pub async fn bands(&self, actor: &Actor) -> Result<BandsPage> {
        let mut tx = self.write().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ReadBands, ()).await?;
        let rows: Vec<Row> = fetch_all!(
            tx,
            Row,
            "select u.id, u.name, s.of_id, s.day, s.kind, s.item, s.score
             from unit u left join (
                 select a.unit_id, cast(null as uuid) as of_id, a.day, a.kind, a.item, a.score from assessment_score a
                 union all
                 select b.unit_id, b.id, b.day, b.kind, c.item, c.score from settled_score c
                 join assessment b on b.id = c.assessment_id
                 where b.signed_at is not null and b.withdrawn_at is null
             ) s on s.unit_id = u.id
             order by u.id, s.day, s.kind, s.item"
        )?;
        tx.note(Use::by(actor, "read", "bands", None));
        tx.commit().await?;
        let mut units: Vec<(UnitId, BandLine)> = Vec::new();
        let mut scores: BTreeMap<Assessed, Vec<Option<u8>>> = BTreeMap::new();
        for (id, name, of, day, kind, item, score) in rows {
            let id = UnitId(id);
            if units.last().is_none_or(|(last, _)| *last != id) {
                let own = actor.posts.iter().any(|post| post.unit == id && post.role != Role::Admin);
                units.push((id, BandLine { unit: name, own, totals: Vec::new() }));
            }
            let (Some(day), Some(kind), Some(item)) = (day, kind, item) else { continue };
            let by = By::parse(&kind).map_err(Error::internal)?;
            let scored = scores.entry((id, day, by, of)).or_insert_with(|| vec![None; usize::from(ITEMS)]);
            if let Some(place) = usize::try_from(item - 1).ok().and_then(|at| scored.get_mut(at)) {
                *place = score.and_then(|score| u8::try_from(score).ok());
            }
        }
        for ((unit, day, by, _), scores) in scores {
            let line = units.iter_mut().find(|(id, _)| *id == unit);
            if let (Some((_, line)), Some((points, band))) = (line, total(&scores)) {
                line.totals.push((day, by, points, band));
            }
        }
        units.sort_by(|(_, one), (_, other)| (!one.own, &one.unit).cmp(&(!other.own, &other.unit)));
        let units = units.into_iter().map(|(_, line)| line).collect();
        Ok(BandsPage { units, in_field: actor.field_unit().is_some() })
    }
}
