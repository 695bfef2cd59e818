-- Jobs in full: on what terms from which day, how they ended and what came next; advice about benefits; steps
-- towards work that are not a job.

-- As it began stands in the job's own columns; each change is a row of `job_terms`.
alter table job add column match_id uuid references job_match (id);
alter table job add column coach_id uuid references person (id);
alter table job add column version bigint not null default 1;
alter table job add column pay_basis text check (pay_basis in ('agreement', 'law', 'below', 'unknown'));
alter table job add column until_on date;
alter table job add column subsidy_percent bigint;
alter table job add column subsidy_until date;
-- With the basis of the pay, what makes a job competitive; `competitive` is worked out from them.
alter table job add column open_to_all boolean;
alter table job add column set_aside boolean;
alter table job add column words text not null default '';
alter table job add column noted_at timestamptz;
alter table job add column end_words text not null default '';
alter table job add column end_learnt_on date;
alter table job add column what_next text;
-- How the client's phase and next step stood before the end, for reopening (JSON).
alter table job add column end_before text;
alter table job add column withdrawn_at timestamptz;

-- How a job's own row stood before each of its corrections, its end and its reopening (JSON).
create table job_version (
    job_id uuid not null references job (id),
    version bigint not null,
    person_id uuid not null references person (id),
    body text not null,
    changed_at timestamptz not null,
    primary key (job_id, version)
);

create table job_terms (
    id uuid primary key,
    job_id uuid not null references job (id),
    from_day date not null,
    title text not null,
    isco08 text,
    minutes_per_week bigint,
    permanent boolean,
    until_on date,
    pay_basis text check (pay_basis in ('agreement', 'law', 'below', 'unknown')),
    pay_subsidy boolean,
    subsidy_percent bigint,
    subsidy_until date,
    open_to_all boolean,
    set_aside boolean,
    disclosed boolean,
    words text not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null,
    withdrawn_at timestamptz
);
create index job_terms_job on job_terms (job_id, from_day);

-- Advice about what work does to benefits and money.
create table benefits_advice (
    id uuid primary key,
    client_id uuid not null references client (id),
    job_id uuid references job (id),
    day date not null,
    giver text not null check (giver in ('coach', 'trained', 'specialist', 'kela', 'other')),
    giver_name text not null,
    occasion text not null check (occasion in
        ('offer', 'start', 'hours', 'pay', 'subsidy_end', 'job_end', 'other')),
    -- Codes parted by spaces.
    topics text not null,
    words text not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null,
    withdrawn_at timestamptz
);
create index benefits_advice_client on benefits_advice (client_id, day);

alter table transition add column entry_id uuid references code_entry (id);
alter table transition add column words text not null default '';
alter table transition add column person_id uuid references person (id);
alter table transition add column noted_at timestamptz;
alter table transition add column withdrawn_at timestamptz;
create index transition_client on transition (client_id);
alter table qualification add column entry_id uuid references code_entry (id);
alter table qualification add column person_id uuid references person (id);
alter table qualification add column noted_at timestamptz;
alter table qualification add column withdrawn_at timestamptz;
