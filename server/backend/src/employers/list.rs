//! The register as a list: filtered and sorted by the database, page by page.

use super::views::{days, light_rule, rule_of};
use crate::access::{Actor, Register, authorise};
use crate::error::Result;
use crate::store::Tx;
use crate::{Backend, fetch_all, fetch_one};
use chrono::NaiveDate;
use domain::access::Action;
use domain::employers::{
    Choice, EmployerList, EmployerQuery, EmployerRow, LightRule, PAGE, SavedView, Silent, Sort,
};
use domain::text::{fold, rank, sort_key};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct ListRow {
    id: Uuid,
    name: String,
    municipality: Option<String>,
    owner: Option<String>,
    last_visit_on: Option<NaiveDate>,
    do_not_contact: bool,
}

impl ListRow {
    fn seen(self, rule: LightRule, today: NaiveDate) -> EmployerRow {
        EmployerRow {
            id: self.id.into(),
            name: self.name,
            municipality: self.municipality,
            owner: self.owner,
            last_visit_on: self.last_visit_on,
            silence: rule.silence(self.last_visit_on, today),
            do_not_contact: self.do_not_contact,
        }
    }
}

/// What the filters of a list choose, with its parameters $1 to $9.
macro_rules! filtered {
    () => {
        "e.survivor_id is null and (cast($1 as text) is null or e.municipality = $1)
             and ($2 = 0 or e.owner_id = $3)
             and (cast($4 as text) is null or e.section_tol2008 = $4)
             and (cast($5 as text) is null or e.section_tol2025 = $5)
             and ($6 <> 1 or e.last_visit_on <= $7) and ($6 <> 2 or e.last_visit_on is null)
             and ($8 = 0 or (e.do_not_contact_reason is not null
                 and (e.do_not_contact_until is null or e.do_not_contact_until >= $9))) "
    };
}

macro_rules! employers_listed {
    ($tail:literal) => {
        concat!(
            "select e.id, e.name, e.municipality, p.name as owner, e.last_visit_on,
                 (e.do_not_contact_reason is not null
                     and (e.do_not_contact_until is null or e.do_not_contact_until >= $9)) as do_not_contact
             from employer e left join person p on p.id = e.owner_id where ",
            filtered!(),
            $tail
        )
    };
}

/// The filters as parameters.
struct Filters {
    municipality: Option<String>,
    by_owner: i64,
    owner: Uuid,
    section_tol2008: Option<String>,
    section_tol2025: Option<String>,
    silent: i64,
    latest: NaiveDate,
    do_not_contact: i64,
    today: NaiveDate,
}

impl Filters {
    fn of(query: &EmployerQuery, actor: &Actor, rule: LightRule) -> Self {
        let owner = if query.mine { Some(actor.person) } else { query.owner };
        let section = |year: &str| {
            let (asked, letter) = query.section.as_deref()?.split_once(':')?;
            (asked == year).then(|| letter.to_owned())
        };
        Self {
            municipality: query.municipality.clone(),
            by_owner: i64::from(owner.is_some()),
            owner: owner.unwrap_or(actor.person).uuid(),
            section_tol2008: section("2008"),
            section_tol2025: section("2025"),
            silent: match query.silent {
                None => 0,
                Some(Silent::Silent | Silent::Red) => 1,
                Some(Silent::Never) => 2,
            },
            latest: rule.latest(query.silent == Some(Silent::Red), actor.today),
            do_not_contact: i64::from(query.do_not_contact),
            today: actor.today,
        }
    }
}

/// Runs a query of the list with the filters and what comes after them.
macro_rules! with_filters {
    ($run:ident, $tx:expr, $row:ty, $sql:expr, $filters:expr $(, $more:expr)*) => {{
        let f = $filters;
        $run!(
            $tx, $row, $sql, f.municipality.clone(), f.by_owner, f.owner, f.section_tol2008.clone(),
            f.section_tol2025.clone(), f.silent, f.latest, f.do_not_contact, f.today $(, $more)*
        )
    }};
}

