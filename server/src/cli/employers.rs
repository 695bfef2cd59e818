//! `rinnalla employers`: a list of employers into the register.

use super::output::{counted, json, line, table};
use super::{Failure, database};
use app::i18n::desk_words_in;
use backend::lists::{Compared, ComparedRow};
use clap::Args;
use clap::builder::PossibleValuesParser;
use domain::codes::Language;
use domain::employers::edit::EditError;
use domain::lists::columns::{Column, Mapping, MappingError};
use domain::lists::compare::{Decision, Group, Settling};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

const ABOUT: &str = "\
Take a list of employers into the register

The file is CSV, XLSX, ODS, or the open data of the business register (YTJ), as JSON or ZIP. Each row is
compared with the register: new ones are added, and what the register lacks of those it has is filled in;
nothing that stands there is changed. Rows whose name differs by a letter or two are never guessed about:
settle them with --near, or in the app, where the list waits for the person named with --as.

Exit status: 0 = done, 1 = not written.";

const EXAMPLES: &str = "\
Examples:
  rinnalla employers list.xlsx --as L1 --check            say what would happen
  rinnalla employers list.xlsx --as L1                    do it
  rinnalla employers all.zip --as L1 --municipality Kajaani --municipality Sotkamo
  rinnalla employers list.csv --as L1 --map name=1 --map municipality=4
  rinnalla employers list.csv --as L1 --near add          rows with almost the same name are new ones";

#[derive(Debug, Args)]
#[command(about = "Take a list of employers into the register", long_about = ABOUT, after_help = EXAMPLES)]
pub(crate) struct Employers {
    /// The file
    file: PathBuf,
    /// The team lead in whose name it is done: the name to sign in with, or the code of staff.csv
    #[arg(long = "as", value_name = "NAME")]
    lead: String,
    /// Write nothing, only say what would happen
    #[arg(long)]
    check: bool,
    /// Of the business register, only this municipality; may be given several times
    #[arg(long, value_name = "NAME")]
    municipality: Vec<String>,
    /// What a column holds, counted from 1: name=2; what is not named is guessed from the header
    #[arg(long, value_name = "WHAT=COLUMN", value_parser = column)]
    map: Vec<(Column, usize)>,
    /// Rows whose name is almost the same as one in the register
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(["fill", "add", "leave"]))]
    near: Option<String>,
    /// Rows with the same name as one in the register [default: fill]
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(["fill", "add", "leave"]))]
    same_name: Option<String>,
    /// Rows with the same business ID as one in the register [default: fill]
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(["fill", "branch", "leave"]))]
    same_id: Option<String>,
    /// Take a row without what is wrong in it
    #[arg(long)]
    without_wrong: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

/// `name=2`: the column and its place, from 0.
fn column(text: &str) -> Result<(Column, usize), String> {
    let (code, place) = text.split_once('=').ok_or("such as name=2")?;
    let codes = || Column::ALL.iter().map(|column| column.code()).collect::<Vec<_>>().join(", ");
    let column = Column::parse(code).ok_or_else(|| format!("one of {}", codes()))?;
    match place.parse::<usize>() {
        Ok(place) if (1..=domain::lists::CELLS_MAX).contains(&place) => Ok((column, place - 1)),
        _ => Err("the column is a number from 1".to_owned()),
    }
}

