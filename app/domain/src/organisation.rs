//! The organisation itself: units, treatment teams, people, their posts, settings. Nothing about a client.

use crate::codes::{Code, Role, Service, TeamLevel};
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::{TeamId, UnitId};
use crate::sign_in::normalise_sign_in_name;
use crate::text::fold;
use chrono::NaiveDate;

/// A code is at most this long, in characters.
pub const CODE_MAX: usize = 40;
/// The least number of clients that makes an alarm, and the greatest.
pub const LIMIT_RANGE: std::ops::RangeInclusive<u32> = 10..=1000;

/// A code that a name suggests: *KYS psykiatria* → `KYS-PSYKIATRIA`.
#[must_use]
pub fn suggest_code(name: &str) -> String {
    let code = fold(name).to_uppercase().replace(' ', "-");
    let code: String = code.chars().filter(|sign| sign.is_ascii()).collect();
    code.trim_matches('-').chars().take(CODE_MAX).collect::<String>().trim_end_matches('-').to_owned()
}

pub(crate) fn check_code(code: &str, field: &'static str, errors: &mut Vec<FieldError>) {
    let sound = code.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign))
        && (code.is_empty() || code.starts_with(|sign: char| sign.is_ascii_alphanumeric()));
    if !sound {
        errors.push(FieldError::Number(field));
    } else if code.chars().count() > CODE_MAX {
        errors.push(FieldError::TooLong(field));
    }
}

form! {
    /// A unit, as it is typed.
    UnitFields {
        /// Name.
        name: line,
        /// Code; empty: one is made from the name.
        code: line,
        /// The method.
        service: line,
        /// Where.
        municipality: line,
    }
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFacts {
    /// Name.
    pub name: String,
    /// Code.
    pub code: String,
    /// The method.
    pub service: Service,
    /// Where.
    pub municipality: String,
}

impl UnitFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<UnitFacts, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.name, "name", &mut errors);
        check_code(&fields.code, "code", &mut errors);
        let service = Service::parse(&fields.service).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("service"));
            Service::Ips
        });
        let UnitFields { name, code, municipality, .. } = fields;
        forms::checked(UnitFacts { name, code, service, municipality }, Self::NAMES, errors)
    }
}

form! {
    /// A treatment team, as it is typed.
    TeamFields {
        /// Name.
        name: line,
        /// Code; empty: one is made from the name.
        code: line,
        /// Where it belongs.
        level: line,
        /// The unit to which it refers.
        unit: line,
    }
}

/// A treatment team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFacts {
    /// Name.
    pub name: String,
    /// Code.
    pub code: String,
    /// Where it belongs.
    pub level: TeamLevel,
    /// The unit to which it refers.
    pub unit: UnitId,
}

impl TeamFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<TeamFacts, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.name, "name", &mut errors);
        check_code(&fields.code, "code", &mut errors);
        let level = TeamLevel::parse(&fields.level).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("level"));
            TeamLevel::Specialised
        });
        let unit = fields.unit.parse().unwrap_or_else(|_| {
            errors.push(FieldError::Missing("unit"));
            UnitId(uuid::Uuid::nil())
        });
        let TeamFields { name, code, .. } = fields;
        forms::checked(TeamFacts { name, code, level, unit }, Self::NAMES, errors)
    }
}

form! {
    /// A person, as typed.
    NewPersonFields {
        /// Name.
        name: line,
        /// The name to sign in with; empty: one is made from the name.
        sign_in_name: line,
    }
}

impl NewPersonFields {
    /// Reads the form: name and the name to sign in with, which may be empty still.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<(String, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.name, "name", &mut errors);
        let sign_in_name = normalise_sign_in_name(&fields.sign_in_name);
        let sound = sign_in_name.chars().all(|sign| sign.is_alphanumeric() || "-_.@".contains(sign));
        if !sound {
            errors.push(FieldError::Number("sign_in_name"));
        }
        forms::checked((fields.name, sign_in_name), Self::NAMES, errors)
    }
}

/// Where a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a unit.
    Unit(UnitId),
    /// In a treatment team: a referrer.
    Team(TeamId),
}

impl Place {
    /// As a choice of the form names it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Unit(unit) => format!("unit {unit}"),
            Self::Team(team) => format!("team {team}"),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(' ')?;
        match kind {
            "unit" => id.parse().ok().map(Self::Unit),
            "team" => id.parse().ok().map(Self::Team),
            _ => None,
        }
    }
}

form! {
    /// A post, as it is typed.
    PostFields {
        /// What the person does.
        role: line,
        /// Where; see [`Place::code`].
        place: line,
        /// How much of full working time, in percent; empty: not said.
        share: line,
        /// First day.
        from_day: line,
        /// Last day; empty: until it is ended.
        to_day: line,
    }
}

/// A post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPost {
    /// What the person does.
    pub role: Role,
    /// Where.
    pub place: Place,
    /// Hundredths of full working time.
    pub fte_hundredths: Option<u32>,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day.
    pub to_day: Option<NaiveDate>,
}

