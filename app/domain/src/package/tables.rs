//! The tables: each row, its columns in their order, and how each cell is read. This is the only
//! place that names a column's form.

use super::cells::{self as cell, Cells, Written, number};
use super::known;
use crate::business_id::BusinessId;
use crate::codes::{
    AssessmentKind, FeedbackQuestion, Gender, Instrument, MeasurePoint, MeetingKind, Mode, Purpose,
    Recipient, Respondent, Role, Service, SupportPlace, TeamLevel, TimeCategory, TimePlace,
};
use crate::employers::NAME_MAX;
use crate::visits::{NEXT_STEP_MAX, SUMMARY_MAX};
use chrono::{NaiveDate, NaiveTime};

/// A share of full-time work in hundredths: 1.0 in a package is `Fte(100)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fte(pub i64);

/// Working hours a week, in minutes: 37.5 in a package is `WeeklyMinutes(2250)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeeklyMinutes(pub i64);

/// A row of one of the files.
pub(super) trait Row: Clone + PartialEq + Sized {
    /// The file's stem.
    const STEM: &'static str;
    /// The file's name.
    const FILE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [&'static str];
    /// The columns that no two rows may share; empty = rows may be alike.
    const KEY: &'static [&'static str];
    /// Reads a row; none when a cell is wrong (`cells` then holds why).
    fn read(cells: &mut Cells<'_>) -> Option<Self>;
    /// The row's cells in the order of the columns.
    fn write(&self) -> Vec<String>;
    /// The rows of this kind.
    fn list(package: &Package) -> &[Self];
    /// Adds a row.
    fn add(self, package: &mut Package);
}

macro_rules! tables {
    ($(
        $(#[$doc:meta])*
        $row:ident in $list:ident, alike when [$($key:ident),*] {
            $($(#[$cell_doc:meta])* $column:ident: $type:ty = $need:ident($form:expr),)+
        }
    )+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $row {
                $($(#[$cell_doc])* pub $column: $type,)+
            }

            impl Row for $row {
                const STEM: &'static str = stringify!($list);
                const FILE: &'static str = concat!(stringify!($list), ".csv");
                const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];
                const KEY: &'static [&'static str] = &[$(stringify!($key)),*];

                fn read(cells: &mut Cells<'_>) -> Option<Self> {
                    $(let $column = cells.$need(stringify!($column), $form);)+
                    Some(Self { $($column: $column?),+ })
                }

                fn write(&self) -> Vec<String> {
                    vec![$(self.$column.written()),+]
                }

                fn list(package: &Package) -> &[Self] {
                    &package.$list
                }

                fn add(self, package: &mut Package) {
                    package.$list.push(self);
                }
            }
        )+

        /// The rows of a package, in the order in which they were read.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Package {
            $($(#[$doc])* pub $list: Vec<$row>,)+
            /// Employers that are like an earlier one and are another all the same.
            pub namesakes: Vec<Namesake>,
        }

        /// The files of a package by stem with their columns, in such an order that a row only
        /// points to rows of files before its own.
        pub const FILES: &[(&str, &[&str])] = &[$(($row::STEM, $row::COLUMNS)),+];

        /// Does the same to every table, in the order of [`FILES`].
        macro_rules! every_table {
            ($each:ident($first:expr)) => { $($each::<$crate::package::$row>($first);)+ };
        }
        pub(super) use every_table;
    };
}

/// An employer that has the business ID, or the name and municipality, of an earlier one and is another
/// all the same: a school of the same city, a branch of the same chain.
///
/// Its file is the one that a package need not have. It is read before the employers, so its codes
/// stand for rows to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// The employer's code.
    pub employer: String,
}

impl Row for Namesake {
    const STEM: &'static str = "namesakes";
    const FILE: &'static str = "namesakes.csv";
    const COLUMNS: &'static [&'static str] = &["employer"];
    const KEY: &'static [&'static str] = &["employer"];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        cells.required("employer", cell::code).map(|employer| Self { employer })
    }

    fn write(&self) -> Vec<String> {
        vec![self.employer.clone()]
    }

    fn list(package: &Package) -> &[Self] {
        &package.namesakes
    }

    fn add(self, package: &mut Package) {
        package.namesakes.push(self);
    }
}

