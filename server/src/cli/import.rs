//! `rinnalla import`: a county's package into the database.

use super::output::{counted, json, line, table};
use super::progress::Progress;
use super::{Failure, database, folder};
use backend::import::{Difference, FileCount, Imported, Wanted};
use domain::package::{Fault, Problem, Reading, Remark};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

const ABOUT: &str = "\
Import a county's package: a folder of CSV files

A package is a folder with these files, whatever else is in it:

  units           unit, name, service, municipality
  teams           team, name, level, unit
  staff           staff, name, role, unit_or_team, fte, from, to
  employers       employer, name, business_id, section_tol2008, class_tol2008, municipality,
                  contact_person, contact_title
  clients         client, name, birth_year, gender, municipality, unit, team, coach, referred_on,
                  first_meeting_on, agreement_on, closed_on, closing_reason
  contacts        contact, date, time, coach, employer, mode, purpose, client, decision_maker,
                  minutes, summary, next_step, next_step_on
  jobs            job, client, employer, title, isco08, started_on, ended_on, hours_per_week,
                  permanent, pay_subsidy, competitive, disclosed, end_reason
  transitions     transition, client, kind, started_on, ended_on, provider
  qualifications  client, kind, completed_on
  supports        support, date, coach, client, job, mode, place, recipient, kind, minutes
  time_use        week_of, coach, category, place, minutes
  meetings        date, kind, team, present (codes joined by |)
  proms           client, instrument, point, date, item, value
  feedback        respondent, date, question, value
  fidelity        unit, date, kind, item, score

Codes of lists, as columns hold them:

  service         ips, latu
  level           specialised, primary, social, employment
  role            coach, lead, referrer, reviewer, admin; a referrer's unit_or_team is a team
  gender          female, male, other
  closing_reason  steady_work, studies, own_wish, other_service, health, retirement, moved,
                  no_contact, deceased, other
  mode            in_person, phone, email, video
  purpose         learn_needs, explore_opening, client_introduction, application, follow_up
  end_reason      fixed_term_ended, trial_period_ended, new_job, resigned, mutual_agreement,
                  laid_off, dismissed, business_closed, studies, health, retirement, other
  kind            of transitions: volunteering, general_education, vocational_degree,
                  vocational_degree_part, apprenticeship, higher_education,
                  labour_market_training, work_trial, workshop, rehabilitative_work,
                  social_rehabilitation, vocational_rehab_kela, vocational_rehab_pension, other
                  of qualifications: open_university, hygiene_passport, alcohol_passport,
                  occupational_safety_card, hot_work_card, electrical_safety_card,
                  road_safety_card, forklift_card, first_aid, driving_licence,
                  language_certificate, other
                  of supports: preparation, on_the_job, coping, problem_solving, benefits,
                  career, adjustment, employer_guidance, other
                  of meetings: treatment_team, vocational_unit, supervision, field_mentoring,
                  partner_meeting
                  of fidelity: self, external
  place           of supports: workplace, community, office; of time_use: community, office
  recipient       client, employer, both
  category        employment_service, other
  instrument      work_ability, life_situation_3x10d, inclusion_esis, swemwbs
  point           start, end, follow_up
  respondent      client, stakeholder, employer
  question        recommend (value 0 to 10), effectiveness (value 1 to 5)

Each file is named as above with .csv (units.csv), its first line names the columns, an empty cell is
unknown. Best is UTF-8 with commas; semicolons, tabs and Windows-1252 are understood. Days are
2024-03-01, times 09:30, yes and no are true and false. Where there is nothing to tell, the file
has its first line only.

The whole package is read before anything is written, and for each row that cannot be taken the
report says file, line, column, what is wrong and what would be right. Then all of it is written, or
nothing. The same package twice changes nothing: rows are known by their codes, and one that is in
the database with other content stays as it is there and is reported.";

const EXAMPLES: &str = "\
Examples:
  rinnalla import county --check                 only say what would happen
  rinnalla import county                         write it, if every row is good
  rinnalla import county --good-rows             write the good rows, leave the others out
  rinnalla import county --json > report.json    the report for a program
  rinnalla import county --database postgres://rinnalla@db.example/rinnalla

People come without a password: `rinnalla user invite CODE` makes each a link to choose one.

Exit status: 0 = written (with --check: would be), 1 = nothing was written, 2 = wrong command.";

