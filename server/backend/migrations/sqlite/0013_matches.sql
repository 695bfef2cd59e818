-- Openings and hidden needs at employers, and the matching of clients with them.

-- What an employer needs, as a unit shares it.
create table opportunity (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    employer_id BLOB not null references employer (id),
    -- The visit at which it was heard of.
    visit_id BLOB references visit (id),
    person_id BLOB not null references person (id),
    version INTEGER not null default 1,
    kind TEXT not null check (kind in ('opening', 'hidden_need')),
    title TEXT not null,
    isco08 TEXT,
    tasks TEXT not null,
    minutes_from INTEGER,
    minutes_to INTEGER,
    -- Codes parted by spaces.
    shifts TEXT not null,
    pay TEXT not null,
    asks TEXT not null,
    carving TEXT not null,
    found_on TEXT not null,
    open_until TEXT,
    -- The last day on which somebody made sure that it is still there.
    confirmed_on TEXT not null,
    noted_at TEXT not null,
    closed_on TEXT,
    closed_because TEXT check (closed_because in ('filled_by_client', 'filled', 'withdrawn', 'other')),
    closed_by BLOB references person (id)
) strict;
create index opportunity_unit on opportunity (unit_id, closed_on, confirmed_on);
create index opportunity_employer on opportunity (employer_id);
create index opportunity_visit on opportunity (visit_id) where visit_id is not null;

-- How an opportunity stood before each of its changes (JSON of its fields).
create table opportunity_version (
    opportunity_id BLOB not null references opportunity (id),
    version INTEGER not null,
    person_id BLOB not null references person (id),
    body TEXT not null,
    changed_at TEXT not null,
    primary key (opportunity_id, version)
) strict;

-- A client with an employer, for an opportunity or for what may be found there.
create table job_match (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    employer_id BLOB not null references employer (id),
    opportunity_id BLOB references opportunity (id),
    coach_id BLOB not null references person (id),
    version INTEGER not null default 1,
    began_on TEXT not null,
    why TEXT not null,
    why_not TEXT not null,
    noted_at TEXT not null,
    ended_on TEXT,
    result TEXT check (result in ('job', 'trial', 'client_no', 'employer_no', 'filled', 'fizzled', 'other')),
    learnt TEXT not null default '',
    -- The version of the profile into which it was taken.
    learnt_version INTEGER
) strict;
create index job_match_client on job_match (client_id, began_on);
create index job_match_opportunity on job_match (opportunity_id);
create index job_match_employer on job_match (employer_id);

-- What was done for a match, and what came of it.
create table match_note (
    id BLOB primary key,
    match_id BLOB not null references job_match (id),
    person_id BLOB not null references person (id),
    day TEXT not null,
    words TEXT not null,
    noted_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index match_note_match on match_note (match_id, day);
