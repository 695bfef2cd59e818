//! Units, teams, and the people who work in them.

use super::{Became, Home, Import, Person, Posted, Why, became, identity, known, record, share_a_word};
use crate::clock::new_id;
use crate::error::Result;
use crate::people::{free_sign_in_name, insert_person};
use crate::{execute, fetch_all, fetch_one};
use chrono::NaiveDate;
use domain::codes::{Code, Role};
use domain::package::{Fte, Staff, Team, Unit};
use uuid::Uuid;

record! {
    UnitRecord {
        name: String = "name",
        service: String = "service",
        municipality: Option<String> = "municipality",
    }
}

record! {
    TeamRecord { name: String = "name", level: String = "level", unit_id: Uuid = "unit" }
}

record! {
    /// A person with one of the posts; without, where there is none.
    StaffRecord {
        name: String = "name",
        role: Option<String> = "role",
        unit_id: Option<Uuid> = "unit_or_team",
        team_id: Option<Uuid> = "unit_or_team",
        fte_hundredths: Option<i64> = "fte",
        from_day: Option<NaiveDate> = "from",
        to_day: Option<NaiveDate> = "to",
    }
}

impl<'a> Import<'a> {
    pub(super) async fn unit(&mut self, row: &'a Unit) -> Result<()> {
        let here = UnitRecord {
            id: new_id(),
            name: row.name.clone(),
            service: row.service.code().to_owned(),
            municipality: row.municipality.clone(),
        };
        let added = execute!(
            self.tx,
            "insert into unit (id, code, name, service, municipality) values ($1, $2, $3, $4, $5)
             on conflict (code) do nothing",
            here.id,
            &row.unit,
            &here.name,
            &here.service,
            &here.municipality
        )?;
        let (id, became) = if added == 1 {
            (here.id, Became::New)
        } else {
            let there = fetch_one!(
                self.tx,
                UnitRecord,
                "select id, name, service, municipality from unit where code = $1",
                &row.unit
            )?;
            (there.id, unit_beside(&here, &there))
        };
        self.known.units.insert(&row.unit, id);
        self.count("units.csv", || row.unit.clone(), became);
        Ok(())
    }

    pub(super) async fn team(&mut self, row: &'a Team) -> Result<()> {
        let here = TeamRecord {
            id: new_id(),
            name: row.name.clone(),
            level: row.level.code().to_owned(),
            unit_id: known(&self.known.units, &row.unit)?,
        };
        let added = execute!(
            self.tx,
            "insert into team (id, code, name, level, unit_id) values ($1, $2, $3, $4, $5)
             on conflict (code) do nothing",
            here.id,
            &row.team,
            &here.name,
            &here.level,
            here.unit_id
        )?;
        let (home, became) = if added == 1 {
            (Home { unit: here.unit_id, team: Some(here.id) }, Became::New)
        } else {
            let there = fetch_one!(
                self.tx,
                TeamRecord,
                "select id, name, level, unit_id from team where code = $1",
                &row.team
            )?;
            (Home { unit: there.unit_id, team: Some(there.id) }, team_beside(&here, &there))
        };
        self.known.teams.insert(&row.team, home);
        self.count("teams.csv", || row.team.clone(), became);
        Ok(())
    }

    pub(super) async fn person(&mut self, row: &'a Staff) -> Result<()> {
        let home = match row.role {
            Role::Referrer => known(&self.known.teams, &row.unit_or_team)?,
            Role::Coach | Role::Lead | Role::Reviewer | Role::Admin => {
                Home { unit: known(&self.known.units, &row.unit_or_team)?, team: None }
            }
        };
        let (id, code) = identity(&row.staff);
        let here = StaffRecord {
            id,
            name: row.name.clone(),
            role: Some(row.role.code().to_owned()),
            unit_id: Some(home.unit),
            team_id: home.team,
            fte_hundredths: row.fte.map(|Fte(share)| share),
            from_day: Some(row.from),
            to_day: row.to,
        };
        let there = fetch_all!(
            self.tx,
            StaffRecord,
            "select p.id, p.name, o.role, o.unit_id, o.team_id, o.fte_hundredths, o.from_day, o.to_day
             from person p left join post o on o.person_id = p.id where p.code = $1 or p.id = $2
             order by o.from_day, o.id",
            code,
            id
        )?;
        let (id, became) = match there.first() {
            // One of several posts of somebody who came a row before.
            Some(first) if self.known.posts.contains_key(&first.id) => {
                self.add_post(first.id, &here).await?;
                (first.id, Became::New)
            }
            Some(first) => (first.id, person_beside(&here, &there)),
            None => {
                self.add_person(code, &here).await?;
                self.known.posts.insert(here.id, Vec::new());
                (here.id, Became::New)
            }
        };
        if let Some(posts) = self.known.posts.get_mut(&id) {
            let coaches = matches!(row.role, Role::Coach | Role::Lead);
            posts.push(Posted { unit: home.unit, coaches, from: row.from, to: row.to });
        }
        self.known.people.entry(&row.staff).or_insert(Person { id, unit: home.unit });
        self.count("staff.csv", || row.staff.clone(), became);
        Ok(())
    }

