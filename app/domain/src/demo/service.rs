//! The unit itself: its people, weeks and meetings, and what others say about it.

use super::dice::Dice;
use super::{FIRST_COACH, HANDOVER_WEEK, SECOND_COACH, THIRD_COACH, Timeline, WEEKS, plus};
use crate::codes::{
    AssessmentKind, FeedbackQuestion, MeetingKind, Respondent, Role, Service, TeamLevel, TimeCategory,
    TimePlace,
};
use crate::package::{Feedback, Fidelity, Fte, Meeting, Package, Staff, Team, TimeUse, Unit};
use chrono::NaiveDate;

/// The unit.
pub(super) const UNIT: &str = "DEMO-IPS";
/// The psychiatric clinic.
pub(super) const CLINIC: &str = "DEMO-PSY";
/// The team in primary care.
pub(super) const PRIMARY: &str = "DEMO-MVP";

const LEAD: &str = "DL";
const CLINIC_REFERRER: &str = "DR1";
const PRIMARY_REFERRER: &str = "DR2";

/// Full-time work a week, in minutes.
const WEEK_MINUTES: i64 = 2250;
/// How likely clients would recommend the service: a figure of 69 from 26 answers.
const RECOMMENDED: [i64; 26] =
    [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 9, 9, 9, 9, 9, 9, 9, 9, 8, 8, 7, 7, 5, 4];
/// How effective partners find it: 4.2 from 10 answers.
const EFFECTIVE: [i64; 10] = [5, 5, 5, 4, 4, 4, 4, 4, 4, 3];
/// The outside assessment: 97 of 125.
const SCORES: [i64; 25] = [5, 4, 5, 4, 5, 3, 3, 4, 4, 3, 3, 4, 4, 4, 3, 5, 4, 4, 5, 5, 4, 4, 3, 3, 2];

/// Fills unit, teams and staff.
pub(super) fn people(time: &Timeline, package: &mut Package) {
    package.units.push(Unit {
        unit: UNIT.to_owned(),
        name: "IPS-työhönvalmennus, Siilinjärvi".to_owned(),
        service: Service::Ips,
        municipality: Some("Siilinjärvi".to_owned()),
    });
    let teams = [
        (CLINIC, "Siilinjärven psykiatrian poliklinikka", TeamLevel::Specialised),
        (PRIMARY, "Siilinjärven mielenterveyspalvelut", TeamLevel::Primary),
    ];
    for (team, name, level) in teams {
        package.teams.push(Team {
            team: team.to_owned(),
            name: name.to_owned(),
            level,
            unit: UNIT.to_owned(),
        });
    }
    let (start, handover) = (time.start, time.handover());
    let staff = [
        (FIRST_COACH, "Tiina Kallioranta", Role::Coach, UNIT, 100, start, Some(plus(handover, -3))),
        (SECOND_COACH, "Petri Lahdensuo", Role::Coach, UNIT, 100, start, None),
        (THIRD_COACH, "Anna Björkvall", Role::Coach, UNIT, 100, handover, None),
        (LEAD, "Marjo Hietasalmi", Role::Lead, UNIT, 20, start, None),
        (CLINIC_REFERRER, "Kimmo Vesivalo", Role::Referrer, CLINIC, 100, start, None),
        (PRIMARY_REFERRER, "Eeva Tyynelä", Role::Referrer, PRIMARY, 100, start, None),
        ("DH", "Riitta Salokoski", Role::Admin, UNIT, 100, start, None),
        ("DI", "Ilkka Savinen", Role::Reviewer, UNIT, 100, start, None),
    ];
    for (code, name, role, home, fte, from, to) in staff {
        package.staff.push(Staff {
            staff: code.to_owned(),
            name: name.to_owned(),
            role,
            unit_or_team: home.to_owned(),
            fte: Some(Fte(fte)),
            from,
            to,
        });
    }
}

/// Fills working time and meetings, week by week.
pub(super) fn weeks(time: &Timeline, dice: &mut Dice, package: &mut Package) {
    for week in 0..=WEEKS {
        if week < WEEKS {
            Timeline::coaches(week).iter().for_each(|coach| time_use(time, dice, week, coach, package));
        }
        for meeting in meetings(time, week) {
            if meeting.date <= time.last {
                package.meetings.push(meeting);
            }
        }
    }
}

fn time_use(time: &Timeline, dice: &mut Dice, week: i64, coach: &str, package: &mut Package) {
    let other = if dice.percent(40) { dice.between(1, 6) * 15 } else { 0 };
    let out = dice.between(86, 104) * 15;
    let rows = [
        (TimeCategory::EmploymentService, TimePlace::Community, out),
        (TimeCategory::EmploymentService, TimePlace::Office, WEEK_MINUTES - out - other),
        (TimeCategory::Other, TimePlace::Office, other),
    ];
    for (category, place, minutes) in rows.into_iter().filter(|(_, _, minutes)| *minutes > 0) {
        let week_of = plus(time.start, week * 7);
        package.time_use.push(TimeUse { week_of, coach: coach.to_owned(), category, place, minutes });
    }
}

/// The meetings of a week, from Monday to Friday.
fn meetings(time: &Timeline, week: i64) -> Vec<Meeting> {
    let [one, other] = Timeline::coaches(week);
    let day = |weekday: i64| plus(time.start, week * 7 + weekday);
    let mut meetings = vec![
        meeting(day(0), MeetingKind::VocationalUnit, None, &[one, other, LEAD]),
        meeting(day(2), MeetingKind::TreatmentTeam, Some(CLINIC), &[one, other, CLINIC_REFERRER]),
    ];
    if week % 2 == 0 {
        let coach = if week % 4 == 0 { one } else { other };
        meetings.push(meeting(day(3), MeetingKind::TreatmentTeam, Some(PRIMARY), &[coach, PRIMARY_REFERRER]));
        meetings.push(meeting(day(4), MeetingKind::Supervision, None, &[one, other, LEAD]));
    }
    match week % 8 {
        1 => meetings.push(meeting(day(3), MeetingKind::FieldMentoring, None, &[one, LEAD])),
        5 => meetings.push(meeting(day(3), MeetingKind::FieldMentoring, None, &[other, LEAD])),
        3 | 7 => meetings.push(meeting(day(3), MeetingKind::PartnerMeeting, None, &[one, other])),
        _ => {}
    }
    meetings
}

fn meeting(date: NaiveDate, kind: MeetingKind, team: Option<&str>, present: &[&str]) -> Meeting {
    let present = present.iter().map(|code| (*code).to_owned()).collect();
    Meeting { date, kind, team: team.map(str::to_owned), present }
}

/// Fills feedback and the outside assessment.
pub(super) fn voices(time: &Timeline, dice: &mut Dice, package: &mut Package) {
    let asked = [
        (Respondent::Client, FeedbackQuestion::Recommend, RECOMMENDED.as_slice(), 20),
        (Respondent::Stakeholder, FeedbackQuestion::Effectiveness, EFFECTIVE.as_slice(), 58),
    ];
    for (respondent, question, values, first_week) in asked {
        for value in values {
            let date = time.day(dice.between(first_week, WEEKS - 1) * 7 + dice.between(0, 4));
            package.feedback.push(Feedback { respondent, date, question, value: *value });
        }
    }
    package.feedback.sort_by_key(|feedback| feedback.date);
    let date = time.day((HANDOVER_WEEK + 8) * 7 + 1);
    for (item, score) in (1..).zip(SCORES) {
        let (unit, kind) = (UNIT.to_owned(), AssessmentKind::External);
        package.fidelity.push(Fidelity { unit, date, kind, item, score });
    }
}
