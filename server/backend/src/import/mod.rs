//! Writes a county's package to the tables, in one transaction.
//!
//! A row that is there already is found by its code (or by what makes it that row) and left as it
//! is: the same package twice changes nothing. A code that is an identity, as an export writes it for a
//! row that never had a code, is the row's own identity. Where the database and the package say different
//! things under one code, the database wins and the report says so. Where a code stands for
//! somebody else in the database, nothing at all is written: the rows that point to it would end
//! up with the wrong person, employer or client.
//!
//! | files | module |
//! |---|---|
//! | units, teams, staff | `people` |
//! | employers | `register` |
//! | clients | `clients` |
//! | jobs, transitions, qualifications, supports | `steps` |
//! | contacts | `visits` |
//! | `time_use`, meetings, proms, feedback, fidelity | `service` |

mod clients;
mod people;
mod register;
mod report;
mod service;
mod steps;
mod visits;

pub use report::{Difference, FileCount, Imported, Why};

use crate::audit::Use;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::retention::Tombstones;
use crate::store::Tx;
use crate::{Backend, execute, fetch_optional};
use chrono::NaiveDate;
use domain::calendar::is_on;
use domain::package::{Package, Reading};
use domain::text::fold;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is to be done with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing but to say what would happen.
    Check,
    /// To write it if every row is good.
    AllOrNothing,
    /// To write its good rows.
    GoodRows,
}

/// A file is about to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which.
    pub file: &'static str,
    /// How many rows it has.
    pub rows: usize,
}

/// Is told what is being done.
pub type Tell<'t> = &'t mut (dyn FnMut(Progress) + Send);

impl Backend {
    /// Writes a package, or says what would happen if it were written.
    ///
    /// Everything is tried in a transaction, also when it is clear that nothing will be kept: so
    /// one report says all that there is to say.
    ///
    /// # Errors
    /// When the database can't, or the rows of the package point to rows that it does not have
    /// (those of a `Reading` never do).
    pub async fn import(&self, reading: &Reading, wanted: Wanted, tell: Tell<'_>) -> Result<Imported> {
        let mut tx = self.write().await?;
        let mut imported = write_package(&mut tx, reading, None, tell).await?;
        imported.demo = is_demo(&mut tx).await?;
        let taken = match wanted {
            Wanted::Check => false,
            Wanted::AllOrNothing => reading.is_whole(),
            Wanted::GoodRows => true,
        };
        if taken && !imported.stops() {
            tx.commit().await?;
            imported.written = true;
        }
        Ok(imported)
    }
}

/// The organisation, where its name is not to be that of the first unit.
pub(crate) struct Organisation<'a> {
    pub(crate) name: &'a str,
    pub(crate) demo: bool,
}

/// Writes the rows of a package and notes the use; the caller commits, or does not.
pub(crate) async fn write_package(
    tx: &mut Tx,
    reading: &Reading,
    organisation: Option<Organisation<'_>>,
    tell: Tell<'_>,
) -> Result<Imported> {
    let today = tx.clock().today();
    let mut import = Import {
        tx,
        package: &reading.package,
        today,
        known: Known::default(),
        imported: Imported::of(&reading.counts),
        clients: BTreeSet::new(),
        tombstones: None,
    };
    import.organisation(organisation).await?;
    import.tables(tell).await?;
    crate::employers::count_all_visits(import.tx).await?;
    let clients = std::mem::take(&mut import.clients).into_iter().collect();
    let imported = import.imported;
    tx.note(Use { clients, ..Use::by_operator("import", "package", None) });
    Ok(imported)
}

/// A package on its way into the database.
struct Import<'a> {
    tx: &'a mut Tx,
    package: &'a Package,
    today: NaiveDate,
    known: Known<'a>,
    imported: Imported,
    /// Whose data was written.
    clients: BTreeSet<Uuid>,
    /// What was erased.
    tombstones: Option<Tombstones>,
}