#[derive(Debug, clap::Args)]
#[command(about = "Import a county's package: a folder of CSV files", long_about = ABOUT, after_long_help = EXAMPLES)]
pub(crate) struct Import {
    /// The folder with units.csv, teams.csv and so on
    folder: PathBuf,
    /// Write nothing, only say what would happen
    #[arg(long, conflicts_with = "good_rows")]
    check: bool,
    /// Write the good rows, even when others are refused
    #[arg(long)]
    good_rows: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let folder = folder::read(&self.folder)?;
        let backend = database::open(database).await?;
        let progress = Progress::begin();
        progress.step("reading the package …");
        let reading = domain::package::read(&folder.files, backend.clock.today());
        let mut tell = |step: backend::import::Progress| {
            progress.step(format!("{}: {} …", step.file, counted(step.rows as u64, "row", "rows")));
        };
        let imported = backend.import(&reading, self.wanted(), &mut tell).await?;
        drop(progress);
        backend.store.close().await;
        let report = Report { reading, imported, others: folder.others, wanted: self.wanted() };
        if self.json {
            json(&report.as_json())?;
        } else {
            report.tell()?;
        }
        Ok(if report.went_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn wanted(&self) -> Wanted {
        match (self.check, self.good_rows) {
            (true, _) => Wanted::Check,
            (_, true) => Wanted::GoodRows,
            _ => Wanted::AllOrNothing,
        }
    }
}

/// What was read and what came of it.
struct Report {
    reading: Reading,
    imported: Imported,
    /// Files that may have been meant.
    others: Vec<String>,
    wanted: Wanted,
}

/// The report as JSON has it.
#[derive(Serialize)]
struct Json<'a> {
    files: &'a [FileCount],
    problems: Vec<JsonProblem>,
    remarks: Vec<Said>,
    differs: Vec<JsonDifference<'a>>,
    written: bool,
}

#[derive(Serialize)]
struct JsonProblem {
    file: &'static str,
    /// None for a file as a whole.
    line: Option<u64>,
    column: Option<&'static str>,
    message: String,
}

#[derive(Serialize)]
struct JsonDifference<'a> {
    file: &'static str,
    code: &'a str,
    columns: &'a [&'static str],
    message: String,
    /// Does it keep the package from being written?
    stops: bool,
}

/// A remark.
#[derive(Serialize)]
struct Said {
    file: String,
    line: Option<u64>,
    message: String,
}

/// So many differences are listed in words; a program gets them all.
const LISTED: usize = 40;

impl Report {
    /// Was it written, or with `--check`, would it be?
    fn went_well(&self) -> bool {
        self.imported.written
            || self.wanted == Wanted::Check && self.reading.is_whole() && !self.imported.stops()
    }

    fn sum(&self, column: impl Fn(&FileCount) -> u64) -> u64 {
        self.imported.files.iter().map(column).sum()
    }

    /// In words: a table of the files, then what there is to say row by row, then how it ended.
    fn tell(&self) -> Result<(), Failure> {
        self.tell_files()?;
        tell_list("Refused:", self.reading.problems.iter().map(Problem::to_string))?;
        if self.imported.stops() {
            // Whatever else differs follows from these.
            self.tell_differences("In the way:", Difference::stops)?;
        } else {
            self.tell_differences("Different in the database:", |_| true)?;
        }
        tell_list("Remarks:", self.remarks().iter().map(Said::to_string))?;
        line("")?;
        if let Some(outcome) = self.outcome() {
            line(&outcome)?;
        }
        line(&self.closing_line())
    }

