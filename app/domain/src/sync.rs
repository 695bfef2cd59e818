//! How an entry travels: commands, the envelope of `POST /api/sync`, the answers, and the rules by
//! which a phone decides what an answer means (O1–O5, O7).
//!
//! An entry keeps the bytes that were made of it once. They are hashed on both sides: a phone
//! believes that an entry is kept only when an answer names its id *and* the hash of its bytes.

pub mod carried;

use crate::clients::contact::{LogAttempt, LogMeeting};
use crate::fidelity::assessment::ScoreItem;
use crate::ids::{AttemptId, ClientMeetingId, CommandId, EmployerId, VisitId};
use crate::support::{LogSupport, OnSupport};
use crate::visits::{AmendVisit, LogVisit, MoveNextStep, VisitError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// So many entries fit in one batch (S29).
pub const BATCH_MAX: usize = 100;
/// So many bytes fit in one batch (S29).
pub const BATCH_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Waiting between two tries never gets longer than this, in milliseconds (O5).
pub const WAIT_MAX: u64 = 15 * 60 * 1000;

/// Something that a person wrote and that is to happen exactly once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Log a visit; the visit gets the command's id.
    LogVisit(LogVisit),
    /// Amend an own visit; what stood before is kept.
    AmendVisit(AmendVisit),
    /// Take a visit back.
    WithdrawVisit(OnVisit),
    /// Bring a withdrawn visit back.
    RestoreVisit(OnVisit),
    /// The next step of a visit is done.
    SettleNextStep(OnVisit),
    /// The next step of a visit is not done after all.
    ReopenNextStep(OnVisit),
    /// The next step of a visit gets another day.
    MoveNextStep(MoveNextStep),
    /// There is nothing to add to a visit: its gap is asked about no more.
    LeaveGap(OnVisit),
    /// Log a meeting with a client; the meeting gets the command's id.
    LogMeeting(LogMeeting),
    /// Take an own meeting back.
    WithdrawMeeting(OnMeeting),
    /// Bring a withdrawn meeting back.
    RestoreMeeting(OnMeeting),
    /// Log an attempt to reach a client; the attempt gets the command's id.
    LogAttempt(LogAttempt),
    /// Take an own attempt back.
    WithdrawAttempt(OnAttempt),
    /// Bring a withdrawn attempt back.
    RestoreAttempt(OnAttempt),
    /// Log a support; it gets the command's id.
    LogSupport(LogSupport),
    /// Take an own support back.
    WithdrawSupport(OnSupport),
    /// Bring a withdrawn support back.
    RestoreSupport(OnSupport),
    /// Keep what an assessor touched of an item: as the own score where it is whole, else as a draft.
    ScoreItem(ScoreItem),
}

/// A command about a visit that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnVisit {
    /// The visit.
    pub visit: VisitId,
}

/// A command about a meeting that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnMeeting {
    /// The meeting.
    pub meeting: ClientMeetingId,
}

/// A command about an attempt that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnAttempt {
    /// The attempt.
    pub attempt: AttemptId,
}

/// An entry on its way: an id and bytes that never change again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The command's id, made when the form opened.
    pub id: CommandId,
    /// The command as text; hashed as it is.
    pub body: String,
}

impl Entry {
    /// Packs a command.
    ///
    /// # Errors
    /// When the command can't be written as JSON, which no command of ours does.
    pub fn pack(id: CommandId, command: &Command) -> Result<Self, serde_json::Error> {
        Ok(Self { id, body: serde_json::to_string(command)? })
    }

    /// Reads the command.
    ///
    /// # Errors
    /// When the text is no command, or one with a field that nobody knows.
    pub fn open(&self) -> Result<Command, serde_json::Error> {
        serde_json::from_str(&self.body)
    }

    /// SHA-256 of the body, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(self.body.as_bytes()))
    }
}

/// Bytes as hexadecimal text.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// What a phone sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// At most [`BATCH_MAX`].
    pub entries: Vec<Entry>,
}

/// What the server answers: one answer an entry, in the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The answers.
    pub answers: Vec<Answer>,
}

/// The answer to one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The entry's id.
    pub id: CommandId,
    /// SHA-256 of the bytes that came, in hexadecimal.
    pub sha256: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It has taken effect, now or when it came first, and is on disk.
    Committed(Applied),
    /// It can't take effect as it is. A person has to mend it; it stays on the phone.
    Refused(Refusal),
    /// Another entry came under this id before. Both are kept; a person picks.
    Conflict,
    /// The server could not do it now. Send it again.
    Later,
}

/// What a committed command did; kept in its receipt and replayed on a repeat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The employer of the visit. When a new employer was named and one of that name was there
    /// already, this is the one that was there.
    pub employer: Option<EmployerId>,
}

/// Why an entry can't take effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It can't be read: it was made by a newer version, or changed on the way.
    Unreadable,
    /// The visit is not right.
    Visit(Vec<VisitError>),
    /// The meeting or attempt is not right: its form says in which fields before it is sent.
    Contact,
    /// What it is about is not there for this person.
    NotThere,
    /// What it is about was erased when its time was over (O9). It stays erased; the entry is to be thrown away.
    Erased,
}

/// What a phone makes of the answer to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server has it on disk.
    Committed(Applied),
    /// A person has to mend it. The entry is kept.
    Refused(Refusal),
    /// Another entry has its id. The entry is kept.
    Conflict,
    /// Nobody is signed in. The entry is kept and sent after signing in.
    SignedOut,
    /// Nothing is known. The entry is kept and sent again.
    Unknown,
}

