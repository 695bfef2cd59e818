//! The lists on the screen as tables of texts, for a file.

use super::list_words;
use crate::i18n::{Dates, desk_words, language};
use crate::visits::client_word;
use backend::employers::{History, Route};
use chrono::NaiveDate;
use domain::access::Colleague;
use domain::employers::EmployerRow;
use domain::lists::out::Table;
use domain::visits::VisitSeen;

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| language().date(day)).unwrap_or_default()
}

fn table(title: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    Table { title: title.to_owned(), columns, rows: rows.collect() }
}

/// The register as it was filtered and sorted.
#[must_use]
pub fn employers_table(rows: Vec<EmployerRow>) -> Table {
    let (t, w) = (desk_words(), list_words());
    let columns = [t.name, t.municipality, t.owner, w.last_visit, w.days, t.do_not_contact];
    let row = |row: EmployerRow| {
        let days = row.last_visit_on.map(|_| row.silence.days.to_string()).unwrap_or_default();
        let silenced = if row.do_not_contact { t.do_not_contact } else { "" };
        vec![
            row.name,
            row.municipality.unwrap_or_default(),
            row.owner.unwrap_or_default(),
            day(row.last_visit_on),
            days,
            silenced.to_owned(),
        ]
    };
    table(t.employers_title, &columns, rows.into_iter().map(row))
}

/// The day's route.
#[must_use]
pub fn route_table(route: Route) -> Table {
    let (t, w) = (desk_words(), list_words());
    let columns = [
        t.name,
        w.street,
        t.postal_code,
        t.owner,
        w.last_visit,
        w.contact,
        t.visit_next_step,
        t.do_not_contact,
    ];
    let rows = route.stops.into_iter().map(|stop| {
        let contacts = stop.contacts.iter().map(|(name, title, phone)| {
            [name, title, phone]
                .into_iter()
                .filter(|part| !part.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(", ")
        });
        let steps =
            stop.next_steps.iter().map(|step| format!("{} {}", day(step.on), step.what).trim().to_owned());
        vec![
            stop.name,
            stop.street.unwrap_or_default(),
            stop.postal_code.unwrap_or_default(),
            stop.owner.unwrap_or_default(),
            day(stop.last.map(|(on, _)| on)),
            contacts.collect::<Vec<_>>().join("; "),
            steps.collect::<Vec<_>>().join("; "),
            stop.do_not_contact.unwrap_or_default(),
        ]
    });
    table(t.employers_route, &columns, rows)
}

/// Every change of an employer.
#[must_use]
pub fn history_table(history: History) -> Table {
    let t = desk_words();
    let said = |fields: &domain::employers::edit::Fields| {
        fields
            .iter()
            .map(|(name, value)| format!("{}: {value}", t.field(name)))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let columns = [t.visit_day, t.field_by, t.history, t.history_before, t.history_after, t.history_undone];
    let rows = history.changes.into_iter().map(|change| {
        vec![
            language().moment(change.on, Some(change.at)),
            change.by.unwrap_or_else(|| t.by_operator.to_owned()),
            t.change(&change.kind).to_owned(),
            said(&change.before),
            said(&change.after),
            if change.undone { t.history_undone.to_owned() } else { String::new() },
        ]
    });
    table(&format!("{} {}", t.history, history.name), &columns, rows)
}

/// The people of a unit.
#[must_use]
pub fn people_table(people: Vec<Colleague>) -> Table {
    let t = desk_words();
    let columns = [t.name, t.role, t.place, t.period, t.sign_in_name];
    let rows = people.into_iter().map(|person| {
        let period = format!("{}–{}", language().date(person.from), day(person.to));
        vec![person.name, t.role_of(person.role).to_owned(), person.place, period, person.sign_in_name]
    });
    table(t.people_title, &columns, rows)
}

/// The unit's visits.
#[must_use]
pub fn visits_table(visits: Vec<VisitSeen>) -> Table {
    let t = desk_words();
    let columns = [
        t.employer,
        t.visit_day,
        t.role_coach,
        t.visit_mode,
        t.visit_purpose,
        t.visit_client,
        t.visit_summary,
        t.visit_next_step,
    ];
    let rows = visits.into_iter().map(|visit| {
        let who: Vec<String> = std::iter::once(visit.coach.clone()).chain(visit.with.clone()).collect();
        vec![
            visit.employer_name.clone(),
            language().moment(visit.day, visit.time),
            who.join(", "),
            t.mode(visit.mode).to_owned(),
            t.purpose(visit.purpose).to_owned(),
            client_word(&visit.client).unwrap_or_default(),
            visit.summary.clone().unwrap_or_default(),
            visit
                .next_step
                .as_ref()
                .map(|step| format!("{} {}", day(step.on), step.what).trim().to_owned())
                .unwrap_or_default(),
        ]
    });
    table(t.feed_title, &columns, rows)
}
