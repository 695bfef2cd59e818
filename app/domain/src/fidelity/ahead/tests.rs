use super::*;
use crate::fidelity::records::{Client, Post};
use proptest::prelude::*;

/// A Friday.
const TODAY: &str = "2026-11-27";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn who(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

const LEAD: u128 = 900;

fn meeting(number: u128, kind: MeetingKind, on: NaiveDate, present: &[u128]) -> Meeting {
    let present = present.iter().map(|person| who(*person)).collect();
    Meeting { id: Uuid::from_u128(20_000 + number), day: on, kind, team: None, present }
}

/// A unit of one coach and a lead: so many contacts a week, at the desk for so many hours of 35, and a supervision
/// each week.
fn unit(contacts: u64, desk: i64) -> Records {
    let mut records = Records::default();
    for (person, role) in [(1, Role::Coach), (LEAD, Role::Lead)] {
        records.posts.push(Post { person: who(person), role, fte: 100, from: day("2020-01-01"), to: None });
    }
    for back in 1..60_i64 {
        let monday = day("2026-11-23") - chrono::Duration::days(7 * back);
        for number in 0..contacts {
            records.contacts.push(Contact {
                id: Uuid::from_u128(u128::from(number) + 1000 * u128::from(back.unsigned_abs())).into(),
                coach: who(1),
                employer: Uuid::from_u128(5).into(),
                section: None,
                day: after(monday, number % 5),
                mode: Mode::InPerson,
                purpose: Purpose::LearnNeeds,
                client: None,
                for_client: true,
                told: true,
                noted_on: None,
            });
        }
        for (place, minutes) in [(TimePlace::Office, 60 * desk), (TimePlace::Community, 60 * (35 - desk))] {
            let category = TimeCategory::EmploymentService;
            records.time.push(Time { day: monday, coach: who(1), category, place, minutes });
        }
        records.meetings.push(meeting(
            back.unsigned_abs().into(),
            MeetingKind::Supervision,
            monday,
            &[1, LEAD],
        ));
    }
    records
}

fn outlook(records: &Records, review: &str, item: u8) -> Outlook {
    let all = outlooks(records, day(TODAY), day(review), &Choices::default());
    all.into_iter().find(|outlook| outlook.item == item).unwrap()
}

fn outcome(outlook: &Outlook, plan: &[(Habit, i64)]) -> Outcome {
    let plan: Plan = plan.iter().copied().collect();
    outlook.outcomes.iter().find(|outcome| outcome.plan == plan).cloned().unwrap()
}

#[test]
fn a_contact_more_needs_the_weeks_that_the_window_is_long() {
    let found = outlook(&unit(2, 10), "2027-02-28", 17);
    assert_eq!(found.now, Some(2));
    // 16 in 8 weeks, and two more in each: 32, which is four a week, when all eight weeks have them. The week that has
    // begun is one like the others.
    let two = outcome(&found, &[(Habit::Contacts, 2), (Habit::Reviews, 0)]);
    assert_eq!((two.rises, two.at_review, two.later), (Some((day("2027-01-24"), 3)), Some(3), None));
    // Six more: 16 + 18 are more than 32 after three weeks; 16 + 48 are eight a week.
    let six = outcome(&found, &[(Habit::Contacts, 6), (Habit::Reviews, 0)]);
    assert_eq!((six.rises, six.at_review), (Some((day("2026-12-20"), 3)), Some(5)));
    // One more is not enough.
    let one = outcome(&found, &[(Habit::Contacts, 1), (Habit::Reviews, 0)]);
    assert_eq!((one.rises, one.at_review, one.later), (None, Some(2), None));
}

#[test]
fn what_can_not_move_before_the_review_says_when_it_can() {
    let found = outlook(&unit(2, 10), "2026-12-18", 17);
    let two = outcome(&found, &[(Habit::Contacts, 2), (Habit::Reviews, 0)]);
    assert_eq!((two.at_review, two.rises), (Some(2), Some((day("2027-01-24"), 3))));
    assert_eq!(two.later, Some((day("2027-01-24"), 3)));
}

#[test]
fn hours_leave_the_desk() {
    // 20 of 35 hours at the desk: 43 % out. Two hours more out: 49 %, six: 60 %.
    let found = outlook(&unit(2, 20), "2027-02-28", 24);
    assert_eq!(found.now, Some(3));
    assert_eq!(outcome(&found, &[(Habit::Desk, 2)]).at_review, Some(3));
    assert_eq!(outcome(&found, &[(Habit::Desk, 6)]).at_review, Some(4));
    assert_eq!(outcome(&found, &[(Habit::Desk, 8)]).at_review, Some(5));
}

#[test]
fn without_reviews_by_the_lead_contacts_alone_do_not_do_it() {
    let mut records = unit(2, 10);
    records.meetings.clear();
    let found = outlook(&records, "2027-02-28", 17);
    assert_eq!(outcome(&found, &[(Habit::Contacts, 6), (Habit::Reviews, 0)]).at_review, Some(2));
    assert_eq!(outcome(&found, &[(Habit::Contacts, 6), (Habit::Reviews, 1)]).at_review, Some(5));
}

#[test]
fn the_first_employer_within_days_of_the_agreement() {
    let mut records = unit(2, 10);
    for number in 0..12_u64 {
        let agreed = after(day("2025-12-10"), 30 * number);
        let id = ClientId(Uuid::from_u128(u128::from(number)));
        records.clients.push(Client {
            id,
            team: None,
            agreed_on: Some(agreed),
            closed_on: None,
            closed_unreached: false,
        });
        records.first_met.push((id, after(agreed, 70)));
    }
    let found = outlook(&records, "2027-11-20", 15);
    assert_eq!(found.now, Some(3));
    assert_eq!(outcome(&found, &[(Habit::FirstContact, 0)]).at_review, Some(3));
    let soon = outcome(&found, &[(Habit::FirstContact, 14)]);
    assert_eq!(soon.at_review, Some(5));
    // Those of the old pace leave the year one by one.
    assert!(
        soon.rises.is_some_and(|(day, score)| day > self::day("2027-01-01") && score == 4),
        "{:?}",
        soon.rises
    );
}

#[test]
fn a_monthly_habit_and_a_weekly_one_are_habits_of_half_a_year() {
    let mut records = unit(2, 10);
    let second = Post { person: who(2), ..records.posts[0].clone() };
    records.posts.push(second);
    let seven = outlook(&records, "2027-08-01", 7);
    assert_eq!(seven.now, Some(2));
    let weekly = outcome(&seven, &[(Habit::UnitMeetings, 1)]);
    assert_eq!((weekly.rises.map(|(_, score)| score), weekly.at_review), (Some(3), Some(5)));
    let six = outlook(&records, "2027-08-01", 6);
    assert_eq!((six.now, outcome(&six, &[(Habit::Partners, 1)]).at_review), (None, Some(4)));
    let eight = outlook(&records, "2027-08-01", 8);
    let mentored = |step| outcome(&eight, &[(Habit::Reviews, 0), (Habit::Mentoring, step)]).at_review;
    assert_eq!((mentored(0), mentored(1)), (Some(2), Some(3)));
}

#[test]
fn every_habit_has_an_item_and_begins_as_now() {
    for habit in Habit::ALL {
        assert!(!habit.items().is_empty() && habit.steps()[0] == 0, "{habit:?}");
        assert!(habit.items().iter().all(|item| Habit::of_item(*item).any(|other| other == *habit)));
    }
    assert_eq!(settings(&[Habit::Contacts, Habit::Reviews]).len(), 14);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn without_a_habit_nothing_moves_and_more_contacts_never_lower(
        contacts in 0_u64..8,
        desk in 5_i64..30,
        ahead in 1_u64..300,
    ) {
        let review = after(day(TODAY), ahead);
        let all = outlooks(&unit(contacts, desk), day(TODAY), review, &Choices::default());
        for outlook in &all {
            let still = &outlook.outcomes[0];
            prop_assert!(still.rises.is_none() && still.later.is_none());
            if [17, 24].contains(&outlook.item) {
                prop_assert_eq!(still.at_review, outlook.now);
            }
            for outcome in &outlook.outcomes {
                prop_assert!(outcome.at_review >= still.at_review, "{:?}", outcome);
                prop_assert!(outcome.rises.is_none_or(|(day, score)| day > self::day(TODAY) && Some(score) > outlook.now));
            }
        }
        let seventeen = all.iter().find(|outlook| outlook.item == 17).unwrap();
        let at = |more| outcome(seventeen, &[(Habit::Contacts, more), (Habit::Reviews, 0)]).at_review;
        for more in 1..=6 {
            prop_assert!(at(more) >= at(more - 1));
        }
    }
}
