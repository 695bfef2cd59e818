-- The register in full: what is known of an employer, whom to ask for, whose it is, do-not-contact,
-- chains, merging; every change kept; saved views; when the traffic light changes.

-- A business ID may stand at several branches of a chain, so the column is unique no longer. SQLite
-- can't drop that: the table is made anew. The foreign keys to it are looked at when everything is
-- done; for this each of them needs an index.
create index job_employer on job (employer_id);
pragma defer_foreign_keys = on;
create table employer_before as select * from employer;
drop table employer;
create table employer (
    id BLOB primary key,
    code TEXT unique,
    name TEXT not null,
    name_folded TEXT not null,
    name_sorted TEXT not null,
    name_core TEXT not null,
    business_id TEXT,
    section_tol2008 TEXT,
    class_tol2008 TEXT,
    section_tol2025 TEXT,
    class_tol2025 TEXT,
    street TEXT,
    postal_code TEXT,
    municipality TEXT,
    website TEXT,
    note TEXT,
    owner_id BLOB references person (id),
    created_by BLOB references person (id),
    created_at TEXT not null,
    version INTEGER not null default 1,
    -- The chain that it is a branch of.
    chain_id BLOB references employer (id),
    -- Whoever asks is told why, until when and by whom.
    do_not_contact_reason TEXT,
    do_not_contact_from TEXT,
    do_not_contact_until TEXT,
    do_not_contact_by BLOB references person (id),
    -- The employer that it was merged into, and, where that was merged in its turn, the one that
    -- stands at the end. What was logged to it keeps pointing here, so that undoing is exact.
    merged_into BLOB references employer (id),
    survivor_id BLOB references employer (id),
    -- Kept by every use case that logs, amends, withdraws or restores a visit, and by the import.
    last_visit_on TEXT,
    last_visit_by BLOB references person (id),
    visit_count INTEGER not null default 0
) strict;
insert into employer (id, code, name, name_folded, name_sorted, name_core, business_id, section_tol2008,
    class_tol2008, municipality, owner_id, created_by, created_at, version)
select id, code, name, name_folded, name_sorted, name_core, business_id, section_tol2008,
    class_tol2008, municipality, owner_id, created_by, created_at, version
from employer_before;
drop table employer_before;
create index employer_name on employer (name_sorted, id);
create index employer_core on employer (name_core);
create index employer_municipality on employer (municipality);
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

alter table employer_contact add column phone TEXT;
alter table employer_contact add column email TEXT;
alter table employer_contact add column role TEXT;
alter table employer_contact add column removed_at TEXT;
alter table employer_contact add column version INTEGER not null default 1;

-- Whose the next step is, when it was handed over.
alter table visit add column step_owner_id BLOB references person (id);
create index visit_step_owner on visit (step_owner_id);

-- Every change: what it was, what stood before, what after (JSON of the kind's own fields).
create table employer_change (
    id BLOB primary key,
    employer_id BLOB not null references employer (id),
    person_id BLOB references person (id),
    changed_at TEXT not null,
    kind TEXT not null,
    subject_id BLOB,
    before_json TEXT not null,
    after_json TEXT not null,
    undone_at TEXT
) strict;
create index employer_change_employer on employer_change (employer_id, changed_at);

create table employer_handover (
    id BLOB primary key,
    employer_id BLOB not null references employer (id),
    from_id BLOB references person (id),
    to_id BLOB not null references person (id),
    person_id BLOB not null references person (id),
    word TEXT not null,
    handed_at TEXT not null,
    undone_at TEXT
) strict;
create index employer_handover_employer on employer_handover (employer_id, handed_at);

-- The next steps that went along, and whose each was.
create table employer_handover_step (
    handover_id BLOB not null references employer_handover (id),
    visit_id BLOB not null references visit (id),
    owner_before BLOB,
    primary key (handover_id, visit_id)
) strict;

create table saved_view (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    name TEXT not null,
    query TEXT not null,
    saved_at TEXT not null,
    unique (person_id, name)
) strict;

-- Days without a contact after which the traffic light turns amber, and red.
alter table organisation add column days_until_amber INTEGER not null default 60;
alter table organisation add column days_until_red INTEGER not null default 120;
