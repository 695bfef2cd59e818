//! Hand-worked cases at, below and above every threshold, and what must hold whatever the records are.

use super::*;
use crate::codes::{AttemptWay, MeetingKind, Mode, Purpose, Recipient, TimeCategory, TimePlace};
use crate::fidelity::records::{
    Advice, Attempt, Attested, Change, Client, ClientMeeting, Coached, Contact, Job, Meeting, Post, Profile,
    Referral, Support, Time,
};
use crate::ids::TeamId;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

/// A Friday.
const ON: &str = "2024-05-31";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A coach by number; leads begin at 900.
fn who(number: u128) -> PersonId {
    PersonId(id(10_000 + number))
}

fn post(person: u128, role: Role, fte: i64, from: &str, to: Option<&str>) -> Post {
    Post { person: who(person), role, fte, from: day(from), to: to.map(day) }
}

fn coach(person: u128) -> Post {
    post(person, Role::Coach, 100, "2020-01-01", None)
}

fn client(number: u128, team: Option<u128>, agreed: &str) -> Client {
    Client {
        id: ClientId(id(number)),
        team: team.map(|team| TeamId(id(20_000 + team))),
        agreed_on: Some(day(agreed)),
        closed_on: None,
        closed_unreached: false,
    }
}

fn link(client: u128, coach: u128) -> Coached {
    Coached { client: ClientId(id(client)), coach: who(coach), from: day("2020-01-01"), to: None }
}

fn contact(number: u128, coach: u128, on: NaiveDate, of: Option<u128>, mode: Mode) -> Contact {
    Contact {
        id: id(30_000 + number).into(),
        coach: who(coach),
        employer: id(40_000 + number).into(),
        section: Some('I'),
        day: on,
        mode,
        purpose: Purpose::LearnNeeds,
        client: of.map(|client| ClientId(id(client))),
        for_client: of.is_some(),
        told: true,
        noted_on: None,
    }
}

fn job(number: u128, client: u128, from: &str, to: Option<&str>) -> Job {
    Job {
        id: id(50_000 + number).into(),
        client: ClientId(id(client)),
        employer: id(40_000 + number).into(),
        isco: Some(format!("{:04}", 1000 + number)),
        from: day(from),
        to: to.map(day),
        learnt_on: to.map(day),
        next: true,
        permanent: Some(true),
        competitive: Some(true),
    }
}

fn support(number: u128, client: u128, on: NaiveDate, mode: Mode) -> Support {
    Support {
        id: id(60_000 + number),
        client: ClientId(id(client)),
        job: None,
        coach: Some(who(1)),
        day: on,
        mode,
        recipient: Recipient::Both,
        kind: Some(if number.is_multiple_of(2) { "coping" } else { "benefits" }.to_owned()),
    }
}

fn time(coach: u128, on: &str, category: TimeCategory, place: TimePlace, minutes: i64) -> Time {
    Time { day: day(on), coach: who(coach), category, place, minutes }
}

fn meeting(number: u128, on: NaiveDate, kind: MeetingKind, present: &[u128]) -> Meeting {
    let present = present.iter().map(|person| who(*person)).collect();
    Meeting { id: id(70_000 + number), day: on, kind, team: None, present }
}

fn of(item: u8, records: &Records, on: &str) -> Estimate {
    let found = estimate(records, day(on), &Choices::default());
    found.into_iter().find(|estimate| estimate.item == item).unwrap()
}

fn score(item: u8, records: &Records) -> Option<u8> {
    of(item, records, ON).score
}

fn noted(estimate: &Estimate, kind: NoteKind) -> Option<[i64; 2]> {
    estimate.notes.iter().find(|note| note.kind == kind).map(|note| note.numbers)
}

fn each<T>(count: u128, make: impl Fn(u128) -> T) -> Vec<T> {
    (0..count).map(make).collect()
}

#[test]
fn item_1_is_clients_by_full_time_posts_read_downwards() {
    let of = |clients, fte: i64| {
        let records = Records {
            posts: vec![post(1, Role::Coach, fte, "2020-01-01", None)],
            clients: each(clients, |number| client(number, None, "2024-01-01")),
            ..Records::default()
        };
        score(1, &records)
    };
    for (clients, fte, wanted) in [
        (20, 100, 5),
        (21, 100, 4),
        (25, 100, 4),
        (26, 100, 3),
        (30, 100, 3),
        (31, 100, 2),
        (40, 100, 2),
        (41, 100, 1),
        // 20.4 is not 20 or fewer; a half post has half as many.
        (10, 49, 4),
        (10, 50, 5),
        (11, 50, 4),
    ] {
        assert_eq!(of(clients, fte), Some(wanted), "{clients} clients, {fte} hundredths");
    }
    assert_eq!(of(4, 100), None, "four clients say nothing");
}

#[test]
fn item_1_counts_whom_the_day_counts() {
    let mut records = Records {
        posts: vec![
            coach(1),
            // The same person twice, a lead, one who has left, one who begins tomorrow.
            post(1, Role::Coach, 50, "2022-01-01", None),
            post(900, Role::Lead, 100, "2020-01-01", None),
            post(2, Role::Coach, 100, "2020-01-01", Some("2024-05-30")),
            post(3, Role::Coach, 100, "2024-06-01", None),
        ],
        clients: each(6, |number| client(number, None, "2024-01-01")),
        ..Records::default()
    };
    records.clients[0].closed_on = Some(day(ON));
    records.clients[1].closed_on = Some(day("2024-06-01"));
    records.clients.push(client(9, None, ON));
    records.clients.push(client(10, None, "2024-06-01"));
    let found = of(1, &records, ON);
    assert_eq!(
        (found.numerator, found.denominator),
        (Some(6), Some(100)),
        "closed today is closed; agreed today is open"
    );
    // Without anybody on duty there is nothing to divide by.
    records.posts.truncate(0);
    assert_eq!(of(1, &records, ON).score, None);
}

