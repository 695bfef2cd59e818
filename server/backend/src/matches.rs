//! Matches: a client with an employer, what speaks for it, what was done, what became of it and what was learnt.

use crate::access::{Actor, Guarded, KnownClient, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::employers::{Offered, find};
use crate::error::{Error, Result};
use crate::opportunities::{OpportunitySeen, open_of};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional, retention};
use chrono::NaiveDate;
use domain::access::{Action, Object, Relation};
use domain::clients::page::NoteFields;
use domain::clients::profile::{Profile, ProfileFields};
use domain::codes::{Code, Mode};
use domain::forms::FieldError;
use domain::ids::{ClientId, EmployerId, MatchId, OpportunityId, VisitId};
use domain::matches::{
    Drift, Lead, LearntField, MatchFields, MatchResult, Offer, ResultFields, Suggestion, drift, rank,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many suggestions stand on a page.
const SUGGESTED: usize = 30;

/// A match as lists show it.
#[derive(Clone, Debug)]
pub struct MatchSeen {
    /// Which.
    pub id: MatchId,
    /// The employer that stands for it, and its name.
    pub employer: (EmployerId, String),
    /// What the opportunity is called, if there is one.
    pub title: Option<String>,
    /// When it began.
    pub began_on: NaiveDate,
    /// When it was over, and what became of it.
    pub ended: Option<(NaiveDate, MatchResult)>,
}

/// All that the page of a client's matches says.
#[derive(Debug)]
pub struct MatchesPage {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The profile; none where nothing was written yet.
    pub profile: Option<Profile>,
    /// Matches, the latest first.
    pub matches: Vec<MatchSeen>,
    /// Suggestions, the best first, each with its opportunity.
    pub suggestions: Vec<(Suggestion<Uuid>, OpportunitySeen)>,
    /// What the latest leads drift into.
    pub drift: Drift,
    /// May the reader write?
    pub can_write: bool,
    /// Today.
    pub today: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    day: Option<NaiveDate>,
    ended: Option<NaiveDate>,
    result: Option<String>,
    title: Option<String>,
    name: Option<String>,
    employer_id: Option<Uuid>,
    section: Option<String>,
}

async fn lines(tx: &mut Tx, client: ClientId) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "select 'match' as kind, m.id, m.began_on as day, m.ended_on as ended, m.result, o.title, s.name,
             s.id as employer_id, s.section_tol2008 as section
         from job_match m join employer e on e.id = m.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
             left join opportunity o on o.id = m.opportunity_id
         where m.client_id = $1
         union all
         select * from (select 'visit', v.id, v.day, cast(null as date), null, null, null, s.id, s.section_tol2008
         from visit v join employer e on e.id = v.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
         where v.client_id = $1 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         order by v.day desc, v.id desc limit 10) as latest
         union all
         select 'client', c.id, null, null, null, f.body, c.alias, null, null
         from client c left join client_profile f on f.client_id = c.id and f.version =
             (select max(g.version) from client_profile g where g.client_id = c.id)
         where c.id = $1",
        client.uuid()
    )?)
}

/// A note of what was done for a match.
#[derive(Clone, Debug)]
pub struct Done {
    /// Which.
    pub id: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// By whom, and whether that is the reader.
    pub by: (String, bool),
    /// In words.
    pub words: String,
    /// The visit that it is, and how it was made; none for a note.
    pub visit: Option<(VisitId, Mode)>,
}

/// All that a match's page says.
#[derive(Debug)]
pub struct MatchPage {
    /// As lists show it.
    pub seen: MatchSeen,
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The opportunity, and whether it is there no more.
    pub opportunity: Option<(OpportunityId, bool)>,
    /// What speaks for it, and against it.
    pub words: MatchFields,
    /// What was learnt.
    pub learnt: String,
    /// The version of the profile into which that was taken.
    pub learnt_version: Option<i64>,
    /// What was done: notes and visits, the latest first.
    pub done: Vec<Done>,
    /// The version that a form changes.
    pub version: i64,
    /// The identity of a new note.
    pub entry: Uuid,
    /// May the reader write?
    pub can_write: bool,
    /// Today.
    pub today: NaiveDate,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    client_id: Uuid,
    alias: String,
    employer_id: Uuid,
    employer: String,
    opportunity_id: Option<Uuid>,
    title: Option<String>,
    opportunity_closed: bool,
    version: i64,
    began_on: NaiveDate,
    why: String,
    why_not: String,
    ended_on: Option<NaiveDate>,
    result: Option<String>,
    learnt: String,
    learnt_version: Option<i64>,
}