    fn tell_files(&self) -> Result<(), Failure> {
        type Column = (&'static str, fn(&FileCount) -> u64, bool);
        let new = if self.imported.written { "New" } else { "Would be new" };
        let columns: [Column; 7] = [
            ("Read", |file| file.read, true),
            ("Refused", |file| file.refused, true),
            (new, |file| file.new, true),
            ("Unchanged", |file| file.unchanged, true),
            ("Different", |file| file.differs, false),
            ("Joined", |file| file.joined, false),
            ("Repeated", |file| file.repeated, false),
        ];
        let shown: Vec<_> = columns.into_iter().filter(|(_, of, always)| *always || self.sum(of) > 0).collect();
        let headers: Vec<_> = std::iter::once("File").chain(shown.iter().map(|(name, ..)| *name)).collect();
        let row = |file: &FileCount| {
            let numbers = shown.iter().map(|(_, of, _)| of(file).to_string());
            std::iter::once(file.file.to_owned()).chain(numbers).collect()
        };
        table(&headers, &self.imported.files.iter().map(row).collect::<Vec<_>>())
    }

    fn tell_differences(&self, heading: &str, which: impl Fn(&Difference) -> bool) -> Result<(), Failure> {
        let all: Vec<_> = self.imported.differs.iter().filter(|difference| which(difference)).collect();
        let more = all.len().saturating_sub(LISTED);
        let more = (more > 0).then(|| format!("… and {more} more; --json lists them all"));
        tell_list(heading, all.iter().take(LISTED).map(ToString::to_string).chain(more))
    }

    fn remarks(&self) -> Vec<Said> {
        let of_reading = self.reading.remarks.iter().map(Said::from);
        let mut remarks: Vec<Said> = of_reading.collect();
        remarks.extend(self.others.iter().map(|file| Said {
            file: file.clone(),
            line: None,
            message: "is not read; a package's files are text: save it as “CSV UTF-8”".to_owned(),
        }));
        if self.imported.demo {
            remarks.push(Said {
                file: "database".to_owned(),
                line: None,
                message: "is the demo's, whose passwords everybody knows; import real people into another"
                    .to_owned(),
            });
        }
        remarks
    }

    /// What was done, where it is not said in the closing line.
    fn outcome(&self) -> Option<String> {
        if !self.went_well() {
            return None;
        }
        let mut done = Vec::new();
        match self.sum(|file| file.new) {
            0 => {}
            new => done.push(counted(new, "new row", "new rows")),
        }
        match self.sum(|file| file.joined) {
            0 => {}
            joined => done.push(format!("{} got a code", counted(joined, "employer", "employers"))),
        }
        let done = if done.is_empty() { "nothing new".to_owned() } else { done.join(", ") };
        let stays = match self.sum(|file| file.differs) {
            0 => String::new(),
            1 => " 1 row stays as it is in the database.".to_owned(),
            rows => format!(" {rows} rows stay as they are in the database."),
        };
        Some(match self.imported.written {
            true => format!("Written: {done}.{stays}"),
            false => format!("Nothing was written (--check). Without --check: {done}.{stays}"),
        })
    }

    fn closing_line(&self) -> String {
        let read = |name: &str| {
            self.imported.files.iter().find(|file| file.file == name).map_or(0, |file| file.read)
        };
        let employers = counted(read("employers.csv"), "employer", "employers");
        let visits = counted(read("contacts.csv"), "visit", "visits");
        let refused = self.sum(|file| file.refused);
        let unread = match self.unread_files() {
            0 => String::new(),
            files => format!("; {} could not be read", counted(files, "file", "files")),
        };
        format!("{employers} and {visits} read, {refused} refused{unread}.{}", self.why_nothing())
    }

    /// Why nothing was written, and what to do.
    fn why_nothing(&self) -> String {
        if self.went_well() {
            return String::new();
        }
        let codes = self.imported.differs.iter().filter(|difference| difference.stops()).count() as u64;
        let why = if codes > 0 {
            let stand = counted(codes, "code stands", "codes stand");
            match self.imported.demo {
                true => format!("{stand} for something else in the demo: import into another database."),
                false => format!("{stand} for something else in the database: give other codes here."),
            }
        } else if self.wanted == Wanted::Check {
            "Mend what was refused; --good-rows would take the other rows.".to_owned()
        } else {
            "Mend what was refused, or take the other rows with --good-rows.".to_owned()
        };
        format!(" Nothing was written. {why}")
    }

    /// Files of which no row could be read.
    fn unread_files(&self) -> u64 {
        let whole = |problem: &&Problem| {
            matches!(
                problem.fault,
                Fault::MissingFile(_)
                    | Fault::EmptyFile(_)
                    | Fault::NotText
                    | Fault::NoHeader(_)
                    | Fault::MissingColumn(_)
                    | Fault::RepeatedColumn
            )
        };
        let files: BTreeSet<_> = self.reading.problems.iter().filter(whole).map(|problem| problem.file).collect();
        files.len() as u64
    }

    fn as_json(&self) -> Json<'_> {
        let problem = |problem: &Problem| JsonProblem {
            file: problem.file,
            line: line_number(problem.line),
            column: problem.column,
            message: problem.fault.to_string(),
        };
        Json {
            files: &self.imported.files,
            problems: self.reading.problems.iter().map(problem).collect(),
            remarks: self.remarks(),
            differs: self.imported.differs.iter().map(JsonDifference::from).collect(),
            written: self.imported.written,
        }
    }
}

