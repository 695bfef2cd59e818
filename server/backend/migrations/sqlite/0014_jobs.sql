-- Jobs in full: on what terms from which day, how they ended and what came next; advice about benefits; steps
-- towards work that are not a job.

-- As it began stands in the job's own columns; each change is a row of `job_terms`.
alter table job add column match_id BLOB references job_match (id);
alter table job add column coach_id BLOB references person (id);
alter table job add column version INTEGER not null default 1;
alter table job add column pay_basis TEXT check (pay_basis in ('agreement', 'law', 'below', 'unknown'));
alter table job add column until_on TEXT;
alter table job add column subsidy_percent INTEGER;
alter table job add column subsidy_until TEXT;
-- With the basis of the pay, what makes a job competitive; `competitive` is worked out from them.
alter table job add column open_to_all INTEGER;
alter table job add column set_aside INTEGER;
alter table job add column words TEXT not null default '';
alter table job add column noted_at TEXT;
alter table job add column end_words TEXT not null default '';
alter table job add column end_learnt_on TEXT;
alter table job add column what_next TEXT;
-- How the client's phase and next step stood before the end, for reopening (JSON).
alter table job add column end_before TEXT;
alter table job add column withdrawn_at TEXT;

-- How a job's own row stood before each of its corrections, its end and its reopening (JSON).
create table job_version (
    job_id BLOB not null references job (id),
    version INTEGER not null,
    person_id BLOB not null references person (id),
    body TEXT not null,
    changed_at TEXT not null,
    primary key (job_id, version)
) strict;

create table job_terms (
    id BLOB primary key,
    job_id BLOB not null references job (id),
    from_day TEXT not null,
    title TEXT not null,
    isco08 TEXT,
    minutes_per_week INTEGER,
    permanent INTEGER,
    until_on TEXT,
    pay_basis TEXT check (pay_basis in ('agreement', 'law', 'below', 'unknown')),
    pay_subsidy INTEGER,
    subsidy_percent INTEGER,
    subsidy_until TEXT,
    open_to_all INTEGER,
    set_aside INTEGER,
    disclosed INTEGER,
    words TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index job_terms_job on job_terms (job_id, from_day);

-- Advice about what work does to benefits and money.
create table benefits_advice (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    job_id BLOB references job (id),
    day TEXT not null,
    giver TEXT not null check (giver in ('coach', 'trained', 'specialist', 'kela', 'other')),
    giver_name TEXT not null,
    occasion TEXT not null check (occasion in
        ('offer', 'start', 'hours', 'pay', 'subsidy_end', 'job_end', 'other')),
    -- Codes parted by spaces.
    topics TEXT not null,
    words TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index benefits_advice_client on benefits_advice (client_id, day);

alter table transition add column entry_id BLOB references code_entry (id);
alter table transition add column words TEXT not null default '';
alter table transition add column person_id BLOB references person (id);
alter table transition add column noted_at TEXT;
alter table transition add column withdrawn_at TEXT;
create index transition_client on transition (client_id);
alter table qualification add column entry_id BLOB references code_entry (id);
alter table qualification add column person_id BLOB references person (id);
alter table qualification add column noted_at TEXT;
alter table qualification add column withdrawn_at TEXT;
