//! The authorisation matrix (S10, S11): every function of the server × every role × every relation
//! to what it is about. A function without a row fails the test, and so does an answer that tells
//! "forbidden" from "not there".

use crate::helpers::{
    Browser, Reply, TestBackend, both, client, day, employer, entry, person, plain_visit, settle, token_of,
    visit,
};
use app::data::Ask;
use backend::clock::new_id;
use domain::advice::AdviceFields;
use domain::clients::contact::{AttemptFields, LogAttempt, LogMeeting, MeetingFields};
use domain::clients::page::NoteFields;
use domain::clients::profile::ProfileFields;
use domain::codes::lists::{CodeList, EntryFields};
use domain::codes::{Code, MeetingKind, Role};
use domain::employers::EmployerQuery;
use domain::fidelity::assessment::{ScoreFields, ScoreItem};
use domain::ids::{ClientId, VisitId};
use domain::jobs::TermsFields;
use domain::steps::{StepFields, StepToWork};
use domain::support::{AgreementFields, LogSupport, OnSupport, SupportFields};
use domain::sync::{Batch, Command, OnAttempt, OnMeeting, OnVisit};
use domain::visits::{AmendVisit, LogVisit, MoveNextStep};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Who asks: everybody of the small county, and a stranger. `FORMER` holds no post any more.
const ASKERS: &[(&str, &str)] = &[
    ("coach", "OWN"),
    ("former coach", "FORMER"),
    ("lead", "LEAD"),
    ("referrer", "REF"),
    ("reviewer", "REV"),
    ("administrator", "ADMIN"),
    ("stranger", ""),
];

/// What it is about, seen from `OWN` in the unit NORTH.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The asker's own, or the coach's of the unit.
    Own,
    /// A colleague's in the same unit.
    Team,
    /// Of the own unit, but the relation is closed.
    Former,
    /// Another unit's.
    OtherUnit,
    /// Nothing is named.
    None,
    /// It was taken back.
    Withdrawn,
    /// It is not there.
    NotThere,
}

pub const RELATIONS: &[Relation] = &[
    Relation::Own,
    Relation::Team,
    Relation::Former,
    Relation::OtherUnit,
    Relation::None,
    Relation::Withdrawn,
    Relation::NotThere,
];

/// What an asker gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gets {
    /// An answer.
    It,
    /// The same as for what is not there.
    Nothing,
}

/// Signed in, whoever it is.
fn anybody(asker: &str) -> bool {
    asker != "stranger"
}

/// Somebody who visits employers today.
fn in_field(asker: &str) -> bool {
    matches!(asker, "coach" | "lead")
}

/// Somebody who manages people.
fn manages(asker: &str) -> bool {
    matches!(asker, "lead" | "administrator")
}

