use super::*;
use crate::codes::{FeedbackQuestion, Instrument, MeasurePoint, Mode, Respondent};
use crate::package::{Reading, read, write};
use std::collections::{BTreeMap, BTreeSet};

/// A Monday, days in the middle and at the end of a week, a leap day, a new year.
const TODAYS: [&str; 8] = [
    "2026-11-23",
    "2026-11-18",
    "2026-11-20",
    "2026-11-21",
    "2026-11-22",
    "2028-02-29",
    "2027-01-01",
    "2025-03-03",
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn demos() -> impl Iterator<Item = (NaiveDate, Package)> {
    TODAYS.into_iter().map(day).map(|today| (today, package(today)))
}

#[test]
fn it_reads_back_without_a_problem_or_a_remark() {
    for (today, demo) in demos() {
        let Reading { package, problems, remarks, .. } = read(&write(&demo), today);
        assert_eq!((problems, remarks), (vec![], vec![]), "{today}");
        assert!(package == demo, "{today}");
    }
}

#[test]
fn it_is_the_same_each_time_and_another_each_day() {
    assert!(package(day("2026-11-20")) == package(day("2026-11-20")));
    assert!(package(day("2026-11-20")) != package(day("2026-11-19")));
}

#[test]
fn agreements_44_of_which_35_from_the_clinic_and_9_from_primary_care() {
    for (_, demo) in demos() {
        let from = |team: &str| {
            let agreed = demo.clients.iter().filter(|client| client.agreement_on.is_some());
            agreed.filter(|client| client.team.as_deref() == Some(team)).count()
        };
        assert_eq!((from(service::CLINIC), from(service::PRIMARY), demo.clients.len()), (35, 9, 44));
    }
}

#[test]
fn the_first_meeting_is_mostly_within_two_weeks() {
    for (_, demo) in demos() {
        let days =
            demo.clients.iter().map(|client| client.first_meeting_on.unwrap() - client.referred_on.unwrap());
        let soon = days.filter(|waited| waited.num_days() <= 14).count();
        assert!((36..44).contains(&soon), "{soon}");
    }
}

#[test]
fn people_in_open_market_work_14_of_which_7_with_a_pay_subsidy_in_15_contracts() {
    for (_, demo) in demos() {
        let open: Vec<_> = demo.jobs.iter().filter(|job| job.competitive == Some(true)).collect();
        let people: BTreeSet<&str> = open.iter().map(|job| job.client.as_str()).collect();
        let subsidised: BTreeSet<&str> =
            open.iter().filter(|job| job.pay_subsidy == Some(true)).map(|job| job.client.as_str()).collect();
        assert_eq!((people.len(), subsidised.len(), open.len()), (14, 7, 15));
    }
}

fn tally<'a>(kinds: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, u32> {
    let mut tally = BTreeMap::new();
    kinds.for_each(|kind| *tally.entry(kind.as_str()).or_default() += 1);
    tally
}

#[test]
fn transitions_17_by_kind_and_qualifications() {
    for (_, demo) in demos() {
        let transitions = tally(demo.transitions.iter().map(|step| &step.kind));
        let published = [
            ("rehabilitative_work", 2),
            ("social_rehabilitation", 2),
            ("vocational_degree", 2),
            ("vocational_rehab_kela", 1),
            ("vocational_rehab_pension", 1),
            ("volunteering", 5),
            ("work_trial", 4),
        ];
        assert_eq!(transitions, BTreeMap::from(published));
        assert_eq!(demo.transitions.len(), 17);
        let qualifications = tally(demo.qualifications.iter().map(|qualification| &qualification.kind));
        let published = [("hygiene_passport", 6), ("occupational_safety_card", 2), ("open_university", 1)];
        assert_eq!(qualifications, BTreeMap::from(published));
    }
}

