//! Lists on the screen, all pages of them, for a file.

use crate::Backend;
use crate::access::Actor;
use crate::audit::Use;
use crate::error::Result;
use domain::employers::{EmployerQuery, EmployerRow};
use domain::visits::{FeedQuery, VisitSeen};

/// A file of visits holds so many pages of the feed at most: 10,000 visits.
const PAGES_MAX: u32 = 200;

impl Backend {
    /// Every employer that a query asks for.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person may not read the register.
    pub async fn all_employers(&self, actor: &Actor, query: EmployerQuery) -> Result<Vec<EmployerRow>> {
        let mut rows = Vec::new();
        for page in 0.. {
            let list = self.employers(actor, &EmployerQuery { page, ..query.clone() }).await?;
            let (empty, total) = (list.rows.is_empty(), list.total as usize);
            rows.extend(list.rows);
            if empty || rows.len() >= total {
                break;
            }
        }
        Ok(rows)
    }

    /// The unit's visits, the latest 10,000 that a query asks for.
    ///
    /// # Errors
    /// [`crate::Error::NotThere`] when the person does not work in the field.
    pub async fn all_visits(&self, actor: &Actor, query: FeedQuery) -> Result<Vec<VisitSeen>> {
        let mut rows = Vec::new();
        for page in 0..PAGES_MAX {
            let feed = self.feed(actor, &FeedQuery { page, ..query }).await?;
            rows.extend(feed.visits);
            if !feed.more {
                break;
            }
        }
        Ok(rows)
    }

    /// Notes that a list went out as a file.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn note_file(&self, actor: &Actor, what: &'static str) -> Result<()> {
        let mut tx = self.write().await?;
        tx.note(Use::by(actor, "export", what, None));
        tx.commit().await
    }
}
