//! The register's names in the browser: fetched once, kept in the page's memory, searched on each key
//! without the network.

use domain::ids::EmployerId;
use domain::likeness::Prepared;
use domain::text::{fold, rank};
use domain::visits::{FormEmployer, RECENT_SHOWN};
use leptos::prelude::*;
use std::sync::Arc;

/// An employer, prepared for searching.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    id: EmployerId,
    name: String,
    folded: String,
    municipality: Option<String>,
    prepared: Prepared,
    do_not_contact: bool,
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
    known: RwSignal<Option<Arc<Vec<Known>>>>,
    asked: StoredValue<bool>,
}

impl Register {
    /// A register of which nothing has come yet.
    #[must_use]
    pub fn new() -> Self {
        Self { known: RwSignal::new(None), asked: StoredValue::new(false) }
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
                    let known = Arc::new(text.lines().filter_map(read).collect::<Vec<_>>());
                    self.known.try_set(Some(known));
                }
                None => {
                    self.asked.try_set_value(false);
                }
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
        let mut found: Vec<(u32, &Known)> = known
            .iter()
            .filter_map(|employer| rank(&wanted, &employer.folded).map(|rank| (rank, employer)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        let offer = |(_, employer): (u32, &Known)| FormEmployer {
            id: employer.id,
            name: employer.name.clone(),
            municipality: employer.municipality.clone(),
            do_not_contact: employer.do_not_contact,
        };
        Some(found.into_iter().take(RECENT_SHOWN as usize).map(offer).collect())
    }

    /// The employer that a typed name is very like, if there is one.
    #[must_use]
    pub fn similar(self, typed: &str) -> Option<Similar> {
        let typed = Prepared::new(typed, None, None);
        let known = self.known.get()?;
        let (_, like) = known
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

/// A line of the register: id, name, municipality, and a mark when it is not to be contacted, parted by
/// tabs.
fn read(line: &str) -> Option<Known> {
    let mut parts = line.split('\t');
    let (id, name) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
    let municipality = parts.next().filter(|text| !text.is_empty()).map(str::to_owned);
    let do_not_contact = parts.next().is_some();
    let prepared = Prepared::new(&name, None, None);
    Some(Known { id, folded: fold(&name), name, municipality, prepared, do_not_contact })
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
    let response = gloo_net::http::Request::get("/employers.tsv").send().await.ok()?;
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
