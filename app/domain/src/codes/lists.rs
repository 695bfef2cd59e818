//! Code lists with entries of the organisation's own, each holding from a day and until another.
//!
//! What rules, the criteria, statistics and the county's package count by is fixed: the *official* codes. An
//! organisation adds entries of its own. In a list that something counts by, each of them stands under an
//! official code and counts as that; so no rule changes its meaning, whatever somebody adds. A record keeps the
//! version of the entry that was chosen, and shows its name for ever.

use super::{AttemptWay, Code, DeclineReason, Language, MayTell, Mode, Purpose, Share, SupportPlace};
use crate::form;
use crate::forms::{self, FieldError};
use crate::known::{CLOSING_REASONS, QUALIFICATION_KINDS, TRANSITION_KINDS};
use crate::organisation::suggest_code;
use chrono::NaiveDate;
use uuid::Uuid;

super::codes! {
    /// A list from which people choose.
    CodeList {
        /// Why a client's service was closed.
        ClosingReasons = "closing_reasons",
        /// Why a memo is not taken up.
        DeclineReasons = "decline_reasons",
        /// Steps towards work that are no job.
        Transitions = "transitions",
        /// Cards, passports and courses.
        Qualifications = "qualifications",
        /// With whom a client lets information be exchanged.
        Recipients = "recipients",
        /// Municipalities.
        Municipalities = "municipalities",
        /// How somebody was met.
        Modes = "modes",
        /// What a visit to an employer was for.
        Purposes = "purposes",
        /// Where support was given.
        Places = "places",
        /// How somebody tried to reach a client.
        AttemptWays = "attempt_ways",
        /// What information is exchanged.
        Shares = "shares",
        /// What may be told to an employer.
        MayTell = "may_tell",
    }
}

/// What an administrator may do with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// Own entries, each of which counts as an official code.
    Under,
    /// Own entries without anything official: names to choose from, which stand as words in what is written.
    Names,
    /// Nothing: every one of its codes means something to a rule.
    Fixed,
}

impl CodeList {
    /// What may be done with it.
    #[must_use]
    pub fn editing(self) -> Editing {
        match self {
            Self::ClosingReasons | Self::DeclineReasons | Self::Transitions | Self::Qualifications => {
                Editing::Under
            }
            Self::Recipients | Self::Municipalities => Editing::Names,
            Self::Modes
            | Self::Purposes
            | Self::Places
            | Self::AttemptWays
            | Self::Shares
            | Self::MayTell => Editing::Fixed,
        }
    }

    /// The official codes, in the order in which they are offered.
    #[must_use]
    pub fn official(self) -> Vec<&'static str> {
        fn all<T: Code>() -> Vec<&'static str> {
            T::ALL.iter().map(|value| value.code()).collect()
        }
        match self {
            Self::ClosingReasons => CLOSING_REASONS.to_vec(),
            Self::DeclineReasons => all::<DeclineReason>(),
            Self::Transitions => TRANSITION_KINDS.to_vec(),
            Self::Qualifications => QUALIFICATION_KINDS.to_vec(),
            Self::Recipients | Self::Municipalities => Vec::new(),
            Self::Modes => all::<Mode>(),
            Self::Purposes => all::<Purpose>(),
            Self::Places => all::<SupportPlace>(),
            Self::AttemptWays => all::<AttemptWay>(),
            Self::Shares => all::<Share>(),
            Self::MayTell => all::<MayTell>(),
        }
    }
}

/// A name in the three languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Finnish.
    pub fi: String,
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Names {
    /// The name in a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Finnish => &self.fi,
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }
}

/// How an entry is called in one stretch of time. An entry that was renamed has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which.
    pub id: Uuid,
    /// The entry's code, the same in all of its versions.
    pub code: String,
    /// The official code as which it counts; empty in a list without any.
    pub counts_as: String,
    /// What it is called.
    pub names: Names,
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it holds no longer; none: no end.
    pub ends_on: Option<NaiveDate>,
}