fn weeks_of_time(service: i64, other: i64) -> Records {
    let mondays = ["2024-04-01", "2024-04-08", "2024-04-15", "2024-04-22"];
    let time = mondays.iter().flat_map(|monday| {
        [
            time(1, monday, TimeCategory::EmploymentService, TimePlace::Community, service),
            time(1, monday, TimeCategory::Other, TimePlace::Office, other),
        ]
    });
    Records { posts: vec![coach(1)], time: time.collect(), ..Records::default() }
}

#[test]
fn items_2_and_24_are_shares_of_the_last_eight_full_weeks_read_downwards() {
    for (part, second, last) in [
        (599, 1, 4),
        (600, 2, 4),
        (749, 2, 5),
        (750, 3, 5),
        (896, 3, 5),
        (900, 4, 5),
        (959, 4, 5),
        (960, 5, 5),
        (300, 1, 1),
        (301, 1, 2),
        (399, 1, 2),
        (400, 1, 3),
        (499, 1, 3),
        (500, 1, 4),
        (649, 2, 4),
        (650, 2, 5),
    ] {
        let records = weeks_of_time(part, 1000 - part);
        assert_eq!(score(2, &records), Some(second), "item 2 at {part} of 1000");
        assert_eq!(score(24, &records), Some(last), "item 24 at {part} of 1000");
    }
}

#[test]
fn items_2_and_24_look_at_weeks_that_hold_the_date_and_need_four() {
    let mut records = weeks_of_time(960, 40);
    // The Sunday before the window, and the running week, are outside; its last Sunday is inside.
    let outside = [
        time(1, "2024-03-31", TimeCategory::Other, TimePlace::Office, 9_999),
        time(1, "2024-05-27", TimeCategory::Other, TimePlace::Office, 9_999),
    ];
    let before = (of(2, &records, ON), of(24, &records, ON));
    records.time.extend(outside);
    assert_eq!((of(2, &records, ON), of(24, &records, ON)), before, "a row outside changes nothing");
    records.time.push(time(1, "2024-05-26", TimeCategory::Other, TimePlace::Office, 4_000));
    assert_eq!(score(2, &records), Some(1));
    let mut few = weeks_of_time(960, 40);
    few.time.truncate(6);
    assert_eq!(noted(&of(2, &few, ON), NoteKind::TooFew), Some([3, 4]));
    assert_eq!(noted(&of(24, &Records::default(), ON), NoteKind::NoRecords), Some([0, 0]));
}

#[test]
fn item_24_is_the_mean_of_the_coaches_half_down() {
    let mut records = weeks_of_time(650, 350);
    // A second coach at 3 of 10: ratings 5 and 1.
    let other = weeks_of_time(300, 700).time.into_iter().map(|time| Time { coach: who(2), ..time });
    records.time.extend(other);
    assert_eq!(score(24, &records), Some(3));
    // A third at 4 of 10: 5, 1 and 3 are 3; a fourth at 50 %: 5, 1, 3 and 4 are 3.25.
    records.time.extend(weeks_of_time(500, 500).time.into_iter().map(|time| Time { coach: who(4), ..time }));
    assert_eq!(score(24, &records), Some(3), "10 by 3 is 3.33");
    assert_eq!(mean([4, 3].into_iter()), Some(3), "3.5 is 3");
    assert_eq!(mean([4, 4, 3].into_iter()), Some(4), "3.67 is 4");
    assert_eq!(mean([5, 4, 4, 5].into_iter()), Some(4), "4.5 is 4");
    assert_eq!(mean(std::iter::empty()), None);
}

#[test]
fn item_4_is_the_share_of_the_two_largest_teams_of_each_coach() {
    let rated = |teams: &[Option<u128>]| {
        let records = Records {
            posts: vec![coach(1)],
            clients: teams
                .iter()
                .zip(0..)
                .map(|(team, number)| client(number, *team, "2024-01-01"))
                .collect(),
            coached: (0..teams.len()).map(|number| link(number as u128, 1)).collect(),
            ..Records::default()
        };
        score(4, &records)
    };
    let mix = |first: usize, second: usize, third: usize, none: usize| {
        let teams = [vec![Some(1); first], vec![Some(2); second], vec![Some(3); third], vec![None; none]];
        rated(&teams.concat())
    };
    assert_eq!(mix(5, 4, 1, 0), Some(5), "9 of 10");
    assert_eq!(mix(50, 39, 11, 0), Some(4), "89 of 100");
    assert_eq!(mix(75, 0, 0, 25), Some(4));
    assert_eq!(mix(74, 0, 0, 26), Some(3));
    assert_eq!(mix(5, 0, 0, 5), Some(3));
    assert_eq!(mix(4, 0, 0, 5), Some(2));
    assert_eq!(mix(0, 0, 0, 10), Some(1), "apart from treatment");
    assert_eq!(mix(4, 0, 0, 0), None, "too few");
}

