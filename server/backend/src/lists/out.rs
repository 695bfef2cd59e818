//! Lists that go out: each is noted. What is in them is read where the list on the screen is:
//! [`Backend::all_employers`], [`Backend::all_visits`], and the use cases of the pages that show all.

use crate::Backend;
use crate::access::Actor;
use crate::audit::Use;
use crate::error::Result;

impl Backend {
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
