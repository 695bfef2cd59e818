//! What is known of an employer and of the people there, as it is typed, and what can be wrong with it.

use super::NAME_MAX;
use super::industry::Tol;
use crate::business_id::{BusinessId, BusinessIdError};
use crate::forms::{is_email, is_phone};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fields by name, as the history of changes keeps them. Empty says nothing.
pub type Fields = BTreeMap<String, String>;

/// A note, a reason or a word for a colleague may be this long, in characters.
pub const NOTE_MAX: usize = 2000;
/// A short field may be this long, in characters.
pub const SHORT_MAX: usize = 200;

/// Why what was typed can't be taken. Said beside the field of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// There is no name.
    NameMissing,
    /// It is too long.
    TooLong(&'static str),
    /// It is no business identity code.
    BusinessId(BusinessIdError),
    /// Another employer has the same code, and the two are not branches of one chain.
    BusinessIdTaken {
        /// Its identity.
        id: crate::ids::EmployerId,
        /// Its name.
        name: String,
    },
    /// It is no postal code of five digits.
    PostalCode,
    /// It is no address of a website.
    Website,
    /// There is no such class of industry.
    Class(&'static str),
    /// It is no address of e-mail.
    Email,
    /// It is no telephone number.
    Phone,
    /// The words name a client.
    NamesClient(&'static str),
    /// The words tell a diagnosis.
    TellsDiagnosis(&'static str),
    /// There is no reason.
    ReasonMissing,
    /// The day is unclear, past, or years away.
    Day,
    /// Somebody else has changed it since the form opened.
    ChangedMeanwhile,
    /// The choice is not there (any more).
    Choice(&'static str),
}

impl EditError {
    /// The field beside which it is said.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::NameMissing => "name",
            Self::TooLong(field)
            | Self::Class(field)
            | Self::NamesClient(field)
            | Self::TellsDiagnosis(field)
            | Self::Choice(field) => field,
            Self::BusinessId(_) | Self::BusinessIdTaken { .. } => "business_id",
            Self::PostalCode => "postal_code",
            Self::Website => "website",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::ReasonMissing => "reason",
            Self::Day => "until",
            Self::ChangedMeanwhile => "",
        }
    }
}

macro_rules! typed {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$field_doc])* pub $field: String,)+ }

        impl $name {
            /// The fields by name.
            #[must_use]
            pub fn fields(&self) -> Fields {
                Fields::from([$((stringify!($field).to_owned(), self.$field.clone()),)+])
            }

            /// The names of the fields, in the order of the form.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            /// From fields by name; what is missing is empty.
            #[must_use]
            pub fn of(fields: &Fields) -> Self {
                Self { $($field: fields.get(stringify!($field)).cloned().unwrap_or_default(),)+ }
            }

            /// Every run of spaces in it made one, but for line breaks in a note.
            fn trimmed(&self) -> Self {
                Self { $($field: if stringify!($field) == "note" || stringify!($field) == "reason" {
                    self.$field.trim().replace("\r\n", "\n")
                } else {
                    self.$field.split_whitespace().collect::<Vec<_>>().join(" ")
                },)+ }
            }

            /// The fields that are too long.
            fn too_long(&self) -> Vec<EditError> {
                let mut errors = Vec::new();
                $({
                    let max = match stringify!($field) { "note" | "reason" => NOTE_MAX, "name" => NAME_MAX, _ => SHORT_MAX };
                    if self.$field.chars().count() > max { errors.push(EditError::TooLong(stringify!($field))); }
                })+
                errors
            }
        }
    };
}

typed! {
    /// What is known of an employer.
    Facts {
        /// Name.
        name,
        /// Business identity code.
        business_id,
        /// Street address.
        street,
        /// Postal code.
        postal_code,
        /// Municipality.
        municipality,
        /// Website.
        website,
        /// Section of the industry, TOL 2008.
        section_tol2008,
        /// Class of the industry, TOL 2008.
        class_tol2008,
        /// Section of the industry, TOL 2025.
        section_tol2025,
        /// Class of the industry, TOL 2025.
        class_tol2025,
        /// A note; never about a client.
        note,
    }
}

