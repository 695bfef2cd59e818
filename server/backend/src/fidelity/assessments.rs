//! Assessments of the criteria by people: begun, scored alone, agreed on, signed.

use super::records::load;
use super::{UnitEstimates, estimated};
use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::employers::clients_named;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::visits::Tried as Applying;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action, Object};
use domain::codes::{Code, Role};
use domain::employers::names::names_a_client;
use domain::fidelity::assessment::{BeginFields, By, OwnScore, ScoreFields, ScoreItem, Scores, Stage};
use domain::fidelity::estimate::Estimate;
use domain::fidelity::pack::{BUILT_IN, Pack};
use domain::fidelity::{Band, ITEMS};
use domain::forms::FieldError;
use domain::ids::{PersonId, UnitId};
use domain::sync::{Applied, Refusal};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// An assessment in the list.
#[derive(Clone, Debug)]
pub struct AssessmentLine {
    /// Which.
    pub id: Uuid,
    /// Of which day.
    pub day: NaiveDate,
    /// By whom.
    pub by: By,
    /// How far it is.
    pub stage: Stage,
    /// The total and the band of a signed one.
    pub total: Option<(u8, Band)>,
    /// The assessors.
    pub assessors: Vec<String>,
}

/// The assessments of a unit, and what a new one may be.
#[derive(Clone, Debug)]
pub struct AssessmentsPage {
    /// The assessments, the latest first.
    pub assessments: Vec<AssessmentLine>,
    /// Who may assess with the reader.
    pub people: Vec<(PersonId, String)>,
    /// Does the reader lead the unit?
    pub leads: bool,
    /// Today.
    pub today: NaiveDate,
}

/// An assessment. While somebody is still scoring, nobody sees the other's scores.
#[derive(Clone, Debug)]
pub struct AssessmentPage {
    /// Which.
    pub id: Uuid,
    /// Of which day.
    pub day: NaiveDate,
    /// By whom.
    pub by: By,
    /// The assessors by name, and how many items each has looked at.
    pub assessors: Vec<(PersonId, String, usize)>,
    /// The scores that the reader may see.
    pub scores: Scores,
    /// How far it is.
    pub stage: Stage,
    /// What the records say on that day.
    pub found: UnitEstimates,
    /// When it was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// Dated notes after that.
    pub notes: Vec<(NaiveDate, String, String)>,
    /// What the reader typed and is no score yet, by item.
    pub drafts: BTreeMap<u8, ScoreFields>,
    /// When the reader last touched an item, in milliseconds, by item.
    pub touches: BTreeMap<u8, i64>,
    /// Who reads.
    pub me: PersonId,
    /// Is the reader an assessor?
    pub mine: bool,
    /// Does the reader lead the unit?
    pub leads: bool,
}

impl AssessmentPage {
    /// The reader's own score of an item.
    #[must_use]
    pub fn own(&self, item: u8) -> Option<&OwnScore> {
        let (_, scores) = self.scores.own.iter().find(|(person, _)| *person == self.me)?;
        scores.get(usize::from(item).checked_sub(1)?)?.as_ref()
    }

    /// The first item that the reader has not looked at.
    #[must_use]
    pub fn next(&self) -> Option<u8> {
        (1..=ITEMS).find(|item| self.own(*item).is_none())
    }

    /// What the records say of an item.
    #[must_use]
    pub fn estimate(&self, item: u8) -> Option<&Estimate> {
        self.found.estimates.iter().find(|estimate| estimate.item == item)
    }
}

#[derive(sqlx::FromRow)]
struct Line {
    kind: String,
    id: Uuid,
    person: Option<Uuid>,
    name: Option<String>,
    day: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    by: Option<String>,
    item: Option<i64>,
    score: Option<i64>,
    reason: Option<String>,
    evidence: Option<String>,
}

