-- The register in full: what is known of an employer, whom to ask for, whose it is, do-not-contact,
-- chains, merging; every change kept; saved views; when the traffic light changes.

create index job_employer on job (employer_id);
-- A business ID may stand at several branches of a chain.
alter table employer drop constraint employer_business_id_key;
alter table employer add column section_tol2025 text;
alter table employer add column class_tol2025 text;
alter table employer add column street text;
alter table employer add column postal_code text;
alter table employer add column website text;
alter table employer add column note text;
-- The chain that it is a branch of.
alter table employer add column chain_id uuid references employer (id);
-- Whoever asks is told why, until when and by whom.
alter table employer add column do_not_contact_reason text;
alter table employer add column do_not_contact_from date;
alter table employer add column do_not_contact_until date;
alter table employer add column do_not_contact_by uuid references person (id);
-- The employer that it was merged into, and, where that was merged in its turn, the one that
-- stands at the end. What was logged to it keeps pointing here, so that undoing is exact.
alter table employer add column merged_into uuid references employer (id);
alter table employer add column survivor_id uuid references employer (id);
-- Kept by every use case that logs, amends, withdraws or restores a visit, and by the import.
alter table employer add column last_visit_on date;
alter table employer add column last_visit_by uuid references person (id);
alter table employer add column visit_count bigint not null default 0;
create index employer_business_id on employer (business_id);
create index employer_chain on employer (chain_id);
create index employer_merged on employer (merged_into);
create index employer_survivor on employer (survivor_id);
create index employer_silence on employer (last_visit_on, name_sorted);
create index employer_owner on employer (owner_id, name_sorted);

update employer set
    visit_count = (select count(*) from visit v where v.employer_id = employer.id
        and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)),
    last_visit_on = (select max(v.day) from visit v where v.employer_id = employer.id
        and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)),
    last_visit_by = (select v.coach_id from visit v where v.employer_id = employer.id
        and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
        order by v.day desc, v.at_time desc nulls last, v.id desc limit 1);

alter table employer_contact add column phone text;
alter table employer_contact add column email text;
alter table employer_contact add column role text;
alter table employer_contact add column removed_at timestamptz;
alter table employer_contact add column version bigint not null default 1;

-- Whose the next step is, when it was handed over.
alter table visit add column step_owner_id uuid references person (id);
create index visit_step_owner on visit (step_owner_id);

-- Every change: what it was, what stood before, what after (JSON of the kind's own fields).
create table employer_change (
    id uuid primary key,
    employer_id uuid not null references employer (id),
    person_id uuid references person (id),
    changed_at timestamptz not null,
    kind text not null,
    subject_id uuid,
    before_json text not null,
    after_json text not null,
    undone_at timestamptz
);
create index employer_change_employer on employer_change (employer_id, changed_at);

create table employer_handover (
    id uuid primary key,
    employer_id uuid not null references employer (id),
    from_id uuid references person (id),
    to_id uuid not null references person (id),
    person_id uuid not null references person (id),
    word text not null,
    handed_at timestamptz not null,
    undone_at timestamptz
);
create index employer_handover_employer on employer_handover (employer_id, handed_at);

-- The next steps that went along, and whose each was.
create table employer_handover_step (
    handover_id uuid not null references employer_handover (id),
    visit_id uuid not null references visit (id),
    owner_before uuid,
    primary key (handover_id, visit_id)
);

create table saved_view (
    id uuid primary key,
    person_id uuid not null references person (id),
    name text not null,
    query text not null,
    saved_at timestamptz not null,
    unique (person_id, name)
);

-- Days without a contact after which the traffic light turns amber, and red.
alter table organisation add column days_until_amber bigint not null default 60;
alter table organisation add column days_until_red bigint not null default 120;