impl Facts {
    /// As it is to be kept: spaces mended, the code in its one form, sections as the classes say.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<EditError>> {
        let mut facts = self.trimmed();
        let mut errors = facts.too_long();
        if !facts.name.chars().any(char::is_alphanumeric) {
            errors.push(EditError::NameMissing);
        }
        if !facts.business_id.is_empty() {
            match BusinessId::parse(&facts.business_id) {
                Ok(id) => facts.business_id = id.to_string(),
                Err(error) => errors.push(EditError::BusinessId(error)),
            }
        }
        let digits = |text: &str| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !facts.postal_code.is_empty() && !digits(&facts.postal_code) {
            errors.push(EditError::PostalCode);
        }
        if !facts.website.is_empty() {
            match website(&facts.website) {
                Some(address) => facts.website = address,
                None => errors.push(EditError::Website),
            }
        }
        for (tol, class, section, field) in [
            (Tol::Y2008, &facts.class_tol2008, &mut facts.section_tol2008, "class_tol2008"),
            (Tol::Y2025, &facts.class_tol2025, &mut facts.section_tol2025, "class_tol2025"),
        ] {
            if !class.is_empty() {
                match tol.section_of(class) {
                    Some(letter) => *section = letter.to_string(),
                    None => errors.push(EditError::Class(field)),
                }
            } else if !section.is_empty() && !tol.has(section) {
                errors.push(EditError::Class(field));
            }
        }
        if errors.is_empty() { Ok(facts) } else { Err(errors) }
    }
}

/// The address of a website with its scheme: only `http` and `https`, so that a link is only a link.
fn website(text: &str) -> Option<String> {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let sound = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host.chars().all(|letter| letter.is_alphanumeric() || ".-:".contains(letter))
        && !rest
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || "\"<>".contains(letter));
    sound.then_some(address)
}

typed! {
    /// A person to ask for.
    Person {
        /// Name.
        name,
        /// Title.
        title,
        /// What the person is for us: decides, shows the work …
        role,
        /// Telephone.
        phone,
        /// E-mail.
        email,
    }
}

impl Person {
    /// As it is to be kept.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Result<Self, Vec<EditError>> {
        let person = self.trimmed();
        let mut errors = person.too_long();
        if person.name.is_empty() && person.title.is_empty() {
            errors.push(EditError::NameMissing);
        }
        if !person.phone.is_empty() && !is_phone(&person.phone) {
            errors.push(EditError::Phone);
        }
        if !person.email.is_empty() && !is_email(&person.email) {
            errors.push(EditError::Email);
        }
        if errors.is_empty() { Ok(person) } else { Err(errors) }
    }
}

typed! {
    /// Do-not-contact, as it is typed.
    Silencing {
        /// Why; never about a client.
        reason,
        /// The last day; empty for no end.
        until,
    }
}

impl Silencing {
    /// The reason and the last day.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<(String, Option<NaiveDate>), Vec<EditError>> {
        let typed = self.trimmed();
        let mut errors = typed.too_long();
        if typed.reason.is_empty() {
            errors.push(EditError::ReasonMissing);
        }
        let farthest = today.checked_add_days(Days::new(3653)).unwrap_or(NaiveDate::MAX);
        let until = match typed.until.as_str() {
            "" => None,
            text => match text.parse::<NaiveDate>() {
                Ok(day) if day >= today && day <= farthest => Some(day),
                _ => {
                    errors.push(EditError::Day);
                    None
                }
            },
        };
        if errors.is_empty() { Ok((typed.reason, until)) } else { Err(errors) }
    }
}

