//! The demo: made-up people whose password everybody knows.

use crate::error::{Error, Result};
use crate::import::{Organisation, is_demo, write_package};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one};
use domain::codes::{Code, Role};
use domain::package::Reading;
use serde::Serialize;

/// The password of everybody in the demo.
pub const DEMO_PASSWORD: &str = "kolme punaista omenaa";

/// The organisation of the demo.
const DEMO_ORGANISATION: &str = "Rinnalla demo";

/// Somebody who is on duty in the demo today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DemoPerson {
    /// Name.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
    /// What the person does.
    pub role: Role,
}

impl Backend {
    /// Fills an empty database with the demo; gives those who can sign in.
    ///
    /// # Errors
    /// When anything is in the database already.
    pub async fn make_demo(&self) -> Result<Vec<DemoPerson>> {
        let reading = Reading { package: domain::demo::package(self.clock.today()), ..Reading::default() };
        let organisation = Organisation { name: DEMO_ORGANISATION, demo: true };
        let mut tx = self.write().await?;
        if !holds_nothing(&mut tx).await? {
            return Err(Error::internal(
                "there is something in the database already, and a demo goes into an empty one only; \
                 give another with --database",
            ));
        }
        write_package(&mut tx, &reading, Some(organisation), &mut |_| ()).await?;
        liven_up(&mut tx).await?;
        tx.commit().await?;
        self.set_demo_password(DEMO_PASSWORD).await?;
        self.demo_people().await
    }

    /// Is this the database of the demo?
    ///
    /// # Errors
    /// When the database can't.
    pub async fn is_demo(&self) -> Result<bool> {
        is_demo(&mut self.read().await?).await
    }

    /// Is nothing in the database yet?
    ///
    /// # Errors
    /// When the database can't.
    pub async fn is_empty(&self) -> Result<bool> {
        holds_nothing(&mut self.read().await?).await
    }

    /// Who is on duty today, coaches first; nobody when this is not the demo.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn demo_people(&self) -> Result<Vec<DemoPerson>> {
        let mut tx = self.read().await?;
        if !is_demo(&mut tx).await? {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, String, String)> = fetch_all!(
            tx,
            (String, String, String),
            "select p.name, p.sign_in_name, o.role from person p join post o on o.person_id = p.id
             where o.from_day <= $1 and (o.to_day is null or o.to_day >= $1) and p.locked_at is null
                 and p.password_hash is not null
             order by p.name, o.from_day",
            self.clock.today()
        )?;
        let mut people = rows.into_iter().map(demo_person).collect::<Result<Vec<_>>>()?;
        people.sort_by_key(|person| person.role);
        Ok(people)
    }
}

/// What a county's package has no columns for: a chain, a note, a telephone, do-not-contact.
async fn liven_up(tx: &mut Tx) -> Result<()> {
    let today = tx.clock().today();
    let until = today.checked_add_days(chrono::Days::new(90)).unwrap_or(today);
    execute!(
        tx,
        "update employer set street = 'Torikatu 4', postal_code = '70110', website = 'https://www.example.fi',
             note = 'Ovi sisäpihan puolelta. Aamupäivät ovat kiireisiä.'
         where code = 'DE108'"
    )?;
    execute!(
        tx,
        "update employer_contact set phone = '040 555 0108', role = 'päättää rekrytoinnista'
         where employer_id in (select id from employer where code = 'DE108')"
    )?;
    execute!(
        tx,
        "update employer set chain_id = (select id from employer where code = 'DE010') where code in ('DE011', 'DE012')"
    )?;
    execute!(
        tx,
        "update employer set do_not_contact_reason = 'Toivovat taukoa yhteydenottoihin.', do_not_contact_from = $1,
             do_not_contact_until = $2, do_not_contact_by = owner_id where code = 'DE020'",
        today,
        until
    )?;
    Ok(())
}

fn demo_person((name, sign_in_name, role): (String, String, String)) -> Result<DemoPerson> {
    Ok(DemoPerson { name, sign_in_name, role: Role::parse(&role).map_err(Error::internal)? })
}

async fn holds_nothing(tx: &mut Tx) -> Result<bool> {
    let (rows,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select (select count(*) from organisation) + (select count(*) from unit)
             + (select count(*) from person) + (select count(*) from employer)"
    )?;
    Ok(rows == 0)
}
