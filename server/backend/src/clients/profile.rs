//! The professional profile, each version whole.

use super::{Tried, note};
use crate::access::{Actor, KnownClient, authorise};
use crate::clock::{ZONE, new_id};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Action, Object};
use domain::clients::profile::{Profile, ProfileFields};
use domain::forms::FieldError;
use domain::ids::ClientId;

/// The profile with all its versions.
#[derive(Clone, Debug)]
pub struct ProfilePage {
    /// The client.
    pub id: ClientId,
    /// The client's alias.
    pub alias: String,
    /// Every version, the latest first; nothing was written yet where there is none.
    pub versions: Vec<ProfileVersion>,
    /// May the reader write?
    pub can_write: bool,
}

/// A version of the profile.
#[derive(Clone, Debug)]
pub struct ProfileVersion {
    /// Its number, from 1.
    pub version: i64,
    /// Who saved it.
    pub by: String,
    /// When.
    pub day: NaiveDate,
    /// What it says.
    pub profile: Profile,
}

impl ProfilePage {
    /// The number of the latest version; 0 where there is none.
    #[must_use]
    pub fn latest(&self) -> i64 {
        self.versions.first().map_or(0, |version| version.version)
    }
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    alias: String,
    version: Option<i64>,
    name: Option<String>,
    body: Option<String>,
    saved_at: Option<DateTime<Utc>>,
}

async fn versions(tx: &mut Tx, client: ClientId) -> Result<Vec<VersionRow>> {
    Ok(fetch_all!(
        tx,
        VersionRow,
        "select c.alias, f.version, p.name, f.body, f.saved_at from client c
             left join client_profile f on f.client_id = c.id left join person p on p.id = f.person_id
         where c.id = $1 order by f.version desc",
        client.uuid()
    )?)
}

impl Backend {
    /// The profile with all its versions.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the client is not there for this person.
    pub async fn client_profile(&self, actor: &Actor, id: ClientId) -> Result<ProfilePage> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::ReadClient, id).await?;
        let rows = versions(&mut tx, id).await?;
        let object = Object::Client {
            id,
            unit: client.unit,
            relation: client.relation,
            coaches: client.coaches.clone(),
        };
        let mut page = ProfilePage {
            id,
            alias: rows.first().map(|row| row.alias.clone()).unwrap_or_default(),
            versions: Vec::with_capacity(rows.len()),
            can_write: actor.may(Action::WriteClient, &object),
        };
        for row in rows {
            let (Some(version), Some(body), Some(saved)) = (row.version, row.body, row.saved_at) else {
                continue;
            };
            page.versions.push(ProfileVersion {
                version,
                by: row.name.unwrap_or_default(),
                day: saved.with_timezone(&ZONE).date_naive(),
                profile: serde_json::from_str(&body).map_err(Error::internal)?,
            });
        }
        note(&mut tx, actor, "read", "client_profile", id);
        tx.commit().await?;
        Ok(page)
    }

    /// Saves a version after the one that the form was opened with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn save_profile(
        &self,
        actor: &Actor,
        client: ClientId,
        after: i64,
        fields: &ProfileFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, client).await?;
        let profile = match fields.read() {
            Ok(profile) => profile,
            Err(errors) => return Ok(Err(errors)),
        };
        let now = tx.clock().now();
        let body = serde_json::to_string(&profile).map_err(Error::internal)?;
        // Who comes second finds the number taken, or the version gone on.
        let saved = execute!(
            tx,
            "insert into client_profile (id, client_id, version, person_id, body, saved_at)
             select $1, c.id, cast($3 as bigint) + 1, $4, $5, $6 from client c where c.id = $2
                 and cast($3 as bigint) = (select coalesce(max(f.version), 0) from client_profile f where f.client_id = $2)
             on conflict (client_id, version) do nothing",
            new_id(),
            client.uuid(),
            after,
            actor.person.uuid(),
            body,
            now
        )?;
        if saved == 0 {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        note(&mut tx, actor, "write", "client_profile", client);
        tx.commit().await?;
        Ok(Ok(()))
    }
}