#[test]
fn employers_contacted_300_in_704_contacts() {
    for (_, demo) in demos() {
        let contacted: BTreeSet<&str> =
            demo.contacts.iter().map(|contact| contact.employer.as_str()).collect();
        assert_eq!((demo.employers.len(), contacted.len(), demo.contacts.len()), (300, 300, 704));
    }
}

/// The mean to one decimal in tenths, and from how many.
fn mean(values: impl Iterator<Item = i64>) -> (i64, i64) {
    let (sum, count) = values.fold((0, 0), |(sum, count), value| (sum + value, count + 1));
    ((sum * 20 + count) / (2 * count), count)
}

#[test]
fn measures_at_start_and_end_from_22_clients() {
    let published = [
        (Instrument::WorkAbility, 1, 46, 62),
        (Instrument::LifeSituation, 3, 51, 66),
        (Instrument::LifeSituation, 5, 59, 72),
        (Instrument::LifeSituation, 6, 52, 63),
        (Instrument::LifeSituation, 2, 54, 64),
        (Instrument::LifeSituation, 9, 46, 55),
        (Instrument::LifeSituation, 10, 48, 58),
        (Instrument::LifeSituation, 7, 76, 74),
    ];
    for (_, demo) in demos() {
        let answers = |instrument, item, point| {
            let of_item =
                demo.proms.iter().filter(move |prom| prom.instrument == instrument && prom.item == item);
            mean(of_item.filter(move |prom| prom.point == point).map(|prom| prom.value))
        };
        for (instrument, item, start, end) in published {
            assert_eq!(answers(instrument, item, MeasurePoint::Start), (start, 22), "{instrument:?} {item}");
            assert_eq!(answers(instrument, item, MeasurePoint::End), (end, 22), "{instrument:?} {item}");
        }
        let both: BTreeSet<&str> = demo.proms.iter().map(|prom| prom.client.as_str()).collect();
        assert_eq!((both.len(), demo.proms.len()), (22, 22 * 28 * 2));
    }
}

#[test]
fn recommendation_69_of_26_effectiveness_4_2_of_10_assessment_97() {
    for (_, demo) in demos() {
        let values = |respondent, question| {
            let asked = move |feedback: &&crate::package::Feedback| {
                feedback.respondent == respondent && feedback.question == question
            };
            demo.feedback.iter().filter(asked).map(|feedback| feedback.value)
        };
        let recommend: Vec<i64> = values(Respondent::Client, FeedbackQuestion::Recommend).collect();
        let promoters = recommend.iter().filter(|value| **value >= 9).count();
        let detractors = recommend.iter().filter(|value| **value <= 6).count();
        assert_eq!(((promoters - detractors) * 100 / recommend.len(), recommend.len()), (69, 26));
        assert_eq!(mean(values(Respondent::Stakeholder, FeedbackQuestion::Effectiveness)), (42, 10));
        assert_eq!(demo.fidelity.iter().map(|row| row.score).sum::<i64>(), 97);
        assert_eq!(demo.fidelity.len(), 25);
    }
}

#[test]
fn coaches_on_duty_have_two_to_five_visits_this_week_and_the_last_is_of_the_last_workday() {
    for (today, demo) in demos() {
        let week = crate::calendar::Week::of(today);
        for coach in ["D2", "D3"] {
            let this_week =
                demo.contacts.iter().filter(|contact| contact.coach == coach && week.holds(contact.date));
            let there = this_week.clone().filter(|contact| contact.mode == Mode::InPerson).count();
            assert!((2..=5).contains(&there) && there == this_week.count(), "{today} {coach}");
        }
        let last = demo.contacts.iter().map(|contact| contact.date).max();
        assert_eq!(last, Some(Timeline::until(today).last), "{today}");
    }
}

