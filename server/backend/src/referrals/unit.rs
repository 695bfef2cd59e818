//! The unit's side: the memos that wait, who may be the same person, deciding, the first days, and how many
//! were declined why.

use super::{Checked, KnownMemo, MemoRow, allowed, earlier, hold, is_one_of, memos, used};
use crate::access::{Actor, Grant, authorise};
use crate::audit::Use;
use crate::clock::new_id;
use crate::codes::entries;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one};
use chrono::{Days, Months, NaiveDate};
use domain::access::{Action, KEPT_DAYS, Object};
use domain::codes::lists::{CodeList, Names, Version};
use domain::codes::{Code, DeclineReason, Role};
use domain::forms::FieldError;
use domain::ids::{ClientId, PersonId, ReferralId, UnitId};
use domain::referrals::{
    Decision, DecisionFields, DeclineMonth, EarlierMemo, FirstDaysFields, ReceivedMemo, Somebody, Stage,
    next_alias,
};
use uuid::Uuid;

/// The lead sees what was declined in so many months.
const TREND_MONTHS: u32 = 24;

/// The memos of the own units.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    /// Nobody has decided about them.
    pub waiting: Vec<ReceivedMemo>,
    /// Taken up, and not met yet.
    pub accepted: Vec<ReceivedMemo>,
    /// Met, declined or taken back of late.
    pub ended: Vec<ReceivedMemo>,
    /// How many were declined of late for a reason that shuts somebody out; for a lead.
    pub excluded: Option<u32>,
}

/// A coach who may take somebody up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coach {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// How many open clients the coach has.
    pub clients: u32,
}

/// Somebody who may be the person of a memo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The client, if it is one.
    pub client: Option<ClientId>,
    /// The memo, if it is one.
    pub memo: Option<ReferralId>,
    /// The name.
    pub name: String,
    /// The client's alias.
    pub alias: String,
    /// Year of birth.
    pub birth_year: Option<i64>,
}

/// A memo as the unit opens it.
#[derive(Clone, Debug)]
pub struct MemoPage {
    /// The memo.
    pub memo: ReceivedMemo,
    /// How it stood before its corrections.
    pub earlier: Vec<EarlierMemo>,
    /// Who may be the same person.
    pub alike: Vec<Alike>,
    /// Who may take the person up, the least loaded first.
    pub coaches: Vec<Coach>,
    /// The alias of the client that it became.
    pub alias: Option<String>,
    /// The organisation's own reasons for not taking somebody up that hold today.
    pub reasons: Vec<Version>,
    /// Today.
    pub today: NaiveDate,
}

/// A memo that was not taken up.
#[derive(Clone, Debug)]
pub struct DeclinedMemo {
    /// The memo, while it may be read.
    pub id: Option<ReferralId>,
    /// The team that sent it.
    pub team: String,
    /// The unit.
    pub unit: String,
    /// When it was decided.
    pub decided_on: NaiveDate,
    /// By whom.
    pub decided_by: String,
    /// Why.
    pub reason: DeclineReason,
    /// What the organisation calls this reason, where it chose an entry of its own.
    pub own: Option<Names>,
    /// In words.
    pub words: String,
}

/// What was declined in the units that the person leads.
#[derive(Clone, Debug)]
pub struct Declined {
    /// By month.
    pub months: Vec<DeclineMonth>,
    /// The memos.
    pub memos: Vec<DeclinedMemo>,
}

#[derive(sqlx::FromRow)]
struct Person {
    kind: String,
    id: Uuid,
    client_id: Option<Uuid>,
    name: String,
    alias: String,
    birth_year: Option<i64>,
    phone: String,
    clients: i64,
    code: String,
    counts_as: String,
    name_sv: String,
    name_en: String,
}

const FIELD: &[Role] = &[Role::Coach, Role::Lead];