/// Codes of the package and what they stand for in the database.
#[derive(Default)]
struct Known<'a> {
    units: BTreeMap<&'a str, Uuid>,
    teams: BTreeMap<&'a str, Home>,
    people: BTreeMap<&'a str, Person>,
    employers: BTreeMap<&'a str, Uuid>,
    clients: BTreeMap<&'a str, Uuid>,
    /// Clients whose records were erased here: what the package has of them stays away.
    erased: BTreeSet<&'a str>,
    jobs: BTreeMap<&'a str, Uuid>,
    /// Employers that another stands for, and which.
    survivors: BTreeMap<Uuid, Uuid>,
    /// Posts of people who came with this package.
    posts: BTreeMap<Uuid, Vec<Posted>>,
}

/// Where somebody works: a unit, or a team of a unit.
#[derive(Clone, Copy)]
struct Home {
    unit: Uuid,
    team: Option<Uuid>,
}

/// Somebody of staff.
#[derive(Clone, Copy)]
struct Person {
    id: Uuid,
    unit: Uuid,
}

/// A post of somebody who came with this package.
struct Posted {
    unit: Uuid,
    coaches: bool,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

/// What became of a row.
enum Became {
    New,
    Unchanged,
    /// There is a row with other content.
    Differs(Why),
    /// An employer got its code, and perhaps what the register did not know.
    Joined(Option<Why>),
}

impl<'a> Import<'a> {
    async fn organisation(&mut self, given: Option<Organisation<'_>>) -> Result<()> {
        let first_unit =
            self.package.units.first().map(|unit| Organisation { name: &unit.name, demo: false });
        let Some(organisation) = given.or(first_unit) else { return Ok(()) };
        let now = self.tx.clock().now();
        execute!(
            self.tx,
            "insert into organisation (id, name, demo, created_at) values (1, $1, $2, $3)
             on conflict (id) do nothing",
            organisation.name,
            organisation.demo,
            now
        )?;
        Ok(())
    }

    /// Writes the tables in such an order that a row only points to rows written before.
    async fn tables(&mut self, tell: Tell<'_>) -> Result<()> {
        let package = self.package;
        macro_rules! each {
            ($($list:ident: $write:ident),+ $(,)?) => {$(
                tell(Progress { file: concat!(stringify!($list), ".csv"), rows: package.$list.len() });
                for row in &package.$list {
                    self.$write(row).await?;
                }
            )+};
        }
        each! { units: unit, teams: team, staff: person }
        let owners = self.owners();
        tell(Progress { file: "employers.csv", rows: package.employers.len() });
        for row in &package.employers {
            self.employer(row, owners.get(row.employer.as_str()).copied()).await?;
        }
        self.known.survivors = self.survivors().await?;
        self.tombstones = Tombstones::read(self.tx).await?;
        each! {
            clients: client,
            contacts: visit,
            jobs: job,
            transitions: transition,
            qualifications: qualification,
            supports: support,
            time_use: time_use,
            meetings: meeting,
            proms: measure_answer,
        }
        tell(Progress { file: "feedback.csv", rows: package.feedback.len() });
        self.feedback().await?;
        each! { fidelity: assessment_score }
        Ok(())
    }

    /// Counts a row, and reports it where the database says something else.
    fn count(&mut self, file: &'static str, code: impl FnOnce() -> String, became: Became) {
        let count = self.imported.file(file);
        let why = match became {
            Became::New => {
                count.new += 1;
                None
            }
            Became::Unchanged => {
                count.unchanged += 1;
                None
            }
            Became::Differs(why) => {
                count.differs += 1;
                Some(why)
            }
            Became::Joined(why) => {
                count.joined += 1;
                why
            }
        };
        self.imported.differs.extend(why.map(|why| Difference { file, code: code(), why }));
    }

    /// Was the client of a row erased? Then the row is counted and stays away (O9).
    fn is_erased(&mut self, client: &str, file: &'static str, code: impl FnOnce() -> String) -> bool {
        let erased = self.known.erased.contains(client);
        if erased {
            self.count(file, code, Became::Differs(Why::Erased));
        }
        erased
    }