/// A match, with the client whose it is.
#[derive(Clone, Debug)]
struct KnownMatch {
    client: KnownClient,
    row: Row,
}

impl Guarded for KnownMatch {
    type Id = MatchId;
    async fn find(tx: &mut Tx, id: MatchId, today: NaiveDate) -> Result<Option<Self>> {
        let row: Option<Row> = fetch_optional!(
            tx,
            Row,
            "select m.client_id, c.alias, s.id as employer_id, s.name as employer, m.opportunity_id, o.title,
                 o.closed_on is not null as opportunity_closed, m.version, m.began_on, m.why, m.why_not, m.ended_on,
                 m.result, m.learnt, m.learnt_version
             from job_match m join client c on c.id = m.client_id join employer e on e.id = m.employer_id
                 join employer s on s.id = coalesce(e.survivor_id, e.id)
                 left join opportunity o on o.id = m.opportunity_id
             where m.id = $1",
            id.uuid()
        )?;
        let Some(row) = row else { return Ok(None) };
        let client = KnownClient::find(tx, row.client_id.into(), today).await?;
        Ok(client.map(|client| Self { client, row }))
    }
    fn object(&self) -> Object {
        self.client.object()
    }
}

fn result_of(text: Option<&String>) -> Result<Option<MatchResult>> {
    text.map(|text| MatchResult::parse(text)).transpose().map_err(Error::internal)
}

#[derive(sqlx::FromRow)]
struct DoneLine {
    kind: String,
    id: Uuid,
    day: NaiveDate,
    who: String,
    by: Uuid,
    words: String,
    mode: Option<String>,
}

/// Notes, and the visits to the employer for the client since the match began.
async fn done(tx: &mut Tx, id: MatchId) -> Result<Vec<DoneLine>> {
    Ok(fetch_all!(
        tx,
        DoneLine,
        "select 'note' as kind, n.id, n.day, p.name as who, n.person_id as by, n.words, cast(null as text) as mode
         from match_note n join person p on p.id = n.person_id where n.match_id = $1 and n.withdrawn_at is null
         union all
         select 'visit', v.id, v.day, p.name, v.coach_id, v.summary, v.mode
         from job_match m join employer e on e.id = m.employer_id
             join employer o on coalesce(o.survivor_id, o.id) = coalesce(e.survivor_id, e.id)
             join visit v on v.employer_id = o.id and v.client_id = m.client_id and v.day >= m.began_on
             join person p on p.id = v.coach_id
         where m.id = $1 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)",
        id.uuid()
    )?)
}

fn noted(tx: &mut Tx, actor: &Actor, action: &'static str, id: Option<Uuid>, client: ClientId) {
    tx.note(Use::by(actor, action, "match", id).of_clients([client]));
}

/// What the form of a new match opens with.
#[derive(Clone, Debug)]
pub struct MatchForm {
    /// The client.
    pub client: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The employer, if one is chosen.
    pub employer: Option<(EmployerId, String)>,
    /// The opportunity.
    pub opportunity: Option<OpportunitySeen>,
    /// How it fits, where there is an opportunity and a profile.
    pub suggestion: Option<Suggestion<Uuid>>,
    /// A match of the client with the same that goes on.
    pub same: Option<MatchId>,
    /// While no employer is chosen: those that a text finds.
    pub offered: Vec<Offered>,
    /// Today.
    pub today: NaiveDate,
}

