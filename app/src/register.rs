//! The register's names in the browser: fetched once, kept in the page's memory, searched on each key
//! without the network.

use chrono::NaiveDate;
use domain::employers::{EmployerQuery, EmployerRow, LightRule};
use domain::ids::EmployerId;
use domain::likeness::Prepared;
use domain::text::{fold, rank};
use domain::visits::{FormEmployer, RECENT_SHOWN};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So long after a page has come the names are looked after, in milliseconds.
#[cfg(feature = "hydrate")]
const SETTLED: u32 = 3_000;

/// An employer, prepared for searching.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    id: EmployerId,
    name: String,
    folded: String,
    municipality: Option<String>,
    prepared: Prepared,
    do_not_contact: bool,
    last: Option<NaiveDate>,
    owner: Option<String>,
}

/// The names, and when the traffic light of silence changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Names {
    rule: LightRule,
    employers: Vec<Known>,
}

/// A list out of the register as this phone knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The first that fit, at most as many as were wished.
    pub rows: Vec<EmployerRow>,
    /// How many fit in all.
    pub total: usize,
    /// Every municipality.
    pub municipalities: Vec<String>,
    /// When the light changes.
    pub rule: LightRule,
}

/// An employer that a typed name is very like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Its name.
    pub name: String,
    /// Its municipality.
    pub municipality: Option<String>,
}

/// The names; in the context. Until they have come there is nothing to search.
#[derive(Clone, Copy)]
pub struct Register {
    known: RwSignal<Option<Arc<Names>>>,
    /// Is there nothing to be had, neither from the server nor from this phone?
    missing: RwSignal<bool>,
    asked: StoredValue<bool>,
}

impl Register {
    /// A register of which nothing has come yet.
    #[must_use]
    pub fn new() -> Self {
        Self { known: RwSignal::new(None), missing: RwSignal::new(false), asked: StoredValue::new(false) }
    }

    /// Fetches the names, once; when it does not succeed, again when it is asked for next.
    pub fn fetch(self) {
        if self.asked.get_value() {
            return;
        }
        self.asked.set_value(true);
        leptos::task::spawn_local(async move {
            match text().await {
                Some(text) => {
                    self.known.try_set(Some(Arc::new(Names::read(&text))));
                }
                None => {
                    self.asked.try_set_value(false);
                    if self.missing.try_get_untracked() == Some(false) {
                        self.missing.set(true);
                    }
                }
            }
        });
    }

    /// Fetches the names in the background for a start without a network, when those on this phone are not of the last hour.
    /// Not while the page is still coming.
    #[cfg(feature = "hydrate")]
    pub fn refresh(self) {
        leptos::task::spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(SETTLED).await;
            let asked = self.asked.try_get_value() != Some(false);
            if !asked && !crate::outbox::register_is_fresh().await {
                self.fetch();
            }
        });
    }

    /// The employers that fit best what was typed; none while nothing is typed or has come.
    #[must_use]
    pub fn search(self, typed: &str) -> Option<Vec<FormEmployer>> {
        let wanted = fold(typed);
        let known = self.known.get()?;
        if wanted.is_empty() {
            return None;
        }
        Some(known.fitting(&wanted).into_iter().take(RECENT_SHOWN as usize).map(Known::offer).collect())
    }

    /// An employer of the register; outside, none until the names have come or are known to be missing.
    #[must_use]
    pub fn find(self, id: EmployerId) -> Option<Option<FormEmployer>> {
        match self.known.get() {
            Some(known) => Some(known.employers.iter().find(|employer| employer.id == id).map(Known::offer)),
            None => self.missing.get().then_some(None),
        }
    }

    /// What a list asks for, as far as this phone knows it: name and municipality. None until the names have come or are
    /// known to be missing; then the list is empty.
    #[must_use]
    pub fn list(self, asked: &EmployerQuery, today: NaiveDate, most: usize) -> Option<Listed> {
        match self.known.get() {
            Some(known) => Some(known.list(asked, today, most)),
            None => self.missing.get().then(Listed::default),
        }
    }

    /// The employer that a typed name is very like, if there is one.
    #[must_use]
    pub fn similar(self, typed: &str) -> Option<Similar> {
        let typed = Prepared::new(typed, None, None);
        let known = self.known.get()?;
        let (_, like) = known
            .employers
            .iter()
            .filter_map(|employer| typed.likeness(&employer.prepared).map(|likeness| (likeness, employer)))
            .max_by_key(|(likeness, _)| *likeness)?;
        Some(Similar { name: like.name.clone(), municipality: like.municipality.clone() })
    }
}

impl Default for Register {
    fn default() -> Self {
        Self::new()
    }
}

