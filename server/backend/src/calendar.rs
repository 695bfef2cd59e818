//! A coach's calendar for other programs: an address that nobody can guess, known here by its hash only, and days
//! with words that name no client.

use crate::access::{Actor, OwnAccount, authorise};
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::sign_in::{Token, token_hash};
use crate::store::Tx;
use crate::support::{Watch, Watching, lost_since, watched, with_me};
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Action;
use domain::codes::{Code, Language};
use domain::feed::{Event, Happening, shows};
use uuid::Uuid;

/// A calendar that somebody's token opens.
#[derive(Clone, Debug)]
pub struct Feed {
    /// In which language its words are.
    pub language: Language,
    /// Its days.
    pub events: Vec<Event>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: NaiveDate,
    place: Option<String>,
}

/// Next steps of the own visits and with the own clients, and the next meetings of plans.
async fn lines(tx: &mut Tx, person: Uuid, today: NaiveDate) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        concat!(
            "select 'employer_step' as kind, v.id, v.next_step_on as day, case when v.client_id is null then s.name end
                 as place
             from visit v join employer e on e.id = v.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
             where v.coach_id = $1 and v.next_step_on is not null and ",
            crate::visits::step_waits!(),
            " and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
             union all
             select 'client_step', c.id, c.next_step_on, null from client c where c.next_step_on is not null and ",
            with_me!(),
            " union all
             select 'network_meeting', n.id, n.next_meeting_on, null
             from network_plan n join client c on c.id = n.client_id
             where n.next_meeting_on is not null and n.withdrawn_at is null and ",
            with_me!()
        ),
        person,
        today
    )?)
}

impl Backend {
    /// Since when the person's calendar has an address, if it has one.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn calendar(&self, actor: &Actor) -> Result<Option<DateTime<Utc>>> {
        actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.read().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let row: Option<(DateTime<Utc>,)> = fetch_optional!(
            tx,
            (DateTime<Utc>,),
            "select made_at from calendar_feed where person_id = $1 and ended_at is null",
            actor.person.uuid()
        )?;
        Ok(row.map(|(made,)| made))
    }

    /// Makes a new address; the one before opens nothing any more. It is shown once.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn share_calendar(&self, actor: &Actor, language: Language) -> Result<Token> {
        actor.field_unit().ok_or(Error::NotThere)?;
        self.end_calendar(actor).await?;
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let (token, now) = (Token::new()?, tx.clock().now());
        execute!(
            tx,
            "insert into calendar_feed (id, person_id, token_hash, language, made_at) values ($1, $2, $3, $4, $5)",
            new_id(),
            actor.person.uuid(),
            token_hash(token.reveal()),
            language.code(),
            now
        )?;
        tx.note(Use::by(actor, "share", "calendar", None));
        tx.commit().await?;
        Ok(token)
    }

    /// The address opens nothing any more.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn end_calendar(&self, actor: &Actor) -> Result<()> {
        actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let now = tx.clock().now();
        let ended = execute!(
            tx,
            "update calendar_feed set ended_at = $2 where person_id = $1 and ended_at is null",
            actor.person.uuid(),
            now
        )?;
        if ended > 0 {
            tx.note(Use::by(actor, "end", "calendar", None));
        }
        tx.commit().await
    }

    /// What a token opens. Nothing for one that has ended, and for somebody who may not sign in or holds no post.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it opens nothing; when the database fails.
    pub async fn calendar_feed(&self, token: &str) -> Result<Feed> {
        let mut tx = self.read().await?;
        let (today, made_at) = (tx.clock().today(), tx.clock().now());
        let row: Option<(Uuid, String)> = fetch_optional!(
            tx,
            (Uuid, String),
            "select f.person_id, f.language from calendar_feed f join person p on p.id = f.person_id
             where f.token_hash = $1 and f.ended_at is null and p.locked_at is null and exists (select 1 from post o
                 where o.person_id = p.id and o.role in ('coach', 'lead') and o.from_day <= $2
                 and (o.to_day is null or o.to_day >= $2))",
            token_hash(token),
            today
        )?;
        let (person, language) = row.ok_or(Error::NotThere)?;
        let rows: Vec<Watching> =
            fetch_all!(tx, Watching, watched!(with_me!()), person, today, lost_since(today))?;
        let supports = Watch::of(rows, today)?.jobs;
        let mut events: Vec<Event> = supports
            .iter()
            .filter_map(|job| {
                let next = job.next?;
                Some(Event { day: next.on, what: Happening::Support, id: job.id.uuid(), place: None })
            })
            .collect();
        for line in lines(&mut tx, person, today).await? {
            let what = Happening::parse(&line.kind).map_err(Error::internal)?;
            // A visit for a client says no more than that there is something to do.
            let what = if what == Happening::EmployerStep && line.place.is_none() {
                Happening::ClientStep
            } else {
                what
            };
            events.push(Event { day: line.day, what, id: line.id, place: line.place });
        }
        events.retain(|event| shows(event.day, today));
        events.sort_unstable();
        let language = Language::parse(&language).unwrap_or(Language::Finnish);
        Ok(Feed { language, events, made_at })
    }
}
