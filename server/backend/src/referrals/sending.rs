//! The treatment team's side: sending a memo, its days, correcting it, taking it back.

use super::{Checked, KnownMemo, MemoRow, allowed, earlier, hold, is_one_of, memos, used};
use crate::access::{Actor, authorise};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::{Months, NaiveDate};
use domain::access::{Action, Object};
use domain::codes::Role;
use domain::forms::FieldError;
use domain::ids::{ReferralId, TeamId, UnitId};
use domain::referrals::{EarlierMemo, Memo, MemoFields, SentMemo, Stage, codes};
use uuid::Uuid;

/// A team shows what it sent in so many months.
const SHOWN_MONTHS: u32 = 12;

/// A team in whose name the person sends memos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendingTeam {
    /// Which.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The unit that gets its memos.
    pub unit: String,
    /// Is anybody there to get them?
    pub open: bool,
}

/// What the form of a memo needs.
#[derive(Clone, Debug)]
pub struct MemoForm {
    /// The own teams.
    pub teams: Vec<SendingTeam>,
    /// The memo that is corrected.
    pub corrects: Option<SentMemo>,
}

/// A memo of the own team with all its versions.
#[derive(Clone, Debug)]
pub struct OwnMemo {
    /// As it stands.
    pub sent: SentMemo,
    /// As it stood.
    pub earlier: Vec<EarlierMemo>,
}

/// How a memo was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Now, or in these words before: the same press twice.
    Once,
    /// Before, in other words: they can be corrected.
    Before,
}

#[derive(sqlx::FromRow)]
struct TeamRow {
    id: Uuid,
    name: String,
    unit_id: Uuid,
    unit: String,
    open: bool,
}

