-- Openings and hidden needs at employers, and the matching of clients with them.

-- What an employer needs, as a unit shares it.
create table opportunity (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    employer_id uuid not null references employer (id),
    -- The visit at which it was heard of.
    visit_id uuid references visit (id),
    person_id uuid not null references person (id),
    version bigint not null default 1,
    kind text not null check (kind in ('opening', 'hidden_need')),
    title text not null,
    isco08 text,
    tasks text not null,
    minutes_from bigint,
    minutes_to bigint,
    -- Codes parted by spaces.
    shifts text not null,
    pay text not null,
    asks text not null,
    carving text not null,
    found_on date not null,
    open_until date,
    -- The last day on which somebody made sure that it is still there.
    confirmed_on date not null,
    noted_at timestamptz not null,
    closed_on date,
    closed_because text check (closed_because in ('filled_by_client', 'filled', 'withdrawn', 'other')),
    closed_by uuid references person (id)
);
create index opportunity_unit on opportunity (unit_id, closed_on, confirmed_on);
create index opportunity_employer on opportunity (employer_id);
create index opportunity_visit on opportunity (visit_id) where visit_id is not null;

-- How an opportunity stood before each of its changes (JSON of its fields).
create table opportunity_version (
    opportunity_id uuid not null references opportunity (id),
    version bigint not null,
    person_id uuid not null references person (id),
    body text not null,
    changed_at timestamptz not null,
    primary key (opportunity_id, version)
);

-- A client with an employer, for an opportunity or for what may be found there.
create table job_match (
    id uuid primary key,
    client_id uuid not null references client (id),
    employer_id uuid not null references employer (id),
    opportunity_id uuid references opportunity (id),
    coach_id uuid not null references person (id),
    version bigint not null default 1,
    began_on date not null,
    why text not null,
    why_not text not null,
    noted_at timestamptz not null,
    ended_on date,
    result text check (result in ('job', 'trial', 'client_no', 'employer_no', 'filled', 'fizzled', 'other')),
    learnt text not null default '',
    -- The version of the profile into which it was taken.
    learnt_version bigint
);
create index job_match_client on job_match (client_id, began_on);
create index job_match_opportunity on job_match (opportunity_id);
create index job_match_employer on job_match (employer_id);

-- What was done for a match, and what came of it.
create table match_note (
    id uuid primary key,
    match_id uuid not null references job_match (id),
    person_id uuid not null references person (id),
    day date not null,
    words text not null,
    noted_at timestamptz not null,
    withdrawn_at timestamptz
);
create index match_note_match on match_note (match_id, day);