/// The table: what each question and each command gives to whom. The one place to change when a
/// rule changes. None = no row.
fn gets(function: &str, asker: &str, relation: Relation) -> Option<Gets> {
    use Relation::{Former, None as Nobody, NotThere, OtherUnit, Own, Team, Withdrawn};
    let it = match function {
        "ask me" | "ask sign_ins" => anybody(asker),
        // One's own sign-in; nobody else's.
        "ask end_sign_in" => anybody(asker) && relation == Own,
        "ask today" | "ask card" | "ask employers" | "ask visit_form" => in_field(asker),
        // The own caseload; the unit's clients and its load are the lead's.
        "GET /clients" => in_field(asker),
        "GET /devices" | "POST /devices/copy" => anybody(asker),
        // An own phone; the lead ends one of the unit's, and nobody else reaches it.
        "POST /devices/{device}/name" => asker == "coach" && relation == Own,
        "POST /devices/{device}/end" => matches!(asker, "coach" | "lead") && relation == Own,
        "POST /devices/held/{entry}/drop" | "POST /devices/held/{entry}/accept" => {
            asker == "coach" && relation == Own
        }
        "GET /clients/load" | "GET /clients/all" => asker == "lead",
        // A client of the unit, while the relation is open. CLOSED was closed more than thirty days ago:
        // only the lead opens it again, and even the lead reads nothing until then.
        "GET /clients/{id}"
        | "GET /clients/{id}/edit"
        | "POST /clients/{id}/edit"
        | "GET /clients/{id}/next-step"
        | "POST /clients/{id}/next-step"
        | "POST /clients/{id}/next-step/done"
        | "GET /clients/{id}/profile"
        | "GET /clients/{id}/profile/edit"
        | "POST /clients/{id}/profile/edit"
        | "GET /clients/{id}/{sheet}/new"
        | "POST /clients/{id}/{sheet}/new"
        | "GET /clients/{id}/way/{kind}"
        | "POST /clients/{id}/way/{kind}"
        | "GET /clients/{id}/way/{kind}/day"
        | "POST /clients/{id}/way/{kind}/day"
        | "GET /clients/{id}/jobs/new"
        | "POST /clients/{id}/jobs/new"
        | "GET /jobs/{job}"
        | "GET /jobs/{job}/change"
        | "POST /jobs/{job}/change"
        | "GET /jobs/{job}/correct"
        | "POST /jobs/{job}/correct"
        | "GET /jobs/{job}/end"
        | "POST /jobs/{job}/end"
        | "POST /jobs/{job}/reopen"
        | "POST /jobs/{job}/withdraw"
        | "POST /jobs/{job}/restore"
        | "GET /clients/{id}/matches"
        | "GET /clients/{id}/matches/new"
        | "POST /clients/{id}/matches/new"
        | "GET /matches/{match}"
        | "POST /matches/{match}/notes"
        | "POST /matches/{match}/end"
        | "POST /matches/{match}/reopen"
        | "POST /matches/{match}/learn"
        | "GET /clients/{id}/steps"
        | "GET /clients/{id}/steps/{kind}"
        | "POST /clients/{id}/steps/{kind}"
        | "GET /clients/{id}/advice"
        | "GET /clients/{id}/advice/new"
        | "POST /clients/{id}/advice/new"
        | "GET /clients/{id}/advice/sheet"
        | "GET /clients/{id}/advice/sheet.pdf"
        | "POST /support/new"
        | "GET /clients/{id}/support"
        | "sync log_support" => in_field(asker) && matches!(relation, Own | Team),
        // The job is the client's whose page it is.
        "GET /clients/{id}/support/agree" | "POST /clients/{id}/support/agree" => {
            in_field(asker) && matches!(relation, Own | Team)
        }
        // Records of OPEN, whoever noted them.
        "POST /jobs/{job}/changes/{change}/{deed}"
        | "POST /clients/{id}/steps/{kind}/{item}/{deed}"
        | "POST /clients/{id}/advice/{item}/{deed}"
        | "POST /clients/{id}/support/agreements/{item}/{deed}" => in_field(asker) && relation == Own,
        // One's own support.
        "POST /clients/{id}/support/{item}/{deed}" | "sync withdraw_support" | "sync restore_support" => {
            asker == "coach" && relation == Own
        }
        "GET /support/new" | "GET /calendar" | "POST /calendar" | "POST /calendar/end" => in_field(asker),
        // The coach's own note on the match of OPEN.
        "POST /matches/{match}/notes/{item}/{deed}" => asker == "coach" && relation == Own,
        "GET /lead" => asker == "lead",
        // The own unit's.
        "GET /fidelity"
        | "GET /fidelity/ahead"
        | "GET /fidelity/ahead/plan"
        | "POST /fidelity/ahead/plan"
        | "GET /fidelity/{criterion}"
        | "GET /fidelity/{criterion}/actions"
        | "POST /fidelity/{criterion}/actions" => in_field(asker),
        "GET /fidelity/dossier.pdf"
        | "GET /fidelity/dossier.xlsx"
        | "GET /fidelity/dossier-key.xlsx"
        | "GET /fidelity/dossiers"
        | "GET /fidelity/choices"
        | "POST /fidelity/choices"
        | "GET /fidelity/parts/{part}"
        | "POST /fidelity/parts/{part}"
        | "GET /fidelity/assessments/import"
        | "POST /fidelity/assessments/import"
        | "GET /fidelity/dossiers/new"
        | "POST /fidelity/dossiers/new" => asker == "lead",
        "GET /fidelity/units"
        | "GET /fidelity/packs"
        | "GET /fidelity/packs/ips-25.toml"
        | "POST /fidelity/packs" => manages(asker),
        "POST /fidelity/packs/{pack}/{deed}" => manages(asker) && relation == Own,
        "POST /fidelity/dossiers/{dossier}/close" | "POST /fidelity/dossiers/{dossier}/reopen" => {
            asker == "lead" && relation == Own
        }
        // A dossier is the reviewer's to whom it was opened: neither the lead's nor another reviewer's.
        "GET /dossiers" => asker == "reviewer",
        "GET /dossiers/{dossier}"
        | "GET /dossiers/{dossier}/dossier.pdf"
        | "GET /dossiers/{dossier}/dossier.xlsx" => asker == "reviewer" && relation == Own,
        "POST /fidelity/actions/{improvement}/{deed}" => in_field(asker) && relation == Own,
        "GET /fidelity/assessments" => in_field(asker),
        "GET /fidelity/assessments/new" | "POST /fidelity/assessments/new" => asker == "lead",
        // The own unit's; the coach and the lead are its assessors.
        "GET /fidelity/assessments/{assessment}"
        | "GET /fidelity/assessments/{assessment}/{criterion}"
        | "POST /fidelity/assessments/{assessment}/{criterion}/score"
        | "POST /fidelity/assessments/{assessment}/{criterion}/settle"
        | "POST /fidelity/assessments/{assessment}/sign"
        | "POST /fidelity/assessments/{assessment}/notes" => in_field(asker) && relation == Own,
        "sync score_item" => in_field(asker) && relation == Own,
        "POST /fidelity/assessments/{assessment}/withdraw"
        | "POST /fidelity/assessments/{assessment}/restore" => asker == "lead" && relation == Own,
        // Each the own weeks.
        "GET /time" | "POST /time" => in_field(asker),
        "GET /meetings" | "GET /meetings/new" | "POST /meetings/new" => in_field(asker),
        // The coach's own; the lead's as the unit's.
        "POST /meetings/{meeting}/withdraw"
        | "POST /meetings/{meeting}/restore"
        | "GET /meetings/{meeting}/clients"
        | "POST /meetings/{meeting}/clients" => in_field(asker) && relation == Own,
        "GET /opportunities" | "GET /opportunities/new" => in_field(asker),
        // The employer is one of the register.
        "POST /opportunities/new" => in_field(asker),
        // The unit's own; `Team` is one that a colleague found.
        "GET /opportunities/{opportunity}"
        | "GET /opportunities/{opportunity}/edit"
        | "POST /opportunities/{opportunity}/edit"
        | "POST /opportunities/{opportunity}/confirm"
        | "POST /opportunities/{opportunity}/close"
        | "POST /opportunities/{opportunity}/reopen" => in_field(asker) && matches!(relation, Own | Team),
        // So are its plans, and what the client gets to take along.
        "GET /clients/{id}/plans"
        | "GET /clients/{id}/plans/new"
        | "POST /clients/{id}/plans/new"
        | "GET /clients/{id}/copy"
        | "GET /clients/{id}/copy.pdf" => in_field(asker) && matches!(relation, Own | Team),
        // A plan that was taken back is read and brought back, and nothing else.
        "GET /plans/{plan}" | "POST /plans/{plan}/withdraw" | "POST /plans/{plan}/restore" => {
            in_field(asker) && matches!(relation, Own | Team | Withdrawn)
        }
        "GET /plans/{plan}/edit"
        | "POST /plans/{plan}/edit"
        | "POST /plans/{plan}/actions/{action}/done"
        | "POST /plans/{plan}/actions/{action}/undone"
        | "POST /plans/{plan}/actions/{action}/hand" => in_field(asker) && matches!(relation, Own | Team),
        // MATES has no profile, and the record is the coach's own note on OPEN.
        "GET /clients/{id}/profile/{version}" => in_field(asker) && relation == Own,
        "POST /clients/{id}/record/{records}/{item}/{deed}" => asker == "coach" && relation == Own,
        // An entry about a client of the unit; one's own entry is taken back by oneself.
        "sync log_meeting" | "sync log_attempt" => in_field(asker) && matches!(relation, Own | Team),
        "sync withdraw_meeting"
        | "sync restore_meeting"
        | "sync withdraw_attempt"
        | "sync restore_attempt" => asker == "coach" && relation == Own,
        // The register is shared by all units.
        "ask employer" => in_field(asker) && !matches!(relation, NotThere | Nobody),
        // Help and the kit hold nobody's data.
        "GET /help" | "GET /help/{task}" | "GET /kit" => true,
        // Nor does the accessibility statement: the law asks for it to be public.
        "GET /saavutettavuus" => true,
        // What is found is the matter of `it::search`; an address that nobody sealed leads to the form.
        "GET /search" | "POST /search" | "GET /search/{sealed}" => in_field(asker),
        "GET /people" => manages(asker),
        "GET /employers.tsv" | "GET /visits" | "POST /visits/new" | "POST /visits/draft" => in_field(asker),
        // Words that are being typed are looked at for whoever may write them.
        "POST /words" => in_field(asker),
        "GET /employers/filters" | "GET /employers/route" | "POST /employers/views" => in_field(asker),
        "POST /employers/views/{view}/drop" => asker == "coach" && relation == Own,
        "GET /employers/light" | "POST /employers/light" => manages(asker),
        // The register is edited by whoever works in the field, in any unit.
        "GET /employers/{id}/edit"
        | "POST /employers/{id}/edit"
        | "GET /employers/{id}/contacts/new"
        | "POST /employers/{id}/contacts/new"
        | "GET /employers/{id}/do-not-contact"
        | "POST /employers/{id}/do-not-contact"
        | "POST /employers/{id}/do-not-contact/lift"
        | "GET /employers/{id}/handed-over"
        | "GET /employers/{id}/chain"
        | "POST /employers/{id}/chain"
        | "GET /employers/{id}/merge"
        | "GET /employers/{id}/settle"
        | "POST /employers/{id}/settle"
        | "GET /employers/{id}/history" => in_field(asker) && !matches!(relation, NotThere | Nobody),
        // The contact person is E1's.
        "GET /employers/{id}/contacts/{contact}"
        | "POST /employers/{id}/contacts/{contact}"
        | "POST /employers/{id}/contacts/{contact}/remove"
        | "POST /employers/{id}/contacts/{contact}/restore" => {
            in_field(asker) && matches!(relation, Own | Former)
        }
        // The other one is E3, which `Withdrawn` is itself.
        "GET /employers/{id}/merge/{other}" | "POST /employers/{id}/merge/{other}" => {
            in_field(asker) && !matches!(relation, NotThere | Nobody | Withdrawn)
        }
        // Nothing was merged: there is nothing to undo.
        "POST /employers/{id}/unmerge" => false,
        // Lists are a lead's, and each lead's own.
        "GET /employers/lists" | "POST /employers/lists" => asker == "lead",
        "POST /employers/lists/{list}"
        | "GET /employers/lists/{list}/rows"
        | "POST /employers/lists/{list}/rows"
        | "POST /employers/lists/{list}/write"
        | "POST /employers/lists/{list}/drop" => asker == "lead" && relation == Own,
        // One page leads to the other, as the list stands; `Team` is one that was written.
        "GET /employers/lists/{list}" | "GET /employers/lists/{list}/done" => {
            asker == "lead" && matches!(relation, Own | Team)
        }
        "POST /employers/lists/{list}/undo" => asker == "lead" && relation == Team,
        "GET /employers.csv"
        | "GET /employers.xlsx"
        | "GET /employers/route.csv"
        | "GET /employers/route.xlsx"
        | "GET /visits.csv"
        | "GET /visits.xlsx" => in_field(asker),
        "GET /people.csv" | "GET /people.xlsx" => manages(asker),
        "GET /employers/{id}/history.csv" | "GET /employers/{id}/history.xlsx" => {
            in_field(asker) && !matches!(relation, NotThere | Nobody)
        }
        // E3 has no owner; E1's is AWAY, of another unit; E2's is MATE.
        "GET /employers/{id}/hand-over" | "POST /employers/{id}/hand-over" => match asker {
            "coach" => relation == Withdrawn,
            "lead" => matches!(relation, Team | OtherUnit | Withdrawn),
            _ => false,
        },
        // Nothing was handed over.
        "POST /employers/{id}/hand-over/undo" => false,
        // The words of the own unit's visits.
        "GET /visits/{id}" => in_field(asker) && !matches!(relation, OtherUnit | NotThere | Nobody),
        // A team's memos are its own, whatever became of them; `Former` is one that was declined long ago.
        "GET /referrals" | "GET /referrals/new" => asker == "referrer",
        "POST /referrals/new" => asker == "referrer" && relation == Own,
        "GET /referrals/{memo}" | "POST /referrals/{memo}/restore" => {
            asker == "referrer" && matches!(relation, Own | Team | Former | Withdrawn)
        }
        "GET /referrals/{memo}/correct" | "POST /referrals/{memo}/correct" => {
            asker == "referrer" && matches!(relation, Own | Team)
        }
        "POST /referrals/{memo}/withdraw" => {
            asker == "referrer" && matches!(relation, Own | Team | Withdrawn)
        }
        // The unit's, while it is not over; `Team` is one that was taken up.
        "GET /referrals/inbox" | "GET /meetings/team" => in_field(asker),
        "GET /referrals/declined" => asker == "lead",
        "GET /referrals/inbox/{memo}" | "POST /referrals/inbox/{memo}/decide" => {
            in_field(asker) && matches!(relation, Own | Team | Withdrawn)
        }
        "POST /referrals/inbox/{memo}/days" => in_field(asker) && relation == Team,
        "POST /meetings/team" => in_field(asker) && relation == Own,
        // A person of the own unit without a password; an administrator: of any unit.
        "POST /people/invite" => match relation {
            Own => manages(asker),
            OtherUnit => asker == "administrator",
            // `Team` is a colleague who has a password already, `Former` a former one who has.
            Team | Former | Nobody | Withdrawn | NotThere => false,
        },
        // A coach for themself, a lead for the unit's coaches; `Former` works no longer.
        "GET /people/substitutes" => in_field(asker),
        "POST /people/substitutes" => asker == "lead" && matches!(relation, Own | Team),
        // `Own` is the coach's, `Team` a colleague's, `OtherUnit` another unit's.
        "POST /people/substitutes/{substitute}/end" | "POST /people/substitutes/{substitute}/resume" => {
            match asker {
                "coach" => relation == Own,
                "lead" => matches!(relation, Own | Team),
                _ => false,
            }
        }
        // Whoever works in the field may ask; what is asked for is told to nobody.
        "GET /break-glass" | "POST /break-glass" | "GET /break-glass/open" => in_field(asker),
        "GET /people/glass" | "GET /people/alarms" => manages(asker),
        // `Own`: a client of the own unit was read; an administrator sees it, and no more.
        "POST /people/glass/{glass}/review" => asker == "lead" && relation == Own,
        // `Own`: a coach of the own unit read many.
        "POST /people/alarms/{alarm}/review" => match relation {
            Own => manages(asker),
            OtherUnit => asker == "administrator",
            _ => false,
        },
        // Whatever became of the relation.
        "GET /clients/{id}/uses"
        | "GET /clients/{id}/uses.csv"
        | "GET /clients/{id}/uses.xlsx"
        | "GET /clients/{id}/uses.pdf" => asker == "lead" && matches!(relation, Own | Team | Former),
        "GET /organisation/changes" => manages(asker),
        "GET /organisation"
        | "GET /organisation/settings"
        | "POST /organisation/settings"
        | "GET /organisation/codes"
        | "GET /organisation/codes/{list}"
        | "POST /organisation/codes/{list}"
        | "GET /organisation/units/new"
        | "POST /organisation/units/new"
        | "GET /organisation/teams/new"
        | "POST /organisation/teams/new"
        | "GET /organisation/people/new"
        | "POST /organisation/people/new" => asker == "administrator",
        // The entry is the organisation's own.
        "GET /organisation/codes/{list}/{code}"
        | "POST /organisation/codes/{list}/{code}/rename"
        | "POST /organisation/codes/{list}/{code}/end" => asker == "administrator" && relation == Own,
        "GET /organisation/units/{unit}"
        | "POST /organisation/units/{unit}"
        | "GET /organisation/teams/{team}"
        | "POST /organisation/teams/{team}"
        | "POST /organisation/posts/{post}/end" => {
            asker == "administrator" && matches!(relation, Own | OtherUnit)
        }
        "GET /organisation/people/{person}"
        | "POST /organisation/people/{person}"
        | "POST /organisation/people/{person}/lock"
        | "POST /organisation/people/{person}/unlock"
        | "POST /organisation/people/{person}/posts" => {
            asker == "administrator" && matches!(relation, Own | Team | Former | OtherUnit)
        }
        "GET /organisation/retention" | "GET /organisation/retention/rules" => manages(asker),
        "GET /organisation/retention/rules/{service}/{record}"
        | "POST /organisation/retention/rules/{service}/{record}" => asker == "administrator",
        // Numbers for an administrator, of any unit; the own unit's for a lead.
        "GET /organisation/retention/units/{unit}"
        | "POST /organisation/retention/units/{unit}"
        | "GET /organisation/retention/erasures/{erasure}"
        | "POST /organisation/retention/erasures/{erasure}/release"
        | "POST /organisation/retention/erasures/{erasure}/withdraw" => match relation {
            Own => manages(asker),
            OtherUnit => asker == "administrator",
            _ => false,
        },
        // A visit for a client: open, of the own unit; or for nobody.
        "sync log_visit" => in_field(asker) && matches!(relation, Own | Team | Nobody),
        // One's own visit, whatever became of it.
        "sync amend_visit"
        | "sync withdraw_visit"
        | "sync restore_visit"
        | "sync leave_gap"
        | "POST /visits/{id}/withdraw"
        | "POST /visits/{id}/restore" => asker == "coach" && matches!(relation, Own | Former | Withdrawn),
        "sync settle_next_step" | "sync reopen_next_step" | "sync move_next_step" => match asker {
            "coach" => matches!(relation, Own | Former | Withdrawn),
            "lead" => matches!(relation, Own | Team | Former | Withdrawn),
            _ => false,
        },
        _ => return None,
    };
    Some(if it { Gets::It } else { Gets::Nothing })
}

