//! Memos that refer clients: a team sends them and sees their days, the unit takes them up or not.

mod sending;
mod unit;

pub use sending::{MemoForm, OwnMemo, SendingTeam, Sent};
pub(crate) use unit::memos_waiting;
pub use unit::{Alike, Coach, Declined, DeclinedMemo, Inbox, MemoPage};

use crate::access::{Actor, Guarded};
use crate::audit::Use;
use crate::codes::names;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object, Relation};
use domain::codes::{Code, DeclineReason, Role};
use domain::forms::FieldError;
use domain::ids::{ClientId, ReferralId, TeamId, UnitId};
use domain::referrals::{Course, EarlierMemo, Memo, ReceivedMemo, SentMemo, parse_codes};
use uuid::Uuid;

/// What was done with a form, or everything that is wrong with it.
pub type Checked<T> = std::result::Result<T, Vec<FieldError>>;

/// A memo with its team, its unit and the client that it became.
#[derive(Clone, Debug, sqlx::FromRow)]
struct MemoRow {
    id: Uuid,
    unit_id: Uuid,
    team_id: Uuid,
    client_id: Option<Uuid>,
    version: i64,
    name: String,
    birth_year: Option<i64>,
    phone: String,
    wish: String,
    contact_wish: String,
    share: String,
    share_until: Option<NaiveDate>,
    words: String,
    sent_on: NaiveDate,
    received_on: Option<NaiveDate>,
    decided_on: Option<NaiveDate>,
    accepted: Option<bool>,
    decline_reason: Option<String>,
    decline_words: Option<String>,
    name_fi: Option<String>,
    name_sv: Option<String>,
    name_en: Option<String>,
    first_meeting_on: Option<NaiveDate>,
    info_on: Option<NaiveDate>,
    info_care_worker: Option<String>,
    withdrawn_on: Option<NaiveDate>,
    team: String,
    unit: String,
    sent_by: String,
    decided_by: Option<String>,
    client_met_on: Option<NaiveDate>,
    client_agreed_on: Option<NaiveDate>,
    client_closed_on: Option<NaiveDate>,
}

/// Memos `r` with whatever their rows show.
macro_rules! memos {
    ($where:literal) => {
        concat!(
            "select r.id, r.unit_id, r.team_id, r.client_id, r.version, r.name, r.birth_year, r.phone, r.wish,
                 r.contact_wish, r.share, r.share_until, r.words, r.sent_on, r.received_on, r.decided_on,
                 r.accepted, r.decline_reason, r.decline_words, r.first_meeting_on, r.info_on,
                 r.info_care_worker, r.withdrawn_on, t.name as team, u.name as unit, p.name as sent_by,
                 d.name as decided_by, c.first_meeting_on as client_met_on,
                 c.agreement_on as client_agreed_on, c.closed_on as client_closed_on, y.name_fi, y.name_sv,
                 y.name_en
             from referral r join team t on t.id = r.team_id join unit u on u.id = r.unit_id
                 join person p on p.id = r.referrer_id left join person d on d.id = r.decided_by
                 left join client c on c.id = r.client_id left join code_entry y on y.id = r.decline_entry_id ",
            $where
        )
    };
}
pub(crate) use memos;

impl MemoRow {
    /// What has become of the memo. Of a client whose second memo it is, only what came after it is told:
    /// another team's days are not this one's to see.
    fn course(&self) -> Course {
        let since = |day: Option<NaiveDate>| day.filter(|day| *day >= self.sent_on);
        Course {
            sent_on: self.sent_on,
            received_on: self.received_on,
            decided_on: self.decided_on,
            accepted: self.accepted,
            first_meeting_on: self.first_meeting_on.or(since(self.client_met_on)),
            info_on: self.info_on,
            agreement_on: since(self.client_agreed_on),
            withdrawn_on: self.withdrawn_on,
        }
    }

    /// Was the client met before this memo came?
    fn was_met_before(&self) -> bool {
        self.client_met_on.is_some_and(|met| met < self.sent_on)
    }

    /// How the unit's relation with the person stands.
    fn relation(&self, today: NaiveDate) -> Relation {
        let ended = match (self.withdrawn_on, self.accepted) {
            (Some(withdrawn), _) => Some(withdrawn),
            (None, Some(false)) => self.decided_on,
            (None, _) => self.client_closed_on,
        };
        Relation::on(ended, today)
    }

    fn object(&self, today: NaiveDate) -> Object {
        Object::Referral {
            team: TeamId(self.team_id),
            unit: UnitId(self.unit_id),
            relation: self.relation(today),
        }
    }

    fn client(&self) -> Option<ClientId> {
        self.client_id.map(ClientId)
    }