impl Names {
    /// The register as the server writes it (`backend::employers::employer_names`): a line for each employer, and behind it
    /// one that begins with a tab, with its last visit and its owner. A line that is not understood is passed over: another
    /// version may have kept it.
    fn read(text: &str) -> Self {
        let mut names = Self::default();
        for line in text.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts[..] {
                ["", "light", amber, red] => {
                    let rule = amber.parse().ok().zip(red.parse().ok());
                    if let Some((amber, red)) = rule {
                        names.rule = LightRule { amber, red };
                    }
                }
                ["", last, owner] => {
                    if let Some(known) = names.employers.last_mut() {
                        known.last = last.parse().ok();
                        known.owner = Some(owner).filter(|name| !name.is_empty()).map(str::to_owned);
                    }
                }
                _ => names.employers.extend(Known::read(&parts)),
            }
        }
        names
    }

    /// The employers whose names fit a folded text, the best first.
    fn fitting(&self, wanted: &str) -> Vec<&Known> {
        let mut found: Vec<(u32, &Known)> = self
            .employers
            .iter()
            .filter_map(|employer| rank(wanted, &employer.folded).map(|rank| (rank, employer)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, employer)| employer).collect()
    }

    fn list(&self, asked: &EmployerQuery, today: NaiveDate, most: usize) -> Listed {
        let wanted = fold(&asked.text);
        let mut found =
            if wanted.is_empty() { self.employers.iter().collect() } else { self.fitting(&wanted) };
        if let Some(place) = &asked.municipality {
            found.retain(|employer| employer.municipality.as_ref() == Some(place));
        }
        let places = self.employers.iter().filter_map(|employer| employer.municipality.clone());
        Listed {
            total: found.len(),
            rows: found.into_iter().take(most).map(|employer| employer.row(self.rule, today)).collect(),
            municipalities: places.collect::<BTreeSet<_>>().into_iter().collect(),
            rule: self.rule,
        }
    }
}

impl Known {
    /// A line of the register: id, name, municipality, and a mark when it is not to be contacted.
    fn read(parts: &[&str]) -> Option<Self> {
        let [id, name, place, rest @ ..] = parts else { return None };
        Some(Self {
            id: id.parse().ok()?,
            folded: fold(name),
            prepared: Prepared::new(name, None, None),
            name: (*name).to_owned(),
            municipality: Some(*place).filter(|text| !text.is_empty()).map(str::to_owned),
            do_not_contact: !rest.is_empty(),
            last: None,
            owner: None,
        })
    }

    fn offer(&self) -> FormEmployer {
        FormEmployer {
            id: self.id,
            name: self.name.clone(),
            municipality: self.municipality.clone(),
            do_not_contact: self.do_not_contact,
        }
    }

    fn row(&self, rule: LightRule, today: NaiveDate) -> EmployerRow {
        EmployerRow {
            id: self.id,
            name: self.name.clone(),
            municipality: self.municipality.clone(),
            owner: self.owner.clone(),
            last_visit_on: self.last,
            silence: rule.silence(self.last, today),
            do_not_contact: self.do_not_contact,
        }
    }
}

/// The names from the server, and kept for a start without a network; else those that were kept.
#[cfg(feature = "hydrate")]
async fn text() -> Option<String> {
    match fetched().await {
        Some(text) => {
            crate::outbox::keep_register(&text).await;
            Some(text)
        }
        None => crate::outbox::kept_register().await,
    }
}

#[cfg(feature = "hydrate")]
async fn fetched() -> Option<String> {
    let request = gloo_net::http::Request::get("/employers.tsv")
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(8_000)));
    let response = request.send().await.ok()?;
    if !response.ok() || response.redirected() {
        return None;
    }
    response.text().await.ok()
}

/// The server searches in the database.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the browser's half waits for the network")]
async fn text() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\tlight\t30\t90
00000000-0000-7000-8000-000000000001\tHotelli Åvik\tKuopio\t1
\t2026-11-01\tMaija Malli
00000000-0000-7000-8000-000000000002\tAhon leipomo\t
\t\t
nothing that anybody knows\tx\ty
00000000-0000-7000-8000-000000000003\tKahvila Hertta\tIisalmi
";

    fn asked(text: &str, place: Option<&str>) -> EmployerQuery {
        EmployerQuery { text: text.into(), municipality: place.map(Into::into), ..EmployerQuery::default() }
    }

    fn names(listed: &Listed) -> Vec<&str> {
        listed.rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn the_register_is_read_with_silence_owner_and_mark() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 11).unwrap();
        let listed = Names::read(TEXT).list(&asked("", None), today, 50);
        assert_eq!(names(&listed), ["Hotelli Åvik", "Ahon leipomo", "Kahvila Hertta"]);
        assert_eq!(listed.municipalities, ["Iisalmi", "Kuopio"]);
        let [hotel, bakery, cafe] = &listed.rows[..] else { panic!("three rows") };
        assert!(hotel.do_not_contact && !bakery.do_not_contact && !cafe.do_not_contact);
        assert_eq!((hotel.owner.as_deref(), hotel.silence.days), (Some("Maija Malli"), 40));
        assert_eq!(hotel.silence.light, domain::employers::Light::Amber);
        assert_eq!((bakery.owner.as_deref(), &bakery.municipality), (None, &None));
        assert_eq!(cafe.silence.light, domain::employers::Light::Never);
    }

    #[test]
    fn a_list_is_searched_cut_and_counted() {
        let register = Names::read(TEXT);
        let today = NaiveDate::from_ymd_opt(2026, 12, 11).unwrap();
        assert_eq!(names(&register.list(&asked("leipo", None), today, 50)), ["Ahon leipomo"]);
        assert_eq!(names(&register.list(&asked("avik", Some("Kuopio")), today, 50)), ["Hotelli Åvik"]);
        assert_eq!(register.list(&asked("avik", Some("Iisalmi")), today, 50).total, 0);
        let cut = register.list(&asked("", None), today, 2);
        assert_eq!((cut.rows.len(), cut.total), (2, 3));
    }
}