/// Every question and every command, as the types themselves list them when they are asked for one
/// that is not there, and every desk page and form post, as the router lists them.
pub fn functions() -> Vec<String> {
    let names = |error: String, prefix: &str| -> Vec<String> {
        let (_, list) = error.split_once("expected one of ").expect("a list of variants");
        list.split('`').skip(1).step_by(2).map(|name| format!("{prefix} {name}")).collect()
    };
    let asks = serde_json::from_value::<Ask>(json!({"?": null})).expect_err("no such question").to_string();
    let commands =
        serde_json::from_value::<Command>(json!({"kind": "?"})).expect_err("no such command").to_string();
    [names(asks, "ask"), names(commands, "sync"), server::desk_functions()].concat()
}

/// The objects of the small county, by relation.
pub struct World {
    clients: BTreeMap<Relation, Uuid>,
    visits: BTreeMap<Relation, Uuid>,
    employers: BTreeMap<Relation, Uuid>,
    people: BTreeMap<Relation, Uuid>,
    /// A contact person of E1.
    contact: Uuid,
    /// The coach's own note, meeting and attempt on OPEN, and those of the colleague on MATES.
    note: Uuid,
    meetings: BTreeMap<Relation, Uuid>,
    attempts: BTreeMap<Relation, Uuid>,
    /// A job of each client, and what is written around that of OPEN.
    jobs: BTreeMap<Relation, Uuid>,
    work: BTreeMap<&'static str, Uuid>,
    supports: BTreeMap<Relation, Uuid>,
    /// A match of each client, opportunities of both units.
    matches: BTreeMap<Relation, Uuid>,
    opportunities: BTreeMap<Relation, Uuid>,
    /// A saved view of the coach's.
    view: Uuid,
    /// The lead's lists: one that waits for each function that ends it, and one that was written.
    lists: BTreeMap<&'static str, Uuid>,
    /// Another lead's list.
    other_list: Uuid,
    /// Memos; and those about which is decided.
    memos: BTreeMap<Relation, Uuid>,
    decided: BTreeMap<Relation, Uuid>,
    /// The coach OWN.
    own: Uuid,
    /// Plans, and an action of each.
    plans: BTreeMap<Relation, (Uuid, Uuid)>,
    /// The team of the unit NORTH, and another unit's.
    teams: BTreeMap<Relation, Uuid>,
    /// Who stands in, who read with a written reason, alarms, units, teams and posts.
    around: BTreeMap<(&'static str, Relation), Uuid>,
}

const NOWHERE: Uuid = Uuid::from_u128(0xdead);

pub async fn world(backend: &TestBackend) -> World {
    use Relation::{Former, NotThere, OtherUnit, Own, Team, Withdrawn};
    let own = crate::helpers::actor(backend, "OWN").await;
    let withdrawn = crate::helpers::log(backend, &own, plain_visit(employer(backend, "E3").await)).await;
    let take_back = entry(&Command::WithdrawVisit(OnVisit { visit: withdrawn }));
    crate::helpers::send(backend, &own, &take_back).await;
    let at = async |code| employer(backend, code).await.uuid();
    let e1 = backend.employer(&own, employer(backend, "E1").await).await.expect("a page");
    let query = EmployerQuery::default();
    backend.save_view(&own, "x", &query).await.expect("a database").expect("a view");
    let views = backend.employers(&own, &query).await.expect("a list").views;
    let (lead, other) =
        (crate::helpers::actor(backend, "LEAD").await, crate::helpers::actor(backend, "AWAYLEAD").await);
    let take = async |who| backend.take_list(who, "a.csv", b"Yritys\nUusi Oy\n".to_vec(), Vec::new()).await;
    let mut lists = BTreeMap::new();
    for name in ["waits", "write", "drop", "written"] {
        lists.insert(name, take(&lead).await.expect("a database").expect("a list"));
    }
    backend.write_list(&lead, lists["written"]).await.expect("a database").expect("written");
    let other_list = take(&other).await.expect("a database").expect("a list");
    let note = contacts_of(backend, &own, client(backend, "OPEN").await).await;
    let mate = crate::helpers::actor(backend, "MATE").await;
    let mates = contacts_of(backend, &mate, client(backend, "MATES").await).await;
    let profile = ProfileFields { wishes: "Kahvila.".into(), ..ProfileFields::default() };
    let open = client(backend, "OPEN").await;
    backend.save_profile(&own, open, 0, &profile).await.expect("a database").expect("a profile");
    let admin = crate::helpers::actor(backend, "ADMIN").await;
    let entry = EntryFields {
        name_fi: "Oma".into(),
        entry_code: "OMA".into(),
        counts_as: "moved".into(),
        ..EntryFields::default()
    };
    let list = CodeList::ClosingReasons;
    backend.add_code(&admin, list, &entry).await.expect("a database").expect("an entry");
    let (jobs, mut work) = work(backend, &own).await;
    let (matches, opportunities, match_note) = matched(backend, &own).await;
    work.insert("match_note", match_note);
    work.insert("meeting", held(backend, &own).await);
    work.insert("improvement", crate::fidelity::improved(backend, &own).await);
    work.insert("pack", crate::fidelity::loaded_pack(backend, &lead).await);
    for name in ["dossier", "closed_dossier"] {
        work.insert(name, crate::fidelity::opened(backend, &lead, "REV").await);
    }
    work.extend(crate::fidelity::assessed(backend, &lead, own.person).await);
    let supports = BTreeMap::from([(Own, work["support"]), (Team, supported(backend, &mate, "MATES").await)]);
    World {
        jobs,
        matches,
        opportunities,
        work,
        supports,
        own: own.person.uuid(),
        plans: crate::plans::by_relation(backend).await,
        memos: memos(backend, &own).await,
        decided: memos(backend, &own).await,
        teams: BTreeMap::from([
            (Own, crate::referrals::team(backend, "PSY").await.uuid()),
            (OtherUnit, crate::referrals::team(backend, "SOC").await.uuid()),
        ]),
        note: note[0],
        meetings: BTreeMap::from([(Own, note[1]), (Team, mates[1])]),
        attempts: BTreeMap::from([(Own, note[2]), (Team, mates[2])]),
        around: around(backend).await,
        lists,
        other_list,
        contact: e1.contacts[0].id.parse().expect("an id"),
        view: views[0].id.parse().expect("an id"),
        clients: BTreeMap::from([
            (Own, client(backend, "OPEN").await.uuid()),
            (Team, client(backend, "MATES").await.uuid()),
            (Former, client(backend, "CLOSED").await.uuid()),
            (OtherUnit, client(backend, "AWAYS").await.uuid()),
            (NotThere, NOWHERE),
        ]),
        visits: BTreeMap::from([
            (Own, visit(backend, "K1").await.uuid()),
            (Team, visit(backend, "K5").await.uuid()),
            (Former, visit(backend, "K2").await.uuid()),
            (OtherUnit, visit(backend, "K4").await.uuid()),
            (Withdrawn, withdrawn.uuid()),
            (NotThere, NOWHERE),
        ]),
        employers: BTreeMap::from([
            (Own, at("E1").await),
            (Team, at("E2").await),
            (Former, at("E1").await),
            (OtherUnit, at("E2").await),
            (Withdrawn, at("E3").await),
            (NotThere, NOWHERE),
        ]),
        people: BTreeMap::from([
            (Own, person(backend, "NEW").await.uuid()),
            (Team, person(backend, "MATE").await.uuid()),
            (Former, person(backend, "FORMER").await.uuid()),
            (OtherUnit, person(backend, "AWAY").await.uuid()),
            (NotThere, NOWHERE),
        ]),
    }
}

/// Memos of the team: one that waits, one that was taken up, one that was declined long ago, another unit's,
/// one that was taken back.
async fn memos(backend: &TestBackend, own: &backend::Actor) -> BTreeMap<Relation, Uuid> {
    use domain::referrals::DecisionFields;
    let referrer = crate::helpers::actor(backend, "REF").await;
    let mut memos = BTreeMap::from([(Relation::NotThere, NOWHERE)]);
    for (relation, name) in [
        (Relation::Own, "Odottava Oma"),
        (Relation::Team, "Otettu Palveluun"),
        (Relation::Former, "Hylätty Kauan"),
        (Relation::Withdrawn, "Peruttu Lähete"),
    ] {
        memos.insert(relation, crate::referrals::sent(backend, &referrer, name).await.uuid());
    }
    let other = crate::referrals::foreign(backend, "SOC", "Vieras Henkilö").await;
    memos.insert(Relation::OtherUnit, other.uuid());
    let accept =
        DecisionFields { accepted: "yes".into(), coach: own.person.to_string(), ..DecisionFields::default() };
    let decline =
        DecisionFields { accepted: "no".into(), reason: "own_wish".into(), ..DecisionFields::default() };
    let long_ago = backend::Actor { today: day("2026-10-01"), ..own.clone() };
    for (by, relation, fields) in [(own, Relation::Team, accept), (&long_ago, Relation::Former, decline)] {
        let done = backend.decide_memo(by, memos[&relation].into(), &fields).await;
        assert_eq!(done.expect("a database"), Ok(()));
    }
    backend.withdraw_memo(&referrer, memos[&Relation::Withdrawn].into(), false).await.expect("taken back");
    memos
}

/// A note, a meeting and an attempt with a client.
async fn contacts_of(backend: &TestBackend, who: &backend::Actor, client: ClientId) -> [Uuid; 3] {
    let note = new_id();
    let fields = NoteFields { day: "2026-11-18".into(), words: "Sovittiin.".into() };
    backend.write_note(who, client, note, &fields).await.expect("a database").expect("a note");
    let meeting = entry(&Command::LogMeeting(a_meeting(client)));
    let attempt = entry(&Command::LogAttempt(an_attempt(client)));
    for entry in [&meeting, &attempt] {
        let outcome = crate::helpers::send(backend, who, entry).await;
        assert!(matches!(outcome, domain::sync::Outcome::Committed(_)), "{outcome:?}");
    }
    [note, meeting.id.uuid(), attempt.id.uuid()]
}

/// A job of each client; a change of that of OPEN, a step, advice, an agreement and a support around it.
/// A phone of the coach's, and an entry of it that waits.
async fn phone(backend: &TestBackend, own: &backend::Actor) -> (Uuid, Uuid) {
    let (device, held) = (new_id(), new_id());
    backend.enrol(own, device.into(), &[4; 65], "puhelin").await.expect("a phone");
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    let now = backend.clock.now();
    backend::execute!(
        tx,
        "insert into arrival (entry_id, person_id, device_id, rev, sha256, outcome, body, received_at)
         values ($1, $2, $3, 1, '', '{\"held\":\"conflict\"}', '{}', $4)",
        held,
        own.person.uuid(),
        device,
        now
    )
    .expect("an entry");
    tx.commit().await.expect("a commit");
    (device, held)
}

async fn work(
    backend: &TestBackend,
    own: &backend::Actor,
) -> (BTreeMap<Relation, Uuid>, BTreeMap<&'static str, Uuid>) {
    use Relation::{Former, NotThere, OtherUnit, Own, Team};
    let mut jobs = BTreeMap::from([(NotThere, NOWHERE)]);
    let at = employer(backend, "E1").await.uuid();
    for (relation, code) in [(Own, "OPEN"), (Team, "MATES"), (Former, "CLOSED"), (OtherUnit, "AWAYS")] {
        let (id, of) = (new_id(), client(backend, code).await.uuid());
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "insert into job (id, code, client_id, employer_id, title, started_on)
             values ($1, $2, $3, $4, 'tiskaaja', '2026-11-02')",
            id,
            id.to_string(),
            of,
            at
        )
        .expect("a job");
        tx.commit().await.expect("a commit");
        jobs.insert(relation, id);
    }
    let (job, open) = (jobs[&Own], client(backend, "OPEN").await);
    let mut work = BTreeMap::from([("support", supported(backend, own, "OPEN").await)]);
    let (device, held) = phone(backend, own).await;
    work.extend([("device", device), ("held", held)]);
    for name in ["change", "step", "advice", "agreement"] {
        work.insert(name, new_id());
    }
    let terms = TermsFields { day: "2026-11-10".into(), title: "kokki".into(), ..TermsFields::default() };
    backend.change_job(own, job.into(), work["change"], &terms).await.expect("a database").expect("a change");
    let step = StepFields { what: "work_trial".into(), day: "2026-11-02".into(), ..StepFields::default() };
    let kind = StepToWork::Transition;
    backend
        .take_step_to_work(own, open, kind, work["step"], &step)
        .await
        .expect("a database")
        .expect("a step");
    let advice = AdviceFields {
        day: "2026-11-02".into(),
        giver: "coach".into(),
        occasion: "start".into(),
        topics: "housing".into(),
        ..AdviceFields::default()
    };
    backend.give_advice(own, open, work["advice"], &advice).await.expect("a database").expect("advice");
    let fields = AgreementFields {
        kind: "rhythm".into(),
        every: "14".into(),
        from_day: "2026-11-10".into(),
        ..AgreementFields::default()
    };
    let agreed = backend.agree_on_support(own, open, job.into(), work["agreement"], &fields).await;
    agreed.expect("a database").expect("an agreement");
    (jobs, work)
}