impl Version {
    /// Does it hold on a day?
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.ends_on.is_none_or(|ends| day < ends)
    }

    /// Did it end before it began? Then it holds on no day.
    #[must_use]
    pub fn never_holds(&self) -> bool {
        self.ends_on.is_some_and(|ends| ends <= self.from)
    }

    /// Is there a day on which this and another stretch hold both?
    fn overlaps(&self, from: NaiveDate, ends_on: Option<NaiveDate>) -> bool {
        !self.never_holds()
            && self.ends_on.is_none_or(|ends| from < ends)
            && ends_on.is_none_or(|ends| self.from < ends)
    }
}

/// The latest version of an entry: one that holds on some day, if there is any.
#[must_use]
pub fn latest<'a>(versions: impl IntoIterator<Item = &'a Version>) -> Option<&'a Version> {
    versions.into_iter().max_by_key(|version| (!version.never_holds(), version.from))
}

/// What a choice on a form means: the official code, and the organisation's own entry where one was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// As which it counts.
    pub official: String,
    /// The version of the own entry.
    pub own: Option<Uuid>,
}

/// Reads what was chosen: an official code of `list`, or an own entry that holds on one of `days`.
#[must_use]
pub fn chosen(list: CodeList, own: &[Version], code: &str, days: &[NaiveDate]) -> Option<Chosen> {
    if list.official().contains(&code) {
        return Some(Chosen { official: code.to_owned(), own: None });
    }
    let holds = |day: &NaiveDate| own.iter().find(|one| one.code == code && one.holds_on(*day));
    let version = days.iter().find_map(holds)?;
    Some(Chosen { official: version.counts_as.clone(), own: Some(version.id) })
}

form! {
    /// An own entry, as it is typed.
    EntryFields {
        /// Its name in Finnish.
        name_fi: line,
        /// In Swedish; empty: as in Finnish.
        name_sv: line,
        /// In English; empty: as in Finnish.
        name_en: line,
        /// As which official code it counts.
        counts_as: line,
        /// Code; empty: one is made from the name.
        entry_code: line,
        /// The first day.
        from_day: line,
        /// The last day; empty: until it is ended.
        to_day: line,
    }
}

/// An own entry that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The code.
    pub code: String,
    /// As which official code it counts; empty in a list without any.
    pub counts_as: String,
    /// What it is called.
    pub names: Names,
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it holds no longer.
    pub ends_on: Option<NaiveDate>,
}

fn names(fi: String, sv: String, en: String, errors: &mut Vec<FieldError>) -> Names {
    forms::needed(&fi, "name_fi", errors);
    let or = |name: String| if name.is_empty() { fi.clone() } else { name };
    Names { sv: or(sv), en: or(en), fi }
}

impl EntryFields {
    /// Reads the form for a list with these own entries.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form: a code or a Finnish name that another entry has
    /// in the same time, too.
    pub fn read(
        &self,
        list: CodeList,
        own: &[Version],
        today: NaiveDate,
    ) -> Result<NewEntry, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let EntryFields { name_fi, name_sv, name_en, counts_as, entry_code: code, from_day, to_day } = fields;
        let names = names(name_fi, name_sv, name_en, &mut errors);
        let under = list.editing() == Editing::Under;
        if under && !list.official().contains(&counts_as.as_str()) {
            errors.push(FieldError::Missing("counts_as"));
        }
        let code = if code.is_empty() { suggest_code(&names.fi) } else { code };
        crate::organisation::check_code(&code, "entry_code", &mut errors);
        if code.is_empty() {
            errors.push(FieldError::Missing("entry_code"));
        }
        let from = forms::day(&from_day, "from_day", today, &mut errors).unwrap_or(today);
        let to = forms::day(&to_day, "to_day", today, &mut errors);
        if to.is_some_and(|to| to < from) {
            errors.push(FieldError::TooEarly("to_day"));
        }
        let ends_on = to.and_then(|to| to.succ_opt());
        let same_time = |one: &&Version| one.overlaps(from, ends_on);
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let taken = list.official().iter().any(|official| same(official, &code))
            || own.iter().filter(same_time).any(|one| same(&one.code, &code))
            // The code of one that counted as something else would mean two things.
            || own.iter().any(|one| same(&one.code, &code) && under && one.counts_as != counts_as);
        if taken {
            errors.push(FieldError::Choice("entry_code"));
        }
        if own.iter().filter(same_time).any(|one| same(&one.names.fi, &names.fi)) {
            errors.push(FieldError::Choice("name_fi"));
        }
        let counts_as = if under { counts_as } else { String::new() };
        forms::checked(NewEntry { code, counts_as, names, from, ends_on }, Self::NAMES, errors)
    }
}