    fn sent(&self, today: NaiveDate) -> Result<SentMemo> {
        let course = self.course();
        let reason = self.decline_reason.as_deref().map(DeclineReason::parse).transpose();
        Ok(SentMemo {
            id: ReferralId(self.id),
            memo: memo_of(Words {
                name: self.name.clone(),
                birth_year: self.birth_year,
                phone: self.phone.clone(),
                wish: self.wish.clone(),
                contact_wish: self.contact_wish.clone(),
                share: self.share.clone(),
                share_until: self.share_until,
                words: self.words.clone(),
            })?,
            version: number(self.version),
            sent_by: self.sent_by.clone(),
            team: self.team.clone(),
            unit: self.unit.clone(),
            clock: course.clock(today).filter(|_| !self.was_met_before()),
            course,
            declined: reason.map_err(|unknown| Error::internal(unknown.allowed))?,
            declined_own: names(self.name_fi.clone(), self.name_sv.clone(), self.name_en.clone()),
        })
    }

    fn received(&self, today: NaiveDate) -> Result<ReceivedMemo> {
        Ok(ReceivedMemo {
            sent: self.sent(today)?,
            client: self.client(),
            decline_words: self.decline_words.clone().unwrap_or_default(),
            decided_by: self.decided_by.clone().unwrap_or_default(),
            care_worker: self.info_care_worker.clone().unwrap_or_default(),
        })
    }
}

/// A memo's words as the database keeps them.
#[derive(sqlx::FromRow)]
struct Words {
    name: String,
    birth_year: Option<i64>,
    phone: String,
    wish: String,
    contact_wish: String,
    share: String,
    share_until: Option<NaiveDate>,
    words: String,
}

fn memo_of(words: Words) -> Result<Memo> {
    let Words { name, birth_year, phone, wish, contact_wish, share, share_until, words } = words;
    let share = parse_codes(&share).ok_or_else(|| Error::internal("a memo shares what is unknown"))?;
    Ok(Memo { name, birth_year, phone, wish, contact_wish, share, share_until, words })
}

fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A memo, as the door knows it.
#[derive(Clone, Debug)]
struct KnownMemo {
    row: MemoRow,
    today: NaiveDate,
}

impl Guarded for KnownMemo {
    type Id = ReferralId;
    async fn find(tx: &mut Tx, id: ReferralId, today: NaiveDate) -> Result<Option<Self>> {
        let row = fetch_optional!(tx, MemoRow, memos!("where r.id = $1"), id.uuid())?;
        Ok(row.map(|row| Self { row, today }))
    }
    fn object(&self) -> Object {
        self.row.object(self.today)
    }
}

/// Holds a memo until the transaction ends, so that two who change it at once come one after the other.
async fn hold(tx: &mut Tx, id: ReferralId) -> Result<()> {
    let _: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "select id from referral where id = $1",
        postgres: "select id from referral where id = $1 for update",
        id.uuid()
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    version: i64,
    corrected_by: String,
    corrected_at: chrono::DateTime<chrono::Utc>,
    #[sqlx(flatten)]
    words: Words,
}

/// How a memo stood before its corrections, the latest first.
async fn earlier(tx: &mut Tx, id: Uuid) -> Result<Vec<EarlierMemo>> {
    let rows = fetch_all!(
        tx,
        VersionRow,
        "select v.version, p.name as corrected_by, v.corrected_at, v.name, v.birth_year, v.phone, v.wish,
             v.contact_wish, v.share, v.share_until, v.words
         from referral_version v join person p on p.id = v.person_id
         where v.referral_id = $1 order by v.version desc",
        id
    )?;
    let earlier = |row: VersionRow| {
        Ok(EarlierMemo {
            version: number(row.version),
            memo: memo_of(row.words)?,
            corrected_by: row.corrected_by,
            corrected_on: row.corrected_at.with_timezone(&crate::clock::ZONE).date_naive(),
        })
    };
    rows.into_iter().map(earlier).collect()
}

/// A use of memos: on the ground of the referral, or of the client relation where there is a client.
fn used(
    actor: &Actor,
    action: &'static str,
    memo: Option<Uuid>,
    clients: impl IntoIterator<Item = ClientId>,
) -> Use {
    Use::by(actor, action, "referral", memo).on_ground("referral").of_clients(clients)
}

/// Has the person a post of one of these roles today?
fn is_one_of(actor: &Actor, roles: &[Role]) -> Result<()> {
    let is = actor.posts.iter().any(|post| roles.contains(&post.role));
    if is { Ok(()) } else { Err(Error::NotThere) }
}

/// The memos among `rows` to which `actor` may do `action`.
fn allowed(actor: &Actor, action: Action, mut rows: Vec<MemoRow>) -> Vec<MemoRow> {
    rows.retain(|row| actor.may(action, &row.object(actor.today)));
    rows
}
