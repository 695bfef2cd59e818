//! Every change of the register: what stood before and what after, kept for ever and looked at on the
//! employer's history. And the rule that no word of it names a client or tells a diagnosis.

use crate::access::Actor;
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use domain::access::{Action, Object};
use domain::employers::edit::{EditError, Fields, differing};
use domain::employers::names::{names_a_client, tells_a_diagnosis};
use domain::ids::EmployerId;
use uuid::Uuid;

/// What a use case of a form gives: a value, or what is wrong with what was typed.
pub type Edited<T> = Result<std::result::Result<T, Vec<EditError>>>;

/// Keeps a change and notes it in the use log. Gives its identity; none when nothing changed.
pub(crate) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    employer: EmployerId,
    kind: &'static str,
    subject: Option<Uuid>,
    before: &Fields,
    after: &Fields,
) -> Result<Option<Uuid>> {
    let (before, after) = differing(before, after);
    if after.is_empty() {
        return Ok(None);
    }
    let (id, now) = (new_id(), tx.clock().now());
    execute!(
        tx,
        "insert into employer_change (id, employer_id, person_id, changed_at, kind, subject_id, before_json, after_json)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        employer.uuid(),
        actor.person.uuid(),
        now,
        kind,
        subject,
        to_json(&before)?,
        to_json(&after)?
    )?;
    tx.note(Use::by(actor, kind, "employer", Some(employer.uuid())));
    Ok(Some(id))
}

pub(super) fn to_json(fields: &Fields) -> Result<String> {
    serde_json::to_string(fields).map_err(Error::internal)
}

pub(crate) fn of_json(text: &str) -> Result<Fields> {
    serde_json::from_str(text).map_err(Error::internal)
}

/// Says of a client `c` that they are of a unit where person $1 holds a post on day $2.
macro_rules! client_of_own_units {
    () => {
        "c.unit_id in (select o.unit_id from post o where o.person_id = $1 and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2))"
    };
}
pub(crate) use client_of_own_units;

/// Names and aliases of the clients of the actor's own units.
///
/// Only those: an answer must not tell who is another unit's client.
pub(crate) async fn clients_named(tx: &mut Tx, actor: &Actor) -> Result<Vec<String>> {
    let rows: Vec<(String, String)> = fetch_all!(
        tx,
        (String, String),
        concat!("select name, alias from client c where ", client_of_own_units!()),
        actor.person.uuid(),
        actor.today
    )?;
    Ok(rows.into_iter().flat_map(|(name, alias)| [name, alias]).collect())
}

impl Backend {
    /// What is wrong with words while they are being typed: no page of an employer holds a client's name or
    /// a diagnosis. `field` is the name of the field that they stand in.
    ///
    /// # Errors
    /// [`Error::NotThere`] for whoever does not write to the register; when the database fails.
    pub async fn look_at_words(
        &self,
        actor: &Actor,
        field: &'static str,
        words: &str,
    ) -> Result<Vec<EditError>> {
        if !actor.may(Action::EditRegister, &Object::Register) {
            return Err(Error::NotThere);
        }
        let mut tx = self.read().await?;
        let unfit = unfit_words(&mut tx, actor, &[(field, words)]).await?;
        tx.commit().await?;
        Ok(unfit)
    }
}

/// The fields among `texts` whose words do not belong to an employer: they name a client of the actor's own
/// units, or tell a diagnosis. What an employer or a contact is called may be like a diagnosis.
pub(super) async fn unfit_words(
    tx: &mut Tx,
    actor: &Actor,
    texts: &[(&'static str, &str)],
) -> Result<Vec<EditError>> {
    if texts.iter().all(|(_, text)| text.is_empty()) {
        return Ok(Vec::new());
    }
    let known = clients_named(tx, actor).await?;
    let unfit = |(field, text): &(&'static str, &str)| {
        if names_a_client(text, known.iter().map(String::as_str)) {
            Some(EditError::NamesClient(field))
        } else if *field != "name" && tells_a_diagnosis(text) {
            Some(EditError::TellsDiagnosis(field))
        } else {
            None
        }
    };
    Ok(texts.iter().filter_map(unfit).collect())
}