#[test]
fn item_7_rises_with_people_and_meetings() {
    let weekly = |every: usize| {
        let first = day("2023-12-06");
        let days = (0..26).step_by(every).map(|week| first + Days::new(7 * week as u64));
        days.zip(0..)
            .map(|(on, number)| meeting(number, on, MeetingKind::VocationalUnit, &[1, 2]))
            .collect::<Vec<_>>()
    };
    let lead = || post(900, Role::Lead, 20, "2020-01-01", None);
    let of = |posts: Vec<Post>, meetings| score(7, &Records { posts, meetings, ..Records::default() });
    assert_eq!(of(vec![coach(1), coach(2), lead()], weekly(1)), Some(5));
    assert_eq!(of(vec![coach(1), coach(2), lead()], weekly(2)), Some(4));
    assert_eq!(of(vec![coach(1), coach(2), lead()], weekly(4)), Some(3));
    assert_eq!(of(vec![coach(1), coach(2), lead()], Vec::new()), Some(2));
    assert_eq!(of(vec![coach(1), coach(2)], weekly(1)), Some(1), "no lead");
    let half = post(2, Role::Coach, 50, "2020-01-01", None);
    assert_eq!(of(vec![coach(1), half, lead()], weekly(1)), Some(4), "two full-time coaches are asked for");
    assert_eq!(of(vec![coach(1), lead()], weekly(1)), Some(3), "one coach alone");
}

#[test]
fn item_8_is_at_least_what_the_records_show() {
    let (first, lead) = (day("2023-12-06"), 900);
    let mut meetings = each(26, |week| {
        meeting(week, first + Days::new(7 * week as u64), MeetingKind::Supervision, &[1, lead])
    });
    for (on, number) in ["2023-12-20", "2024-01-20", "2024-02-20", "2024-03-20", "2024-04-20", "2024-05-20"]
        .into_iter()
        .zip(100..)
    {
        meetings.push(meeting(number, day(on), MeetingKind::FieldMentoring, &[1, lead]));
    }
    for (on, number) in ["2024-02-29", "2024-03-01"].into_iter().zip(200..) {
        let team = Some(TeamId(id(20_001)));
        meetings.push(Meeting { team, ..meeting(number, day(on), MeetingKind::TreatmentTeam, &[lead]) });
    }
    let mut records = Records {
        posts: vec![coach(1), post(lead, Role::Lead, 10, "2020-01-01", None)],
        clients: vec![client(1, Some(1), "2024-01-01")],
        meetings,
        ..Records::default()
    };
    let found = of(8, &records, ON);
    assert_eq!((found.score, found.numerator), (Some(4), Some(4)), "the review of outcomes is attested");
    assert!(noted(&found, NoteKind::AtLeast).is_some());
    // The lead at the team in one quarter only; less of a lead.
    records.meetings.pop();
    assert_eq!(score(8, &records), Some(3));
    records.posts[1].fte = 9;
    assert_eq!(score(8, &records), Some(2));
}

#[test]
fn item_9_asks_why_memos_were_declined_and_from_where_they_come() {
    let memo = |number: u128, accepted, excluded| Referral {
        team: TeamId(id(20_000 + number % 3)),
        day: day("2024-02-01"),
        accepted: Some(accepted),
        excluded,
    };
    let with = |referrals: Vec<Referral>, next| {
        let mut ended = job(1, 1, "2023-10-01", Some("2024-01-01"));
        ended.next = next;
        score(9, &Records { referrals, jobs: vec![ended], ..Records::default() })
    };
    assert_eq!(with(each(6, |number| memo(number, true, false)), true), Some(5));
    assert_eq!(with(each(6, |number| memo(3 * number, true, false)), true), Some(4), "one source");
    assert_eq!(
        with(each(6, |number| memo(number, true, false)), false),
        Some(3),
        "no help with the next job"
    );
    assert_eq!(with(each(6, |number| memo(number, number > 0, number == 0)), true), Some(3));
    assert_eq!(with(each(6, |number| memo(number, number > 2, number < 3)), true), Some(2));
    assert_eq!(with(each(4, |number| memo(number, true, false)), true), None);
}

#[test]
fn item_12_is_advice_before_a_start_and_again_at_changes() {
    let with = |advised: u128, trained, change: Option<&str>| {
        let advice = |number: u128| Advice {
            id: id(80_000 + number),
            client: ClientId(id(number)),
            day: day("2024-02-01"),
            trained,
        };
        let changes =
            change.map(|on| Change { job: id(50_000).into(), client: ClientId(id(0)), day: day(on) });
        let records = Records {
            jobs: each(5, |number| job(number, number, "2024-02-01", None)),
            advice: each(advised, advice),
            changes: changes.into_iter().collect(),
            ..Records::default()
        };
        score(12, &records)
    };
    assert_eq!(with(4, true, None), Some(4), "4 of 5, nothing has changed");
    assert_eq!(with(3, true, None), Some(3), "3 of 5");
    assert_eq!(with(4, false, None), Some(3), "by the coach");
    assert_eq!(with(4, true, Some("2024-03-02")), Some(5), "30 days after the advice");
    assert_eq!(with(4, true, Some("2024-03-03")), Some(4));
    assert_eq!(with(0, true, None), None, "people say whether there is any");
}