/// A match of each client, an opportunity of each unit, and the coach's own note on the match of OPEN.
async fn matched(
    backend: &TestBackend,
    own: &backend::Actor,
) -> (BTreeMap<Relation, Uuid>, BTreeMap<Relation, Uuid>, Uuid) {
    use Relation::{Former, NotThere, OtherUnit, Own, Team};
    let (mut matches, mut found) =
        (BTreeMap::from([(NotThere, NOWHERE)]), BTreeMap::from([(NotThere, NOWHERE)]));
    let at = employer(backend, "E1").await.uuid();
    for (relation, code, coach, unit) in [
        (Own, "OPEN", "OWN", "NORTH"),
        (Team, "MATES", "MATE", "NORTH"),
        (Former, "CLOSED", "OWN", ""),
        (OtherUnit, "AWAYS", "AWAY", "SOUTH"),
    ] {
        let (id, of, who) =
            (new_id(), client(backend, code).await.uuid(), person(backend, coach).await.uuid());
        let unit =
            if unit.is_empty() { None } else { Some(crate::helpers::id_of(backend, "unit", unit).await) };
        let (now, today) = (backend.clock.now(), backend.clock.today());
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "insert into job_match (id, client_id, employer_id, coach_id, began_on, why, why_not, noted_at)
             values ($1, $2, $3, $4, $5, 'Toive.', '', $6)",
            id,
            of,
            at,
            who,
            today,
            now
        )
        .expect("a match");
        matches.insert(relation, id);
        if let Some(unit) = unit {
            let id = new_id();
            backend::execute!(
                tx,
                "insert into opportunity (id, unit_id, employer_id, person_id, kind, title, tasks, shifts, pay, asks,
                     carving, found_on, confirmed_on, noted_at)
                 values ($1, $2, $3, $4, 'opening', 'tiskaaja', '', '', '', '', '', $5, $5, $6)",
                id,
                unit,
                at,
                who,
                today,
                now
            )
            .expect("an opportunity");
            found.insert(relation, id);
        }
        tx.commit().await.expect("a commit");
    }
    let note = new_id();
    let fields = NoteFields { day: "2026-11-18".into(), words: "Soitettiin.".into() };
    backend.note_match(own, matches[&Own].into(), note, &fields).await.expect("a database").expect("a note");
    (matches, found, note)
}