/// Everything of one assessment of the unit, or of all of them.
async fn lines(tx: &mut Tx, unit: UnitId, one: Option<Uuid>) -> Result<Vec<Line>> {
    Ok(fetch_all!(
        tx,
        Line,
        "with these as (select * from assessment where unit_id = $1 and withdrawn_at is null
             and (cast($2 as uuid) is null or id = $2))
         select 'assessment' as kind, a.id, a.begun_by as person, cast(null as text) as name, a.day, a.signed_at as at,
             a.kind as by, cast(null as bigint) as item, cast(null as bigint) as score, cast(null as text) as reason,
             cast(null as text) as evidence
         from these a
         union all
         select 'assessor', a.id, p.id, p.name, null, null, null, null, null, null, null
         from these a join assessor s on s.assessment_id = a.id join person p on p.id = s.person_id
         union all
         select 'own', a.id, o.person_id, null, null, null, null, o.item, o.score, o.reason, o.evidence
         from these a join own_score o on o.assessment_id = a.id
         union all
         select 'draft', a.id, d.person_id, d.score, null, null, null, d.item, null, d.reason, d.evidence
         from these a join score_draft d on d.assessment_id = a.id
         union all
         select 'touch', a.id, t.person_id, null, null, null, null, t.item, t.at, null, null
         from these a join score_touch t on t.assessment_id = a.id
         union all
         select 'settled', a.id, s.person_id, null, null, null, null, s.item, s.score, s.reason, null
         from these a join settled_score s on s.assessment_id = a.id
         union all
         select 'note', a.id, n.person_id, p.name, n.day, n.noted_at, null, null, null, n.words, null
         from these a join assessment_note n on n.assessment_id = a.id join person p on p.id = n.person_id
         union all
         select 'pack', a.id, null, null, null, null, null, null, null, k.body, null
         from these a join criteria_pack k on k.pack = a.pack and k.version = a.pack_version
         where cast($2 as uuid) is not null
         order by 1, 5 desc, 6, 2, 4, 8",
        unit.uuid(),
        one
    )?)
}

/// An assessment as the database has it.
#[derive(Clone, Debug, Default)]
struct Known {
    day: NaiveDate,
    by: Option<By>,
    signed_at: Option<DateTime<Utc>>,
    names: BTreeMap<Uuid, String>,
    scores: Scores,
    notes: Vec<(NaiveDate, String, String)>,
    /// The organisation's own pack, if it was made with one.
    pack: Option<Arc<Pack>>,
    /// What was typed and is no score yet: by whom, the item's place, the form.
    drafts: Vec<(PersonId, usize, ScoreFields)>,
    /// When what was last touched.
    touches: Vec<(PersonId, usize, i64)>,
}

impl Known {
    fn looked(&self, person: PersonId) -> usize {
        let own = self.scores.own.iter().find(|(id, _)| *id == person);
        own.map_or(0, |(_, scores)| scores.iter().filter(|score| score.is_some()).count())
    }
}

fn known(lines: Vec<Line>) -> Result<BTreeMap<Uuid, Known>> {
    let mut all: BTreeMap<Uuid, Known> = BTreeMap::new();
    let items = usize::from(ITEMS);
    for line in lines {
        let known = all.entry(line.id).or_default();
        known.scores.settled.resize(items, None);
        let person = PersonId(line.person.unwrap_or_default());
        let at = usize::try_from(line.item.unwrap_or(1) - 1).unwrap_or(0).min(items - 1);
        let score = line.score.and_then(|score| u8::try_from(score).ok());
        let reason = line.reason.unwrap_or_default();
        let own = |known: &mut Known| {
            if let Some(at) = known.scores.own.iter().position(|(id, _)| *id == person) {
                return at;
            }
            known.scores.own.push((person, vec![None; items]));
            known.scores.own.len() - 1
        };
        match line.kind.as_str() {
            "assessment" => {
                known.day = line.day.unwrap_or_default();
                known.by = line.by.as_deref().map(By::parse).transpose().map_err(Error::internal)?;
                known.signed_at = line.at;
                known.scores.signed = line.at.is_some();
            }
            "assessor" => {
                own(known);
                known.names.insert(person.uuid(), line.name.unwrap_or_default());
            }
            "own" => {
                let evidence = line.evidence.unwrap_or_default();
                let place = own(known);
                known.scores.own[place].1[at] = Some(OwnScore { score, reason, evidence });
            }
            "settled" => known.scores.settled[at] = score,
            "touch" => known.touches.push((person, at, line.score.unwrap_or(0))),
            "draft" => {
                let evidence = line.evidence.unwrap_or_default();
                let form = ScoreFields { score: line.name.unwrap_or_default(), reason, evidence };
                known.drafts.push((person, at, form));
            }
            "pack" => known.pack = Some(Arc::new(Pack::read(&reason).map_err(Error::internal)?)),
            _ => known.notes.push((line.day.unwrap_or_default(), line.name.unwrap_or_default(), reason)),
        }
    }
    Ok(all)
}