/// Writes a heading and its items; nothing where there are none.
fn tell_list(heading: &str, items: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut items = items.peekable();
    if items.peek().is_some() {
        line("")?;
        line(heading)?;
    }
    items.try_for_each(|item| line(&item))
}

/// A line; none for a file as a whole.
fn line_number(line: u64) -> Option<u64> {
    (line > 0).then_some(line)
}

impl<'a> From<&'a Difference> for JsonDifference<'a> {
    fn from(difference: &'a Difference) -> Self {
        Self {
            file: difference.file,
            code: &difference.code,
            columns: difference.columns(),
            message: difference.why.to_string(),
            stops: difference.stops(),
        }
    }
}

impl From<&Remark> for Said {
    fn from(remark: &Remark) -> Self {
        Self { file: remark.file.to_string(), line: line_number(remark.line), message: remark.note.to_string() }
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::codes::{
        AssessmentKind, Code, FeedbackQuestion, Gender, Instrument, MeasurePoint, MeetingKind, Mode, Purpose,
        Recipient, Respondent, Role, Service, SupportPlace, TeamLevel, TimeCategory, TimePlace,
    };
    use domain::package::{FILES, known};

    fn codes<C: Code>() -> impl Iterator<Item = &'static str> {
        C::ALL.iter().map(|value| value.code())
    }

    /// The words of the help that could be columns or codes.
    fn words() -> BTreeSet<&'static str> {
        ABOUT.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect()
    }

    #[test]
    fn the_help_names_every_file_and_column() {
        for (file, columns) in FILES {
            let missing: Vec<_> =
                columns.iter().chain([file]).filter(|word| !words().contains(*word)).collect();
            assert!(missing.is_empty(), "{file}: {missing:?}");
        }
    }

    #[test]
    fn the_help_names_every_code() {
        let closed = (codes::<Service>().chain(codes::<TeamLevel>()).chain(codes::<Role>()))
            .chain(codes::<Gender>())
            .chain(codes::<Mode>())
            .chain(codes::<Purpose>())
            .chain(codes::<SupportPlace>())
            .chain(codes::<Recipient>())
            .chain(codes::<TimeCategory>())
            .chain(codes::<TimePlace>())
            .chain(codes::<MeetingKind>())
            .chain(codes::<Instrument>())
            .chain(codes::<MeasurePoint>())
            .chain(codes::<Respondent>())
            .chain(codes::<FeedbackQuestion>())
            .chain(codes::<AssessmentKind>());
        let editable = [
            known::CLOSING_REASONS,
            known::END_REASONS,
            known::TRANSITION_KINDS,
            known::QUALIFICATION_KINDS,
            known::SUPPORT_KINDS,
        ];
        let missing: Vec<_> =
            closed.chain(editable.concat()).filter(|code| !words().contains(code)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn report(wanted: Wanted, written: bool) -> Report {
        let file = |file, read| FileCount {
            file,
            read,
            refused: 0,
            repeated: 0,
            new: read,
            unchanged: 0,
            joined: 0,
            differs: 0,
        };
        let imported = Imported {
            files: vec![file("employers.csv", 300), file("contacts.csv", 704)],
            written,
            ..Imported::default()
        };
        Report { reading: Reading::default(), imported, others: Vec::new(), wanted }
    }

    #[test]
    fn the_closing_line_counts_employers_and_visits() {
        let report = report(Wanted::AllOrNothing, true);
        assert_eq!(report.closing_line(), "300 employers and 704 visits read, 0 refused.");
        assert_eq!(report.outcome().as_deref(), Some("Written: 1004 new rows."));
    }

    #[test]
    fn a_missing_file_is_in_the_closing_line_and_nothing_went_well() {
        let mut report = report(Wanted::AllOrNothing, false);
        report.reading.problems.push(Problem {
            file: "jobs.csv",
            line: 0,
            column: None,
            fault: Fault::MissingFile("job".to_owned()),
        });
        assert!(!report.went_well());
        assert!(report.closing_line().contains("0 refused; 1 file could not be read. Nothing was written."));
        assert_eq!(report.outcome(), None);
    }
}