/// A meeting of the unit that the coach wrote down.
async fn held(backend: &TestBackend, own: &backend::Actor) -> Uuid {
    let form = backend.meeting_form(own, MeetingKind::VocationalUnit).await.expect("a form");
    let fields = domain::lead::MeetingFields {
        kind: "vocational_unit".into(),
        day: "2026-11-18".into(),
        present: own.person.to_string(),
        ..domain::lead::MeetingFields::default()
    };
    let id = new_id();
    backend.write_meeting(own, &form, id, &fields).await.expect("a database").expect("a meeting");
    id
}

/// A support that somebody logged.
async fn supported(backend: &TestBackend, who: &backend::Actor, code: &str) -> Uuid {
    let entry = entry(&Command::LogSupport(a_support(client(backend, code).await)));
    let outcome = crate::helpers::send(backend, who, &entry).await;
    assert!(matches!(outcome, domain::sync::Outcome::Committed(_)), "{outcome:?}");
    entry.id.uuid()
}

/// A support of today.
pub fn a_support(client: ClientId) -> LogSupport {
    let today = day("2026-11-18");
    SupportFields::untouched(None, true, today).read(client, today).expect("a support")
}

/// A meeting of today.
pub fn a_meeting(client: ClientId) -> LogMeeting {
    MeetingFields { day: "2026-11-18".into(), minutes: "45".into(), ..MeetingFields::default() }
        .read(client, day("2026-11-18"))
        .expect("a meeting")
}