/// The unit that the person leads, or else works in, for whoever may look at the criteria.
pub(super) async fn own_unit(tx: &mut Tx, actor: &Actor) -> Result<UnitId> {
    let led = actor.posts.iter().find(|post| post.role == Role::Lead).map(|post| post.unit);
    let unit = led.or_else(|| actor.field_unit()).ok_or(Error::NotThere)?;
    Ok(authorise::<Unit>(tx, actor, Action::ReadFidelity, unit).await?.id)
}

/// The pack that a new assessment is made with.
pub(super) struct InForce {
    pub(super) pack: String,
    pub(super) version: i64,
}

/// The organisation's own pack, where one is in force, else the one that is built in.
pub(super) async fn pack_in_force(tx: &mut Tx) -> Result<InForce> {
    let own: Option<(String, i64)> = fetch_optional!(
        tx,
        (String, i64),
        "select pack, version from criteria_pack where withdrawn_at is null order by loaded_at desc, id desc limit 1"
    )?;
    let built_in = || (BUILT_IN.id.clone(), i64::from(BUILT_IN.version));
    let (pack, version) = own.unwrap_or_else(built_in);
    Ok(InForce { pack, version })
}

/// The unit that the person leads.
pub(super) async fn led_unit(tx: &mut Tx, actor: &Actor) -> Result<UnitId> {
    let unit = own_unit(tx, actor).await?;
    if actor.may(Action::LeadUnit, &Object::Unit(unit)) { Ok(unit) } else { Err(Error::NotThere) }
}

