//! Which entries a backup holds, so that phones know what they may let go (O4, O23).
//!
//! A backup begins by marking what has come; the copy is made after that, so that it holds at least what was marked; and
//! when the copy is whole, phones are told its number.

use crate::audit::{Chain, verify};
use crate::error::{Error, Result};
use crate::{Backend, execute, fetch_one};

impl Backend {
    /// Begins a backup: gives its number. The copy has to be made after this.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn begin_backup(&self) -> Result<i64> {
        let mut tx = self.write().await?;
        let (number,): (i64,) = fetch_one!(
            tx,
            (i64,),
            "insert into backup (number, begun_at)
             select coalesce(max(number), 0) + 1, $1 from backup where true returning number",
            self.clock.now()
        )?;
        execute!(tx, "update arrival set backup = $1 where backup is null", number)?;
        tx.commit().await?;
        Ok(number)
    }

    /// Looks a database over that was restored: what is wrong with it, and how many visits are in it.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub async fn look_over(&self) -> Result<(Vec<String>, i64)> {
        let mut faults = self.store.faults().await?;
        let mut tx = self.read().await?;
        if let Chain::Broken { seq } = verify(&mut tx).await? {
            faults.push(format!("The use log is broken from row {seq} on."));
        }
        let (visits,): (i64,) = fetch_one!(tx, (i64,), "select count(*) from visit")?;
        Ok((faults, visits))
    }

    /// Says that the copy is whole, and where nobody can lose it together with the server.
    ///
    /// # Errors
    /// [`Error::NotThere`] when no such backup was begun.
    pub async fn finish_backup(&self, number: i64) -> Result<()> {
        let mut tx = self.write().await?;
        let finished = execute!(
            tx,
            "update backup set whole_at = $2 where number = $1 and whole_at is null",
            number,
            self.clock.now()
        )?;
        if finished == 0 {
            return Err(Error::NotThere);
        }
        tx.commit().await
    }
}