/// An attempt of today.
pub fn an_attempt(client: ClientId) -> LogAttempt {
    AttemptFields { day: "2026-11-18".into(), ..AttemptFields::default() }
        .read(client, day("2026-11-18"))
        .expect("an attempt")
}

/// What stands around the people, by relation: see the rows of the table. What was read with a written reason
/// was read yesterday, so that nobody reads anything by it now.
async fn around(backend: &TestBackend) -> BTreeMap<(&'static str, Relation), Uuid> {
    use Relation::{OtherUnit, Own, Team};
    let mut all = BTreeMap::new();
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    let (now, today) = (backend.clock.now(), backend.clock.today());
    let yesterday = now - chrono::Duration::days(1);
    for (relation, code, unit, team, other, client_code) in [
        (Own, "OWN", "NORTH", "PSY", "AWAY", "OPEN"),
        (Team, "MATE", "", "", "", ""),
        (OtherUnit, "AWAY", "SOUTH", "SOC", "MATE", "AWAYS"),
    ] {
        let who = person(backend, code).await.uuid();
        let id = new_id();
        all.insert(("substitute", relation), id);
        let stand_in = person(backend, "LEAD").await.uuid();
        let ahead = day("2026-12-24");
        backend::execute!(
            tx,
            "insert into substitute (id, coach_id, substitute_id, from_day, to_day, person_id, noted_at)
             values ($1, $2, $3, $4, $4, $3, $5)",
            id,
            who,
            stand_in,
            ahead,
            now
        )
        .expect("a substitute");
        if unit.is_empty() {
            continue;
        }
        let (unit_id, team_id) = (
            crate::helpers::id_of(backend, "unit", unit).await,
            crate::helpers::id_of(backend, "team", team).await,
        );
        all.insert(("unit", relation), unit_id);
        all.insert(("team", relation), team_id);
        let (reader, of) = (person(backend, other).await.uuid(), client(backend, client_code).await.uuid());
        let id = new_id();
        all.insert(("glass", relation), id);
        backend::execute!(
            tx,
            "insert into break_glass (id, person_id, client_id, unit_id, reason, began_at, ends_at)
             values ($1, $2, $3, $4, 'Salme tarvitsee apua heti', $5, $5)",
            id,
            reader,
            of,
            unit_id,
            yesterday
        )
        .expect("a reading");
        let id = new_id();
        all.insert(("alarm", relation), id);
        backend::execute!(
            tx,
            "insert into bulk_read (id, person_id, began_at, raised_at, clients) values ($1, $2, $3, $3, 100)",
            id, who, yesterday
        )
        .expect("an alarm");
        let id = new_id();
        all.insert(("erasure", relation), id);
        backend::execute!(
            tx,
            "insert into erasure (id, unit_id, list_hash, proposed_by, proposed_at, proposed_on)
             values ($1, $2, 'x', $3, $4, $5)",
            id,
            unit_id,
            who,
            now,
            today
        )
        .expect("a proposal");
        let (post,): (Uuid,) = backend::fetch_one!(
            tx,
            (Uuid,),
            "select id from post where person_id = $1 and from_day <= $2 order by from_day limit 1",
            who,
            today
        )
        .expect("a post");
        all.insert(("post", relation), post);
    }
    tx.commit().await.expect("a commit");
    all
}

/// One case: the call as a browser sends it. Where the relation makes no sense for it, it is about
/// nothing that could be there.
pub async fn call(
    backend: &TestBackend,
    world: &World,
    browser: &Browser,
    function: &str,
    relation: Relation,
    session: Uuid,
) -> Reply {
    if function.contains('/') {
        return desk(world, browser, function, relation).await;
    }
    let of = |objects: &BTreeMap<Relation, Uuid>| objects.get(&relation).copied().unwrap_or(NOWHERE);
    let on = OnVisit { visit: VisitId(of(&world.visits)) };
    let (_, name) = function.split_once(' ').expect("a name");
    let command = match function {
        "sync log_visit" => {
            let client = (relation != Relation::None).then(|| of(&world.clients).into());
            Some(Command::LogVisit(LogVisit { client, ..plain_visit(employer(backend, "E2").await) }))
        }
        "sync amend_visit" => {
            let to = plain_visit(employer(backend, "E2").await);
            let version = version_of(backend, on.visit).await;
            Some(Command::AmendVisit(AmendVisit { visit: on.visit, version, to }))
        }
        "sync move_next_step" => {
            Some(Command::MoveNextStep(MoveNextStep { visit: on.visit, on: day("2026-12-01") }))
        }
        "sync log_meeting" => Some(Command::LogMeeting(a_meeting(of(&world.clients).into()))),
        "sync log_attempt" => Some(Command::LogAttempt(an_attempt(of(&world.clients).into()))),
        "sync withdraw_meeting" => {
            Some(Command::WithdrawMeeting(OnMeeting { meeting: of(&world.meetings).into() }))
        }
        "sync restore_meeting" => {
            Some(Command::RestoreMeeting(OnMeeting { meeting: of(&world.meetings).into() }))
        }
        "sync withdraw_attempt" => {
            Some(Command::WithdrawAttempt(OnAttempt { attempt: of(&world.attempts).into() }))
        }
        "sync restore_attempt" => {
            Some(Command::RestoreAttempt(OnAttempt { attempt: of(&world.attempts).into() }))
        }
        "sync score_item" => Some(Command::ScoreItem(ScoreItem {
            assessment: if relation == Relation::Own { world.work["assessment"] } else { NOWHERE },
            item: 3,
            at: 1,
            save: false,
            form: ScoreFields { score: "4".into(), ..ScoreFields::default() },
        })),
        "sync log_support" => Some(Command::LogSupport(a_support(of(&world.clients).into()))),
        "sync withdraw_support" => {
            Some(Command::WithdrawSupport(OnSupport { support: of(&world.supports).into() }))
        }
        "sync restore_support" => {
            Some(Command::RestoreSupport(OnSupport { support: of(&world.supports).into() }))
        }
        "sync leave_gap" => Some(Command::LeaveGap(on)),
        "sync withdraw_visit" => Some(Command::WithdrawVisit(on)),
        "sync restore_visit" => Some(Command::RestoreVisit(on)),
        "sync settle_next_step" => Some(Command::SettleNextStep(on)),
        "sync reopen_next_step" => Some(Command::ReopenNextStep(on)),
        _ => None,
    };
    if let Some(command) = command {
        let batch = Batch { entries: vec![entry(&command)] };
        return browser.call("/api/sync", &serde_json::to_value(batch).expect("JSON")).await;
    }
    let question = match name {
        "employers" => json!({name: {"text": ""}}),
        "employer" => json!({name: of(&world.employers)}),
        "visit_form" => json!({name: {"employer": world.employers.get(&relation)}}),
        "end_sign_in" => json!({name: session}),
        plain => json!(plain),
    };
    browser.ask(&question).await
}