#[test]
fn item_13_has_one_point_for_each_part_that_is_a_habit() {
    let with = |talks: u128, words: u128, again: u128| {
        let mut all: Vec<_> = each(talks, |number| (ClientId(id(number)), day("2024-03-01")));
        all.extend(each(again, |number| (ClientId(id(number)), day("2024-04-01"))));
        let records = Records {
            clients: each(5, |number| client(number, None, "2024-01-01")),
            talks: all,
            disclosures: each(words, |number| (ClientId(id(number)), day("2024-03-01"), true)),
            ..Records::default()
        };
        score(13, &records)
    };
    assert_eq!(with(4, 4, 4), Some(4));
    assert_eq!(with(4, 4, 3), Some(3));
    assert_eq!(with(4, 3, 3), Some(2));
    assert_eq!(with(3, 3, 3), Some(1));
    assert_eq!(with(0, 0, 0), None);
}

#[test]
fn item_14_is_a_profile_that_follows_what_was_learnt() {
    let profile = |number: u128, on: &str| Profile {
        client: ClientId(id(number)),
        by: who(1),
        day: day(on),
        sections: vec!['I'],
    };
    let mut records = Records {
        clients: each(5, |number| client(number, None, "2024-01-01")),
        jobs: vec![job(1, 0, "2024-03-01", Some("2024-04-10")), job(2, 1, "2024-05-20", None)],
        profiles: each(4, |number| profile(number, "2024-01-20")),
        ..Records::default()
    };
    let found = of(14, &records, ON);
    assert_eq!(
        (found.score, found.numerator, found.denominator),
        (Some(4), Some(0), Some(200)),
        "11 days are not 30"
    );
    records.profiles.push(profile(0, "2024-03-31"));
    records.profiles.push(profile(0, "2024-05-10"));
    assert_eq!(score(14, &records), Some(5), "30 days after the start, and after the end");
    records.profiles.pop();
    records.profiles.push(profile(0, "2024-05-11"));
    assert_eq!(score(14, &records), Some(4), "31 days");
    records.profiles.remove(3);
    assert_eq!(score(14, &records), Some(3), "a profile of three in five");
}

fn rapid(days: &[Option<u64>], agreed: &str) -> Records {
    let start = day(agreed);
    let met = |(number, days): (usize, &Option<u64>)| {
        days.map(|days| (ClientId(id(number as u128)), start + Days::new(days)))
    };
    Records {
        clients: each(days.len() as u128, |number| client(number, None, agreed)),
        first_met: days.iter().enumerate().filter_map(met).collect(),
        ..Records::default()
    }
}

#[test]
fn item_15_is_mean_days_to_the_first_contact() {
    for (mean, wanted) in [(30, 5), (31, 4), (60, 4), (61, 3), (150, 3), (151, 2), (270, 2), (271, 1)] {
        let records = rapid(&[Some(mean); 5], "2023-08-01");
        assert_eq!(score(15, &records), Some(wanted), "{mean} days");
    }
    // A mean of 30.2 is not 30 or less.
    assert_eq!(score(15, &rapid(&[Some(30), Some(30), Some(30), Some(30), Some(31)], "2023-08-01")), Some(4));
}

#[test]
fn item_15_counts_who_waits_once_thirty_days_have_passed() {
    let mut records = rapid(&[Some(10), Some(10), Some(10), Some(10), Some(10), None], "2024-05-02");
    let found = of(15, &records, ON);
    assert_eq!((found.numerator, found.denominator), (Some(50), Some(500)), "29 days");
    let found = of(15, &records, "2024-06-01");
    assert_eq!((found.numerator, found.denominator), (Some(80), Some(600)), "30 days");
    assert_eq!(noted(&found, NoteKind::Waiting), Some([1, 0]));
    // Closed on the 40th day: no more than that, however long ago. Closed on the 20th: never thirty.
    records.clients[5].closed_on = Some(day("2024-05-02") + Days::new(40));
    assert_eq!(of(15, &records, "2024-12-31").numerator, Some(90));
    records.clients[5].closed_on = Some(day("2024-05-02") + Days::new(20));
    assert_eq!(of(15, &records, "2024-12-31").denominator, Some(500));
    // A contact before the agreement is one on its day; one after the day is none.
    records.first_met[0].1 = day("2024-04-01");
    assert_eq!(of(15, &records, "2024-06-01").numerator, Some(40));
    records.first_met[1].1 = day("2024-06-02");
    assert_eq!(of(15, &records, "2024-06-01").numerator, Some(60), "waited for 30 days");
    // Agreements of twelve months: the same day a year earlier is outside.
    let leap = rapid(&[Some(1); 5], "2023-02-28");
    assert_eq!(of(15, &leap, "2024-02-29").denominator, Some(0));
    assert_eq!(of(15, &rapid(&[Some(1); 5], "2023-03-01"), "2024-02-29").denominator, Some(500));
}