impl Backend {
    /// The memos of the own teams with their days.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person refers for no team.
    pub async fn own_memos(&self, actor: &Actor) -> Result<Vec<SentMemo>> {
        is_one_of(actor, &[Role::Referrer])?;
        let mut tx = self.write().await?;
        let since = actor.today.checked_sub_months(Months::new(SHOWN_MONTHS)).unwrap_or(actor.today);
        let rows = fetch_all!(
            tx,
            MemoRow,
            memos!(
                "where r.team_id in (select team_id from post where person_id = $1 and role = 'referrer'
                         and from_day <= $2 and (to_day is null or to_day >= $2))
                     and (r.sent_on >= $3 or (r.accepted is null and r.withdrawn_on is null))
                 order by r.sent_on desc, r.sent_at desc, r.id desc"
            ),
            actor.person.uuid(),
            actor.today,
            since
        )?;
        let rows = allowed(actor, Action::ReferClient, rows);
        tx.note(used(actor, "read", None, rows.iter().filter_map(MemoRow::client)));
        tx.commit().await?;
        rows.iter().map(|row| row.sent(actor.today)).collect()
    }

    /// A memo of the own team: its own words, every version, and the days of what followed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is another team's.
    pub async fn own_memo(&self, actor: &Actor, id: ReferralId) -> Result<OwnMemo> {
        let mut tx = self.write().await?;
        let memo = authorise::<KnownMemo>(&mut tx, actor, Action::ReferClient, id).await?;
        let earlier = earlier(&mut tx, id.uuid()).await?;
        tx.note(used(actor, "read", Some(id.uuid()), memo.row.client()));
        tx.commit().await?;
        Ok(OwnMemo { sent: memo.row.sent(actor.today)?, earlier })
    }

    /// What the form of a new memo needs.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person refers for no team.
    pub async fn memo_form(&self, actor: &Actor) -> Result<MemoForm> {
        let mut tx = self.ask().await?;
        Ok(MemoForm { teams: own_teams(&mut tx, actor).await?, corrects: None })
    }

    /// What the form of a correction needs.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the memo is another team's, or can't be corrected any more.
    pub async fn correction_form(&self, actor: &Actor, id: ReferralId) -> Result<MemoForm> {
        let mut tx = self.write().await?;
        let memo = authorise::<KnownMemo>(&mut tx, actor, Action::ReferClient, id).await?;
        if !memo.row.course().can_be_corrected() {
            return Err(Error::NotThere);
        }
        let teams = own_teams(&mut tx, actor).await?;
        tx.note(used(actor, "read", Some(id.uuid()), memo.row.client()));
        tx.commit().await?;
        Ok(MemoForm { teams, corrects: Some(memo.row.sent(actor.today)?) })
    }

    /// Sends a memo, exactly once: `id` was made when its form opened.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not refer for the team. What is wrong with the memo, and
    /// a unit in which nobody would get it, is a value.
    pub async fn send_memo(
        &self,
        actor: &Actor,
        id: ReferralId,
        team: TeamId,
        fields: &MemoFields,
    ) -> Result<Checked<Sent>> {
        let mut tx = self.write().await?;
        let teams = own_teams(&mut tx, actor).await?;
        let Some(team) = teams.into_iter().find(|own| own.id == team) else { return Err(Error::NotThere) };
        let mut errors = if team.open { Vec::new() } else { vec![FieldError::Choice("team")] };
        let memo = match fields.read(actor.today) {
            Ok(memo) if errors.is_empty() => memo,
            read => {
                errors.extend(read.err().unwrap_or_default());
                return Ok(Err(errors));
            }
        };
        if retention::is_erased(&mut tx, &[id.uuid()]).await? {
            return Err(Error::NotThere);
        }
        let sent = if insert(&mut tx, actor, id, team.id, &memo).await? {
            tx.note(used(actor, "refer", Some(id.uuid()), None));
            Sent::Once
        } else {
            let before = authorise::<KnownMemo>(&mut tx, actor, Action::ReferClient, id).await?;
            if before.row.sent(actor.today)?.memo == memo { Sent::Once } else { Sent::Before }
        };
        tx.commit().await?;
        Ok(Ok(sent))
    }

    /// Corrects a memo: what was sent is kept as a version. `version` is the one that was seen.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the memo is another team's. What is wrong is a value.
    pub async fn correct_memo(
        &self,
        actor: &Actor,
        id: ReferralId,
        version: u32,
        fields: &MemoFields,
    ) -> Result<Checked<()>> {
        let mut tx = self.write().await?;
        hold(&mut tx, id).await?;
        let known = authorise::<KnownMemo>(&mut tx, actor, Action::ReferClient, id).await?;
        let memo = match fields.read(actor.today) {
            Ok(memo) => memo,
            Err(errors) => return Ok(Err(errors)),
        };
        let sent = known.row.sent(actor.today)?;
        // The same press twice.
        if sent.memo == memo && sent.version <= version + 1 {
            return Ok(Ok(()));
        }
        if !sent.course.can_be_corrected() || sent.version != version {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        keep_version(&mut tx, actor, id).await?;
        overwrite(&mut tx, id, &memo).await?;
        tx.note(used(actor, "correct", Some(id.uuid()), known.row.client()));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes a memo back while nobody was met, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the memo is another team's, or it is too late.
    pub async fn withdraw_memo(&self, actor: &Actor, id: ReferralId, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        hold(&mut tx, id).await?;
        let memo = authorise::<KnownMemo>(&mut tx, actor, Action::ReferClient, id).await?;
        let course = memo.row.course();
        let day = match (back, course.stage()) {
            (false, Stage::Withdrawn) => course.withdrawn_on,
            (false, _) if course.can_be_corrected() => Some(actor.today),
            (true, _) => None,
            (false, _) => return Err(Error::NotThere),
        };
        execute!(tx, "update referral set withdrawn_on = $1 where id = $2", day, id.uuid())?;
        let action = if back { "restore" } else { "withdraw" };
        tx.note(used(actor, action, Some(id.uuid()), memo.row.client()));
        tx.commit().await
    }
}

/// The teams for which the person refers today.
async fn own_teams(tx: &mut Tx, actor: &Actor) -> Result<Vec<SendingTeam>> {
    let rows = fetch_all!(
        tx,
        TeamRow,
        "select t.id, t.name, t.unit_id, u.name as unit,
             exists (select 1 from post o join person p on p.id = o.person_id where o.unit_id = t.unit_id
                 and o.role in ('coach', 'lead') and p.locked_at is null
                 and o.from_day <= $2 and (o.to_day is null or o.to_day >= $2)) as open
         from team t join unit u on u.id = t.unit_id
         where t.id in (select team_id from post where person_id = $1 and role = 'referrer'
             and from_day <= $2 and (to_day is null or to_day >= $2))
         order by t.name, t.id",
        actor.person.uuid(),
        actor.today
    )?;
    let may = |row: &TeamRow| {
        let team = Object::Team { team: TeamId(row.id), unit: UnitId(row.unit_id) };
        actor.may(Action::ReferClient, &team)
    };
    let teams: Vec<SendingTeam> = rows
        .into_iter()
        .filter(may)
        .map(|row| SendingTeam { id: row.id.into(), name: row.name, unit: row.unit, open: row.open })
        .collect();
    if teams.is_empty() { Err(Error::NotThere) } else { Ok(teams) }
}

/// Writes the memo; false when one of its identity is there.
async fn insert(tx: &mut Tx, actor: &Actor, id: ReferralId, team: TeamId, memo: &Memo) -> Result<bool> {
    let now = tx.clock().now();
    let written = execute!(
        tx,
        "insert into referral (id, unit_id, team_id, referrer_id, name, birth_year, phone, wish, contact_wish,
             share, share_until, words, sent_at, sent_on)
         select $1, unit_id, id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from team where id = $2
         on conflict (id) do nothing",
        id.uuid(),
        team.uuid(),
        actor.person.uuid(),
        &memo.name,
        memo.birth_year,
        &memo.phone,
        &memo.wish,
        &memo.contact_wish,
        codes(&memo.share),
        memo.share_until,
        &memo.words,
        now,
        actor.today
    )?;
    Ok(written == 1)
}