/// A desk page, or a form post with the fields that its page sends.
async fn desk(world: &World, browser: &Browser, function: &str, relation: Relation) -> Reply {
    let of =
        |objects: &BTreeMap<Relation, Uuid>| objects.get(&relation).copied().unwrap_or(NOWHERE).to_string();
    let (method, path) = function.split_once(' ').expect("a method");
    let person = of(&world.people);
    let (at, id) = (world.employers[&Relation::Own].to_string(), new_id().to_string());
    let team = of(&world.teams);
    let own = world.own.to_string();
    let (served, job) = (of(&world.clients), of(&world.jobs));
    let away = world.people[&Relation::OtherUnit].to_string();
    let fields: &[(&str, &str)] = match path {
        "/referrals/new" | "/referrals/{memo}/correct" => &[
            ("id", &id),
            ("team", &team),
            ("version", "1"),
            ("name", "Aino Korjattu"),
            ("wish", "Töihin."),
            ("do", "send"),
        ],
        "/referrals/inbox/{memo}/decide" => &[("accepted", "no"), ("reason", "own_wish")],
        "/meetings/team" => &[("team", &team), ("day", "2026-11-18"), ("present", &own)],
        "/people/invite" => &[("person", &person)],
        "/people/substitutes" => {
            &[("coach", &person), ("substitute", &away), ("from_day", "2026-12-24"), ("to_day", "2026-12-24")]
        }
        "/visits/new" | "/visits/draft" => {
            &[("id", &id), ("employer", &at), ("day", "2026-11-18"), ("minutes", "20")]
        }
        "/employers/views" => &[("name", "x")],
        "/words" => &[("field", "note"), ("words", "Salme Salainen")],
        "/search" => &[("q", "salme")],
        "/clients/{id}/plans/new" | "/plans/{plan}/edit" => {
            &[("id", &id), ("version", "1"), ("day", "2026-11-18"), ("agreed", "Sovittiin.")]
        }
        "/plans/{plan}/actions/{action}/hand" => &[("who", "client")],
        "/clients/{id}/{sheet}/new" => &[("id", &id), ("day", "2026-11-18"), ("words", "Sovittiin.")],
        "/clients/{id}/jobs/new" => {
            &[("id", &id), ("employer", &at), ("day", "2026-11-18"), ("title", "apulainen")]
        }
        "/support/new" => {
            &[("id", &id), ("client", &served), ("day", "2026-11-18"), ("kind", "coping"), ("minutes", "30")]
        }
        "/clients/{id}/support/agree" => &[("id", &id), ("job", &job), ("kind", "rhythm"), ("every", "14")],
        "/employers/light" => &[("amber", "60"), ("red", "120")],
        _ => &[],
    };
    let view = if relation == Relation::Own { world.view } else { NOWHERE };
    let (plan, action) = world.plans.get(&relation).copied().unwrap_or((NOWHERE, NOWHERE));
    let mut path = path.replace("{plan}", &plan.to_string()).replace("{action}", &action.to_string());
    for name in ["substitute", "glass", "alarm", "unit", "team", "post", "erasure"] {
        let at = world.around.get(&(name, relation)).copied().unwrap_or(NOWHERE).to_string();
        path = path.replace(&format!("{{{name}}}"), &at);
    }
    let path = path
        .replace("{person}", &person)
        .replace("{contact}", &world.contact.to_string())
        .replace("{other}", &world.employers[&Relation::Withdrawn].to_string())
        .replace("{view}", &view.to_string());
    let memos = if path.ends_with("/decide") { &world.decided } else { &world.memos };
    let entry = if relation == Relation::Own { "OMA" } else { "MUU" };
    let path = match path.strip_prefix("/organisation/codes/{list}") {
        Some(rest) => format!("/organisation/codes/closing_reasons{}", rest.replace("{code}", entry)),
        None => path,
    };
    let work = |name: &str| format!("/{}/withdraw", world.work[name]);
    let path = path
        .replace("/{change}/{deed}", &work("change"))
        .replace("steps/{kind}/{item}/{deed}", &format!("steps/transition{}", work("step")))
        .replace("steps/{kind}", "steps/transition")
        .replace("advice/{item}/{deed}", &format!("advice{}", work("advice")))
        .replace("agreements/{item}/{deed}", &format!("agreements{}", work("agreement")))
        .replace("support/{item}/{deed}", &format!("support{}", work("support")))
        .replace("/notes/{item}/{deed}", &format!("/notes{}", work("match_note")))
        .replace("{match}", &of(&world.matches))
        .replace("{criterion}", "17")
        .replace("{part}", "family")
        .replace("packs/{pack}/{deed}", &{
            let pack = if relation == Relation::Own { world.work["pack"] } else { NOWHERE };
            format!("packs/{pack}/withdraw")
        })
        .replace("fidelity/actions/{improvement}/{deed}", &{
            let action = if relation == Relation::Own { world.work["improvement"] } else { NOWHERE };
            format!("fidelity/actions/{action}/done")
        })
        .replace("{device}", &{
            let device = if relation == Relation::Own { world.work["device"] } else { NOWHERE };
            device.to_string()
        })
        .replace("held/{entry}", &{
            let held = if relation == Relation::Own { world.work["held"] } else { NOWHERE };
            format!("held/{held}")
        })
        .replace("{dossier}", &{
            let closes = ["/close", "/reopen"].iter().any(|deed| path.ends_with(deed));
            let name = if closes { "closed_dossier" } else { "dossier" };
            if relation == Relation::Own { world.work[name] } else { NOWHERE }.to_string()
        })
        .replace("{assessment}", &{
            let which = ["settle", "sign", "notes"].iter().find(|deed| path.ends_with(**deed));
            let name = match which {
                Some(&"notes") => "signed",
                Some(_) => "scored",
                None => "assessment",
            };
            if relation == Relation::Own { world.work[name] } else { NOWHERE }.to_string()
        })
        .replace(
            "{meeting}",
            &if relation == Relation::Own { world.work["meeting"] } else { NOWHERE }.to_string(),
        )
        .replace("{opportunity}", &of(&world.opportunities))
        .replace("{job}", &job)
        .replace("{memo}", &of(memos))
        .replace("{kind}/day", "agreed/day")
        .replace("{task}", "sign-in")
        .replace("{sealed}", "x")
        .replace("{version}", "1")
        .replace("{sheet}", "notes")
        .replace("{kind}", "phase")
        .replace("{service}/{record}", "ips/client")
        .replace("{records}/{item}/{deed}", &format!("notes/{}/withdraw", world.note));
    let objects = match path.split('/').nth(1) {
        Some("visits") => &world.visits,
        Some("clients") => &world.clients,
        _ => &world.employers,
    };
    let path = path.replace("{id}", &of(objects));
    let list = match relation {
        Relation::Own if path.ends_with("/write") => world.lists["write"],
        Relation::Own if path.ends_with("/drop") => world.lists["drop"],
        Relation::Own => world.lists["waits"],
        // One that was written.
        Relation::Team => world.lists["written"],
        Relation::OtherUnit => world.other_list,
        _ => NOWHERE,
    };
    let path = path.replace("{list}", &list.to_string());
    if method == "POST" && path == "/fidelity/packs" {
        return browser.send_file(&path, "a.toml", b"pack = ").await;
    }
    if method == "POST" && path == "/fidelity/assessments/import" {
        return browser.send_file(&path, "a.csv", b"item,score\n1,5\n").await;
    }
    if method == "POST" && path == "/devices/copy" {
        return browser.send_file(&path, "a.txt", b"").await;
    }
    if path == "/employers/lists" && method == "POST" {
        return browser.send_file(&path, "a.csv", b"Yritys\nToinen Uusi Oy\n").await;
    }
    let path =
        if method == "GET" && path.ends_with("/support/agree") { format!("{path}?job={job}") } else { path };
    if method == "GET" { browser.open(&path).await } else { browser.submit(&path, fields).await }
}