#[test]
fn item_16_asks_whether_contacts_follow_the_wishes_of_the_day() {
    let with = |fits: u128| {
        let mut records = Records {
            profiles: vec![Profile {
                client: ClientId(id(1)),
                by: who(1),
                day: day("2024-01-10"),
                sections: vec!['G'],
            }],
            contacts: each(100, |number| {
                let section = Some(if number < fits { 'G' } else { 'I' });
                Contact { section, ..contact(number, 1, day("2024-03-01"), Some(1), Mode::Phone) }
            }),
            ..Records::default()
        };
        // Of a client without wishes, and for nobody: neither says anything.
        records.contacts.push(contact(200, 1, day("2024-03-01"), Some(2), Mode::Phone));
        records.contacts.push(contact(201, 1, day("2024-03-01"), None, Mode::Phone));
        of(16, &records, ON)
    };
    for (fits, wanted) in [(24, 1), (25, 2), (49, 2), (50, 3), (74, 3), (75, 4), (89, 4), (90, 5)] {
        assert_eq!(with(fits).score, Some(wanted), "{fits} of 100");
    }
    assert_eq!(noted(&with(1), NoteKind::Unknown), Some([1, 0]));
}

/// `a_week` contacts of a coach in each of the eight weeks, and a supervision in each of `reviews` of them.
fn frequent(a_week: u128, reviews: u128, looking: u128) -> Records {
    let first = day("2024-04-02");
    let contacts = (0..8).flat_map(|week| {
        each(a_week, move |number| {
            contact(100 * week + number, 1, first + Days::new(7 * week as u64), Some(1), Mode::InPerson)
        })
    });
    Records {
        posts: vec![coach(1), post(900, Role::Lead, 20, "2020-01-01", None)],
        clients: each(looking, |number| client(number, None, "2024-01-01")),
        coached: each(looking, |number| link(number, 1)),
        contacts: contacts.collect(),
        meetings: each(reviews, |week| {
            meeting(week, first + Days::new(7 * week as u64), MeetingKind::Supervision, &[1, 900])
        }),
        ..Records::default()
    }
}

#[test]
fn item_17_is_contacts_a_week_capped_by_the_reviews() {
    for (a_week, reviews, wanted) in [
        (1, 8, 1),
        (2, 8, 2),
        (3, 8, 2),
        (4, 8, 3),
        (5, 8, 4),
        (6, 8, 5),
        (6, 7, 5),
        (6, 6, 3),
        (6, 2, 3),
        (6, 1, 2),
        (6, 0, 2),
        (3, 0, 2),
        (1, 0, 1),
    ] {
        let records = frequent(a_week, reviews, 10);
        assert_eq!(score(17, &records), Some(wanted), "{a_week} a week, {reviews} reviews in eight weeks");
    }
    // With two clients who look for work, four a week are enough; with one, two.
    assert_eq!(score(17, &frequent(4, 8, 2)), Some(5));
    assert_eq!(score(17, &frequent(3, 8, 2)), Some(2));
    assert_eq!(score(17, &frequent(2, 8, 1)), Some(5));
    assert_eq!(score(17, &frequent(4, 8, 3)), Some(3));
}

#[test]
fn item_17_counts_weeks_on_duty_and_contacts_in_person_for_a_client() {
    let mut records = frequent(4, 8, 10);
    // On duty from the Sunday of the fourth week: five weeks, and the contacts of five.
    records.posts[0].from = day("2024-04-28");
    records.contacts.retain(|contact| contact.day >= day("2024-04-22"));
    let found = of(17, &records, ON);
    assert_eq!((found.numerator, found.denominator), (Some(20), Some(500)));
    let before = found.clone();
    records.contacts.push(contact(9_000, 1, day("2024-05-20"), Some(1), Mode::Phone));
    records.contacts.push(contact(9_001, 1, day("2024-05-27"), Some(1), Mode::InPerson));
    records.contacts.push(contact(9_002, 1, day("2024-03-31"), Some(1), Mode::InPerson));
    assert_eq!(of(17, &records, ON), before, "by telephone, after the window, before it");
    records.contacts.push(contact(9_003, 1, day("2024-05-20"), None, Mode::InPerson));
    assert_eq!(noted(&of(17, &records, ON), NoteKind::Generic), Some([1, 0]));
    // Who left before the window is not rated.
    records.posts.push(post(2, Role::Coach, 100, "2020-01-01", Some("2024-03-31")));
    assert_eq!(of(17, &records, ON).coaches.len(), 1);
}

#[test]
fn items_19_and_20_are_different_ones_by_jobs_held_in_a_year() {
    for (different, wanted) in [(49, 1), (50, 2), (59, 2), (60, 3), (69, 3), (70, 4), (84, 4), (85, 5)] {
        let mut records = Records {
            jobs: each(100, |number| job(number, number, "2024-01-01", None)),
            ..Records::default()
        };
        for (number, job) in records.jobs.iter_mut().enumerate().skip(different) {
            job.isco = Some("1000".into());
            job.employer = id(40_000).into();
            assert!(number > 0);
        }
        assert_eq!(score(19, &records), Some(wanted), "{different} kinds");
        assert_eq!(score(20, &records), Some(wanted), "{different} employers");
    }
    // Held in the year: ended on its first day is in, the day before is out; five digits count by four.
    let mut records =
        Records { jobs: each(6, |number| job(number, number, "2023-01-01", None)), ..Records::default() };
    records.jobs[0].to = Some(day("2023-06-01"));
    records.jobs[1].to = Some(day("2023-05-31"));
    records.jobs[2].isco = Some("10001".into());
    records.jobs[3].isco = None;
    let found = of(19, &records, ON);
    assert_eq!((found.numerator, found.denominator), (Some(3), Some(400)));
    assert_eq!(noted(&found, NoteKind::Unknown), Some([1, 0]));
    assert_eq!(of(20, &records, ON).denominator, Some(500));
    records.jobs.truncate(3);
    assert_eq!(score(20, &records), None, "two jobs say nothing");
}