impl Backend {
    /// The memos of the own units: those that wait, those taken up, those that ended of late.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person works in no unit's field.
    pub async fn inbox(&self, actor: &Actor) -> Result<Inbox> {
        is_one_of(actor, FIELD)?;
        let mut tx = self.write().await?;
        let since = actor.today.checked_sub_days(Days::new(KEPT_DAYS)).unwrap_or(actor.today);
        let rows = fetch_all!(
            tx,
            MemoRow,
            memos!(
                "where r.unit_id in (select unit_id from post where person_id = $1 and role in ('coach', 'lead')
                         and from_day <= $2 and (to_day is null or to_day >= $2))
                     and ((r.withdrawn_on is null and r.decline_reason is null and r.first_meeting_on is null)
                         or coalesce(r.withdrawn_on, r.first_meeting_on, r.decided_on) >= $3)
                 order by r.sent_on, r.sent_at, r.id"
            ),
            actor.person.uuid(),
            actor.today,
            since
        )?;
        let rows = allowed(actor, Action::DecideReferral, rows);
        tx.note(used(actor, "read", None, rows.iter().filter_map(MemoRow::client)));
        tx.commit().await?;
        let mut inbox = Inbox::default();
        let mut excluded = 0;
        for row in rows {
            let memo = row.received(actor.today)?;
            let reason = memo.sent.declined.filter(|reason| reason.excludes());
            if reason.is_some() && actor.may(Action::LeadUnit, &Object::Unit(UnitId(row.unit_id))) {
                excluded += 1;
            }
            match memo.sent.course.stage() {
                Stage::Sent | Stage::Received => inbox.waiting.push(memo),
                Stage::Accepted if memo.sent.clock.is_some() => inbox.accepted.push(memo),
                _ if row.decided_on.max(row.withdrawn_on).max(memo.sent.course.first_meeting_on)
                    >= Some(since) =>
                {
                    inbox.ended.push(memo);
                }
                _ => {}
            }
        }
        inbox.excluded = actor.posts.iter().any(|post| post.role == Role::Lead).then_some(excluded);
        Ok(inbox)
    }

    /// A memo that the unit got. Opening it notes that it was received.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is another unit's, or over.
    pub async fn received_memo(&self, actor: &Actor, id: ReferralId) -> Result<MemoPage> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownMemo>(&mut tx, actor, Action::DecideReferral, id).await?;
        let mut row = known.into_object().row;
        if row.received_on.is_none() {
            note_received(&mut tx, actor, id).await?;
            row.received_on = Some(actor.today);
        }
        let earlier = earlier(&mut tx, row.id).await?;
        let (reasons, people): (Vec<_>, Vec<_>) =
            people_of(&mut tx, actor, &row).await?.into_iter().partition(|person| person.kind == "reason");
        let reasons = reasons.into_iter().map(|row| row.reason(actor.today)).collect();
        let alias = people
            .iter()
            .find(|person| person.kind == "client" && Some(person.id) == row.client_id)
            .map(|person| person.alias.clone());
        let (alike, coaches) = sorted(&row, people);
        let seen = alike.iter().filter_map(|alike| alike.client).chain(row.client());
        tx.note(used(actor, "read", Some(row.id), seen));
        tx.commit().await?;
        let today = actor.today;
        Ok(MemoPage { memo: row.received(today)?, earlier, alike, coaches, alias, reasons, today })
    }

    /// Takes a memo up or not. Until the first meeting the decision may be changed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is another unit's. What is wrong is a value.
    pub async fn decide_memo(
        &self,
        actor: &Actor,
        id: ReferralId,
        fields: &DecisionFields,
    ) -> Result<Checked<()>> {
        let mut tx = self.write().await?;
        hold(&mut tx, id).await?;
        let memo = authorise::<KnownMemo>(&mut tx, actor, Action::DecideReferral, id).await?;
        let own = entries(&mut tx, CodeList::DeclineReasons).await?;
        let decision = match fields.read(&own, actor.today) {
            Ok(decision) => decision,
            Err(errors) => return Ok(Err(errors)),
        };
        let accepts = !matches!(decision, Decision::Decline { .. });
        if !memo.row.course().can_be_decided() {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        // The same press twice: it was taken up already.
        if accepts && memo.row.accepted == Some(true) {
            return Ok(Ok(()));
        }
        let client = match decision {
            Decision::Accept { coach } => match take_up(&mut tx, actor, &memo, coach).await? {
                Some(client) => Some(client),
                None => return Ok(Err(vec![FieldError::Choice("coach")])),
            },
            Decision::Join { client } => {
                if !is_open_client(&mut tx, actor, client, memo.row.unit_id).await? {
                    return Ok(Err(vec![FieldError::Choice("client")]));
                }
                Some(client)
            }
            Decision::Decline { reason, own, ref words } => {
                decline(&mut tx, actor, &memo, (reason, own), words).await?;
                None
            }
        };
        if let Some(client) = client {
            accept(&mut tx, actor, id, client).await?;
        }
        let action = if client.is_some() { "accept" } else { "decline" };
        tx.note(used(actor, action, Some(id.uuid()), client.or(memo.row.client())));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Notes the first meeting and the meeting of three, on the memo and for the client.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is another unit's, or was not taken up. What is wrong is a value.
    pub async fn note_first_days(
        &self,
        actor: &Actor,
        id: ReferralId,
        fields: &FirstDaysFields,
    ) -> Result<Checked<()>> {
        let mut tx = self.write().await?;
        hold(&mut tx, id).await?;
        let memo = authorise::<KnownMemo>(&mut tx, actor, Action::DecideReferral, id).await?;
        if memo.row.accepted != Some(true) || memo.row.withdrawn_on.is_some() {
            return Err(Error::NotThere);
        }
        let days = match fields.read(memo.row.sent_on, actor.today) {
            Ok(days) => days,
            Err(errors) => return Ok(Err(errors)),
        };
        let worker = (!days.care_worker.is_empty()).then_some(days.care_worker.as_str());
        execute!(
            tx,
            "update referral set first_meeting_on = $2, info_on = $3, info_care_worker = $4 where id = $1",
            id.uuid(),
            days.first_meeting_on,
            days.info_on,
            worker
        )?;
        // The client's own first meeting follows while it is none, or the one that this memo said.
        execute!(
            tx,
            "update client set first_meeting_on = $2, version = version + 1 where id = $1
                 and (first_meeting_on is null or first_meeting_on = $3)",
            memo.row.client_id,
            days.first_meeting_on,
            memo.row.first_meeting_on
        )?;
        tx.note(used(actor, "first_days", Some(id.uuid()), memo.row.client()));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// How many memos were declined month by month in the units that the person leads, and which.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads none.
    pub async fn declined_memos(&self, actor: &Actor) -> Result<Declined> {
        is_one_of(actor, &[Role::Lead])?;
        let mut tx = self.write().await?;
        let since = actor.today.checked_sub_months(Months::new(TREND_MONTHS)).unwrap_or(actor.today);
        let mut rows = fetch_all!(
            tx,
            MemoRow,
            memos!(
                "where r.unit_id in (select unit_id from post where person_id = $1 and role = 'lead'
                         and from_day <= $2 and (to_day is null or to_day >= $2))
                     and r.decided_on >= $3 and r.withdrawn_on is null
                 order by r.decided_on desc, r.id desc"
            ),
            actor.person.uuid(),
            actor.today,
            since
        )?;
        rows.retain(|row| actor.may(Action::LeadUnit, &Object::Unit(UnitId(row.unit_id))));
        tx.note(Use::by(actor, "read", "declined_referrals", None).on_ground("referral"));
        tx.commit().await?;
        let mut decided = Vec::new();
        let mut memos = Vec::new();
        for row in rows {
            let sent = row.sent(actor.today)?;
            let (Some(day), declined) = (row.decided_on, sent.declined) else { continue };
            decided.push((day, declined));
            let Some(reason) = declined else { continue };
            let readable = actor.may(Action::DecideReferral, &row.object(actor.today));
            memos.push(DeclinedMemo {
                id: readable.then_some(row.id.into()),
                team: row.team,
                unit: row.unit,
                decided_on: day,
                decided_by: row.decided_by.unwrap_or_default(),
                reason,
                own: sent.declined_own,
                words: row.decline_words.unwrap_or_default(),
            });
        }
        Ok(Declined { months: DeclineMonth::count(decided), memos })
    }

    /// How many memos wait in the own units: for the ways to them.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person works in no unit's field.
    pub async fn memos_waiting(&self, actor: &Actor) -> Result<u32> {
        is_one_of(actor, FIELD)?;
        memos_waiting(&mut self.ask().await?, actor).await
    }
}

/// How many memos wait in the person's units.
pub(crate) async fn memos_waiting(tx: &mut Tx, actor: &Actor) -> Result<u32> {
    let (waiting,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from referral where accepted is null and withdrawn_on is null
             and unit_id in (select unit_id from post where person_id = $1 and role in ('coach', 'lead')
                 and from_day <= $2 and (to_day is null or to_day >= $2))",
        actor.person.uuid(),
        actor.today
    )?;
    Ok(super::number(waiting))
}

async fn note_received(tx: &mut Tx, actor: &Actor, id: ReferralId) -> Result<()> {
    execute!(
        tx,
        "update referral set received_on = $2, received_by = $3 where id = $1 and received_on is null",
        id.uuid(),
        actor.today,
        actor.person.uuid()
    )?;
    Ok(())
}

impl Person {
    /// A row that is an own reason.
    fn reason(self, today: NaiveDate) -> Version {
        Version {
            id: self.id,
            code: self.code,
            counts_as: self.counts_as,
            names: Names { fi: self.name, sv: self.name_sv, en: self.name_en },
            from: today,
            ends_on: None,
        }
    }
}

/// The unit's open clients, its other memos without a client, its coaches on duty; and the organisation's own
/// reasons for not taking somebody up.
async fn people_of(tx: &mut Tx, actor: &Actor, row: &MemoRow) -> Result<Vec<Person>> {
    let since = actor.today.checked_sub_days(Days::new(KEPT_DAYS)).unwrap_or(actor.today);
    Ok(fetch_all!(
        tx,
        Person,
        "select 'client' as kind, c.id, c.id as client_id, c.name, c.alias, c.birth_year,
             coalesce(c.phone, '') as phone, 0 as clients, '' as code, '' as counts_as, '' as name_sv,
             '' as name_en
         from client c where c.unit_id = $1 and (c.closed_on is null or c.closed_on >= $2)
         union all
         select 'memo', r.id, r.client_id, r.name, '', r.birth_year, r.phone, 0, '', '', '', ''
         from referral r where r.unit_id = $1 and r.id <> $3 and r.withdrawn_on is null
             and (r.accepted is null or (r.decline_reason is not null and r.decided_on >= $4))
         union all
         select 'coach', p.id, null, p.name, '', null, '',
             (select count(*) from client_coach cc join client c on c.id = cc.client_id
              where cc.person_id = p.id and cc.from_day <= $2 and (cc.to_day is null or cc.to_day >= $2)
                  and (c.closed_on is null or c.closed_on >= $2)), '', '', '', ''
         from person p where p.locked_at is null and exists (select 1 from post o where o.person_id = p.id
             and o.unit_id = $1 and o.role = 'coach' and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2))
         union all
         select 'reason', y.id, null, y.name_fi, '', null, '', 0, y.code, y.counts_as, y.name_sv, y.name_en
         from code_entry y where y.list = 'decline_reasons' and y.valid_from <= $2
             and (y.ends_on is null or y.ends_on > $2)",
        row.unit_id,
        actor.today,
        row.id,
        since
    )?)
}

