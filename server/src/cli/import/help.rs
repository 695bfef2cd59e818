//! What `rinnalla import --help` says: enough to make a package from.

/// What a package is.
pub(super) const ABOUT: &str = "\
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

A file namesakes.csv (column employer) may name employers that have the business ID, or the name and
municipality, of an earlier one and are another all the same, such as two schools of one city. Who has two
posts has two rows in staff, under one code. An apostrophe before a text that begins like a formula is not
part of the text.

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

/// How to call it.
pub(super) const EXAMPLES: &str = "\
Examples:
  rinnalla import county --check                 only say what would happen
  rinnalla import county                         write it, if every row is good
  rinnalla import county --good-rows             write the good rows, leave the others out
  rinnalla import county --json > report.json    the report for a program
  rinnalla import county --database postgres://rinnalla@db.example/rinnalla

People come without a password: `rinnalla user invite CODE` makes each a link to choose one.

Exit status: 0 = written (with --check: would be), 1 = nothing was written, 2 = wrong command.";

#[cfg(test)]
mod tests {
    use super::ABOUT;
    use domain::codes::{
        AssessmentKind, Code, FeedbackQuestion, Gender, Instrument, MeasurePoint, MeetingKind, Mode, Purpose,
        Recipient, Respondent, Role, Service, SupportPlace, TeamLevel, TimeCategory, TimePlace,
    };
    use domain::package::{FILES, known};
    use std::collections::BTreeSet;

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
}
