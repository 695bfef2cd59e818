//! Official code lists that a package may use. What an organisation adds of its own stands under one of these
//! ([`crate::codes::lists`]).

/// Why a client's service ended.
pub const CLOSING_REASONS: &[&str] = &[
    "steady_work",
    "studies",
    "own_wish",
    "other_service",
    "health",
    "retirement",
    "moved",
    "no_contact",
    "deceased",
    "other",
];

/// Why a job ended.
pub const END_REASONS: &[&str] = &[
    "fixed_term_ended",
    "trial_period_ended",
    "new_job",
    "resigned",
    "mutual_agreement",
    "laid_off",
    "dismissed",
    "business_closed",
    "studies",
    "health",
    "retirement",
    "other",
];

/// Steps towards work that are not a job.
pub const TRANSITION_KINDS: &[&str] = &[
    "volunteering",
    "general_education",
    "vocational_degree",
    "vocational_degree_part",
    "apprenticeship",
    "higher_education",
    "labour_market_training",
    "work_trial",
    "workshop",
    "rehabilitative_work",
    "social_rehabilitation",
    "vocational_rehab_kela",
    "vocational_rehab_pension",
    "other",
];

/// Cards, passports and courses.
pub const QUALIFICATION_KINDS: &[&str] = &[
    "open_university",
    "hygiene_passport",
    "alcohol_passport",
    "occupational_safety_card",
    "hot_work_card",
    "electrical_safety_card",
    "road_safety_card",
    "forklift_card",
    "first_aid",
    "driving_licence",
    "language_certificate",
    "other",
];

/// What support around a job was about.
pub const SUPPORT_KINDS: &[&str] = &[
    "preparation",
    "on_the_job",
    "coping",
    "problem_solving",
    "benefits",
    "career",
    "adjustment",
    "employer_guidance",
    "other",
];