#[test]
fn item_21_is_permanent_competitive_jobs_and_few_jobs_are_a_score_of_their_own() {
    for (steady, wanted) in [(64, 1), (65, 2), (74, 2), (75, 3), (84, 3), (85, 4), (94, 4), (95, 5)] {
        let mut records = Records {
            jobs: each(100, |number| job(number, number, "2024-01-01", None)),
            ..Records::default()
        };
        for (number, job) in records.jobs.iter_mut().enumerate().skip(steady) {
            if number % 2 == 0 { job.permanent = Some(false) } else { job.competitive = None }
        }
        assert_eq!(score(21, &records), Some(wanted), "{steady} of 100");
    }
    let mut records =
        Records { jobs: each(10, |number| job(number, number, "2024-01-01", None)), ..Records::default() };
    assert_eq!(score(21, &records), Some(5));
    records.jobs[0].to = Some(day(ON));
    let found = of(21, &records, ON);
    assert_eq!(
        (found.score, noted(&found, NoteKind::FewJobs)),
        (Some(1), Some([9, 10])),
        "ended on the day is ended"
    );
    assert_eq!(score(21, &Records::default()), Some(1));
}

#[test]
fn item_22_is_support_of_the_last_month_and_its_variety() {
    let with = |lately: u128, kinds: u128, team: bool| {
        let mut records = Records {
            jobs: each(100, |number| job(number, number, "2024-01-01", None)),
            ..Records::default()
        };
        for number in 0..lately {
            records.supports.push(support(2 * number, number, day("2024-05-01"), Mode::Phone));
        }
        for number in 0..kinds {
            records.supports.push(support(2 * number + 1, number, day("2024-04-30"), Mode::Phone));
        }
        if team {
            records.supports[0].coach = None;
        }
        score(22, &records)
    };
    assert_eq!(with(39, 39, true), Some(1));
    assert_eq!(with(40, 40, true), Some(2));
    assert_eq!(with(64, 64, true), Some(2));
    assert_eq!(with(65, 49, true), Some(3), "narrow");
    assert_eq!(with(65, 50, false), Some(4));
    assert_eq!(with(65, 50, true), Some(5));
}

/// Support of a client on each of these days after the start of a job.
fn supported(client: u128, start: &str, days: &[i64]) -> Vec<Support> {
    let on = |days: &i64| day(start) + chrono::Duration::days(*days);
    days.iter()
        .zip(1000 * client..)
        .map(|(days, number)| support(number, client, on(days), Mode::InPerson))
        .collect()
}

/// The week before, three days after, each week of the first month, each month of the first year.
const WHOLE: [i64; 17] = [-3, 2, 9, 16, 23, 40, 70, 100, 130, 160, 190, 220, 250, 280, 310, 340, 360];

#[test]
fn item_23_follows_job_starts_by_six_conditions() {
    let start = "2023-01-02";
    let with = |days: &[i64], stepped: bool| {
        let jobs = each(5, |number| job(number, number, start, None));
        let step_downs = jobs.iter().filter(|_| stepped).map(|job| (job.id, day("2024-01-10"))).collect();
        let supports = (0..5).flat_map(|client| supported(client, start, days)).collect();
        of(23, &Records { jobs, step_downs, supports, ..Records::default() }, ON)
    };
    let met = |found: &Estimate, at: usize| found.parts[at].met;
    let whole = with(&WHOLE, true);
    assert_eq!(
        (whole.score, whole.numerator, whole.denominator),
        (Some(5), Some(5), Some(500)),
        "nobody lost a job"
    );
    assert_eq!(with(&WHOLE, false).score, Some(4), "no step-down after a year");
    let without = |left_out: &[i64]| {
        let days: Vec<i64> = WHOLE.iter().copied().filter(|day| !left_out.contains(day)).collect();
        with(&days, true)
    };
    assert_eq!(met(&without(&[-3]), 0), Some(false));
    assert_eq!(met(&without(&[2]), 1), Some(false));
    assert_eq!(met(&without(&[16]), 2), Some(false));
    assert_eq!(met(&without(&[340, 360]), 3), Some(false), "the twelfth month");
    assert_eq!(without(&[16]).score, Some(3), "not weekly, but for four months");
    assert_eq!(without(&[70]).score, Some(2), "nobody in the third month");
    assert_eq!(with(&[-3, 2, 9, 16, 23], true).score, Some(1), "nobody after the first month");
}

