//! Signing in and out: argon2id passwords, opaque sessions (S1), lock-out that is the same for
//! names that are there and names that are not (S4, S23), one-time invitations.

use crate::access::{Actor, OwnAccount, authorise};
use crate::audit::Use;
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::access::{Action, Post, SignIn};
use domain::codes::{Code, Role};
use domain::ids::{PersonId, SessionId, TeamId};
use domain::sign_in::{
    IDLE_MINUTES, INVITATION_DAYS, LOCKOUT_MINUTES, PasswordError, SESSION_HOURS, TRIES_PER_ADDRESS,
    TRIES_PER_NAME, check_password, normalise_sign_in_name,
};
use domain::sync::hex;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A secret that is shown once: to the browser as a cookie, or in a link. Only its hash is kept.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub(crate) fn new() -> Result<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(***)")
    }
}

/// What is kept of a token: its hash, so that who reads the database can't sign in with it.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Two at a time: hashing takes 19 MiB and a core each.
static HASHING: Semaphore = Semaphore::const_new(2);

fn hasher() -> Argon2<'static> {
    // The parameters that OWASP gives for argon2id: 19 MiB, two passes, one lane.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A hash that no password has, to take the same time for names that are not there.
static NOBODYS_HASH: LazyLock<String> = LazyLock::new(|| {
    let mut bytes = [0_u8; 32];
    let _ = getrandom::fill(&mut bytes);
    hasher().hash_password(&bytes).map(|hash| hash.to_string()).unwrap_or_default()
});

async fn hash_password(password: String) -> Result<String> {
    let _place = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    })
    .await
    .map_err(Error::internal)?
    .map_err(Error::internal)
}

async fn password_fits(password: String, hash: Option<String>) -> Result<bool> {
    let _place = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODYS_HASH.clone());
        let fits = PasswordHash::new(&text)
            .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok());
        fits && known
    })
    .await
    .map_err(Error::internal)
}

/// A person with one of their posts; without any, there is one row without a post.
#[derive(sqlx::FromRow)]
struct PersonRow {
    person_id: Uuid,
    name: String,
    demo: Option<bool>,
    role: Option<String>,
    unit_id: Option<Uuid>,
    unit: Option<String>,
    team_id: Option<Uuid>,
    from_day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
}

impl PersonRow {
    fn post(&self) -> Result<Option<Post>> {
        let (Some(role), Some(unit), Some(from)) = (&self.role, self.unit_id, self.from_day) else {
            return Ok(None);
        };
        let role = Role::parse(role).map_err(Error::internal)?;
        Ok(Some(Post { role, unit: unit.into(), team: self.team_id.map(TeamId), from, to: self.to_day }))
    }
}

/// The person of these rows, with the posts that hold today. None when there are no rows.
fn actor_of_rows(rows: Vec<PersonRow>, session: SessionId, today: NaiveDate) -> Result<Option<Actor>> {
    let mut posts = Vec::new();
    let mut units = Vec::new();
    for row in &rows {
        let Some(post) = row.post()?.filter(|post| post.holds_on(today)) else { continue };
        posts.push(post);
        units.extend(row.unit.clone().filter(|unit| !units.contains(unit)));
    }
    Ok(rows.into_iter().next().map(|row| Actor {
        person: PersonId(row.person_id),
        session,
        name: row.name,
        posts,
        units,
        demo: row.demo.unwrap_or(false),
        stands_in_for: Vec::new(),
        behind_glass: Vec::new(),
        today,
    }))
}

/// A session and a person's row.
#[derive(sqlx::FromRow)]
struct ActorRow {
    id: Uuid,
    seen_at: DateTime<Utc>,
    /// For whom the person stands in today: identities, parted by spaces.
    stands_in_for: Option<String>,
    /// Whom the person reads outside the relation now: identities, parted by spaces.
    behind_glass: Option<String>,
    #[sqlx(flatten)]
    person: PersonRow,
}