/// An assessment that is there, and not signed, of which the person is an assessor.
async fn scored_by(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<(UnitId, Known)> {
    let unit = own_unit(tx, actor).await?;
    let known = known(lines(tx, unit, Some(id)).await?)?.remove(&id).ok_or(Error::NotThere)?;
    if known.scores.signed || !known.names.contains_key(&actor.person.uuid()) {
        return Err(Error::NotThere);
    }
    Ok((unit, known))
}

/// Reasons and evidence go into the dossier: they name no client.
async fn named(tx: &mut Tx, actor: &Actor, reason: &str, evidence: &str) -> Result<Option<Vec<FieldError>>> {
    let names = clients_named(tx, actor).await?;
    let says = |text: &str| names_a_client(text, names.iter().map(String::as_str));
    let fields = [("reason", reason), ("evidence", evidence)];
    let wrong: Vec<FieldError> = fields
        .into_iter()
        .filter(|(_, text)| says(text))
        .map(|(field, _)| FieldError::NamesClient(field))
        .collect();
    Ok((!wrong.is_empty()).then_some(wrong))
}

/// Keeps a touch: as the own score when it is saved on purpose, else as a draft that the form shows again. An older
/// touch changes nothing, and is refused.
pub(crate) async fn score_item(tx: &mut Tx, actor: &Actor, touch: &ScoreItem) -> Applying {
    let (unit, known) = scored_by(tx, actor, touch.assessment).await?;
    if newest(&known, actor, touch.item).is_some_and(|newest| newest >= touch.at) {
        return Ok(Err(Refusal::Contact));
    }
    if touch.save {
        let given = give(tx, actor, unit, &known, touch).await?;
        return Ok(given.map(|()| Applied::default()).map_err(|_| Refusal::Contact));
    }
    let form = &touch.form;
    let wrong = form.read(None).err().unwrap_or_default();
    // What can't be kept at all is refused: the form says why when it is sent. Agreed on together, there are no drafts.
    if known.scores.stage() != Stage::Scoring
        || !(1..=ITEMS).contains(&touch.item)
        || wrong.iter().any(|error| !matches!(error, FieldError::Missing(_)))
        || named(tx, actor, &form.reason, &form.evidence).await?.is_some()
    {
        return Ok(Err(Refusal::Contact));
    }
    execute!(
        tx,
        "insert into score_draft (assessment_id, person_id, item, score, reason, evidence)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (assessment_id, person_id, item) do update set score = $4, reason = $5, evidence = $6",
        touch.assessment,
        actor.person.uuid(),
        i64::from(touch.item),
        form.score.as_str(),
        form.reason.as_str(),
        form.evidence.as_str()
    )?;
    touched(tx, actor, touch).await?;
    Ok(Ok(Applied::default()))
}

/// When the person last touched an item.
fn newest(known: &Known, actor: &Actor, item: u8) -> Option<i64> {
    let own = known.touches.iter().filter(|(person, place, _)| {
        *person == actor.person && u8::try_from(*place + 1).is_ok_and(|known| known == item)
    });
    own.map(|(.., at)| *at).max()
}

/// Notes when an item was last touched.
async fn touched(tx: &mut Tx, actor: &Actor, touch: &ScoreItem) -> Result<()> {
    execute!(
        tx,
        "insert into score_touch (assessment_id, person_id, item, at) values ($1, $2, $3, $4)
         on conflict (assessment_id, person_id, item) do update set at = $4 where score_touch.at < $4",
        touch.assessment,
        actor.person.uuid(),
        i64::from(touch.item),
        touch.at
    )?;
    Ok(())
}

/// Gives the own score of an item, if the form is whole. The draft of it goes.
async fn give(
    tx: &mut Tx,
    actor: &Actor,
    unit: UnitId,
    known: &Known,
    touch: &ScoreItem,
) -> Result<Tried<()>> {
    let (id, item) = (touch.assessment, touch.item);
    if !(1..=ITEMS).contains(&item) {
        return Err(Error::NotThere);
    }
    let (found, _) = estimated(load(tx, unit, known.day).await?, String::new(), known.day);
    let estimate = found.estimates.into_iter().find(|estimate| estimate.item == item);
    let read = touch.form.read(estimate.as_ref().and_then(|estimate| estimate.score));
    if let Some(wrong) = named(tx, actor, &touch.form.reason, &touch.form.evidence).await? {
        return Ok(Err(wrong));
    }
    let own = match read {
        Ok(own) => own,
        Err(errors) => return Ok(Err(errors)),
    };
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into own_score (assessment_id, person_id, item, score, reason, evidence, estimate, estimate_part,
             estimate_of, noted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (assessment_id, person_id, item) do update set score = $4, reason = $5, evidence = $6,
             estimate = $7, estimate_part = $8, estimate_of = $9, noted_at = $10",
        id,
        actor.person.uuid(),
        i64::from(item),
        own.score.map(i64::from),
        own.reason,
        own.evidence,
        estimate.as_ref().and_then(|estimate| estimate.score).map(i64::from),
        estimate.as_ref().and_then(|estimate| estimate.numerator),
        estimate.as_ref().and_then(|estimate| estimate.denominator),
        now
    )?;
    // What was agreed on before somebody changed their mind is open again.
    let before = known.scores.own.iter().find(|(person, _)| *person == actor.person);
    let before = before.and_then(|(_, scores)| scores.get(usize::from(item - 1))?.as_ref()?.score);
    if before != own.score {
        execute!(
            tx,
            "delete from settled_score where assessment_id = $1 and item = $2",
            id,
            i64::from(item)
        )?;
    }
    execute!(
        tx,
        "delete from score_draft where assessment_id = $1 and person_id = $2 and item = $3",
        id,
        actor.person.uuid(),
        i64::from(item)
    )?;
    touched(tx, actor, touch).await?;
    tx.note(Use::by(actor, "write", "assessments", Some(id)));
    Ok(Ok(()))
}

impl Backend {
    /// The assessments of the own unit.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn assessments(&self, actor: &Actor) -> Result<AssessmentsPage> {
        let mut tx = self.write().await?;
        let unit = own_unit(&mut tx, actor).await?;
        let all = known(lines(&mut tx, unit, None).await?)?;
        let people = people(&mut tx, actor, unit).await?;
        let leads = actor.may(Action::LeadUnit, &Object::Unit(unit));
        tx.note(Use::by(actor, "read", "assessments", None));
        tx.commit().await?;
        let mut assessments: Vec<AssessmentLine> = all
            .into_iter()
            .map(|(id, known)| AssessmentLine {
                id,
                day: known.day,
                by: known.by.unwrap_or(By::Own),
                stage: known.scores.stage(),
                total: known.scores.total().filter(|_| known.scores.signed),
                assessors: known.names.into_values().collect(),
            })
            .collect();
        assessments.sort_by_key(|line| std::cmp::Reverse((line.day, line.id)));
        Ok(AssessmentsPage { assessments, people, leads, today: actor.today })
    }

    /// Begins an assessment, under the identity of its form: the lead, with a second assessor or alone.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person leads no unit. What is wrong is a value.
    pub async fn begin_assessment(&self, actor: &Actor, id: Uuid, fields: &BeginFields) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let unit = led_unit(&mut tx, actor).await?;
        let (day, by, second) = match fields.read(actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let people = people(&mut tx, actor, unit).await?;
        if second.is_some_and(|second| !people.iter().any(|(id, _)| *id == second)) {
            return Ok(Err(vec![FieldError::Choice("second")]));
        }
        let now = tx.clock().now();
        let in_force = pack_in_force(&mut tx).await?;
        let begun = execute!(
            tx,
            "insert into assessment (id, unit_id, day, kind, pack, pack_version, begun_by, begun_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
            id,
            unit.uuid(),
            day,
            by.code(),
            in_force.pack,
            in_force.version,
            actor.person.uuid(),
            now
        )?;
        if begun == 1 {
            for person in [Some(actor.person), second].into_iter().flatten() {
                execute!(
                    tx,
                    "insert into assessor (assessment_id, person_id) values ($1, $2)",
                    id,
                    person.uuid()
                )?;
            }
        }
        tx.note(Use::by(actor, "write", "assessments", Some(id)));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// An assessment, with what the records say on its day.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn assessment(&self, actor: &Actor, id: Uuid) -> Result<AssessmentPage> {
        let mut tx = self.write().await?;
        let unit = own_unit(&mut tx, actor).await?;
        let known = known(lines(&mut tx, unit, Some(id)).await?)?.remove(&id).ok_or(Error::NotThere)?;
        let (mut found, _) = estimated(load(&mut tx, unit, known.day).await?, String::new(), known.day);
        // It keeps the words that it was made with.
        found.pack = known.pack.clone().unwrap_or_else(|| BUILT_IN.clone());
        tx.note(Use::by(actor, "read", "assessments", Some(id)));
        tx.commit().await?;
        let stage = known.scores.stage();
        let assessors = known
            .names
            .iter()
            .map(|(person, name)| (PersonId(*person), name.clone(), known.looked(PersonId(*person))))
            .collect();
        let mine = known.names.contains_key(&actor.person.uuid());
        let own = known.drafts.into_iter().filter(|(person, ..)| *person == actor.person);
        let drafts = own.filter_map(|(_, at, form)| Some((u8::try_from(at + 1).ok()?, form))).collect();
        let own = known.touches.into_iter().filter(|(person, ..)| *person == actor.person);
        let touches = own.filter_map(|(_, place, at)| Some((u8::try_from(place + 1).ok()?, at))).collect();
        let mut scores = known.scores;
        if stage == Stage::Scoring {
            scores.own.retain(|(person, _)| *person == actor.person);
            scores.settled.fill(None);
        }
        Ok(AssessmentPage {
            id,
            day: known.day,
            by: known.by.unwrap_or(By::Own),
            assessors,
            scores,
            stage,
            found,
            signed_at: known.signed_at,
            notes: known.notes,
            drafts,
            touches,
            me: actor.person,
            mine,
            leads: actor.may(Action::LeadUnit, &Object::Unit(unit)),
        })
    }

    /// Gives the own score of an item, or another one, with what the records say of it now beside. `at` is when, in
    /// milliseconds of the clock of whoever typed, where that is known.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no assessor of it, it is signed, or there is no such item.
    pub async fn score(
        &self,
        actor: &Actor,
        id: Uuid,
        item: u8,
        fields: &ScoreFields,
        at: Option<i64>,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let (unit, known) = scored_by(&mut tx, actor, id).await?;
        // Without a phone's clock it is the newest there is.
        let at = at.unwrap_or_else(|| newest(&known, actor, item).unwrap_or(0) + 1);
        let touch = ScoreItem { assessment: id, item, at, save: true, form: fields.clone() };
        let given = give(&mut tx, actor, unit, &known, &touch).await?;
        if given.is_ok() {
            tx.commit().await?;
        }
        Ok(given)
    }

    /// Agrees on the score of an item.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no assessor of it, or somebody is still scoring.
    pub async fn settle_score(
        &self,
        actor: &Actor,
        id: Uuid,
        item: u8,
        fields: &ScoreFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let (_, known) = scored_by(&mut tx, actor, id).await?;
        if !(1..=ITEMS).contains(&item) || known.scores.stage() != Stage::Settling {
            return Err(Error::NotThere);
        }
        let own = match fields.read(None) {
            Ok(own) => own,
            Err(errors) => return Ok(Err(errors)),
        };
        let Some(score) = own.score else { return Ok(Err(vec![FieldError::Missing("score")])) };
        if let Some(wrong) = named(&mut tx, actor, &own.reason, &own.evidence).await? {
            return Ok(Err(wrong));
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into settled_score (assessment_id, item, score, reason, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (assessment_id, item) do update set score = $3, reason = $4, person_id = $5, noted_at = $6",
            id,
            i64::from(item),
            i64::from(score),
            own.reason,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "write", "assessments", Some(id)));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Signs an assessment: from then on nothing of it changes. A second press finds it signed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person is no assessor of it, or an item has no score that all agree on.
    pub async fn sign_assessment(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let mut tx = self.write().await?;
        let unit = own_unit(&mut tx, actor).await?;
        let known = known(lines(&mut tx, unit, Some(id)).await?)?.remove(&id).ok_or(Error::NotThere)?;
        let mine = known.names.contains_key(&actor.person.uuid());
        if !mine || !(known.scores.signed || known.scores.can_be_signed()) {
            return Err(Error::NotThere);
        }
        if known.scores.signed {
            return Ok(());
        }
        let now = tx.clock().now();
        for (item, score) in (1_i64..).zip(known.scores.all()) {
            execute!(
                tx,
                "insert into settled_score (assessment_id, item, score, reason, person_id, noted_at)
                 values ($1, $2, $3, '', $4, $5) on conflict (assessment_id, item) do nothing",
                id,
                item,
                score.map(i64::from),
                actor.person.uuid(),
                now
            )?;
        }
        execute!(
            tx,
            "update assessment set signed_by = $2, signed_at = $3 where id = $1 and signed_at is null",
            id,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "sign", "assessments", Some(id)));
        tx.commit().await
    }

    /// A dated note on a signed assessment: what was found wrong since.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person, or not signed.
    pub async fn note_assessment(
        &self,
        actor: &Actor,
        id: Uuid,
        note: Uuid,
        words: &str,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let unit = own_unit(&mut tx, actor).await?;
        let known = known(lines(&mut tx, unit, Some(id)).await?)?.remove(&id).ok_or(Error::NotThere)?;
        if !known.scores.signed {
            return Err(Error::NotThere);
        }
        let words = words.trim();
        if words.is_empty() {
            return Ok(Err(vec![FieldError::Missing("words")]));
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into assessment_note (id, assessment_id, day, words, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
            note,
            id,
            actor.today,
            words,
            actor.person.uuid(),
            now
        )?;
        tx.note(Use::by(actor, "write", "assessments", Some(id)));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes an assessment back that is not signed, or brings it back: the lead.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there for this person.
    pub async fn take_assessment(&self, actor: &Actor, id: Uuid, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        let unit = led_unit(&mut tx, actor).await?;
        let at = (!back).then(|| tx.clock().now());
        let taken = execute!(
            tx,
            "update assessment set withdrawn_at = $3 where id = $1 and unit_id = $2 and signed_at is null",
            id,
            unit.uuid(),
            at
        )?;
        if taken == 0 {
            return Err(Error::NotThere);
        }
        tx.note(Use::by(actor, if back { "restore" } else { "withdraw" }, "assessments", Some(id)));
        tx.commit().await
    }
}

/// The others who work in the unit today.
async fn people(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<Vec<(PersonId, String)>> {
    let rows: Vec<(Uuid, String)> = fetch_all!(
        tx,
        (Uuid, String),
        "select distinct p.id, p.name from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role in ('coach', 'lead') and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2) and p.id <> $3
         order by 2, 1",
        unit.uuid(),
        actor.today,
        actor.person.uuid()
    )?;
    Ok(rows.into_iter().map(|(id, name)| (id.into(), name)).collect())
}