/// Is it an answer to this function, and not what somebody gets for whom there is nothing?
fn is_answer(function: &str, reply: &Reply) -> bool {
    if function.contains('/') {
        // A form that comes back with what is wrong was for whoever asked.
        let forms = [
            "/employers/",
            "/clients/",
            "/jobs/",
            "/plans/",
            "/matches/",
            "/opportunities/",
            "/support/",
            "/meetings/",
            "/fidelity/",
            "/time",
            "/inbox/",
            "/people/",
            "/organisation",
            "/break-glass",
            "/devices/copy",
        ];
        if forms.iter().any(|form| function.contains(form)) && reply.status == 422 {
            return true;
        }
        return reply.status.is_success() || (reply.status == 303 && reply.header("location") != "/sign-in");
    }
    let body = reply.json();
    let wanted = match function {
        "ask end_sign_in" => return reply.status == 200 && body == "nothing",
        ask => match ask.split_once(' ') {
            Some(("ask", name)) => name,
            _ => return body.pointer("/answers/0/outcome/committed").is_some(),
        },
    };
    reply.status == 200 && body.get(wanted).is_some()
}

/// Everything of an answer that a person could tell from another, but for what is different in
/// every answer: the id and the hash of the entry itself, and the nonce of a page.
fn told(reply: &Reply) -> (u16, Value) {
    if serde_json::from_str::<Value>(&reply.body).is_err() {
        // A page's nonce is another one each time.
        let page =
            reply.body.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
        return (reply.status.as_u16(), Value::from(page.collect::<Vec<_>>().concat()));
    }
    let mut body = reply.json();
    if let Some(answers) = body.get_mut("answers").and_then(Value::as_array_mut) {
        for answer in answers {
            answer["id"] = Value::Null;
            answer["sha256"] = Value::Null;
        }
    }
    (reply.status.as_u16(), body)
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "says what ran; `cargo xtask matrix` ends with it")]
async fn every_function_for_every_role_in_every_relation() {
    // Nothing but the one question function is reachable as a server function.
    let registered: Vec<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(registered, ["/api/ask"]);
    let functions = functions();
    let (mut cases, mut leaks) = (0, Vec::new());
    for backend in both().await {
        cases = 0;
        println!("{}:", backend.store.engine_name());
        settle(&backend).await;
        // `Team` and `Former` have passwords: nobody may be invited over them.
        for code in ["MATE", "FORMER"] {
            token_of(&backend, code).await;
        }
        let world = world(&backend).await;
        let mut browsers = BTreeMap::new();
        for (asker, code) in ASKERS {
            let token = if code.is_empty() { None } else { Some(token_of(&backend, code).await) };
            browsers.insert(*asker, Browser::new(&backend).with(token.as_deref()));
        }
        for function in &functions {
            // Whose phone is ended is signed out: they sign in again.
            if function.starts_with("POST /devices/") {
                for (asker, code) in ASKERS.iter().filter(|(_, code)| !code.is_empty()) {
                    let token = token_of(&backend, code).await;
                    browsers.insert(*asker, Browser::new(&backend).with(Some(&token)));
                }
            }
            for (asker, code) in ASKERS {
                let mut nothing: Vec<(Relation, (u16, Value))> = Vec::new();
                for relation in RELATIONS {
                    let wanted = gets(function, asker, *relation)
                        .unwrap_or_else(|| panic!("{function} has no row in the matrix"));
                    let session = session_of(&backend, code, *relation).await;
                    let reply = call(&backend, &world, &browsers[asker], function, *relation, session).await;
                    cases += 1;
                    if is_answer(function, &reply) != (wanted == Gets::It) {
                        leaks.push(format!(
                            "{function} {asker} {relation:?}: {} {}",
                            reply.status, reply.body
                        ));
                    }
                    if wanted == Gets::Nothing {
                        nothing.push((*relation, told(&reply)));
                    }
                }
                if let Some((_, first)) = nothing.first() {
                    leaks.extend(nothing.iter().filter(|(_, other)| other != first).map(
                        |(relation, other)| {
                            format!("{function} {asker} {relation:?}: {other:?} is told from {first:?}")
                        },
                    ));
                }
            }
        }
    }
    println!(
        "{} functions × {} roles × {} relations = {cases} cases, {} leaks",
        functions.len(),
        ASKERS.len(),
        RELATIONS.len(),
        leaks.len()
    );
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// How often a visit was amended, and one.
async fn version_of(backend: &TestBackend, visit: VisitId) -> u32 {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let row: Option<(i64,)> =
        backend::fetch_optional!(tx, (i64,), "select version from visit where id = $1", visit.uuid())
            .expect("a version");
    row.map_or(1, |(version,)| u32::try_from(version).expect("a number"))
}

/// A session to end: a second one of the asker's own, or a colleague's.
async fn session_of(backend: &TestBackend, asker: &str, relation: Relation) -> Uuid {
    let whose = match relation {
        Relation::Own => asker,
        Relation::Team => "MATE",
        Relation::Former => "FORMER",
        Relation::OtherUnit => "AWAY",
        _ => return NOWHERE,
    };
    if whose.is_empty() || (whose == asker && relation != Relation::Own) {
        return NOWHERE;
    }
    crate::helpers::open_session(backend, whose).await
}

#[test]
fn every_role_of_the_product_asks() {
    for role in Role::ALL {
        let named = match role {
            Role::Admin => "administrator",
            other => other.code(),
        };
        assert!(ASKERS.iter().any(|(asker, _)| *asker == named), "{role:?}");
    }
}