#[derive(sqlx::FromRow)]
struct Account {
    id: Uuid,
    password_hash: Option<String>,
    locked_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: Uuid,
    device: String,
    created_at: DateTime<Utc>,
}

/// Rows of people `p` with their posts, and what comes before and after.
macro_rules! people_with_posts {
    ($also:expr, $from:literal, $tail:literal) => {
        concat!(
            "select ",
            $also,
            "p.id as person_id, p.name, (select demo from organisation where id = 1) as demo,
                 o.role, o.unit_id, u.name as unit, o.team_id, o.from_day, o.to_day from ",
            $from,
            " left join post o on o.person_id = p.id left join unit u on u.id = o.unit_id ",
            $tail,
            " order by o.from_day, o.id"
        )
    };
}

/// The session of a token with its person; identities of coaches and clients are joined to texts.
macro_rules! session_of_token {
    ($coaches:literal, $clients:literal) => {
        people_with_posts!(
            concat!(
                "s.id, s.seen_at, (select ",
                $coaches,
                " from substitute where substitute_id = p.id and from_day <= $4 and to_day >= $4
                     and (ended_on is null or ended_on > $4)) as stands_in_for, (select ",
                $clients,
                " from break_glass where person_id = p.id and ends_at > $5) as behind_glass, "
            ),
            "session s join person p on p.id = s.person_id",
            "where s.token_hash = $1 and s.ended_at is null and p.locked_at is null
                 and s.created_at > $2 and s.seen_at > $3"
        )
    };
}

/// Who holds the session of a token, with today's posts and all that a page says of them, and when it
/// was used last. One question, because every request asks it.
async fn actor_of(tx: &mut Tx, token: &str) -> Result<Option<(Actor, DateTime<Utc>)>> {
    let (now, today) = (tx.clock().now(), tx.clock().today());
    let rows = fetch_all!(
        tx,
        ActorRow,
        sqlite: session_of_token!("group_concat(hex(coach_id), ' ')", "group_concat(hex(client_id), ' ')"),
        postgres: session_of_token!("string_agg(coach_id::text, ' ')", "string_agg(client_id::text, ' ')"),
        token_hash(token),
        now - Duration::hours(SESSION_HOURS),
        now - Duration::minutes(IDLE_MINUTES),
        today,
        now
    )?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (session, seen_at) = (SessionId(first.id), first.seen_at);
    let (stands_in_for, behind_glass) = (ids(&first.stands_in_for), ids(&first.behind_glass));
    let people = rows.into_iter().map(|row| row.person).collect();
    let Some(actor) = actor_of_rows(people, session, today)? else { return Ok(None) };
    Ok(Some((Actor { stands_in_for, behind_glass, ..actor }, seen_at)))
}

/// Identities that the database joined to a text.
fn ids<T: From<Uuid>>(joined: &Option<String>) -> Vec<T> {
    let texts = joined.as_deref().unwrap_or_default().split(' ');
    texts.filter_map(|text| Uuid::try_parse(text).ok().map(T::from)).collect()
}

/// A person with today's posts, without a sign-in: in whose name the operator does something.
pub(crate) async fn actor_without_session(tx: &mut Tx, person: PersonId) -> Result<Actor> {
    let today = tx.clock().today();
    actor_then(tx, person, today).await
}

/// The author of what a phone brings, with the rights of today; nobody, when the account is locked.
///
/// # Errors
/// [`Error::NotThere`] when there is nobody.
pub(crate) async fn actor_of_author(tx: &mut Tx, person: PersonId) -> Result<Actor> {
    let today = tx.clock().today();
    let rows = fetch_all!(
        tx,
        PersonRow,
        people_with_posts!("", "person p", "where p.id = $1 and p.locked_at is null"),
        person.uuid()
    )?;
    let actor = actor_of_rows(rows, SessionId(Uuid::nil()), today)?.ok_or(Error::NotThere)?;
    let coaches: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        "select coach_id from substitute where substitute_id = $1 and from_day <= $2 and to_day >= $2
             and (ended_on is null or ended_on > $2)",
        person.uuid(),
        today
    )?;
    Ok(Actor { stands_in_for: coaches.into_iter().map(|(coach,)| coach.into()).collect(), ..actor })
}

