//! Choosing an employer on a desk page: by search, without browser code.

use crate::error::Result;
use crate::fetch_all;
use crate::store::Tx;
use domain::ids::EmployerId;
use domain::text::{fold, rank};
use uuid::Uuid;

/// So many are offered.
const OFFERED: usize = 20;

/// An employer that can be chosen.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Municipality.
    pub municipality: Option<String>,
}

/// The employers whose names fit a text the best.
pub(crate) async fn find(tx: &mut Tx, text: &str) -> Result<Vec<Offered>> {
    let text = fold(text);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, String, Option<String>)> = fetch_all!(
        tx,
        (Uuid, String, String, Option<String>),
        "select id, name, name_folded, municipality from employer where survivor_id is null order by name_sorted, id"
    )?;
    let mut found: Vec<_> = rows
        .into_iter()
        .filter_map(|(id, name, folded, municipality)| {
            Some((rank(&text, &folded)?, Offered { id: id.into(), name, municipality }))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    Ok(found.into_iter().take(OFFERED).map(|(_, offered)| offered).collect())
}