impl PostFields {
    /// Reads the form. A referrer is in a team, everybody else in a unit.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<NewPost, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let role = Role::parse(&fields.role).ok();
        if role.is_none() {
            errors.push(FieldError::Missing("role"));
        }
        let role = role.unwrap_or(Role::Coach);
        let place = Place::parse(&fields.place);
        match place {
            None => errors.push(FieldError::Missing("place")),
            Some(place) if (role == Role::Referrer) != matches!(place, Place::Team(_)) => {
                errors.push(FieldError::Choice("place"));
            }
            Some(_) => {}
        }
        let place = place.unwrap_or(Place::Unit(UnitId(uuid::Uuid::nil())));
        let share = fields.share.trim_end_matches(['%', ' ']);
        let fte_hundredths = (!share.is_empty()).then(|| share.parse().ok().filter(|share| *share <= 100));
        if fte_hundredths == Some(None) {
            errors.push(FieldError::Number("share"));
        }
        let from_day = forms::day(&fields.from_day, "from_day", today, &mut errors);
        if fields.from_day.is_empty() {
            errors.push(FieldError::Missing("from_day"));
        }
        let from_day = from_day.unwrap_or(today);
        let to_day = forms::day(&fields.to_day, "to_day", today, &mut errors);
        if to_day.is_some_and(|to| to < from_day) {
            errors.push(FieldError::TooEarly("to_day"));
        }
        let post = NewPost { role, place, fte_hundredths: fte_hundredths.flatten(), from_day, to_day };
        forms::checked(post, Self::NAMES, errors)
    }
}

form! {
    /// The settings, as they are typed.
    SettingsFields {
        /// The organisation's name.
        name: line,
        /// How many clients somebody reads within an hour before there is an alarm.
        limit: line,
    }
}

impl SettingsFields {
    /// Reads the form: the name and the limit.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<(String, u32), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.name, "name", &mut errors);
        let limit = fields.limit.parse().ok().filter(|limit| LIMIT_RANGE.contains(limit));
        if limit.is_none() {
            errors.push(FieldError::Number("limit"));
        }
        forms::checked((fields.name, limit.unwrap_or(100)), Self::NAMES, errors)
    }
}

/// A post as it counts for whether there is still an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdminPost {
    /// Last day, if there is one.
    pub to: Option<NaiveDate>,
    /// First day.
    pub from: NaiveDate,
    /// Can its holder sign in: not locked?
    pub usable: bool,
}

/// May an administrator's post end on `last`? Only when another holds on the day after and has no end
/// before it: somebody must always be able to let people in.
#[must_use]
pub fn may_end(others: &[AdminPost], last: NaiveDate) -> bool {
    let Some(after) = last.succ_opt() else { return true };
    others.iter().any(|post| post.usable && post.to.is_none() && post.from <= after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_suggests_a_code() {
        assert_eq!(suggest_code("KYS psykiatria"), "KYS-PSYKIATRIA");
        assert_eq!(suggest_code("  Äänekosken (2.) "), "AANEKOSKEN-2");
        assert_eq!(suggest_code("!!"), "");
    }

    #[test]
    fn a_unit_and_a_team_say_what_they_are() {
        let names = |errors: Vec<FieldError>| errors.iter().map(|error| error.field()).collect::<Vec<_>>();
        assert_eq!(names(UnitFields::default().read().unwrap_err()), ["name", "service"]);
        assert_eq!(names(TeamFields::default().read().unwrap_err()), ["name", "level", "unit"]);
        let unit = UnitFields {
            name: "A".into(),
            code: "a b".into(),
            service: "ips".into(),
            ..UnitFields::default()
        };
        assert_eq!(unit.read(), Err(vec![FieldError::Number("code")]));
        assert!(UnitFields { code: String::new(), ..unit }.read().is_ok());
    }

    #[test]
    fn a_referrer_is_in_a_team_and_everybody_else_in_a_unit() {
        let today = day("2026-11-18");
        let id = Uuid::from_u128(1);
        let read = |role: &str, place: String| {
            let fields = PostFields {
                role: role.into(),
                place,
                share: "50 %".into(),
                from_day: "2026-11-18".into(),
                to_day: String::new(),
            };
            fields.read(today)
        };
        let (unit, team) = (Place::Unit(id.into()).code(), Place::Team(id.into()).code());
        assert_eq!(read("coach", unit.clone()).unwrap().fte_hundredths, Some(50));
        assert!(read("referrer", team.clone()).is_ok());
        assert_eq!(read("referrer", unit), Err(vec![FieldError::Choice("place")]));
        assert_eq!(read("lead", team), Err(vec![FieldError::Choice("place")]));
        assert_eq!(read("boss", "x".into()).unwrap_err().len(), 2);
    }

    #[test]
    fn settings_have_a_name_and_a_limit_that_can_be_meant() {
        let read = |limit: &str| SettingsFields { name: "Alue".into(), limit: limit.into() }.read();
        assert!(read("100").is_ok());
        for limit in ["", "0", "9", "1001", "-5", "sata"] {
            assert_eq!(read(limit), Err(vec![FieldError::Number("limit")]), "{limit}");
        }
    }

    #[test]
    fn the_last_administrator_stays() {
        let post =
            |from: &str, to: Option<&str>, usable| AdminPost { from: day(from), to: to.map(day), usable };
        let last = day("2026-11-30");
        assert!(!may_end(&[], last));
        assert!(may_end(&[post("2026-12-01", None, true)], last));
        assert!(!may_end(&[post("2026-12-02", None, true)], last), "a day without anybody");
        assert!(!may_end(&[post("2024-01-01", Some("2026-12-31"), true)], last), "ends as well");
        assert!(!may_end(&[post("2024-01-01", None, false)], last), "locked");
    }

    proptest! {
        #[test]
        fn a_suggested_code_is_a_code(name in "\\PC{0,80}") {
            let fields = UnitFields { name: "A".into(), code: suggest_code(&name), service: "ips".into(), ..UnitFields::default() };
            prop_assert!(fields.read().is_ok());
        }
    }
}