#[test]
fn item_23_asks_a_condition_only_when_its_time_has_passed() {
    // Four days on, nothing but the first two can be asked.
    let records = Records {
        jobs: each(5, |number| job(number, number, "2024-05-27", None)),
        supports: (0..5).flat_map(|client| supported(client, "2024-05-27", &[-1, 3])).collect(),
        ..Records::default()
    };
    let found = of(23, &records, ON);
    let met: Vec<_> = found.parts.iter().map(|part| part.met).collect();
    assert_eq!(met, [Some(true), Some(true), None, None, None, None]);
    // A job that was lost: within three days of hearing of it.
    let lost = |heard: i64| {
        let jobs = each(5, |number| Job {
            learnt_on: Some(day("2024-04-15")),
            ..job(number, number, "2024-03-01", Some("2024-04-10"))
        });
        let supports = (0..5).flat_map(|client| supported(client, "2024-04-15", &[heard])).collect();
        of(23, &Records { jobs, supports, ..Records::default() }, ON).parts[5].met
    };
    assert_eq!([lost(-1), lost(0), lost(3), lost(4)], [Some(false), Some(true), Some(true), Some(false)]);
    // 80 % are enough.
    let mut most = records.clone();
    most.supports.retain(|support| support.client != ClientId(id(0)));
    assert_eq!(of(23, &most, ON).parts[0].met, Some(true), "4 of 5");
    most.supports.retain(|support| support.client != ClientId(id(1)));
    assert_eq!(of(23, &most, ON).parts[0].met, Some(false), "3 of 5");
}

#[test]
fn item_25_counts_strategies_for_those_who_missed_a_meeting() {
    let missed = ClientMeeting {
        id: id(90_001),
        client: ClientId(id(1)),
        coach: who(1),
        day: day("2024-05-01"),
        no_show: true,
        outside: false,
        joint: false,
    };
    let attempt = |number: u128, way| Attempt {
        id: id(91_000 + number),
        client: ClientId(id(1)),
        coach: who(1),
        day: day("2024-05-03"),
        way,
    };
    let came = ClientMeeting {
        no_show: false,
        outside: true,
        joint: true,
        day: day("2024-05-20"),
        ..missed.clone()
    };
    let mut records = Records { client_meetings: vec![missed], ..Records::default() };
    assert_eq!(score(25, &records), Some(1));
    records.attempts.push(attempt(1, AttemptWay::HomeVisit));
    assert_eq!(score(25, &records), Some(1), "two");
    records.attempts.push(attempt(2, AttemptWay::CareTeam));
    assert_eq!(score(25, &records), Some(2), "three");
    records.client_meetings.push(came);
    assert_eq!(score(25, &records), Some(4), "five; family is attested");
    let mut closed = client(7, None, "2024-01-01");
    (closed.closed_on, closed.closed_unreached) = (Some(day("2024-05-15")), true);
    records.clients.push(closed);
    assert_eq!(score(25, &records), Some(3));
    assert_eq!(score(25, &Records::default()), None, "nobody missed one");
}

#[test]
fn nothing_says_nothing_and_judgement_is_left_to_people() {
    let found = estimate(&Records::default(), day(ON), &Choices::default());
    let items: Vec<u8> = found.iter().map(|estimate| estimate.item).collect();
    assert_eq!(items, (1..=25).collect::<Vec<u8>>());
    for estimate in found {
        // Fewer than ten current jobs is a score by the scale itself.
        assert_eq!(estimate.score, (estimate.item == 21).then_some(1), "item {}", estimate.item);
        assert!(estimate.value().is_none_or(f64::is_finite));
    }
}

/// Records of a unit, made from numbers.
fn any_records() -> impl Strategy<Value = Records> {
    let offset = || 0_u64..700;
    let contacts =
        prop::collection::vec((1_u128..4, offset(), prop::option::of(0_u128..12), any::<bool>()), 0..80);
    let jobs =
        prop::collection::vec((0_u128..12, offset(), prop::option::of(1_u64..300), any::<bool>()), 0..20);
    let time = prop::collection::vec((1_u128..4, offset(), 0_i64..2500, any::<bool>(), any::<bool>()), 0..60);
    let supports = prop::collection::vec((0_u128..12, offset(), any::<bool>()), 0..60);
    let clients =
        prop::collection::vec((prop::option::of(0_u128..4), offset(), prop::option::of(1_u64..400)), 0..12);
    (contacts, jobs, time, supports, clients).prop_map(|(contacts, jobs, time, supports, clients)| {
        let first = day("2022-11-01");
        let on = |days: u64| first + Days::new(days);
        let met = |(number, (coach, days, of, person)): (u128, (u128, u64, Option<u128>, bool))| {
            contact(number, coach, on(days), of, if person { Mode::InPerson } else { Mode::Phone })
        };
        let contacts: Vec<Contact> = (0..).zip(contacts).map(met).collect();
        let mut records = Records {
            posts: vec![coach(1), coach(2), coach(3), post(900, Role::Lead, 30, "2020-01-01", None)],
            first_met: contacts
                .iter()
                .filter(|it| it.counts())
                .filter_map(|it| Some((it.client?, it.day)))
                .collect(),
            contacts,
            ..Records::default()
        };
        for (number, (team, from, lasted)) in (0_u128..).zip(clients) {
            let mut made = client(number, team, "2022-11-01");
            made.agreed_on = Some(on(from));
            made.closed_on = lasted.map(|days| on(from + days));
            records.clients.push(made);
            records.coached.push(link(number, 1 + number % 3));
        }
        for (number, (of, from, lasted, steady)) in (0_u128..).zip(jobs) {
            let mut made = job(number, of, "2022-11-01", None);
            made.from = on(from);
            made.to = lasted.map(|days| on(from + days));
            made.permanent = Some(steady);
            made.isco = Some(format!("{:04}", 1000 + number % 5));
            records.jobs.push(made);
        }
        for (coach, days, minutes, service, outside) in time {
            let category = if service { TimeCategory::EmploymentService } else { TimeCategory::Other };
            let place = if outside { TimePlace::Community } else { TimePlace::Office };
            records.time.push(Time { day: on(days), coach: who(coach), category, place, minutes });
        }
        for (number, (of, days, person)) in (0_u128..).zip(supports) {
            let mode = if person { Mode::InPerson } else { Mode::Phone };
            records.supports.push(support(number, of, on(days), mode));
        }
        records
    })
}