/// A person with the rights of a day: the author of what came after they had left or were locked out, for somebody
/// who may bring it in (O22).
pub(crate) async fn actor_then(tx: &mut Tx, person: PersonId, day: NaiveDate) -> Result<Actor> {
    let rows =
        fetch_all!(tx, PersonRow, people_with_posts!("", "person p", "where p.id = $1"), person.uuid())?;
    actor_of_rows(rows, SessionId(Uuid::nil()), day)?.ok_or(Error::NotThere)
}

impl Backend {
    /// Signs a person in. `address` is where the request came from, `device` the browser's own
    /// description. Gives none when name or password is wrong, when the account is locked, or after
    /// too many tries: whoever asks can't tell which (S4).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        address: &str,
        device: &str,
    ) -> Result<Option<Token>> {
        let name = normalise_sign_in_name(name);
        let subjects = [token_hash(&format!("name {name}")), token_hash(&format!("address {address}"))];
        let since = self.clock.now() - Duration::minutes(LOCKOUT_MINUTES);
        let mut tx = self.read().await?;
        let tries_by_name = failures_since(&mut tx, &subjects[0], since).await?;
        let tries_by_address = failures_since(&mut tx, &subjects[1], since).await?;
        let account = fetch_optional!(
            tx,
            Account,
            "select id, password_hash, locked_at from person where sign_in_name = $1",
            &name
        )?;
        tx.commit().await?;

        let open = tries_by_name < TRIES_PER_NAME && tries_by_address < TRIES_PER_ADDRESS;
        let person = account.as_ref().map(|account| account.id);
        let usable = account.filter(|account| open && account.locked_at.is_none());
        let fits =
            password_fits(password.to_owned(), usable.and_then(|account| account.password_hash)).await?;
        match person {
            Some(person) if fits => self.open_session(person, device).await.map(Some),
            _ => {
                self.note_failure(&subjects).await?;
                Ok(None)
            }
        }
    }

    /// Is it still the same person? The password once more before what is grave (S3), with the lock-out of
    /// signing in: a wrong one counts as a wrong try.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn is_still(&self, actor: &Actor, password: &str) -> Result<bool> {
        let since = self.clock.now() - Duration::minutes(LOCKOUT_MINUTES);
        let mut tx = self.read().await?;
        let account: Option<(String, Option<String>)> = fetch_optional!(
            tx,
            (String, Option<String>),
            "select sign_in_name, password_hash from person where id = $1 and locked_at is null",
            actor.person.uuid()
        )?;
        let Some((name, hash)) = account else { return Ok(false) };
        let subject = token_hash(&format!("name {name}"));
        let open = failures_since(&mut tx, &subject, since).await? < TRIES_PER_NAME;
        tx.commit().await?;
        let fits = password_fits(password.to_owned(), hash.filter(|_| open)).await?;
        if !fits {
            self.note_failure(&[subject]).await?;
        }
        Ok(fits)
    }

    /// Notes a try at something that must not be tried over and over, and says whether it is one of the
    /// first few within [`LOCKOUT_MINUTES`].
    pub(crate) async fn may_try(&self, what: &str, actor: &Actor) -> Result<bool> {
        let since = self.clock.now() - Duration::minutes(LOCKOUT_MINUTES);
        let subject = token_hash(&format!("{what} {}", actor.person));
        let tries = failures_since(&mut self.ask().await?, &subject, since).await?;
        self.note_failure(&[subject]).await?;
        Ok(tries < TRIES_PER_NAME)
    }

    async fn note_failure(&self, subjects: &[String]) -> Result<()> {
        let mut tx = self.write().await?;
        let now = self.clock.now();
        for subject in subjects {
            execute!(
                tx,
                "insert into sign_in_failure (id, subject, failed_at) values ($1, $2, $3)",
                new_id(),
                subject,
                now
            )?;
        }
        let forgotten = now - Duration::minutes(LOCKOUT_MINUTES);
        execute!(tx, "delete from sign_in_failure where failed_at < $1", forgotten)?;
        tx.commit().await
    }

    async fn open_session(&self, person: Uuid, device: &str) -> Result<Token> {
        let token = Token::new()?;
        let (id, now) = (new_id(), self.clock.now());
        let device: String = device.chars().take(200).collect();
        let mut tx = self.write().await?;
        execute!(
            tx,
            "insert into session (id, token_hash, person_id, device, created_at, seen_at)
             values ($1, $2, $3, $4, $5, $5)",
            id,
            token_hash(token.reveal()),
            person,
            device,
            now
        )?;
        let (actor, _) = actor_of(&mut tx, token.reveal()).await?.ok_or(Error::SignedOut)?;
        tx.note(Use::by(&actor, "sign_in", "session", Some(id)).on_ground("own_account"));
        tx.commit().await?;
        Ok(token)
    }

    /// Who a cookie's token belongs to, and notes that the session is in use. None when it has
    /// ended: signed out, idle for [`IDLE_MINUTES`], older than [`SESSION_HOURS`], or the account
    /// locked.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn actor(&self, token: &str) -> Result<Option<Actor>> {
        let now = self.clock.now();
        let found = actor_of(&mut self.ask().await?, token).await;
        if found.is_err() {
            self.store.renew().await;
        }
        let Some((actor, seen_at)) = found? else { return Ok(None) };
        // Noted at most once a minute: a page of ten requests is one write, not ten.
        if now - seen_at >= Duration::minutes(1) {
            let mut tx = self.write().await?;
            execute!(tx, "update session set seen_at = $1 where id = $2", now, actor.session.uuid())?;
            tx.commit().await?;
        }
        Ok(Some(actor))
    }

    /// The person's own sign-ins that still hold.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sign_ins(&self, actor: &Actor) -> Result<Vec<SignIn>> {
        let now = self.clock.now();
        let mut tx = self.read().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let rows = fetch_all!(
            tx,
            SessionRow,
            "select id, device, created_at from session
             where person_id = $1 and ended_at is null and created_at > $2 and seen_at > $3
             order by seen_at desc, id",
            actor.person.uuid(),
            now - Duration::hours(SESSION_HOURS),
            now - Duration::minutes(IDLE_MINUTES)
        )?;
        let sign_in = |row: SessionRow| SignIn {
            id: row.id.into(),
            device: row.device,
            since: row.created_at.with_timezone(&ZONE).date_naive(),
            this: row.id == actor.session.uuid(),
        };
        Ok(rows.into_iter().map(sign_in).collect())
    }

    /// Ends one of the own sign-ins.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not one of the own.
    pub async fn end_sign_in(&self, actor: &Actor, session: SessionId) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        let ended = execute!(
            tx,
            "update session set ended_at = $1 where id = $2 and person_id = $3 and ended_at is null",
            self.clock.now(),
            session.uuid(),
            actor.person.uuid()
        )?;
        if ended == 0 {
            return Err(Error::NotThere);
        }
        tx.note(Use::by(actor, "sign_out", "session", Some(session.uuid())).on_ground("own_account"));
        tx.commit().await
    }

    /// Signs the person out on every device.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<()> {
        let mut tx = self.write().await?;
        authorise::<OwnAccount>(&mut tx, actor, Action::UseOwnAccount, ()).await?;
        end_sessions(&mut tx, actor.person).await?;
        tx.note(
            Use::by(actor, "sign_out_everywhere", "person", Some(actor.person.uuid()))
                .on_ground("own_account"),
        );
        tx.commit().await
    }

    /// The sign-in name of the person whom an invitation is for, while it can be used.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it was used, has run out, or never was.
    pub async fn invited(&self, token: &str) -> Result<Invited> {
        let mut tx = self.read().await?;
        find_invitation(&mut tx, token, self.clock.now()).await
    }

    /// Uses an invitation: the person gets the password, every earlier sign-in ends, and a new one
    /// begins.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the invitation can't be used (any more).
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: &str,
        again: &str,
        device: &str,
    ) -> Result<std::result::Result<Token, PasswordError>> {
        let invited = self.invited(token).await?;
        if let Err(error) = check_password(&invited.sign_in_name, password) {
            return Ok(Err(error));
        }
        if password != again {
            return Ok(Err(PasswordError::Differ));
        }
        let hash = hash_password(password.to_owned()).await?;
        let mut tx = self.write().await?;
        let used = execute!(
            tx,
            "update invitation set used_at = $1 where token_hash = $2 and used_at is null and expires_at > $1",
            self.clock.now(),
            token_hash(token)
        )?;
        if used == 0 {
            return Err(Error::NotThere);
        }
        set_password(&mut tx, invited.person, &hash).await?;
        tx.commit().await?;
        self.open_session(invited.person.uuid(), device).await.map(Ok)
    }

    /// Sets a password without an invitation: for the demo's people only.
    ///
    /// # Errors
    /// When the database can't.
    pub(crate) async fn set_demo_password(&self, password: &str) -> Result<()> {
        let hash = hash_password(password.to_owned()).await?;
        let mut tx = self.write().await?;
        execute!(tx, "update person set password_hash = $1", hash)?;
        tx.note(Use::by_operator("set_demo_password", "organisation", None));
        tx.commit().await
    }
}