impl Employers {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let bytes = std::fs::read(&self.file)
            .map_err(|error| Failure::new(format!("{} can't be read: {error}", self.file.display())))?;
        let backend = database::open_existing(database).await?;
        let lead = backend.operator_as(&self.lead).await.map_err(|error| self.unknown(error))?;
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let taken = backend.take_list(&lead, &name, bytes, self.municipality.clone()).await;
        let id =
            taken.map_err(|error| self.unknown(error))?.map_err(|error| Failure::new(error.to_string()))?;
        let mapping = self.mapping(backend.list(&lead, id).await?.mapping);
        if let Err(error) = backend.name_columns(&lead, id, mapping).await? {
            backend.drop_list(&lead, id).await?;
            return Err(Failure::new(match error {
                MappingError::NoName => {
                    "no column looks like a name; say which with --map name=COLUMN".to_owned()
                }
                MappingError::Twice(column) => {
                    format!("two columns are {}; name one with --map", column.code())
                }
            }));
        }
        backend.settle_list(&lead, id, self.settling()).await?;
        let compared = backend.compare_list(&lead, id).await?;
        let written = if self.check {
            backend.drop_list(&lead, id).await?;
            false
        } else {
            backend.write_list(&lead, id).await?.is_ok()
        };
        backend.store.close().await;
        if self.json {
            json(&report(&compared, written))?;
        } else {
            self.tell(&compared, written)?;
        }
        Ok(if written || self.check { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn unknown(&self, error: backend::Error) -> Failure {
        match error {
            backend::Error::NotThere => Failure::new(format!(
                "“{}” is no team lead today; give the name to sign in with, such as maija.aho, or the code of staff.csv",
                self.lead
            )),
            other => other.into(),
        }
    }

    fn mapping(&self, guessed: Mapping) -> Mapping {
        let mut mapping = Mapping { without_wrong: self.without_wrong, ..guessed };
        for (column, place) in &self.map {
            if mapping.columns.len() <= *place {
                mapping.columns.resize(place + 1, None);
            }
            mapping
                .columns
                .iter_mut()
                .filter(|mapped| **mapped == Some(*column))
                .for_each(|mapped| *mapped = None);
            mapping.columns[*place] = Some(*column);
        }
        mapping
    }

    fn settling(&self) -> Settling {
        let rules = [
            (Group::NearName, &self.near),
            (Group::SameName, &self.same_name),
            (Group::SameBusinessId, &self.same_id),
        ];
        let rule =
            |(group, code): (Group, &Option<String>)| Some((group, Decision::parse(code.as_deref()?)?));
        Settling { rules: rules.into_iter().filter_map(rule).collect(), ..Settling::default() }
    }

    fn tell(&self, compared: &Compared, written: bool) -> Result<(), Failure> {
        let outcome = &compared.outcome;
        let rows = [
            ("added", outcome.added),
            ("filled in", outcome.filled),
            ("contact persons", outcome.contacts),
            ("as they are", outcome.same),
            ("left out", outcome.left),
            ("wrong", outcome.wrong),
            ("open", outcome.open),
        ];
        let rows = rows.map(|(what, count)| vec![what.to_owned(), count.to_string()]);
        table(&["What", "Rows"], &rows)?;
        for row in compared.of(Group::Wrong) {
            line(&format!("row {}: {}: {}", row.candidate.line, row.candidate.facts.name, wrong(row)))?;
        }
        for row in compared.rows.iter().filter(|row| row.decision == Decision::Ask) {
            let known = row.known.as_ref().map_or("", |known| known.name.as_str());
            line(&format!(
                "row {}: is “{}” the same as “{known}”?",
                row.candidate.line, row.candidate.facts.name
            ))?;
        }
        line(&match (self.check, written) {
            (true, _) => "Nothing was written: --check.".to_owned(),
            (_, true) => "Written. The lead can undo the list in the app.".to_owned(),
            _ => format!(
                "Nothing was written: {} for a decision. Use --near, or settle the list in the app, where it waits.",
                counted(u64::from(outcome.open), "row waits", "rows wait")
            ),
        })
    }
}

/// What is wrong with a row, field by field, in the words of the app.
fn wrong(row: &ComparedRow) -> String {
    let words = desk_words_in(Language::English);
    let error = |error: &EditError| format!("{}: {}", words.field(error.field()), words.edit_error(error));
    row.candidate.errors.iter().map(error).collect::<Vec<_>>().join(" ")
}

fn report(compared: &Compared, written: bool) -> serde_json::Value {
    let row = |row: &ComparedRow| {
        json!({
            "line": row.candidate.line,
            "name": row.candidate.facts.name,
            "found": row.found.group().code(),
            "like": row.known.as_ref().map(|known| &known.name),
            "decision": row.decision.code(),
            "wrong": row.candidate.errors.iter().map(EditError::field).collect::<Vec<_>>(),
        })
    };
    json!({
        "written": written,
        "outcome": compared.outcome,
        "rows": compared.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_named_by_its_code_and_its_place() {
        assert_eq!(column("name=2"), Ok((Column::Name, 1)));
        assert!(column("name=0").is_err() && column("nimi=1").is_err() && column("name").is_err());
    }
}