#[test]
fn what_people_attest_counts_for_a_year_and_the_last_word_holds() {
    let mut records = Records::default();
    let parts = [
        PartKind::SharedDecisions,
        PartKind::InTreatmentRecord,
        PartKind::DeskWithTeam,
        PartKind::ThinksOfOthers,
    ];
    let said = |part, holds, on: &str, at| Attested { part, holds: Some(holds), day: day(on), at };
    records.attested = parts.iter().map(|part| said(*part, true, "2024-05-01", 0)).collect();
    let five = |records: &Records, on: &str| estimate(records, day(on), &Choices::default()).swap_remove(4);
    // Without a team meeting one part is not known.
    assert_eq!(five(&records, ON).score, None);
    records.posts.push(coach(1));
    records.clients.push(client(1, Some(1), "2024-01-01"));
    records.coached.push(link(1, 1));
    records.meetings.push(Meeting {
        id: id(1),
        day: day("2024-05-02"),
        kind: MeetingKind::TreatmentTeam,
        team: Some(TeamId(id(20_001))),
        present: vec![who(1)],
    });
    assert_eq!(five(&records, ON).score, Some(5));
    records.attested.push(said(PartKind::DeskWithTeam, false, "2024-05-01", 1));
    assert_eq!(five(&records, ON).score, Some(4), "the later word of a day holds");
    records.attested.push(Attested { holds: None, ..said(PartKind::DeskWithTeam, true, "2024-05-03", 2) });
    assert_eq!(five(&records, ON).score, None, "what was taken back is not known");
    // A year later nothing of it holds.
    assert!(five(&records, "2025-05-02").parts.iter().skip(1).all(|part| part.met.is_none()));
}

#[test]
fn a_visit_of_which_nothing_is_told_does_not_count_and_is_said() {
    let mut records = Records { posts: vec![coach(1)], ..Records::default() };
    let monday = day("2024-05-20");
    records.contacts = (0..4).map(|number| contact(number, 1, monday, Some(1), Mode::InPerson)).collect();
    records.contacts[3].told = false;
    let found = estimate(&records, day(ON), &Choices::default()).swap_remove(16);
    assert_eq!(found.numerator, Some(3));
    assert!(found.notes.contains(&Note { kind: NoteKind::Unknown, numbers: [1, 0] }));
    assert_eq!(found.rows.iter().filter(|row| !row.counts).count(), 1, "it stands among the rows, beside");
}

proptest! {
    #[test]
    fn scores_are_one_to_five_or_none(records in any_records(), days in 0_u64..800) {
        let on = day("2022-11-01") + Days::new(days);
        for estimate in estimate(&records, on, &Choices::default()) {
            prop_assert!(estimate.score.is_none_or(|score| (1..=5).contains(&score)), "{}", estimate.item);
            prop_assert!(estimate.window.to <= on);
        }
    }

    #[test]
    fn one_more_contact_in_person_never_lowers_item_17(records in any_records(), days in 0_u64..60, by in 1_u128..4) {
        let before = score(17, &records);
        let mut more = records;
        more.contacts.push(contact(99_999, by, day("2024-04-01") + Days::new(days), Some(1), Mode::InPerson));
        prop_assert!(score(17, &more) >= before);
    }

    /// What lies after the day, and before every window, changes nothing.
    #[test]
    fn a_row_outside_the_windows_changes_nothing(records in any_records()) {
        let before = estimate(&records, day(ON), &Choices::default());
        let mut more = records;
        for (number, on) in [(90_000, "2024-06-01"), (90_001, "2019-01-01")] {
            more.contacts.push(contact(number, 1, day(on), Some(1), Mode::InPerson));
            more.supports.push(support(number, 1, day(on), Mode::InPerson));
            more.time.push(time(1, on, TimeCategory::Other, TimePlace::Office, 2_250));
            more.meetings.push(meeting(number, day(on), MeetingKind::Supervision, &[1, 900]));
        }
        more.jobs.push(job(90_000, 1, "2024-06-01", None));
        more.jobs.push(job(90_001, 1, "2018-06-01", Some("2018-07-01")));
        prop_assert_eq!(estimate(&more, day(ON), &Choices::default()), before);
    }

    /// Whether a coach's records came from one phone or two, and in what order, changes no number.
    #[test]
    fn the_order_of_rows_changes_no_number(records in any_records(), turn in 0_usize..50) {
        let numbers = |records: &Records| {
            let of = |it: Estimate| (it.item, it.score, it.numerator, it.denominator, it.parts, it.coaches);
            estimate(records, day(ON), &Choices::default()).into_iter().map(of).collect::<Vec<_>>()
        };
        let mut turned = records.clone();
        let at = |length: usize| if length == 0 { 0 } else { turn % length };
        turned.contacts.rotate_left(at(records.contacts.len()));
        turned.supports.rotate_left(at(records.supports.len()));
        turned.time.rotate_left(at(records.time.len()));
        turned.jobs.reverse();
        turned.clients.reverse();
        prop_assert_eq!(numbers(&turned), numbers(&records));
    }
}