/// Whom an invitation is for.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
}

#[derive(sqlx::FromRow)]
struct InvitedRow {
    id: Uuid,
    name: String,
    sign_in_name: String,
}

async fn find_invitation(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Invited> {
    let row = fetch_optional!(
        tx,
        InvitedRow,
        "select p.id, p.name, p.sign_in_name from invitation i join person p on p.id = i.person_id
         where i.token_hash = $1 and i.used_at is null and i.expires_at > $2 and p.locked_at is null",
        token_hash(token),
        now
    )?;
    let row = row.ok_or(Error::NotThere)?;
    Ok(Invited { person: row.id.into(), name: row.name, sign_in_name: row.sign_in_name })
}

/// Makes a one-time link for a person; earlier ones stop working.
pub(crate) async fn make_invitation(tx: &mut Tx, person: PersonId, by: Option<PersonId>) -> Result<Token> {
    let token = Token::new()?;
    let now = tx.clock().now();
    execute!(
        tx,
        "update invitation set used_at = $1 where person_id = $2 and used_at is null",
        now,
        person.uuid()
    )?;
    execute!(
        tx,
        "insert into invitation (id, person_id, token_hash, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        new_id(),
        person.uuid(),
        token_hash(token.reveal()),
        by.map(PersonId::uuid),
        now,
        now + Duration::days(INVITATION_DAYS)
    )?;
    Ok(token)
}

async fn set_password(tx: &mut Tx, person: PersonId, hash: &str) -> Result<()> {
    execute!(tx, "update person set password_hash = $1 where id = $2", hash, person.uuid())?;
    end_sessions(tx, person).await?;
    tx.note(Use {
        person: Some(person.uuid()),
        ..Use::by_operator("set_password", "person", Some(person.uuid())).on_ground("own_account")
    });
    Ok(())
}

/// Ends every sign-in of a person.
pub(crate) async fn end_sessions(tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "update session set ended_at = $1 where person_id = $2 and ended_at is null",
        now,
        person.uuid()
    )?;
    Ok(())
}

async fn failures_since(tx: &mut Tx, subject: &str, since: DateTime<Utc>) -> Result<i64> {
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from sign_in_failure where subject = $1 and failed_at > $2",
        subject,
        since
    )?;
    Ok(count)
}