impl Backend {
    /// A client's matches, and what may fit.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn matches(&self, actor: &Actor, client: ClientId) -> Result<MatchesPage> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownClient>(&mut tx, actor, Action::ReadClient, client).await?;
        let can_write = actor.may(Action::WriteClient, &known.object());
        let lines = lines(&mut tx, client).await?;
        let offers = known.relation == Relation::Open && can_write;
        let rows = if offers { open_of(&mut tx, known.unit).await? } else { Vec::new() };
        let mut page = MatchesPage {
            client,
            alias: String::new(),
            profile: None,
            matches: Vec::new(),
            suggestions: Vec::new(),
            drift: Drift::default(),
            can_write,
            today: actor.today,
        };
        let mut leads = Vec::new();
        for line in lines {
            if let (Some(day), Some(employer)) = (line.day, line.employer_id) {
                let kind = line.section.as_deref().and_then(|text| text.chars().next());
                leads.push(Lead { day, employer, kind });
            }
            match (line.kind.as_str(), line.day) {
                ("match", Some(began_on)) => page.matches.push(MatchSeen {
                    id: line.id.into(),
                    employer: (line.employer_id.unwrap_or_default().into(), line.name.unwrap_or_default()),
                    title: line.title,
                    began_on,
                    ended: line.ended.zip(result_of(line.result.as_ref())?),
                }),
                ("client", _) => {
                    page.alias = line.name.unwrap_or_default();
                    let body = line.title.as_deref();
                    page.profile = body.map(serde_json::from_str).transpose().map_err(Error::internal)?;
                }
                _ => {}
            }
        }
        let profile = page.profile.clone().unwrap_or_default();
        page.drift = drift(&profile, &leads);
        page.matches.sort_by_key(|one| std::cmp::Reverse((one.ended.is_none(), one.began_on, one.id)));
        if page.profile.is_some() {
            page.suggestions = suggest(&profile, rows, actor.today)?;
        }
        noted(&mut tx, actor, "read", None, client);
        tx.commit().await?;
        Ok(page)
    }

    /// What the form of a new match opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn match_form(
        &self,
        actor: &Actor,
        client: ClientId,
        employer: Option<EmployerId>,
        opportunity: Option<OpportunityId>,
        text: &str,
    ) -> Result<MatchForm> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        type Facts = (String, Option<String>, Option<Uuid>, Option<String>, Option<Uuid>);
        let facts: Option<Facts> = fetch_optional!(
            tx,
            Facts,
            "select c.alias, f.body, s.id, s.name, (select m.id from job_match m where m.client_id = c.id
                 and m.ended_on is null and (m.opportunity_id = $3 or $3 is null and m.employer_id = $2) limit 1)
             from client c left join client_profile f on f.client_id = c.id and f.version =
                 (select max(g.version) from client_profile g where g.client_id = c.id)
                 left join employer e on e.id = $2 left join employer s on s.id = coalesce(e.survivor_id, e.id)
             where c.id = $1",
            client.uuid(),
            employer.map(EmployerId::uuid),
            opportunity.map(OpportunityId::uuid)
        )?;
        let (alias, body, id, name, same) = facts.ok_or(Error::NotThere)?;
        let mut form = MatchForm {
            client,
            alias,
            employer: id.map(EmployerId).zip(name),
            opportunity: None,
            suggestion: None,
            same: same.map(MatchId),
            offered: Vec::new(),
            today: actor.today,
        };
        if let Some(opportunity) = opportunity {
            let rows = open_of(&mut tx, known.unit).await?;
            let rows = rows.into_iter().filter(|row| row.id == opportunity.uuid()).collect();
            let profile: Profile = body
                .as_deref()
                .map(serde_json::from_str)
                .transpose()
                .map_err(Error::internal)?
                .unwrap_or_default();
            let (suggestion, seen) = suggest(&profile, rows, actor.today)?.pop().ok_or(Error::NotThere)?;
            form.employer = Some(seen.employer.clone());
            (form.suggestion, form.opportunity) = (Some(suggestion), Some(seen));
        } else if form.employer.is_none() {
            form.offered = if text.trim().is_empty() {
                crate::clients::employers_of(&mut tx, client).await?
            } else {
                find(&mut tx, text).await?
            };
        }
        noted(&mut tx, actor, "read", None, client);
        tx.commit().await?;
        Ok(form)
    }

    /// A match begins, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn begin_match(
        &self,
        actor: &Actor,
        form: &MatchForm,
        id: Uuid,
        fields: &MatchFields,
    ) -> Result<Tried<MatchId>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, form.client).await?;
        let Some((employer, _)) = &form.employer else {
            return Ok(Err(vec![FieldError::Missing("employer")]));
        };
        if retention::is_erased(&mut tx, &[id]).await? {
            return Err(Error::NotThere);
        }
        let words = match fields.read() {
            Ok(words) => words,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into job_match (id, client_id, employer_id, opportunity_id, coach_id, began_on, why, why_not, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
            id,
            form.client.uuid(),
            employer.uuid(),
            form.opportunity.as_ref().map(|seen| seen.id.uuid()),
            actor.person.uuid(),
            actor.today,
            words.why,
            words.why_not,
            now
        )?;
        noted(&mut tx, actor, "begin", Some(id), form.client);
        tx.commit().await?;
        Ok(Ok(id.into()))
    }

    /// A match's page.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn job_match(&self, actor: &Actor, id: MatchId) -> Result<MatchPage> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownMatch>(&mut tx, actor, Action::ReadClient, id).await?;
        let can_write = actor.may(Action::WriteClient, &known.object());
        let rows = done(&mut tx, id).await?;
        let row = known.into_object().row;
        let mut done = rows
            .into_iter()
            .map(|line| {
                let mode = line.mode.as_deref().map(Mode::parse).transpose().map_err(Error::internal)?;
                let visit = mode.filter(|_| line.kind == "visit").map(|mode| (line.id.into(), mode));
                let by = (line.who, line.by == actor.person.uuid());
                Ok(Done { id: line.id, day: line.day, by, words: line.words, visit })
            })
            .collect::<Result<Vec<_>>>()?;
        done.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
        let client = ClientId(row.client_id);
        noted(&mut tx, actor, "read", Some(id.uuid()), client);
        tx.commit().await?;
        Ok(MatchPage {
            seen: MatchSeen {
                id,
                employer: (row.employer_id.into(), row.employer),
                title: row.title,
                began_on: row.began_on,
                ended: row.ended_on.zip(result_of(row.result.as_ref())?),
            },
            client,
            alias: row.alias,
            opportunity: row.opportunity_id.map(|of| (of.into(), row.opportunity_closed)),
            words: MatchFields { why: row.why, why_not: row.why_not },
            learnt: row.learnt,
            learnt_version: row.learnt_version,
            done,
            version: row.version,
            entry: crate::clock::new_id(),
            can_write,
            today: actor.today,
        })
    }

    /// Notes what was done for a match.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the match's client.
    pub async fn note_match(
        &self,
        actor: &Actor,
        id: MatchId,
        entry: Uuid,
        fields: &NoteFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownMatch>(&mut tx, actor, Action::WriteClient, id).await?;
        if retention::is_erased(&mut tx, &[entry]).await? {
            return Err(Error::NotThere);
        }
        let (day, words) = match fields.read(actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into match_note (id, match_id, person_id, day, words, noted_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do nothing",
            entry,
            id.uuid(),
            actor.person.uuid(),
            day,
            words,
            now
        )?;
        noted(&mut tx, actor, "note", Some(id.uuid()), known.client.id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes an own note of a match back, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the match's client, or it is not the own note.
    pub async fn take_match_note(&self, actor: &Actor, id: MatchId, entry: Uuid, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownMatch>(&mut tx, actor, Action::WriteClient, id).await?;
        let at = (!back).then(|| tx.clock().now());
        let taken = execute!(
            tx,
            "update match_note set withdrawn_at = $4 where id = $1 and match_id = $2 and person_id = $3",
            entry,
            id.uuid(),
            actor.person.uuid(),
            at
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        noted(&mut tx, actor, if back { "restore" } else { "withdraw" }, Some(id.uuid()), known.client.id);
        tx.commit().await
    }

    /// What became of a match. A job of an opportunity fills it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the match's client.
    pub async fn end_match(
        &self,
        actor: &Actor,
        id: MatchId,
        version: i64,
        fields: &ResultFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownMatch>(&mut tx, actor, Action::WriteClient, id).await?;
        let (result, day, learnt) = match fields.read(known.row.began_on, actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let ended = execute!(
            tx,
            "update job_match set version = version + 1, ended_on = $3, result = $4, learnt = $5
             where id = $1 and version = $2",
            id.uuid(),
            version,
            day,
            result.code(),
            learnt
        )?;
        if ended == 0 {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        noted(&mut tx, actor, "end", Some(id.uuid()), known.client.id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// A match goes on after all.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the match's client.
    pub async fn reopen_match(&self, actor: &Actor, id: MatchId) -> Result<()> {
        let mut tx = self.write().await?;
        let known = authorise::<KnownMatch>(&mut tx, actor, Action::WriteClient, id).await?;
        execute!(
            tx,
            "update job_match set version = version + 1, ended_on = null, result = null where id = $1",
            id.uuid()
        )?;
        noted(&mut tx, actor, "reopen", Some(id.uuid()), known.client.id);
        tx.commit().await
    }

    /// Takes what was learnt into the client's profile, as a version of its own, once.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the match's client.
    pub async fn learn_from_match(&self, actor: &Actor, id: MatchId, field: LearntField) -> Result<()> {
        let page = self.job_match(actor, id).await?;
        if page.learnt.is_empty() || page.learnt_version.is_some() {
            return Ok(());
        }
        let profile = self.client_profile(actor, page.client).await?;
        let latest = profile.versions.first().map(|version| ProfileFields::of(&version.profile));
        let mut fields = latest.unwrap_or_default();
        let text = match field {
            LearntField::Wishes => &mut fields.wishes,
            LearntField::Strengths => &mut fields.strengths,
            LearntField::Limits => &mut fields.limits,
            LearntField::Supports => &mut fields.supports,
            LearntField::Avoid => &mut fields.avoid,
        };
        let learnt = format!("{} ({})", page.learnt, page.seen.employer.1);
        *text = if text.is_empty() { learnt } else { format!("{text}\n{learnt}") };
        if self.save_profile(actor, page.client, profile.latest(), &fields).await?.is_err() {
            // Too long, or somebody else wrote the profile at the same moment: nothing is lost, it is pressed again.
            return Ok(());
        }
        let mut tx = self.write().await?;
        let known = authorise::<KnownMatch>(&mut tx, actor, Action::WriteClient, id).await?;
        execute!(
            tx,
            "update job_match set learnt_version = $2 where id = $1",
            id.uuid(),
            profile.latest() + 1
        )?;
        noted(&mut tx, actor, "learn", Some(id.uuid()), known.client.id);
        tx.commit().await
    }
}

/// The best of a unit's opportunities for a profile, each with its row.
fn suggest(
    profile: &Profile,
    rows: Vec<crate::opportunities::Row>,
    today: NaiveDate,
) -> Result<Vec<(Suggestion<Uuid>, OpportunitySeen)>> {
    let offers = rows
        .iter()
        .map(|row| {
            Ok(Offer {
                key: row.id,
                section: row.section.as_deref().and_then(|text| text.chars().next()),
                municipality: row.municipality.clone(),
                opportunity: row.opportunity()?,
                confirmed_on: row.confirmed_on,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let ranked = rank(profile, &offers);
    let mut of: BTreeMap<Uuid, crate::opportunities::Row> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let best = ranked.into_iter().take(SUGGESTED);
    let mut suggestions = Vec::new();
    for suggestion in best {
        if let Some(row) = of.remove(&suggestion.key) {
            suggestions.push((suggestion, row.seen(today)?));
        }
    }
    Ok(suggestions)
}