impl Backend {
    /// A page of the register: by name, or, when a text is given, by how well the name fits it.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not read the register.
    pub async fn employers(&self, actor: &Actor, query: &EmployerQuery) -> Result<EmployerList> {
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let mut list = choices(&mut tx, actor).await?;
        let filters = Filters::of(query, actor, list.rule);
        let from = query.page.saturating_mul(PAGE);
        let (rows, total) = listed(&mut tx, query, &filters, from, PAGE).await?;
        list.rows = rows.into_iter().map(|row| row.seen(list.rule, actor.today)).collect();
        (list.total, list.page) = (total, query.page);
        Ok(list)
    }

    /// Every employer that a query asks for, whatever the page.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not read the register.
    pub async fn all_employers(&self, actor: &Actor, query: &EmployerQuery) -> Result<Vec<EmployerRow>> {
        let mut tx = self.read().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let rule = light_rule(&mut tx).await?;
        let filters = Filters::of(query, actor, rule);
        let (rows, _) = listed(&mut tx, query, &filters, 0, u32::MAX).await?;
        Ok(rows.into_iter().map(|row| row.seen(rule, actor.today)).collect())
    }
}

/// `size` rows from the row `from` on, and how many there are in all: by name, or, when a text is given,
/// by how well the name fits it.
async fn listed(
    tx: &mut Tx,
    query: &EmployerQuery,
    filters: &Filters,
    from: u32,
    size: u32,
) -> Result<(Vec<ListRow>, u32)> {
    if fold(&query.text).is_empty() {
        by_order(tx, query, filters, from, size).await
    } else {
        by_fit(tx, query, filters, from, size).await
    }
}

async fn by_order(
    tx: &mut Tx,
    query: &EmployerQuery,
    filters: &Filters,
    from: u32,
    size: u32,
) -> Result<(Vec<ListRow>, u32)> {
    let (size, from) = (i64::from(size), i64::from(from));
    let rows = match query.sort {
        Sort::Name => with_filters!(
            fetch_all,
            tx,
            ListRow,
            employers_listed!("order by e.name_sorted, e.id limit $10 offset $11"),
            filters,
            size,
            from
        ),
        Sort::Silent => with_filters!(
            fetch_all,
            tx,
            ListRow,
            employers_listed!(
                "order by e.last_visit_on nulls first, e.name_sorted, e.id limit $10 offset $11"
            ),
            filters,
            size,
            from
        ),
        Sort::Latest => with_filters!(
            fetch_all,
            tx,
            ListRow,
            employers_listed!(
                "order by e.last_visit_on desc nulls last, e.name_sorted, e.id limit $10 offset $11"
            ),
            filters,
            size,
            from
        ),
        Sort::Place => with_filters!(
            fetch_all,
            tx,
            ListRow,
            employers_listed!("order by e.municipality nulls last, e.name_sorted, e.id limit $10 offset $11"),
            filters,
            size,
            from
        ),
    }?;
    let (total,): (i64,) = with_filters!(
        fetch_one,
        tx,
        (i64,),
        concat!("select count(*) from employer e where ", filtered!()),
        filters
    )?;
    Ok((rows, days(total)))
}

/// Slips can't be searched for in SQL that both databases know: the names are ranked here, by the
/// rule that the browser uses without a network. Only what ranking needs is read of all of them.
async fn by_fit(
    tx: &mut Tx,
    query: &EmployerQuery,
    filters: &Filters,
    from: u32,
    size: u32,
) -> Result<(Vec<ListRow>, u32)> {
    let names: Vec<(Uuid, String, Option<NaiveDate>, Option<String>)> = with_filters!(
        fetch_all,
        tx,
        (Uuid, String, Option<NaiveDate>, Option<String>),
        concat!(
            "select e.id, e.name_folded, e.last_visit_on, e.municipality from employer e where ",
            filtered!(),
            "order by e.name_sorted, e.id"
        ),
        filters
    )?;
    let text = fold(&query.text);
    let mut ranked: Vec<_> =
        names.into_iter().filter_map(|row| rank(&text, &row.1).map(|rank| (rank, row))).collect();
    match query.sort {
        Sort::Name => ranked.sort_by_key(|(rank, _)| *rank),
        Sort::Silent => ranked.sort_by_key(|(_, row)| row.2),
        Sort::Latest => ranked.sort_by_key(|(_, row)| std::cmp::Reverse(row.2)),
        Sort::Place => ranked.sort_by_key(|(_, row)| row.3.as_deref().map_or("~".to_owned(), sort_key)),
    }
    let total = u32::try_from(ranked.len()).unwrap_or(u32::MAX);
    let (from, size) = (from as usize, size as usize);
    let ids: Vec<Uuid> = ranked.into_iter().skip(from).take(size).map(|(_, row)| row.0).collect();
    let rows = by_ids(tx, &ids, filters.today).await?;
    Ok((rows, total))
}

