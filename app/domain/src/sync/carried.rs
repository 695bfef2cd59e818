//! Forms of pages that the server renders, which the outbox carries where the server can't be reached: what a form says is
//! made the same command on the phone that the server makes of it.

use super::Command;
use crate::clients::contact::{AttemptFields, MeetingFields};
use crate::forms::FieldError;
use crate::ids::CommandId;
use crate::support::SupportFields;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::str::FromStr;

/// A form as a browser posts it: names and values in the order of the page, a name as often as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Posted(pub Vec<(String, String)>);

impl Posted {
    /// The value of a name; empty where it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Every value of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    }

    /// The fields of a form, each as text; several values of a name are parted by spaces.
    #[must_use]
    pub fn fields<T: DeserializeOwned + Default>(&self, names: &[&str]) -> T {
        let known = names.iter().map(|name| ((*name).to_owned(), self.all(name).join(" ").into()));
        serde_json::from_value(Value::Object(known.collect())).unwrap_or_default()
    }

    /// The identity that a name holds.
    #[must_use]
    pub fn id<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

/// Does the outbox carry what is posted there?
#[must_use]
pub fn is_carried(path: &str) -> bool {
    read(path, &Posted::default(), NaiveDate::default()).is_some()
}

/// Makes a command of a form by where it is posted. None for a form that the outbox does not carry.
///
/// `today` is the phone's: a form may not tell of a day that has not come.
pub fn read(
    path: &str,
    posted: &Posted,
    today: NaiveDate,
) -> Option<Result<(CommandId, Command), Vec<FieldError>>> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let read = match parts.as_slice() {
        ["clients", client, "meetings", "new"] => {
            let fields: MeetingFields = posted.fields(MeetingFields::NAMES);
            fields.read(client.parse().ok()?, today).map(Command::LogMeeting)
        }
        ["clients", client, "attempts", "new"] => {
            let fields: AttemptFields = posted.fields(AttemptFields::NAMES);
            fields.read(client.parse().ok()?, today).map(Command::LogAttempt)
        }
        ["support", "new"] => {
            let fields: SupportFields = posted.fields(SupportFields::NAMES);
            let client = posted.id("client").ok_or_else(|| vec![FieldError::Missing("client")]);
            client.and_then(|client| fields.read(client, today)).map(Command::LogSupport)
        }
        _ => return None,
    };
    let id = posted.id("id").ok_or_else(|| vec![FieldError::Missing("id")]);
    Some(read.and_then(|command| id.map(|id| (id, command))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Mode;

    const CLIENT: &str = "0194f0a0-0000-7000-8000-000000000001";
    const ENTRY: &str = "0194f0a0-0000-7000-8000-000000000002";

    fn posted(pairs: &[(&str, &str)]) -> Posted {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Posted(pairs.iter().map(pair).collect())
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 18).unwrap()
    }

    #[test]
    fn a_meeting_is_read_as_the_server_reads_it() {
        let form = posted(&[
            ("id", ENTRY),
            ("day", "2026-11-17"),
            ("mode", "phone"),
            ("minutes", "30"),
            ("words", "Puhuttiin vuoroista."),
        ]);
        let read = read(&format!("/clients/{CLIENT}/meetings/new"), &form, today()).unwrap().unwrap();
        let (id, Command::LogMeeting(meeting)) = read else { panic!("{read:?}") };
        assert_eq!((id.to_string().as_str(), meeting.client.to_string().as_str()), (ENTRY, CLIENT));
        assert_eq!(
            (meeting.mode, meeting.minutes, meeting.day.to_string().as_str()),
            (Mode::Phone, 30, "2026-11-17")
        );
    }

    #[test]
    fn what_is_wrong_with_a_form_is_said_on_the_phone_too() {
        let path = format!("/clients/{CLIENT}/meetings/new");
        let form = posted(&[("id", ENTRY), ("day", "2027-01-01"), ("minutes", "30")]);
        let errors = read(&path, &form, today()).unwrap().unwrap_err();
        assert!(errors.iter().any(|error| error.field() == "day"), "{errors:?}");
    }

    #[test]
    fn a_form_that_is_not_carried_goes_its_usual_way() {
        for path in ["/clients/x/meetings/new", "/employers/new", "/", "/clients/1/notes/new"] {
            assert!(read(path, &Posted::default(), today()).is_none(), "{path}");
        }
        assert!(is_carried("/support/new") && !is_carried("/organisation"));
    }
}