/// The fields in which two states differ: before and after.
#[must_use]
pub fn differing(before: &Fields, after: &Fields) -> (Fields, Fields) {
    let empty = String::new();
    let differs = |key: &&String| before.get(*key).unwrap_or(&empty) != after.get(*key).unwrap_or(&empty);
    let keys: std::collections::BTreeSet<&String> =
        before.keys().chain(after.keys()).filter(differs).collect();
    let part = |fields: &Fields| {
        keys.iter().map(|key| ((*key).clone(), fields.get(*key).cloned().unwrap_or_default())).collect()
    };
    (part(before), part(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts() -> Facts {
        Facts { name: "Konditori Åkerlund Ab".into(), ..Facts::default() }
    }

    #[test]
    fn what_is_typed_is_kept_in_one_form() {
        let typed = Facts {
            name: "  Konditori   Åkerlund Ab ".into(),
            business_id: "FI07375462".into(),
            website: "akerlund.example/kahvila".into(),
            class_tol2008: "62010".into(),
            class_tol2025: "62010".into(),
            ..Facts::default()
        };
        let kept = typed.check().unwrap();
        assert_eq!(kept.name, "Konditori Åkerlund Ab");
        assert_eq!(kept.business_id, "0737546-2");
        assert_eq!(kept.website, "https://akerlund.example/kahvila");
        assert_eq!((kept.section_tol2008.as_str(), kept.section_tol2025.as_str()), ("J", "K"));
        assert_eq!(kept.check(), Ok(kept.clone()), "what is kept passes as it is");
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let typed = Facts {
            name: " - ".into(),
            business_id: "0737546-1".into(),
            postal_code: "7010".into(),
            website: "javascript://alert(1)".into(),
            class_tol2025: "45200".into(),
            note: "x".repeat(NOTE_MAX + 1),
            ..Facts::default()
        };
        let fields: Vec<_> = typed.check().unwrap_err().iter().map(EditError::field).collect();
        assert_eq!(fields, ["note", "name", "business_id", "postal_code", "website", "class_tol2025"]);
    }

    #[test]
    fn a_person_has_a_name_or_a_title() {
        let person = |name: &str, phone: &str, email: &str| Person {
            name: name.into(),
            phone: phone.into(),
            email: email.into(),
            ..Person::default()
        };
        assert!(person("Birgitta", "+358 40 123 4567", "b@akerlund.example").check().is_ok());
        assert_eq!(person("", "", "").check(), Err(vec![EditError::NameMissing]));
        assert_eq!(person("B", "soita", "").check(), Err(vec![EditError::Phone]));
        for email in ["b", "b@", "@x.fi", "b@x", "a b@x.fi", "a@b@c.fi"] {
            assert_eq!(person("B", "", email).check(), Err(vec![EditError::Email]), "{email}");
        }
    }

    #[test]
    fn do_not_contact_needs_a_reason_and_a_day_to_come() {
        let today: NaiveDate = "2026-11-18".parse().unwrap();
        let typed = |reason: &str, until: &str| Silencing { reason: reason.into(), until: until.into() };
        assert_eq!(typed("Pyysi itse", "").check(today), Ok(("Pyysi itse".into(), None)));
        assert_eq!(typed("Pyysi itse", "2026-11-18").check(today), Ok(("Pyysi itse".into(), Some(today))));
        assert_eq!(
            typed(" ", "2026-11-17").check(today),
            Err(vec![EditError::ReasonMissing, EditError::Day])
        );
        assert_eq!(typed("x", "huomenna").check(today), Err(vec![EditError::Day]));
        assert_eq!(typed("x", "2126-11-18").check(today), Err(vec![EditError::Day]));
    }

    proptest! {
        #[test]
        fn what_passes_once_passes_again(name in "\\PC{0,30}", website in "\\PC{0,30}", class in "[0-9]{0,6}", note in "\\PC{0,40}") {
            let typed = Facts { name, website, class_tol2008: class.clone(), class_tol2025: class, note, ..facts() };
            if let Ok(kept) = typed.check() {
                prop_assert_eq!(kept.check(), Ok(kept.clone()));
                prop_assert!(kept.website.is_empty() || kept.website.starts_with("http"));
            }
        }

        #[test]
        fn fields_and_facts_say_the_same(name in "\\PC{0,10}", note in "\\PC{0,10}") {
            let one = Facts { name, note, ..facts() };
            prop_assert_eq!(Facts::of(&one.fields()), one);
        }
    }
}