/// Who may be the same person, and the coaches, the least loaded first.
fn sorted(row: &MemoRow, people: Vec<Person>) -> (Vec<Alike>, Vec<Coach>) {
    let this = Somebody { name: &row.name, birth_year: row.birth_year, phone: &row.phone };
    let (mut alike, mut coaches) = (Vec::new(), Vec::new());
    for person in people {
        if person.kind == "coach" {
            let clients = super::number(person.clients);
            coaches.push(Coach { id: person.id.into(), name: person.name, clients });
            continue;
        }
        let other = Somebody { name: &person.name, birth_year: person.birth_year, phone: &person.phone };
        let is_own_client = person.client_id.is_some() && person.client_id == row.client_id;
        if !is_own_client && this.may_be(other) {
            alike.push(Alike {
                client: person.client_id.map(ClientId),
                memo: (person.kind == "memo").then_some(ReferralId(person.id)),
                name: person.name,
                alias: person.alias,
                birth_year: person.birth_year,
            });
        }
    }
    alike.sort_by(|one, two| (&one.name, &one.alias).cmp(&(&two.name, &two.alias)));
    coaches.sort_by(|one, two| (one.clients, &one.name).cmp(&(two.clients, &two.name)));
    (alike, coaches)
}

/// Makes the client, or opens the one again that this memo had made before it was declined. A client who comes
/// from a memo has the memo's identity: so it is one client however often the button is pressed, and its own
/// memo is told from a second one. None when the coach is not on duty in the unit.
async fn take_up(
    tx: &mut Tx,
    actor: &Actor,
    memo: &Grant<KnownMemo>,
    coach: PersonId,
) -> Result<Option<ClientId>> {
    let row = &memo.row;
    if !super::sending::is_coach_of(tx, coach.uuid(), row.unit_id, actor.today).await? {
        return Ok(None);
    }
    let alias = free_alias(tx, row.unit_id).await?;
    let made = execute!(
        tx,
        "insert into client (id, alias, name, birth_year, unit_id, team_id, referred_on, phone, contact_wish)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        row.id,
        alias,
        &row.name,
        row.birth_year,
        row.unit_id,
        row.team_id,
        row.sent_on,
        &row.phone,
        &row.contact_wish
    )?;
    if made == 0 {
        reopen(tx, actor, row.id).await?;
    }
    execute!(
        tx,
        "insert into client_coach (id, client_id, person_id, from_day) values ($1, $2, $3, $4)",
        new_id(),
        row.id,
        coach.uuid(),
        actor.today
    )?;
    Ok(Some(row.id.into()))
}

