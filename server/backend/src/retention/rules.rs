//! The rules: each says how long a kind of record of a service is kept, and why.

use super::unknown;
use crate::access::{Actor, Organisation, authorise};
use crate::clock::{ZONE, new_id};
use crate::error::Result;
use crate::organisation::{Said, named};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Action;
use domain::codes::{Code, RecordKind, Service, TermStart};
use domain::retention::{RuleFields, Rules, Term, suggested};

/// A rule as it stands.
#[derive(Clone, Debug)]
pub struct RuleSeen {
    /// Whose.
    pub service: Service,
    /// Of what.
    pub kind: RecordKind,
    /// How long.
    pub term: Term,
    /// The law, or whoever decided.
    pub source: String,
    /// Who set it and when; none while it is what is suggested.
    pub set: Option<(String, NaiveDate)>,
}

/// A rule in its form.
#[derive(Clone, Debug)]
pub struct RuleForm {
    /// As it stands.
    pub rule: RuleSeen,
    /// As it stood before, the latest first.
    pub before: Vec<RuleSeen>,
}

#[derive(sqlx::FromRow)]
struct RuleRow {
    service: String,
    kind: String,
    years: i64,
    start: String,
    source: String,
    set_by: String,
    set_at: DateTime<Utc>,
}

/// Every rule that was ever set, the latest first.
async fn all_set(tx: &mut Tx) -> Result<Vec<RuleSeen>> {
    let rows = fetch_all!(
        tx,
        RuleRow,
        "select r.service, r.kind, r.years, r.start, r.source, p.name as set_by, r.set_at
         from retention_rule r join person p on p.id = r.person_id order by r.set_at desc, r.id desc"
    )?;
    let seen = |row: RuleRow| {
        Ok(RuleSeen {
            service: Service::parse(&row.service).map_err(unknown)?,
            kind: RecordKind::parse(&row.kind).map_err(unknown)?,
            term: Term {
                years: u32::try_from(row.years).map_err(crate::Error::internal)?,
                start: TermStart::parse(&row.start).map_err(unknown)?,
            },
            source: row.source,
            set: Some((row.set_by, row.set_at.with_timezone(&ZONE).date_naive())),
        })
    };
    rows.into_iter().map(seen).collect()
}

/// The rules as they stand: one for each service and kind.
fn standing(set: &[RuleSeen]) -> Vec<RuleSeen> {
    let one = |service: Service, kind: RecordKind| {
        let latest = set.iter().find(|rule| (rule.service, rule.kind) == (service, kind));
        latest.cloned().unwrap_or_else(|| {
            let suggested = suggested(service, kind);
            RuleSeen { service, kind, term: suggested.term, source: suggested.source.to_owned(), set: None }
        })
    };
    let of = |service: Service| RecordKind::ALL.iter().map(move |kind| (service, *kind));
    Service::ALL.iter().copied().flat_map(of).map(|(service, kind)| one(service, kind)).collect()
}

/// The terms that hold now.
pub(super) async fn terms(tx: &mut Tx) -> Result<Rules> {
    let mut rules = Rules::default();
    for RuleSeen { service, kind, term, .. } in standing(&all_set(tx).await?) {
        rules.set(service, kind, term);
    }
    Ok(rules)
}

impl Backend {
    /// The rules as they stand.
    ///
    /// # Errors
    /// [`Error::NotThere`](crate::Error::NotThere) when the person is neither lead nor administrator.
    pub async fn retention_rules(&self, actor: &Actor) -> Result<Vec<RuleSeen>> {
        let mut tx = self.read().await?;
        authorise::<Organisation>(&mut tx, actor, Action::KeepRetention, ()).await?;
        Ok(standing(&all_set(&mut tx).await?))
    }

    /// A rule with what it was before.
    ///
    /// # Errors
    /// [`Error::NotThere`](crate::Error::NotThere) when the person is no administrator.
    pub async fn retention_rule(
        &self,
        actor: &Actor,
        service: Service,
        kind: RecordKind,
    ) -> Result<RuleForm> {
        let mut tx = self.read().await?;
        authorise::<Organisation>(&mut tx, actor, Action::ManageOrganisation, ()).await?;
        let mut set = all_set(&mut tx).await?;
        set.retain(|rule| (rule.service, rule.kind) == (service, kind));
        let rule = standing(&set).into_iter().find(|rule| (rule.service, rule.kind) == (service, kind));
        let rule = rule.ok_or_else(|| crate::Error::internal("a kind of record without a rule"))?;
        Ok(RuleForm { rule, before: set.into_iter().skip(1).collect() })
    }

    /// Sets a rule. What stood before is kept, and the change stands among those of the organisation.
    ///
    /// # Errors
    /// [`Error::NotThere`](crate::Error::NotThere) when the person is no administrator.
    pub async fn set_retention_rule(
        &self,
        actor: &Actor,
        service: Service,
        kind: RecordKind,
        fields: &RuleFields,
    ) -> Said<()> {
        let mut tx = self.managing(actor).await?;
        let (term, source) = match fields.read() {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let was = standing(&all_set(&mut tx).await?);
        let was = was.into_iter().find(|rule| (rule.service, rule.kind) == (service, kind));
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into retention_rule (id, service, kind, years, start, source, person_id, set_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            new_id(),
            service.code(),
            kind.code(),
            i64::from(term.years),
            term.start.code(),
            &source,
            actor.person.uuid(),
            now
        )?;
        let said = |term: Term, source: &str| {
            named(&[
                ("service", service.code()),
                ("record", kind.code()),
                ("years", &term.years.to_string()),
                ("start", term.start.code()),
                ("source", source),
            ])
        };
        let before = was.map(|rule| said(rule.term, &rule.source)).unwrap_or_default();
        self.changed(tx, actor, ("retention_rule", None), before, said(term, &source)).await?;
        Ok(Ok(()))
    }
}