/// The rows of these employers, in the order of `ids`.
async fn by_ids(tx: &mut Tx, ids: &[Uuid], today: NaiveDate) -> Result<Vec<ListRow>> {
    // One text for both databases: a page's identities as one list of words, compared as text.
    let wanted = serde_json::to_string(&ids.iter().map(|id| id.simple().to_string()).collect::<Vec<_>>())
        .unwrap_or_default();
    let mut rows = fetch_all!(
        tx,
        ListRow,
        sqlite: "select e.id, e.name, e.municipality, p.name as owner, e.last_visit_on,
                 (e.do_not_contact_reason is not null
                     and (e.do_not_contact_until is null or e.do_not_contact_until >= $2)) as do_not_contact
             from employer e left join person p on p.id = e.owner_id
             where e.id in (select unhex(value) from json_each($1))",
        postgres: "select e.id, e.name, e.municipality, p.name as owner, e.last_visit_on,
                 (e.do_not_contact_reason is not null
                     and (e.do_not_contact_until is null or e.do_not_contact_until >= $2)) as do_not_contact
             from employer e left join person p on p.id = e.owner_id
             where e.id in (select cast(value as uuid) from json_array_elements_text(cast($1 as json)))",
        wanted.clone(),
        today
    )?;
    let places: HashMap<Uuid, usize> = ids.iter().copied().zip(0..).collect();
    rows.sort_by_key(|row| places.get(&row.id));
    Ok(rows)
}

#[derive(sqlx::FromRow)]
struct ChoiceRow {
    kind: String,
    id: Option<Uuid>,
    label: String,
    value: String,
}

/// What the filters offer, the own saved views and the rule of the light: one query.
async fn choices(tx: &mut Tx, actor: &Actor) -> Result<EmployerList> {
    let rows = fetch_all!(
        tx,
        ChoiceRow,
        "select 'owner' as kind, p.id as id, p.name as label, '' as value from person p
             where exists (select 1 from employer e where e.owner_id = p.id and e.survivor_id is null)
         union all select distinct 'place', cast(null as uuid), municipality, '' from employer
             where municipality is not null and survivor_id is null
         union all select distinct '2008', cast(null as uuid), section_tol2008, '' from employer
             where section_tol2008 is not null and survivor_id is null
         union all select distinct '2025', cast(null as uuid), section_tol2025, '' from employer
             where section_tol2025 is not null and survivor_id is null
         union all select 'view', id, name, query from saved_view where person_id = $1
         union all select 'rule', cast(null as uuid), cast(days_until_amber as text), cast(days_until_red as text)
             from organisation",
        actor.person.uuid()
    )?;
    let mut list = EmployerList::default();
    for ChoiceRow { kind, id, label, value } in rows {
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        match kind.as_str() {
            "owner" => list.owners.push(Choice { value: id, label }),
            "place" => list.municipalities.push(label),
            "view" => list.views.push(SavedView { id, name: label, address: value }),
            "rule" => list.rule = rule_of(label.parse().ok(), value.parse().ok()),
            year => list.sections.push(Choice { value: format!("{year}:{label}"), label }),
        }
    }
    list.municipalities.sort_by_key(|name| sort_key(name));
    list.owners.sort_by_key(|owner| sort_key(&owner.label));
    list.sections.sort_by(|a, b| a.value.cmp(&b.value));
    list.views.sort_by_key(|view| sort_key(&view.name));
    Ok(list)
}