    async fn add_person(&mut self, code: Option<&str>, person: &StaffRecord) -> Result<()> {
        let sign_in_name = free_sign_in_name(self.tx, &person.name).await?;
        insert_person(self.tx, person.id.into(), code, &person.name, &sign_in_name).await?;
        self.add_post(person.id, person).await
    }

    async fn add_post(&mut self, person: Uuid, post: &StaffRecord) -> Result<()> {
        execute!(
            self.tx,
            "insert into post (id, person_id, role, unit_id, team_id, fte_hundredths, from_day, to_day)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            new_id(),
            person,
            &post.role,
            post.unit_id,
            post.team_id,
            post.fte_hundredths,
            post.from_day,
            post.to_day
        )?;
        Ok(())
    }
}

/// Another unit under the same code has another name and place, or nothing of the name.
fn unit_beside(here: &UnitRecord, there: &UnitRecord) -> Became {
    let moved = super::known_to_differ(here.municipality.as_ref(), there.municipality.as_ref());
    if here.name != there.name && (moved || !share_a_word(&here.name, &there.name)) {
        return Became::Differs(Why::Another);
    }
    here.beside(there)
}

/// Another team under the same code is another unit's, or has nothing of the name.
fn team_beside(here: &TeamRecord, there: &TeamRecord) -> Became {
    if here.unit_id != there.unit_id || !share_a_word(&here.name, &there.name) {
        return Became::Differs(Why::Another);
    }
    here.beside(there)
}

/// A person beside the one who has the code, post by post: the post that fits best counts. Another
/// person under the same code has another name and unit, or nothing of the name.
fn person_beside(here: &StaffRecord, there: &[StaffRecord]) -> Became {
    let unit_too = there.iter().any(|post| post.unit_id == here.unit_id);
    let other_name = there.first().filter(|first| first.name != here.name);
    if other_name.is_some_and(|first| !unit_too || !share_a_word(&first.name, &here.name)) {
        return Became::Differs(Why::Another);
    }
    let mut best = there.iter().map(|post| here.differing(post)).min_by_key(Vec::len).unwrap_or_default();
    best.dedup();
    became(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(name: &str, unit: u128, from: &str) -> StaffRecord {
        StaffRecord {
            id: Uuid::nil(),
            name: name.to_owned(),
            role: Some("coach".to_owned()),
            unit_id: Some(Uuid::from_u128(unit)),
            team_id: None,
            fte_hundredths: Some(100),
            from_day: from.parse().ok(),
            to_day: None,
        }
    }

    #[test]
    fn of_several_posts_the_one_that_fits_counts() {
        let there = [post("Sari Polkuniemi", 1, "2020-01-01"), post("Sari Polkuniemi", 1, "2024-04-01")];
        let here = post("Sari Polkuniemi", 1, "2024-04-01");
        assert!(matches!(person_beside(&here, &there), Became::Unchanged));
        let here = StaffRecord { fte_hundredths: Some(50), ..here };
        assert!(
            matches!(person_beside(&here, &there), Became::Differs(Why::OtherContent(columns)) if columns == ["fte"])
        );
    }

    #[test]
    fn a_new_surname_is_the_same_person_and_another_unit_too_is_not() {
        let there = [post("Sari Polkuniemi", 1, "2024-04-01")];
        let married = post("Sari Virtanen", 1, "2024-04-01");
        assert!(matches!(person_beside(&married, &there), Became::Differs(Why::OtherContent(_))));
        let namesake = post("Sari Virtanen", 2, "2024-04-01");
        assert!(matches!(person_beside(&namesake, &there), Became::Differs(Why::Another)));
        let somebody = post("Mikko Tukiranta", 1, "2024-04-01");
        assert!(matches!(person_beside(&somebody, &there), Became::Differs(Why::Another)));
    }
}
