//! Words of the desk pages. They stand apart from [`Words`], so that a phone does not load them.

mod en;
mod fi;
mod sv;

use super::words::{Counted, Phrase};
use super::{Words, language};
use crate::lists::list_words;
use domain::business_id::BusinessIdError;
use domain::codes::Language;
use domain::employers::edit::EditError;
use domain::employers::industry::Tol;
use std::ops::Deref;

/// The words of desk pages; those of all pages as well, by `Deref`.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct DeskWords {
    /// The words of all pages.
    pub everywhere: &'static Words,
    pub visit_page_title: &'static str,
    pub visit_is_saved: &'static str,
    pub visit_is_withdrawn: &'static str,
    pub visit_restore: &'static str,
    pub visit_earlier: &'static str,
    pub visit_log_new: &'static str,
    pub feed_title: &'static str,
    pub feed_everybody: &'static str,
    pub feed_of: &'static str,
    pub feed_none: &'static str,
    pub visit_amended_on: Phrase,
    pub tagline: &'static str,
    pub period: &'static str,
    pub sign_in_name: &'static str,
    pub password: &'static str,
    pub sign_in_failed: &'static str,
    pub sign_in_help: &'static str,
    pub invitation_title: &'static str,
    pub invitation_expired: &'static str,
    pub invitation_link: &'static str,
    pub invitation_hint: &'static str,
    pub invite: &'static str,
    pub password_new: &'static str,
    pub password_again: &'static str,
    pub password_save: &'static str,
    pub password_hint: &'static str,
    pub password_too_short: &'static str,
    pub password_too_long: &'static str,
    pub password_easy: &'static str,
    pub password_differ: &'static str,
    pub account: &'static str,
    pub account_active: &'static str,
    pub account_invited: &'static str,
    pub account_new: &'static str,
    pub account_locked: &'static str,
    pub invitation_made: Phrase,
    pub invitation_welcome: Phrase,
    pub invitation_name: Phrase,
    pub save: &'static str,
    pub cancel: &'static str,
    pub show: &'static str,
    pub remove: &'static str,
    pub print_it: &'static str,
    pub employers_filters_title: &'static str,
    pub filter_owner: &'static str,
    pub filter_anybody: &'static str,
    pub filter_section: &'static str,
    pub filter_any_section: &'static str,
    pub filter_silence: &'static str,
    pub filter_any: &'static str,
    pub filter_silent: &'static str,
    pub filter_only_dnc: &'static str,
    pub sort: &'static str,
    pub sort_name: &'static str,
    pub sort_silent: &'static str,
    pub sort_latest: &'static str,
    pub sort_place: &'static str,
    pub views_title: &'static str,
    pub views_none: &'static str,
    pub view_save: &'static str,
    pub view_name: &'static str,
    pub view_too_many: &'static str,
    pub light_settings: &'static str,
    pub light_amber_days: &'static str,
    pub light_red_days: &'static str,
    pub light_wrong: &'static str,
    pub light_saved: &'static str,
    pub street: &'static str,
    pub postal_code: &'static str,
    pub section_2008: &'static str,
    pub section_2025: &'static str,
    pub class_2008: &'static str,
    pub class_2025: &'static str,
    pub class_hint: &'static str,
    pub note_hint: &'static str,
    pub contact_title: &'static str,
    pub contact_role: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub contact_edit: &'static str,
    pub contact_removed: &'static str,
    pub dnc_reason: &'static str,
    pub dnc_end: &'static str,
    pub dnc_set: &'static str,
    pub dnc_lift: &'static str,
    pub hand_to: &'static str,
    pub hand_word: &'static str,
    pub hand_steps: Counted,
    pub hand_nobody: &'static str,
    pub handed_over: &'static str,
    pub back_to_employer: &'static str,
    pub chain_lead: &'static str,
    pub chain_none: &'static str,
    pub chain_choose: &'static str,
    pub choice_none: &'static str,
    pub merge_lead: &'static str,
    pub merge_title: &'static str,
    pub merge_stays: &'static str,
    pub merge_goes: &'static str,
    pub merge_compare: &'static str,
    pub merge_do: &'static str,
    pub merge_moves: Phrase,
    pub merge_empty: &'static str,
    pub unmerge: &'static str,
    pub history_none: &'static str,
    pub history_before: &'static str,
    pub history_after: &'static str,
    pub history_undone: &'static str,
    pub by_operator: &'static str,
    pub kind_edit: &'static str,
    pub kind_add_contact: &'static str,
    pub kind_edit_contact: &'static str,
    pub kind_remove_contact: &'static str,
    pub kind_restore_contact: &'static str,
    pub kind_set_dnc: &'static str,
    pub kind_lift_dnc: &'static str,
    pub kind_chain: &'static str,
    pub kind_hand_over: &'static str,
    pub kind_undo_hand_over: &'static str,
    pub kind_merge: &'static str,
    pub kind_unmerge: &'static str,
    pub field_from: &'static str,
    pub field_by: &'static str,
    pub field_merged: &'static str,
    pub route_choose: &'static str,
    pub route_due: &'static str,
    pub route_none: &'static str,
    pub route_more: &'static str,
    pub route_of: Phrase,
    pub last_by: Phrase,
    pub stale_title: &'static str,
    pub stale_text: &'static str,
    pub stale_now: &'static str,
    pub stale_typed: &'static str,
    pub err_name: &'static str,
    pub err_long: &'static str,
    pub err_bid_form: &'static str,
    pub err_bid_digit: Phrase,
    pub err_bid_never: &'static str,
    pub err_bid_taken: Phrase,
    pub err_postal: &'static str,
    pub err_website: &'static str,
    pub err_class: &'static str,
    pub err_email: &'static str,
    pub err_phone: &'static str,
    pub err_client: &'static str,
    pub err_diagnosis: &'static str,
    pub err_reason: &'static str,
    pub err_day: &'static str,
    pub err_choice: &'static str,
    pub sections: [&'static str; 21],
    pub section_2025_j: &'static str,
    pub section_2025_k: &'static str,
    pub help_trouble: &'static str,
    pub settle_lead: &'static str,
    pub settle_same: &'static str,
    pub settle_new: &'static str,
}