form! {
    /// A new name from a day on, as it is typed.
    RenameFields {
        /// In Finnish.
        name_fi: line,
        /// In Swedish; empty: as in Finnish.
        name_sv: line,
        /// In English; empty: as in Finnish.
        name_en: line,
        /// From which day on.
        new_from: line,
    }
}

/// What a new name does to the entry's versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// What it is called.
    pub names: Names,
    /// From which day on.
    pub from: NaiveDate,
    /// The version before ends then.
    pub ends: Option<Uuid>,
    /// The version has not been used before that day: it is called so itself.
    pub instead: Option<Uuid>,
    /// Until when the new name holds.
    pub ends_on: Option<NaiveDate>,
}

impl RenameFields {
    /// Reads the form for an entry with these versions, of which there is one at least; `others` are the
    /// other entries of the list.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. What has been keeps its name: the day is today or
    /// later, and not before the latest version.
    pub fn read(
        &self,
        versions: &[Version],
        others: &[Version],
        today: NaiveDate,
    ) -> Result<Renaming, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let names = names(fields.name_fi, fields.name_sv, fields.name_en, &mut errors);
        let from = forms::day(&fields.new_from, "new_from", today, &mut errors).unwrap_or(today);
        let last = latest(versions).filter(|last| !last.never_holds());
        if from < today || last.is_some_and(|last| from < last.from) {
            errors.push(FieldError::TooEarly("new_from"));
        }
        // One that ended comes into use again, without an end.
        let goes_on = last.filter(|last| last.ends_on.is_none_or(|ends| from < ends));
        let ends_on = goes_on.and_then(|last| last.ends_on);
        let same_time = |one: &&Version| one.overlaps(from, ends_on);
        if others.iter().filter(same_time).any(|one| one.names.fi.to_lowercase() == names.fi.to_lowercase()) {
            errors.push(FieldError::Choice("name_fi"));
        }
        let begins_then = goes_on.filter(|last| last.from == from).map(|last| last.id);
        let ends = goes_on.map(|last| last.id).filter(|_| begins_then.is_none());
        forms::checked(Renaming { names, from, ends, instead: begins_then, ends_on }, Self::NAMES, errors)
    }
}

form! {
    /// The end of an entry, as it is typed.
    EndFields {
        /// From which day on it is offered no longer; empty: it has no end.
        ends_on: line,
    }
}