/// Keeps a memo's words as they stand.
async fn keep_version(tx: &mut Tx, actor: &Actor, id: ReferralId) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into referral_version (referral_id, version, person_id, name, birth_year, phone, wish,
             contact_wish, share, share_until, words, corrected_at)
         select id, version, $2, name, birth_year, phone, wish, contact_wish, share, share_until, words, $3
         from referral where id = $1",
        id.uuid(),
        actor.person.uuid(),
        now
    )?;
    Ok(())
}

async fn overwrite(tx: &mut Tx, id: ReferralId, memo: &Memo) -> Result<()> {
    execute!(
        tx,
        "update referral set version = version + 1, name = $2, birth_year = $3, phone = $4, wish = $5,
             contact_wish = $6, share = $7, share_until = $8, words = $9 where id = $1",
        id.uuid(),
        &memo.name,
        memo.birth_year,
        &memo.phone,
        &memo.wish,
        &memo.contact_wish,
        codes(&memo.share),
        memo.share_until,
        &memo.words
    )?;
    Ok(())
}

/// Is somebody a coach of the unit on this day, and not locked?
pub(super) async fn is_coach_of(tx: &mut Tx, person: Uuid, unit: Uuid, today: NaiveDate) -> Result<bool> {
    let row: Option<(i64,)> = fetch_optional!(
        tx,
        (i64,),
        "select count(*) from post o join person p on p.id = o.person_id
         where o.person_id = $1 and o.unit_id = $2 and o.role = 'coach' and p.locked_at is null
             and o.from_day <= $3 and (o.to_day is null or o.to_day >= $3)",
        person,
        unit,
        today
    )?;
    Ok(row.is_some_and(|(posts,)| posts > 0))
}