impl Verdict {
    /// May the phone forget the entry? Only what is committed.
    #[must_use]
    pub fn settles(&self) -> bool {
        matches!(self, Self::Committed(_))
    }
}

/// What an answer of the server means for one of the entries that were sent.
///
/// `reply` is the status and the body of the HTTP answer, or none when no answer came. A status
/// alone never settles anything: captive portals and proxies answer 200 with pages of their own
/// (O4), and no error makes an entry go away (O5).
#[must_use]
pub fn judge(entry: &Entry, reply: Option<(u16, &str)>) -> Verdict {
    let Some((status, body)) = reply else { return Verdict::Unknown };
    if matches!(status, 401 | 403) {
        return Verdict::SignedOut;
    }
    if status != 200 {
        return Verdict::Unknown;
    }
    let Ok(answers) = serde_json::from_str::<Answers>(body) else { return Verdict::Unknown };
    let own =
        answers.answers.into_iter().find(|answer| answer.id == entry.id && answer.sha256 == entry.sha256());
    match own.map(|answer| answer.outcome) {
        Some(Outcome::Committed(applied)) => Verdict::Committed(applied),
        Some(Outcome::Refused(refusal)) => Verdict::Refused(refusal),
        Some(Outcome::Conflict) => Verdict::Conflict,
        Some(Outcome::Later) | None => Verdict::Unknown,
    }
}

/// Milliseconds to wait before try number `tries` + 1: doubling from one second, at most
/// [`WAIT_MAX`], and spread by `jitter` (any number) over the upper half, so that a thousand phones
/// don't come back at the same instant.
#[must_use]
pub fn wait(tries: u32, jitter: u64) -> u64 {
    let full = 1000_u64.saturating_mul(1 << tries.min(20)).min(WAIT_MAX);
    full / 2 + jitter % (full / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn entry() -> Entry {
        let visit = VisitId(Uuid::from_u128(7));
        Entry::pack(CommandId(Uuid::from_u128(1)), &Command::WithdrawVisit(OnVisit { visit })).unwrap()
    }

    fn answer(outcome: Outcome) -> String {
        let entry = entry();
        let answers = vec![Answer { id: entry.id, sha256: entry.sha256(), outcome }];
        serde_json::to_string(&Answers { answers }).unwrap()
    }

    #[test]
    fn the_wire_form_is_fixed() {
        assert_eq!(
            entry().body,
            r#"{"kind":"withdraw_visit","visit":"00000000-0000-0000-0000-000000000007"}"#
        );
        assert_eq!(
            entry().open().unwrap(),
            Command::WithdrawVisit(OnVisit { visit: VisitId(Uuid::from_u128(7)) })
        );
    }

    #[test]
    fn a_command_with_a_field_nobody_knows_is_not_read() {
        for body in [
            r#"{"kind":"withdraw_visit","visit":"00000000-0000-0000-0000-000000000007","by":"me"}"#,
            r#"{"kind":"erase_visit","visit":"00000000-0000-0000-0000-000000000007"}"#,
            "{}",
            "",
        ] {
            assert!(Entry { id: CommandId(Uuid::nil()), body: body.into() }.open().is_err(), "{body}");
        }
    }

    #[test]
    fn only_the_servers_own_word_settles_an_entry() {
        let committed = answer(Outcome::Committed(Applied::default()));
        assert_eq!(judge(&entry(), Some((200, &committed))), Verdict::Committed(Applied::default()));

        let wrong_hash = committed.replace(&entry().sha256(), &"0".repeat(64));
        let truncated = &committed[..committed.len() - 3];
        let lies =
            ["<html>Tervetuloa hotellin verkkoon</html>", "", "{}", "[]", "null", &wrong_hash, truncated];
        for lie in lies {
            assert_eq!(judge(&entry(), Some((200, lie))), Verdict::Unknown, "{lie}");
        }
        for status in [204, 301, 302, 303, 307, 404, 502] {
            assert_eq!(judge(&entry(), Some((status, &committed))), Verdict::Unknown, "{status}");
        }
        assert_eq!(judge(&entry(), None), Verdict::Unknown);
    }

    #[test]
    fn no_status_makes_an_entry_go_away() {
        for status in (100..=199).chain(201..=599) {
            assert!(!judge(&entry(), Some((status, ""))).settles(), "{status}");
        }
        for outcome in [Outcome::Conflict, Outcome::Later, Outcome::Refused(Refusal::NotThere)] {
            assert!(!judge(&entry(), Some((200, &answer(outcome)))).settles());
        }
    }

    #[test]
    fn an_expired_sign_in_keeps_the_entry_for_later() {
        assert_eq!(judge(&entry(), Some((401, ""))), Verdict::SignedOut);
    }

    proptest! {
        #[test]
        fn waiting_grows_and_stays_within_bounds(tries in 0_u32..100, jitter: u64) {
            let waited = wait(tries, jitter);
            prop_assert!((500..=WAIT_MAX).contains(&waited));
            prop_assert!(wait(tries, 0) <= wait(tries + 1, 0));
        }

        #[test]
        fn no_text_is_taken_for_a_confirmation(text in "\\PC{0,200}", status in 100_u16..600) {
            prop_assert!(!judge(&entry(), Some((status, &text))).settles());
        }
    }
}