impl DeskWords {
    /// Why a password is not taken, by the code that a form's answer carries.
    #[must_use]
    pub fn password_error(&self, code: &str) -> &'static str {
        match code {
            "too_short" => self.password_too_short,
            "too_long" => self.password_too_long,
            "differ" => self.password_differ,
            _ => self.password_easy,
        }
    }
}

impl DeskWords {
    /// A section of the industry with its classification, from `2008:C` or `2025:K`.
    #[must_use]
    pub fn section(&self, code: &str) -> String {
        let Some((year, letter)) = code.split_once(':') else { return code.to_owned() };
        let tol = if year == "2025" { Tol::Y2025 } else { Tol::Y2008 };
        let section = letter.chars().next().unwrap_or_default();
        let name = match (tol, section) {
            (Tol::Y2025, 'J') => Some(self.section_2025_j),
            (Tol::Y2025, 'K') => Some(self.section_2025_k),
            _ => tol.namesake_2008(section).and_then(|letter| {
                self.sections
                    .get(usize::try_from(u32::from(letter).checked_sub(u32::from('A'))?).ok()?)
                    .copied()
            }),
        };
        format!("TOL {year} {letter} {}", name.unwrap_or_default())
    }

    /// What is wrong with what was typed about an employer, and what to do.
    #[must_use]
    pub fn edit_error(&self, error: &EditError) -> String {
        match error {
            EditError::NameMissing => self.err_name.to_owned(),
            EditError::TooLong(_) => self.err_long.to_owned(),
            EditError::BusinessId(BusinessIdError::Form) => self.err_bid_form.to_owned(),
            EditError::BusinessId(BusinessIdError::CheckDigit(right)) => self.err_bid_digit.of(right),
            EditError::BusinessId(BusinessIdError::NeverIssued) => self.err_bid_never.to_owned(),
            EditError::BusinessIdTaken { name, .. } => self.err_bid_taken.of(name),
            EditError::PostalCode => self.err_postal.to_owned(),
            EditError::Website => self.err_website.to_owned(),
            EditError::Class(_) => self.err_class.to_owned(),
            EditError::Email => self.err_email.to_owned(),
            EditError::Phone => self.err_phone.to_owned(),
            EditError::NamesClient(_) => self.err_client.to_owned(),
            EditError::TellsDiagnosis(_) => self.err_diagnosis.to_owned(),
            EditError::ReasonMissing => self.err_reason.to_owned(),
            EditError::Day => self.err_day.to_owned(),
            EditError::ChangedMeanwhile => self.stale_title.to_owned(),
            EditError::Choice(_) => self.err_choice.to_owned(),
        }
    }

    /// What was done, in an employer's history.
    #[must_use]
    pub fn change(&self, kind: &str) -> &'static str {
        match kind {
            "add_contact" => self.kind_add_contact,
            "edit_contact" => self.kind_edit_contact,
            "remove_contact" => self.kind_remove_contact,
            "restore_contact" => self.kind_restore_contact,
            "set_do_not_contact" => self.kind_set_dnc,
            "lift_do_not_contact" => self.kind_lift_dnc,
            "set_chain" => self.kind_chain,
            "hand_over" => self.kind_hand_over,
            "undo_hand_over" => self.kind_undo_hand_over,
            "merge" => self.kind_merge,
            "unmerge" => self.kind_unmerge,
            "add_from_list" => list_words().kind_add,
            "fill_from_list" => list_words().kind_fill,
            "undo_list" => list_words().kind_undo,
            _ => self.kind_edit,
        }
    }

    /// A field of an employer, by the name under which it is kept.
    #[must_use]
    pub fn field(&self, name: &str) -> &'static str {
        match name {
            "name" => self.name,
            "business_id" => self.business_id,
            "street" => self.street,
            "postal_code" => self.postal_code,
            "municipality" => self.municipality,
            "website" => self.website,
            "section_tol2008" => self.section_2008,
            "class_tol2008" => self.class_2008,
            "section_tol2025" => self.section_2025,
            "class_tol2025" => self.class_2025,
            "title" => self.contact_title,
            "role" => self.contact_role,
            "phone" => self.phone,
            "email" => self.email,
            "reason" => self.dnc_reason,
            "until" => self.dnc_end,
            "from" => self.field_from,
            "by" => self.field_by,
            "owner" => self.owner,
            "chain" => self.chain_set,
            "merged" | "unmerged" => self.field_merged,
            _ => self.note,
        }
    }
}

impl Deref for DeskWords {
    type Target = Words;
    fn deref(&self) -> &Words {
        self.everywhere
    }
}

/// The desk pages' words of a language.
#[must_use]
pub fn desk_words_in(language: Language) -> &'static DeskWords {
    match language {
        Language::Finnish => &fi::WORDS,
        Language::Swedish => &sv::WORDS,
        Language::English => &en::WORDS,
    }
}

/// The desk pages' words of the page's language.
#[must_use]
pub fn desk_words() -> &'static DeskWords {
    desk_words_in(language())
}