tables! {
    /// Units of the organisation.
    Unit in units, alike when [unit] {
        /// The unit's code.
        unit: String = required(cell::code),
        /// Its name.
        name: String = required(cell::line(NAME_MAX)),
        /// The method that it works by.
        service: Service = required(cell::one_of),
        /// Its municipality.
        municipality: Option<String> = optional(cell::line(NAME_MAX)),
    }

    /// Treatment teams that refer clients to a unit.
    Team in teams, alike when [team] {
        /// The team's code.
        team: String = required(cell::code),
        /// Its name.
        name: String = required(cell::line(NAME_MAX)),
        /// Where it belongs.
        level: TeamLevel = required(cell::one_of),
        /// The unit that it refers to.
        unit: String = required(cell::code),
    }

    /// People who work in a unit or refer from a team, a row a post: who has two has two rows under one
    /// code.
    Staff in staff, alike when [staff] {
        /// The person's code.
        staff: String = required(cell::code),
        /// Their name.
        name: String = required(cell::line(NAME_MAX)),
        /// What they do.
        role: Role = required(cell::one_of),
        /// Where: a team for a referrer, a unit for everybody else.
        unit_or_team: String = required(cell::code),
        /// How much of full-time work.
        fte: Option<Fte> = optional(cell::fte),
        /// First day.
        from: NaiveDate = required(cell::day),
        /// Last day; none = still there.
        to: Option<NaiveDate> = optional(cell::day),
    }

    /// The employer register.
    Employer in employers, alike when [employer] {
        /// The employer's code.
        employer: String = required(cell::code),
        /// Its name.
        name: String = required(cell::line(NAME_MAX)),
        /// Its business identity code.
        business_id: Option<BusinessId> = optional(cell::business_id),
        /// The letter of its industry, TOL 2008.
        section_tol2008: Option<String> = optional(cell::section),
        /// The digits of its industry, TOL 2008.
        class_tol2008: Option<String> = optional(cell::class),
        /// Its municipality.
        municipality: Option<String> = optional(cell::line(NAME_MAX)),
        /// Whom to ask for.
        contact_person: Option<String> = optional(cell::line(NAME_MAX)),
        /// That person's title.
        contact_title: Option<String> = optional(cell::line(NAME_MAX)),
    }

    /// Clients of a unit.
    Client in clients, alike when [client] {
        /// The client's code.
        client: String = required(cell::code),
        /// Their name.
        name: String = required(cell::line(NAME_MAX)),
        /// Year of birth.
        birth_year: Option<i64> = optional(cell::birth_year),
        /// Gender.
        gender: Option<Gender> = optional(cell::one_of),
        /// Municipality.
        municipality: Option<String> = optional(cell::line(NAME_MAX)),
        /// The unit that serves them.
        unit: String = required(cell::code),
        /// The team that referred them.
        team: Option<String> = optional(cell::code),
        /// Their own coach.
        coach: Option<String> = optional(cell::code),
        /// The day of the referral.
        referred_on: Option<NaiveDate> = optional(cell::day),
        /// The day of the first meeting.
        first_meeting_on: Option<NaiveDate> = optional(cell::day),
        /// The day of the agreement to work together.
        agreement_on: Option<NaiveDate> = optional(cell::day),
        /// The day on which the service ended.
        closed_on: Option<NaiveDate> = optional(cell::day),
        /// Why it ended: one of [`known::CLOSING_REASONS`].
        closing_reason: Option<String> = optional(cell::listed(known::CLOSING_REASONS)),
    }

    /// Contacts with employers.
    Contact in contacts, alike when [contact] {
        /// The contact's code.
        contact: String = required(cell::code),
        /// The day.
        date: NaiveDate = required(cell::day),
        /// The time of day.
        time: Option<NaiveTime> = optional(cell::time),
        /// Who was in contact.
        coach: String = required(cell::code),
        /// With which employer.
        employer: String = required(cell::code),
        /// How.
        mode: Mode = required(cell::one_of),
        /// What for.
        purpose: Purpose = required(cell::one_of),
        /// For which client, if for one.
        client: Option<String> = optional(cell::code),
        /// Was somebody met who decides?
        decision_maker: Option<bool> = optional(cell::flag),
        /// How long, in minutes.
        minutes: Option<i64> = optional(number(0, 1440)),
        /// In words.
        summary: Option<String> = optional(cell::words(SUMMARY_MAX)),
        /// What next.
        next_step: Option<String> = optional(cell::words(NEXT_STEP_MAX)),
        /// When.
        next_step_on: Option<NaiveDate> = optional(cell::day),
    }

    /// Contracts of employment: a person with two jobs has two.
    Job in jobs, alike when [job] {
        /// The job's code.
        job: String = required(cell::code),
        /// Whose.
        client: String = required(cell::code),
        /// With which employer.
        employer: String = required(cell::code),
        /// The title.
        title: String = required(cell::line(NAME_MAX)),
        /// The occupation, ISCO-08: four digits.
        isco08: Option<String> = optional(cell::occupation),
        /// First day.
        started_on: NaiveDate = required(cell::day),
        /// Last day; none = goes on.
        ended_on: Option<NaiveDate> = optional(cell::day),
        /// Hours a week.
        hours_per_week: Option<WeeklyMinutes> = optional(cell::weekly),
        /// Until further notice?
        permanent: Option<bool> = optional(cell::flag),
        /// With a pay subsidy?
        pay_subsidy: Option<bool> = optional(cell::flag),
        /// On the open market?
        competitive: Option<bool> = optional(cell::flag),
        /// Does the employer know?
        disclosed: Option<bool> = optional(cell::flag),
        /// Why it ended: one of [`known::END_REASONS`].
        end_reason: Option<String> = optional(cell::listed(known::END_REASONS)),
    }

    /// Steps other than a job: studies, work trials, volunteering.
    Transition in transitions, alike when [transition] {
        /// The step's code.
        transition: String = required(cell::code),
        /// Whose.
        client: String = required(cell::code),
        /// What: one of [`known::TRANSITION_KINDS`].
        kind: String = required(cell::listed(known::TRANSITION_KINDS)),
        /// First day.
        started_on: NaiveDate = required(cell::day),
        /// Last day; none = goes on, or unknown.
        ended_on: Option<NaiveDate> = optional(cell::day),
        /// Who provides it.
        provider: Option<String> = optional(cell::line(NAME_MAX)),
    }

    /// Cards, passports and courses that clients completed.
    Qualification in qualifications, alike when [client, kind, completed_on] {
        /// Whose.
        client: String = required(cell::code),
        /// What: one of [`known::QUALIFICATION_KINDS`].
        kind: String = required(cell::listed(known::QUALIFICATION_KINDS)),
        /// When.
        completed_on: NaiveDate = required(cell::day),
    }

    /// Support to clients and their employers around a job.
    Support in supports, alike when [support] {
        /// The support's code.
        support: String = required(cell::code),
        /// The day.
        date: NaiveDate = required(cell::day),
        /// Who gave it.
        coach: String = required(cell::code),
        /// To which client.
        client: String = required(cell::code),
        /// Around which job.
        job: Option<String> = optional(cell::code),
        /// How.
        mode: Mode = required(cell::one_of),
        /// Where.
        place: Option<SupportPlace> = optional(cell::one_of),
        /// To whom.
        recipient: Recipient = required(cell::one_of),
        /// What kind: one of [`known::SUPPORT_KINDS`].
        kind: Option<String> = optional(cell::listed(known::SUPPORT_KINDS)),
        /// How long, in minutes.
        minutes: Option<i64> = optional(number(0, 1440)),
    }

    /// What coaches' weeks went to.
    TimeUse in time_use, alike when [week_of, coach, category, place] {
        /// A day of the week.
        week_of: NaiveDate = required(cell::day),
        /// Whose week.
        coach: String = required(cell::code),
        /// What the time went to.
        category: TimeCategory = required(cell::one_of),
        /// Where it was spent.
        place: TimePlace = required(cell::one_of),
        /// How much of the week, in minutes.
        minutes: i64 = required(number(0, 7 * 1440)),
    }

    /// Meetings that the quality criteria ask about.
    Meeting in meetings, alike when [date, kind, team, present] {
        /// The day.
        date: NaiveDate = required(cell::day),
        /// Which meeting.
        kind: MeetingKind = required(cell::one_of),
        /// Whose meeting, if a treatment team's.
        team: Option<String> = optional(cell::code),
        /// Who was there: codes of staff.
        present: Vec<String> = several(cell::code),
    }

    /// Answers to measures, item by item.
    Prom in proms, alike when [client, instrument, point, date, item] {
        /// Who answered.
        client: String = required(cell::code),
        /// Which measure.
        instrument: Instrument = required(cell::one_of),
        /// When in the service.
        point: MeasurePoint = required(cell::one_of),
        /// The day.
        date: NaiveDate = required(cell::day),
        /// Which item, from 1.
        item: i64 = required(number(1, 10)),
        /// The answer.
        value: i64 = required(number(0, 10)),
    }

    /// Feedback. It is anonymous: two rows that are alike are two answers.
    Feedback in feedback, alike when [] {
        /// Who answered.
        respondent: Respondent = required(cell::one_of),
        /// The day.
        date: NaiveDate = required(cell::day),
        /// What was asked.
        question: FeedbackQuestion = required(cell::one_of),
        /// The answer.
        value: i64 = required(number(0, 10)),
    }

    /// Scores that people gave a unit on the 25 quality criteria.
    Fidelity in fidelity, alike when [unit, date, kind, item] {
        /// Which unit.
        unit: String = required(cell::code),
        /// The day.
        date: NaiveDate = required(cell::day),
        /// Who scored.
        kind: AssessmentKind = required(cell::one_of),
        /// Which criterion, 1–25.
        item: i64 = required(number(1, 25)),
        /// The score, 1–5.
        score: i64 = required(number(1, 5)),
    }
}
