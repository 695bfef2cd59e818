//! A visit's own page, with everything that it once said; and the unit's visits, page by page.

use super::form::colleagues;
use super::{SeenRow, WholeVisit, all_seen_by, seen_by};
use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::clock::ZONE;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, fetch_all};
use chrono::{DateTime, Utc};
use domain::access::Action;
use domain::ids::{PersonId, UnitId, VisitId};
use domain::visits::{EarlierVersion, FEED_PAGE, Feed, FeedQuery, VisitPage, VisitSeen};

/// A visit as it stood until it was amended.
#[derive(sqlx::FromRow)]
struct VersionRow {
    amended_at: DateTime<Utc>,
    #[sqlx(flatten)]
    row: SeenRow,
}

impl Backend {
    /// A visit of the own unit, as it stands and as it stood.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is none or it is another unit's.
    pub async fn visit(&self, actor: &Actor, id: VisitId) -> Result<VisitPage> {
        let mut tx = self.write().await?;
        let WholeVisit { withdrawn, row } =
            authorise::<WholeVisit>(&mut tx, actor, Action::ReadVisit, id).await?.into_object();
        let (visit, client) = seen_by(actor, row)?;
        let versions = fetch_all!(
            tx,
            VersionRow,
            visits_from!("v.amended_at, ", "visit_version v", "where v.id = $1 order by v.version desc"),
            id.uuid()
        )?;
        let mut clients: Vec<_> = client.into_iter().collect();
        let mut earlier = Vec::with_capacity(versions.len());
        for VersionRow { amended_at, row } in versions {
            let (visit, client) = seen_by(actor, row)?;
            let until = amended_at.with_timezone(&ZONE);
            earlier.push(EarlierVersion { visit, until: until.date_naive(), until_time: until.time() });
            clients.extend(client);
        }
        tx.note(Use::by(actor, "read", "visit", Some(id.uuid())).of_clients(clients));
        tx.commit().await?;
        Ok(VisitPage { visit, earlier, withdrawn })
    }

    /// A page of the own unit's visits, newest first.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn feed(&self, actor: &Actor, query: &FeedQuery) -> Result<Feed> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ReadUnitFeed, unit).await?.id;
        let from = i64::from(query.page) * i64::from(FEED_PAGE);
        let mut rows = unit_visits(&mut tx, unit, query.coach, from, i64::from(FEED_PAGE) + 1).await?;
        let more = rows.len() > FEED_PAGE as usize;
        rows.truncate(FEED_PAGE as usize);
        let coaches = colleagues(&mut tx, actor, unit).await?;
        let seen = all_seen_by(actor, rows)?;
        tx.note(Use::by(actor, "read", "feed", Some(unit.uuid())).of_clients(seen.clients));
        tx.commit().await?;
        Ok(Feed { today: actor.today, visits: seen.visits, more, coaches })
    }

    /// The own unit's visits, the latest 10,000, whatever the page.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn all_visits(&self, actor: &Actor, query: &FeedQuery) -> Result<Vec<VisitSeen>> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ReadUnitFeed, unit).await?.id;
        let rows = unit_visits(&mut tx, unit, query.coach, 0, FILE_MAX).await?;
        let seen = all_seen_by(actor, rows)?;
        tx.note(Use::by(actor, "read", "feed", Some(unit.uuid())).of_clients(seen.clients));
        tx.commit().await?;
        Ok(seen.visits)
    }
}

/// A file holds so many visits at most.
const FILE_MAX: i64 = 10_000;

/// A unit's visits, or one coach's of them, newest first: `size` of them from the row `from` on.
async fn unit_visits(
    tx: &mut Tx,
    unit: UnitId,
    coach: Option<PersonId>,
    from: i64,
    size: i64,
) -> Result<Vec<SeenRow>> {
    Ok(fetch_all!(
        tx,
        SeenRow,
        visits_from!(
            "",
            "visit v",
            "where not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                 and v.unit_id = $1 and (cast($2 as text) is null or v.coach_id = $3)
             order by v.day desc, v.at_time desc nulls last, v.id desc limit $4 offset $5"
        ),
        unit.uuid(),
        coach.map(|_| "one"),
        coach.map(PersonId::uuid),
        size,
        from
    )?)
}