impl EndFields {
    /// Reads the form for an entry whose latest version this is.
    ///
    /// # Errors
    /// What is wrong. An entry that has ended already is taken into use again by naming it from a day on.
    pub fn read(&self, last: &Version, today: NaiveDate) -> Result<Option<NaiveDate>, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let ends_on = forms::day(&fields.ends_on, "ends_on", today, &mut errors);
        let over = last.never_holds() || last.ends_on.is_some_and(|ends| ends <= today);
        if over || (fields.ends_on.is_empty() && last.ends_on.is_none()) {
            errors.push(FieldError::Missing("ends_on"));
        }
        if ends_on.is_some_and(|day| day < today || day < last.from) {
            errors.push(FieldError::TooEarly("ends_on"));
        }
        forms::checked(ends_on, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: &str = "2026-11-18";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn version(id: u128, code: &str, name: &str, from: &str, ends_on: Option<&str>) -> Version {
        Version {
            id: Uuid::from_u128(id),
            code: code.into(),
            counts_as: "other".into(),
            names: Names { fi: name.into(), sv: name.into(), en: name.into() },
            from: day(from),
            ends_on: ends_on.map(day),
        }
    }

    fn entry(name: &str, code: &str, from: &str, to: &str) -> EntryFields {
        EntryFields {
            name_fi: name.into(),
            entry_code: code.into(),
            counts_as: "other".into(),
            from_day: from.into(),
            to_day: to.into(),
            ..EntryFields::default()
        }
    }

    #[test]
    fn an_entry_has_a_name_a_meaning_and_a_code_of_its_own() {
        let list = CodeList::ClosingReasons;
        let read = |fields: &EntryFields, own: &[Version]| fields.read(list, own, day(TODAY));
        let new = read(&entry("Muutti Ruotsiin", "", "", ""), &[]).unwrap();
        assert_eq!((new.code.as_str(), new.names.sv.as_str()), ("MUUTTI-RUOTSIIN", "Muutti Ruotsiin"));
        assert_eq!((new.from, new.ends_on), (day(TODAY), None));
        let nothing = EntryFields::default();
        let wrong = ["name_fi", "counts_as", "entry_code"].map(FieldError::Missing);
        assert_eq!(read(&nothing, &[]), Err(wrong.to_vec()));
        let official = entry("A", "Own_Wish", "", "");
        assert_eq!(
            read(&official, &[]),
            Err(vec![FieldError::Choice("entry_code")]),
            "an official code stays itself"
        );
        let backwards = entry("A", "A", "2026-12-01", "2026-11-30");
        assert_eq!(read(&backwards, &[]), Err(vec![FieldError::TooEarly("to_day")]));
        let names = EntryFields { counts_as: "x".into(), ..entry("Kela", "", "", "") };
        assert_eq!(names.read(CodeList::Recipients, &[], day(TODAY)).unwrap().counts_as, "");
    }

    #[test]
    fn a_code_holds_once_in_a_time() {
        let own = [version(1, "A", "Vanha", "2026-01-01", Some("2026-12-01"))];
        let read = |fields: EntryFields| fields.read(CodeList::ClosingReasons, &own, day(TODAY));
        let twice = Err(vec![FieldError::Choice("entry_code")]);
        assert_eq!(read(entry("Uusi", "a", "2026-11-30", "")), twice);
        assert_eq!(read(entry("Uusi", "A", "2025-12-01", "2026-01-01")), twice);
        assert!(read(entry("Uusi", "A", "2026-12-01", "")).is_ok(), "after its end");
        assert!(read(entry("Uusi", "A", "2025-12-01", "2025-12-31")).is_ok(), "before its beginning");
        let meaning = EntryFields { counts_as: "moved".into(), ..entry("Uusi", "A", "2026-12-01", "") };
        assert_eq!(read(meaning), twice, "one code, one meaning");
        assert_eq!(read(entry("VANHA", "B", "", "")), Err(vec![FieldError::Choice("name_fi")]));
    }

    #[test]
    fn a_choice_is_official_or_holds_on_the_day() {
        let list = CodeList::ClosingReasons;
        let own = [version(1, "A", "Vanha", "2026-01-01", Some("2026-12-01"))];
        let read = |code: &str, on: &str| chosen(list, &own, code, &[day(on)]);
        assert_eq!(read("moved", "1999-01-01"), Some(Chosen { official: "moved".into(), own: None }));
        assert_eq!(read("A", "2025-12-31"), None);
        let held = Some(Chosen { official: "other".into(), own: Some(Uuid::from_u128(1)) });
        assert_eq!((read("A", "2026-01-01"), read("A", "2026-11-30")), (held.clone(), held));
        assert_eq!(
            (read("A", "2026-12-01"), read("time", "2026-11-01"), read("", "2026-11-01")),
            (None, None, None)
        );
    }

    #[test]
    fn a_name_changes_from_a_day_on_and_what_was_keeps_its_own() {
        let rename = |versions: &[Version], from: &str| {
            let fields =
                RenameFields { name_fi: "Uusi".into(), new_from: from.into(), ..RenameFields::default() };
            fields.read(versions, &[], day(TODAY))
        };
        let first = version(1, "A", "Vanha", "2026-01-01", None);
        let changed = rename(std::slice::from_ref(&first), "2026-12-01").unwrap();
        assert_eq!((changed.ends, changed.instead, changed.ends_on), (Some(first.id), None, None));
        let early = Err(vec![FieldError::TooEarly("new_from")]);
        assert_eq!(
            rename(std::slice::from_ref(&first), "2026-11-17"),
            early,
            "nothing that has been changes"
        );
        let ending = version(1, "A", "Vanha", "2026-01-01", Some("2027-01-01"));
        assert_eq!(rename(&[ending], "2026-12-01").unwrap().ends_on, Some(day("2027-01-01")));
        let later = version(2, "A", "Toinen", "2026-12-24", None);
        assert_eq!(rename(&[first.clone(), later.clone()], "2026-12-01"), early, "a later name is planned");
        let same_day = rename(&[first, later.clone()], "2026-12-24").unwrap();
        assert_eq!((same_day.instead, same_day.ends), (Some(later.id), None));
        let over = version(1, "A", "Vanha", "2026-01-01", Some("2026-06-01"));
        let again = rename(&[over], TODAY).unwrap();
        assert_eq!((again.ends, again.instead, again.ends_on), (None, None, None), "in use again");
        let fields = RenameFields { name_fi: "toinen".into(), ..RenameFields::default() };
        let own = version(1, "A", "Vanha", "2026-01-01", None);
        assert_eq!(fields.read(&[own], &[later], day(TODAY)), Err(vec![FieldError::Choice("name_fi")]));
    }

    #[test]
    fn an_end_is_today_or_later_and_can_be_called_off_until_then() {
        let end = |last: &Version, on: &str| EndFields { ends_on: on.into() }.read(last, day(TODAY));
        let open = version(1, "A", "A", "2026-01-01", None);
        assert_eq!(end(&open, TODAY), Ok(Some(day(TODAY))));
        assert_eq!(end(&open, "2026-11-17"), Err(vec![FieldError::TooEarly("ends_on")]));
        assert_eq!(end(&open, ""), Err(vec![FieldError::Missing("ends_on")]));
        let ending = version(1, "A", "A", "2026-01-01", Some("2026-12-01"));
        assert_eq!(end(&ending, ""), Ok(None));
        let over = version(1, "A", "A", "2026-01-01", Some(TODAY));
        assert_eq!(end(&over, "2027-01-01"), Err(vec![FieldError::Missing("ends_on")]));
        let ahead = version(1, "A", "A", "2026-12-01", None);
        assert_eq!(end(&ahead, TODAY), Err(vec![FieldError::TooEarly("ends_on")]));
        assert_eq!(end(&ahead, "2026-12-01"), Ok(Some(day("2026-12-01"))), "it never was");
    }

    #[test]
    fn a_list_that_something_counts_by_says_as_what() {
        for list in CodeList::ALL {
            assert_eq!(list.official().is_empty(), list.editing() == Editing::Names, "{list:?}");
        }
    }

    proptest! {
        /// Whatever is added, renamed and ended: on each day an entry has one name at most.
        #[test]
        fn an_entry_has_one_name_on_a_day(deeds in prop::collection::vec((0_u8..3, 0_u64..40, 0_u64..40), 1..12)) {
            let today = day(TODAY);
            let mut own: Vec<Version> = Vec::new();
            for (at, (deed, from, to)) in deeds.into_iter().enumerate() {
                let on = |days| today + chrono::Days::new(days);
                let name = format!("Nimi {at}");
                let id = Uuid::from_u128(at as u128 + 1);
                let last = latest(&own).cloned();
                match (deed, last) {
                    (0, _) | (_, None) => {
                        let to = if to == 0 { String::new() } else { on(from + to).to_string() };
                        let fields = entry(&name, "A", &on(from).to_string(), &to);
                        if let Ok(new) = fields.read(CodeList::ClosingReasons, &own, today) {
                            let NewEntry { code, counts_as, names, from, ends_on } = new;
                            own.push(Version { id, code, counts_as, names, from, ends_on });
                        }
                    }
                    (1, Some(last)) => {
                        let fields = RenameFields { name_fi: name, new_from: on(from).to_string(), ..RenameFields::default() };
                        let Ok(Renaming { names, from, ends, instead, ends_on }) = fields.read(&own, &[], today) else { continue };
                        for one in &mut own {
                            if Some(one.id) == ends { one.ends_on = Some(from); }
                            if Some(one.id) == instead { one.names = names.clone(); }
                        }
                        if instead.is_none() {
                            own.push(Version { id, names, from, ends_on, ..last });
                        }
                    }
                    (_, Some(last)) => {
                        let fields = EndFields { ends_on: on(from).to_string() };
                        if let Ok(ends_on) = fields.read(&last, today) {
                            own.iter_mut().filter(|one| one.id == last.id).for_each(|one| one.ends_on = ends_on);
                        }
                    }
                }
                for days in 0..90 {
                    let names = own.iter().filter(|one| one.holds_on(on(days))).count();
                    prop_assert!(names <= 1, "{own:#?}");
                }
            }
        }
    }
}