    /// Counts a row of a client's; a new one is a change to the client's data.
    fn count_of_client(
        &mut self,
        client: Uuid,
        file: &'static str,
        code: impl FnOnce() -> String,
        became: Became,
    ) {
        if matches!(became, Became::New) {
            self.clients.insert(client);
        }
        self.count(file, code, became);
    }
}

impl Known<'_> {
    /// The employer that stands for one that was merged; itself, where it was not.
    fn survivor(&self, employer: Uuid) -> Uuid {
        self.survivors.get(&employer).copied().unwrap_or(employer)
    }

    /// The unit in which somebody coached on a day: that of the post then held, else of the first.
    fn unit_on(&self, person: Person, day: NaiveDate) -> Uuid {
        let posts = self.posts.get(&person.id).map_or(&[][..], Vec::as_slice);
        let held = posts.iter().find(|post| post.coaches && is_on(post.from, post.to, day));
        held.map_or(person.unit, |post| post.unit)
    }
}

/// The identity that a new row gets, and its code; a code that is an identity is the row's own.
fn identity(code: &str) -> (Uuid, Option<&str>) {
    let own = Uuid::try_parse(code).ok().filter(|id| id.to_string() == code);
    own.map_or_else(|| (new_id(), Some(code)), |id| (id, None))
}

/// What a code of the package stands for.
fn known<T: Copy>(map: &BTreeMap<&str, T>, code: &str) -> Result<T> {
    let unknown = || Error::internal(format!("the package points to “{code}” and does not have it"));
    map.get(code).copied().ok_or_else(unknown)
}

/// What a code of the package stands for, where one is given.
fn known_if<T: Copy>(map: &BTreeMap<&str, T>, code: Option<&String>) -> Result<Option<T>> {
    code.map(|code| known(map, code)).transpose()
}

/// Have two names a word in common? If not, they can hardly name the same.
fn share_a_word(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    other.split(' ').any(|word| one.split(' ').any(|mine| mine == word))
}

/// Are both known and not the same?
fn known_to_differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Is this the database of the demo?
pub(crate) async fn is_demo(tx: &mut Tx) -> Result<bool> {
    let demo: Option<(bool,)> = fetch_optional!(tx, (bool,), "select demo from organisation where id = 1")?;
    Ok(demo.is_some_and(|(demo,)| demo))
}

/// A row of the database beside one of the package: the columns that are compared, under the
/// package's names for them.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty = $column:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, sqlx::FromRow)]
        struct $name {
            id: uuid::Uuid,
            $($field: $type,)+
        }

        impl $name {
            /// The columns in which the database says something else.
            fn differing(&self, there: &Self) -> Vec<&'static str> {
                let mut columns = Vec::new();
                $(if self.$field != there.$field { columns.push($column); })+
                columns
            }

            /// What becomes of a row whose code is there already.
            #[allow(dead_code, reason = "some tables look at more than the columns")]
            fn beside(&self, there: &Self) -> $crate::import::Became {
                $crate::import::became(self.differing(there))
            }
        }
    };
}
use record;

fn became(differing: Vec<&'static str>) -> Became {
    if differing.is_empty() { Became::Unchanged } else { Became::Differs(Why::OtherContent(differing)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_word_in_common_may_be_of_the_same() {
        assert!(share_a_word("Sari Polkuniemi", "Sari Virtanen"));
        assert!(share_a_word("Åkerlund Oy", "AKERLUND"));
        assert!(!share_a_word("Sari Polkuniemi", "Mikko Tukiranta"));
    }

    #[test]
    fn what_is_not_known_does_not_differ() {
        assert!(known_to_differ(Some(&1), Some(&2)));
        assert!(!known_to_differ(Some(&1), Some(&1)));
        assert!(!known_to_differ(None, Some(&1)));
    }
}
