//! The list of words: a field a word or sentence. A language is one constant of this type, so a
//! language without a word does not compile.

use domain::advice::Occasion;
use domain::codes::{Mode, Purpose, Role, SupportPlace as Place};
use domain::support::Why;
use domain::sync::Refusal;
use domain::visits::VisitError;
use outbox::Held;

/// A sentence with gaps, `{}`.
#[derive(Clone, Copy, Debug)]
pub struct Phrase(pub &'static str);

impl Phrase {
    /// The sentence with its one gap filled.
    #[must_use]
    pub fn of(self, part: impl ToString) -> String {
        self.say(&[&part.to_string()])
    }

    /// The sentence with its gaps filled, one after the other.
    #[must_use]
    pub fn say(self, parts: &[&str]) -> String {
        let mut said = String::new();
        let mut parts = parts.iter();
        for (at, text) in self.0.split("{}").enumerate() {
            if at > 0 {
                said.push_str(parts.next().unwrap_or(&""));
            }
            said.push_str(text);
        }
        said
    }
}

/// A sentence about nothing, one or several of something, with a gap for how many.
#[derive(Clone, Copy, Debug)]
pub struct Counted(pub [&'static str; 3]);

impl Counted {
    /// The sentence about `count` of them.
    #[must_use]
    pub fn of(self, count: impl TryInto<usize>) -> String {
        let count = count.try_into().unwrap_or(usize::MAX);
        Phrase(self.0[count.min(2)]).of(count)
    }
}

/// Every word of the product. The Finnish catalogue (`fi.rs`) says what each means.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct Words {
    pub skip_link: &'static str,
    pub main_navigation: &'static str,
    pub nav_today: &'static str,
    pub nav_employers: &'static str,
    pub nav_log: &'static str,
    pub nav_clients: &'static str,
    pub nav_more: &'static str,
    pub help: &'static str,
    pub accessibility: &'static str,
    pub nav_people: &'static str,
    pub nav_referrals: &'static str,
    pub nav_dossiers: &'static str,
    pub team_meeting: &'static str,
    pub substitutes: &'static str,
    pub written_reason: &'static str,
    pub referrals_incoming: &'static str,
    pub demo: &'static str,
    pub demo_strip: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub you: &'static str,
    pub done: &'static str,
    pub undo: &'static str,
    pub change: &'static str,
    pub search: &'static str,
    pub optional: &'static str,
    pub less: &'static str,
    pub more: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub pages: &'static str,
    pub saving: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    pub place: &'static str,
    pub language: &'static str,
    pub check_these: &'static str,
    pub back_to_start: &'static str,
    pub error_title: &'static str,
    pub error_signed_out: &'static str,
    pub error_not_there: &'static str,
    pub error_no_network: &'static str,
    pub error_failed: &'static str,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub sign_out_everywhere: &'static str,
    pub sign_ins: &'static str,
    pub this_device: &'static str,
    pub about: &'static str,
    pub install_title: &'static str,
    pub install_why: &'static str,
    pub install_android: &'static str,
    pub install_iphone: &'static str,
    pub about_text: &'static str,
    pub role_coach: &'static str,
    pub role_lead: &'static str,
    pub role_referrer: &'static str,
    pub role_reviewer: &'static str,
    pub role_admin: &'static str,
    pub mode_in_person: &'static str,
    pub mode_phone: &'static str,
    pub mode_email: &'static str,
    pub mode_video: &'static str,
    pub purpose_learn_needs: &'static str,
    pub purpose_explore_opening: &'static str,
    pub purpose_client_introduction: &'static str,
    pub purpose_application: &'static str,
    pub purpose_follow_up: &'static str,
    pub place_workplace: &'static str,
    pub place_community: &'static str,
    pub place_office: &'static str,
    pub log_title: &'static str,
    pub visit_mode: &'static str,
    pub visit_purpose: &'static str,
    pub visit_client: &'static str,
    pub visit_nobody: &'static str,
    pub visit_for_somebody: &'static str,
    pub visit_decision_maker: &'static str,
    pub visit_met_decision_maker: &'static str,
    pub visit_minutes: &'static str,
    pub visit_summary: &'static str,
    pub visit_no_names: &'static str,
    pub visit_next_step: &'static str,
    pub visit_next_on: &'static str,
    pub visit_when_and_where: &'static str,
    pub visit_day: &'static str,
    pub visit_time: &'static str,
    pub visit_place: &'static str,
    pub visit_save: &'static str,
    pub visit_take_back: &'static str,
    pub in_a_week: &'static str,
    pub in_two_weeks: &'static str,
    pub in_a_month: &'static str,
    pub next_step_unnamed: &'static str,
    pub due_today: &'static str,
    pub error_employer_missing: &'static str,
    pub error_employer_too_long: &'static str,
    pub error_employer_not_there: &'static str,
    pub error_day_ahead: &'static str,
    pub error_day_too_long_ago: &'static str,
    pub error_minutes: &'static str,
    pub error_client: &'static str,
    pub error_summary_too_long: &'static str,
    pub error_next_step_too_long: &'static str,
    pub error_next_step_before: &'static str,
    pub error_next_step_far: &'static str,
    pub employer: &'static str,
    pub employer_new: &'static str,
    pub employer_search: &'static str,
    pub employer_search_or_add: &'static str,
    pub employer_never_met: &'static str,
    pub employer_history: &'static str,
    pub employer_no_visits: &'static str,
    pub employer_contacts: &'static str,
    pub employer_no_contacts: &'static str,
    pub employer_facts: &'static str,
    pub employers_title: &'static str,
    pub employers_mine: &'static str,
    pub employers_none: &'static str,
    pub employers_drop_filters: &'static str,
    pub employers_add_by_visit: &'static str,
    pub municipality: &'static str,
    pub municipality_all: &'static str,
    pub business_id: &'static str,
    pub industry_tol2008: &'static str,
    pub owner: &'static str,
    pub today_next_steps: &'static str,
    pub today_nothing_due: &'static str,
    pub today_unit_visits: &'static str,
    pub today_no_unit_visits: &'static str,
    pub today_not_in_field: &'static str,
    pub week_clocks: &'static str,
    pub week_supports: &'static str,
    pub week_clients: Counted,
    pub week_title: &'static str,
    pub week_show_visits: &'static str,
    pub people_title: &'static str,
    pub outbox_mend: &'static str,
    pub outbox_sent_late: &'static str,
    pub outbox_needs_you: &'static str,
    pub outbox_not_saved: &'static str,
    pub outbox_look: &'static str,
    pub outbox_unread: &'static str,
    pub sync_draft_waits: &'static str,
    pub sync_nothing_own: &'static str,
    pub sync_stuck: &'static str,
    pub visit_taken: &'static str,
    pub conflict_title: &'static str,
    pub conflict_lead: &'static str,
    pub conflict_now: &'static str,
    pub conflict_yours: &'static str,
    pub conflict_take: &'static str,
    pub conflict_keep: &'static str,
    pub form_on_phone: &'static str,
    pub form_not_on_phone: &'static str,
    pub form_wrong: &'static str,
    pub sync_title: &'static str,
    pub devices: &'static str,
    pub sync_reading: &'static str,
    pub sync_nothing: &'static str,
    pub sync_unconfirmed: &'static str,
    pub sync_send_now: &'static str,
    pub sync_copy: &'static str,
    pub sync_why: &'static str,
    pub sync_visit: &'static str,
    pub sync_change: &'static str,
    pub sync_draft: &'static str,
    pub sync_waits: &'static str,
    pub sync_there: &'static str,
    pub sync_backed_up: &'static str,
    pub sync_orphan: &'static str,
    pub sync_revoked: &'static str,
    pub sync_unreadable: &'static str,
    pub sync_sign_in: &'static str,
    pub saved_on_phone: &'static str,
    pub offline_log: &'static str,
    pub employers_offline: &'static str,
    pub employers_first: Phrase,
    pub visit_offline: &'static str,
    pub sync_all_sent: Phrase,
    pub sync_confirmed: Phrase,
    pub sync_backup: Phrase,
    pub visit_on_phone: Phrase,
    pub outbox_waiting: Counted,
    pub outbox_held: Counted,
    pub sync_others: Counted,
    pub sync_in_memory: Counted,
    pub outbox_count: Counted,
    pub verdict_refused: &'static str,
    pub verdict_erased: &'static str,
    pub verdict_conflict: &'static str,
    pub visit_with: &'static str,
    pub visit_with_nobody: &'static str,
    pub visit_resumed: &'static str,
    pub visit_start_over: &'static str,
    pub visit_drafts: &'static str,
    pub visit_unnamed: &'static str,
    pub amend_title: &'static str,
    pub amend: &'static str,
    pub amend_save: &'static str,
    pub amend_both: &'static str,
    pub amended: &'static str,
    pub employer_find: &'static str,
    pub employer_similar: &'static str,
    pub error_day_unclear: &'static str,
    pub error_next_day_unclear: &'static str,
    pub error_colleague: &'static str,
    pub error_amended_meanwhile: &'static str,
    pub gap_title: &'static str,
    pub gap_nothing: &'static str,
    pub move_step: &'static str,
    pub tomorrow: &'static str,
    pub feed_all: &'static str,
    pub minutes: Phrase,
    pub employer_add: Phrase,
    pub employers_found: Counted,
    pub employers_none_for: Phrase,
    pub owner_is: Phrase,
    pub visits_count: Counted,
    pub visits_latest: Phrase,
    pub visit_saved: Phrase,
    pub visit_undone: Phrase,
    pub next_step_done: Phrase,
    pub due_late: Phrase,
    pub today_more_due: Phrase,
    pub today_coming: Phrase,
    pub week_said: Phrase,
    pub signed_in_on: Phrase,
    pub week_rule: Phrase,
    pub visit_again: Phrase,
    pub visit_amended: Phrase,
    pub visit_together: Phrase,
    pub gap_how: Phrase,
    pub gap_who: Phrase,
    pub moved: Phrase,
    pub today_steps: Counted,
    pub today_done: Counted,
    pub light_green: &'static str,
    pub light_amber: &'static str,
    pub light_red: &'static str,
    pub light_title: &'static str,
    pub light_rule: Phrase,
    pub days_ago: Phrase,
    pub do_not_contact: &'static str,
    pub do_not_contact_until: Phrase,
    pub do_not_contact_by: Phrase,
    pub employers_filter: &'static str,
    pub employers_route: &'static str,
    pub last_met: &'static str,
    pub employer_edit: &'static str,
    pub contact_add: &'static str,
    pub hand_over: &'static str,
    pub chain_set: &'static str,
    pub merge: &'static str,
    pub history: &'static str,
    pub tools: &'static str,
    pub address: &'static str,
    pub website: &'static str,
    pub note: &'static str,
    pub branches: &'static str,
    pub merged_here: &'static str,
    pub industry_tol2025: &'static str,
    pub handed_over_said: Phrase,
    pub today_tasks: &'static str,
    pub today_more_tasks: Phrase,
    pub task_advice: &'static str,
    pub unit_week: &'static str,
    pub meetings: &'static str,
    pub opportunities: &'static str,
    pub calendar: &'static str,
    pub time_use: &'static str,
    pub criteria: &'static str,
    pub gap_week: Phrase,
    pub log_support: &'static str,
    pub support_whys: [&'static str; 7],
    pub occasions: [&'static str; 7],
}

impl Words {
    /// How an employer was met.
    #[must_use]
    pub fn mode(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::InPerson => self.mode_in_person,
            Mode::Phone => self.mode_phone,
            Mode::Email => self.mode_email,
            Mode::Video => self.mode_video,
        }
    }

    /// What a visit was for.
    #[must_use]
    pub fn purpose(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::LearnNeeds => self.purpose_learn_needs,
            Purpose::ExploreOpening => self.purpose_explore_opening,
            Purpose::ClientIntroduction => self.purpose_client_introduction,
            Purpose::Application => self.purpose_application,
            Purpose::FollowUp => self.purpose_follow_up,
        }
    }

    /// Where.
    #[must_use]
    pub fn place(&self, place: Place) -> &'static str {
        match place {
            Place::Workplace => self.place_workplace,
            Place::Community => self.place_community,
            Place::Office => self.place_office,
        }
    }

    /// Why there is a next time of support.
    #[must_use]
    pub fn support_why(&self, why: Why) -> &'static str {
        self.support_whys[why as usize]
    }

    /// What advice about benefits is about.
    #[must_use]
    pub fn occasion(&self, occasion: Occasion) -> &'static str {
        self.occasions[occasion as usize]
    }

    /// What a person does.
    #[must_use]
    pub fn role_of(&self, role: Role) -> &'static str {
        match role {
            Role::Coach => self.role_coach,
            Role::Lead => self.role_lead,
            Role::Referrer => self.role_referrer,
            Role::Reviewer => self.role_reviewer,
            Role::Admin => self.role_admin,
        }
    }

    /// What is wrong with a visit, and what to do.
    #[must_use]
    pub fn visit_error(&self, error: VisitError) -> &'static str {
        match error {
            VisitError::EmployerMissing => self.error_employer_missing,
            VisitError::EmployerTooLong => self.error_employer_too_long,
            VisitError::EmployerNotThere => self.error_employer_not_there,
            VisitError::DayUnclear => self.error_day_unclear,
            VisitError::ColleagueNotThere => self.error_colleague,
            VisitError::AmendedMeanwhile => self.error_amended_meanwhile,
            VisitError::NextStepDayUnclear => self.error_next_day_unclear,
            VisitError::DayAhead => self.error_day_ahead,
            VisitError::DayTooLongAgo => self.error_day_too_long_ago,
            VisitError::Minutes => self.error_minutes,
            VisitError::ClientNotThere => self.error_client,
            VisitError::SummaryTooLong => self.error_summary_too_long,
            VisitError::NextStepTooLong => self.error_next_step_too_long,
            VisitError::NextStepBeforeVisit => self.error_next_step_before,
            VisitError::NextStepTooFar => self.error_next_step_far,
        }
    }

    /// Why an entry that the server has needs a person.
    #[must_use]
    pub fn held(&self, held: &Held) -> &'static str {
        match held {
            Held::Conflict => self.verdict_conflict,
            Held::Orphan => self.sync_orphan,
            Held::Revoked => self.sync_revoked,
            Held::Unreadable => self.sync_unreadable,
            Held::Refused(Refusal::Erased) => self.verdict_erased,
            Held::Refused(Refusal::Visit(found)) if found.contains(&VisitError::AmendedMeanwhile) => {
                self.conflict_title
            }
            Held::Refused(_) => self.verdict_refused,
        }
    }
}