/// The next free alias of a unit; the unit is held, so that no two get the same.
async fn free_alias(tx: &mut Tx, unit: Uuid) -> Result<String> {
    let _: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "select id from unit where id = $1",
        postgres: "select id from unit where id = $1 for update",
        unit
    )?;
    let taken: Vec<(String,)> =
        fetch_all!(tx, (String,), "select alias from client where unit_id = $1 and alias like 'A%'", unit)?;
    Ok(next_alias(taken.iter().map(|(alias,)| alias.as_str())))
}

async fn reopen(tx: &mut Tx, actor: &Actor, client: Uuid) -> Result<()> {
    execute!(
        tx,
        "update client set closed_on = null, closing_reason = null, version = version + 1 where id = $1",
        client
    )?;
    step(tx, actor, client, "reopened", None, "").await
}

async fn step(
    tx: &mut Tx,
    actor: &Actor,
    client: Uuid,
    kind: &str,
    reason: Option<&str>,
    words: &str,
) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into client_step (id, client_id, kind, day, person_id, reason, words, noted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new_id(),
        client,
        kind,
        actor.today,
        actor.person.uuid(),
        reason,
        words,
        now
    )?;
    Ok(())
}

/// Is this an open client of the unit, whom the person may see?
async fn is_open_client(tx: &mut Tx, actor: &Actor, client: ClientId, unit: Uuid) -> Result<bool> {
    match authorise::<crate::access::KnownClient>(tx, actor, Action::SeeClient, client).await {
        Ok(client) => Ok(client.unit.uuid() == unit),
        Err(Error::NotThere) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn accept(tx: &mut Tx, actor: &Actor, id: ReferralId, client: ClientId) -> Result<()> {
    execute!(
        tx,
        "update referral set accepted = $2, client_id = $3, decided_on = $4, decided_by = $5,
             received_on = coalesce(received_on, $4), received_by = coalesce(received_by, $5),
             decline_reason = null, decline_entry_id = null, decline_words = null where id = $1",
        id.uuid(),
        true,
        client.uuid(),
        actor.today,
        actor.person.uuid()
    )?;
    Ok(())
}

/// Notes why the memo is not taken up. The client whom it had made is closed; from another's it is taken off.
async fn decline(
    tx: &mut Tx,
    actor: &Actor,
    memo: &Grant<KnownMemo>,
    (reason, own): (DeclineReason, Option<Uuid>),
    words: &str,
) -> Result<()> {
    let row = &memo.row;
    let made = row.client_id.filter(|client| *client == row.id);
    execute!(
        tx,
        "update referral set accepted = $2, client_id = $3, decided_on = $4, decided_by = $5,
             received_on = coalesce(received_on, $4), received_by = coalesce(received_by, $5),
             decline_reason = $6, decline_words = $7, decline_entry_id = $8 where id = $1",
        row.id,
        false,
        made,
        actor.today,
        actor.person.uuid(),
        reason.code(),
        words,
        own
    )?;
    let Some(client) = made.filter(|_| row.client_closed_on.is_none()) else { return Ok(()) };
    let closing = closing_reason(reason);
    execute!(
        tx,
        "update client set closed_on = $2, closing_reason = $3, version = version + 1 where id = $1",
        client,
        actor.today,
        closing
    )?;
    execute!(
        tx,
        "update client_coach set to_day = $2 where client_id = $1 and to_day is null",
        client,
        actor.today
    )?;
    step(tx, actor, client, "closed", Some(closing), words).await
}

/// How a reason for not taking somebody up is said of a client who is closed.
fn closing_reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::OwnWish => "own_wish",
        DeclineReason::NotReached => "no_contact",
        DeclineReason::MovedAway => "moved",
        DeclineReason::OtherService => "other_service",
        _ => "other",
    }
}