#[test]
fn next_steps_wait_behind_today_and_ahead() {
    for (today, demo) in demos() {
        let workday = on_workday(today) == today;
        for coach in ["D2", "D3"] {
            let later = |contact: &crate::package::Contact| {
                demo.contacts
                    .iter()
                    .any(|other| other.employer == contact.employer && other.contact > contact.contact)
            };
            let waiting = demo.contacts.iter().filter(|contact| contact.coach == coach && !later(contact));
            let days: Vec<NaiveDate> = waiting.filter_map(|contact| contact.next_step_on).collect();
            let count = |is: &dyn Fn(&&NaiveDate) -> bool| days.iter().filter(is).count();
            assert!((1..=4).contains(&count(&|day| **day < today)), "{today} {coach} {days:?}");
            assert!(!workday || (1..=3).contains(&count(&|day| **day == today)), "{today} {coach} {days:?}");
            assert!((4..=12).contains(&count(&|day| **day > today)), "{today} {coach} {days:?}");
        }
    }
}

#[test]
fn nothing_is_on_a_weekend_or_in_the_future_and_nobody_works_outside_their_time() {
    for (today, demo) in demos() {
        for contact in &demo.contacts {
            let coach = demo.staff.iter().find(|staff| staff.staff == contact.coach).unwrap();
            assert!(contact.date <= today && on_workday(contact.date) == contact.date);
            assert!(crate::calendar::is_on(coach.from, coach.to, contact.date), "{contact:?}");
        }
        for client in &demo.clients {
            assert!(client.closed_on.or(client.agreement_on).is_some_and(|day| day <= today));
            let closed = client.closed_on.unwrap_or(today);
            let jobs = demo.jobs.iter().filter(|job| job.client == client.client);
            assert!(jobs.clone().all(|job| job.started_on <= closed), "{client:?}");
            let proms = demo.proms.iter().filter(|prom| prom.client == client.client);
            assert!(proms.clone().all(|prom| prom.date <= closed), "{client:?}");
            let visits =
                demo.contacts.iter().filter(|contact| contact.client.as_ref() == Some(&client.client));
            assert!(
                visits.clone().all(|visit| (client.agreement_on.unwrap()..=closed).contains(&visit.date))
            );
        }
    }
}

#[test]
fn caseloads_hold_at_most_twenty_and_are_shared() {
    for (_, demo) in demos() {
        let open = |coach: &str| {
            let own = demo.clients.iter().filter(|client| client.coach.as_deref() == Some(coach));
            own.filter(|client| client.closed_on.is_none()).count()
        };
        assert_eq!(open("D1"), 0);
        assert!((10..=20).contains(&open("D2")) && (10..=20).contains(&open("D3")));
    }
}

#[test]
fn no_text_names_a_client_and_every_name_is_its_own() {
    for (_, demo) in demos().take(2) {
        let names: BTreeSet<&str> = demo.clients.iter().map(|client| client.name.as_str()).collect();
        assert_eq!(names.len(), 44);
        let parts: BTreeSet<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
        for contact in &demo.contacts {
            let text = format!("{:?} {:?}", contact.summary, contact.next_step);
            let words = text.split(|letter: char| !letter.is_alphanumeric());
            assert!(words.clone().all(|word| !parts.contains(word)), "{text}");
        }
    }
}

#[test]
fn business_ids_are_of_a_range_that_no_company_uses_and_akerlund_is_there_once() {
    let demo = package(day("2026-11-20"));
    let id = |employer: &crate::package::Employer| employer.business_id.clone().unwrap().to_string();
    assert!(demo.employers.iter().all(|employer| id(employer).starts_with("0003")));
    let akerlund = demo.employers.iter().filter(|employer| employer.name.contains("Åkerlund")).count();
    assert_eq!(akerlund, 1);
}

#[test]
fn texts_vary() {
    let demo = package(day("2026-11-20"));
    let texts: BTreeSet<_> = demo.contacts.iter().map(|contact| &contact.summary).collect();
    assert!(texts.len() > 100, "{}", texts.len());
}

#[test]
fn no_day_of_the_calendar_makes_it_panic() {
    for today in [NaiveDate::MIN, NaiveDate::MAX, day("0001-01-01"), day("1990-01-01")] {
        let _ = package(today);
    }
}
