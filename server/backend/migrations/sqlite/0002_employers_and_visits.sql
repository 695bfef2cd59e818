-- The employer register, shared by the organisation's units. It never holds a client's name.

create table employer (
    id BLOB primary key,
    code TEXT unique,
    name TEXT not null,
    name_folded TEXT not null,
    name_sorted TEXT not null,
    name_core TEXT not null,
    business_id TEXT unique,
    section_tol2008 TEXT,
    class_tol2008 TEXT,
    municipality TEXT,
    owner_id BLOB references person (id),
    created_by BLOB references person (id),
    created_at TEXT not null,
    version INTEGER not null default 1
) strict;
create index employer_name on employer (name_sorted, id);
create index employer_core on employer (name_core);
create index employer_municipality on employer (municipality);

create table employer_contact (
    id BLOB primary key,
    employer_id BLOB not null references employer (id),
    name TEXT not null,
    title TEXT not null
) strict;
create index employer_contact_employer on employer_contact (employer_id);

-- Clients stand here already because a visit may be for one.
create table client (
    id BLOB primary key,
    code TEXT,
    alias TEXT not null,
    name TEXT not null,
    birth_year INTEGER,
    gender TEXT check (gender in ('female', 'male', 'other')),
    municipality TEXT,
    unit_id BLOB not null references unit (id),
    team_id BLOB references team (id),
    referred_on TEXT,
    first_meeting_on TEXT,
    agreement_on TEXT,
    closed_on TEXT,
    closing_reason TEXT,
    version INTEGER not null default 1,
    unique (unit_id, code)
) strict;
create index client_unit on client (unit_id);

-- Who was the coach when, both days included.
create table client_coach (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    person_id BLOB not null references person (id),
    from_day TEXT not null,
    to_day TEXT
) strict;
create index client_coach_client on client_coach (client_id);
create index client_coach_person on client_coach (person_id);

-- A visit is written once. Taking it back and settling its next step are rows of their own.
create table visit (
    id BLOB primary key,
    code TEXT unique,
    employer_id BLOB not null references employer (id),
    coach_id BLOB not null references person (id),
    unit_id BLOB not null references unit (id),
    client_id BLOB references client (id),
    day TEXT not null,
    at_time TEXT,
    mode TEXT not null check (mode in ('in_person', 'phone', 'email', 'video')),
    purpose TEXT not null check (purpose in
        ('learn_needs', 'explore_opening', 'client_introduction', 'application', 'follow_up')),
    decision_maker INTEGER,
    minutes INTEGER check (minutes between 0 and 1440),
    place TEXT check (place in ('workplace', 'community', 'office')),
    summary TEXT not null,
    next_step TEXT,
    next_step_on TEXT,
    received_at TEXT not null
) strict;
create index visit_employer on visit (employer_id, day);
create index visit_coach on visit (coach_id, day);
create index visit_unit on visit (unit_id, day);
create index visit_client on visit (client_id);

create table visit_withdrawal (
    visit_id BLOB primary key references visit (id),
    person_id BLOB not null references person (id),
    withdrawn_at TEXT not null
) strict;

create table next_step_settlement (
    visit_id BLOB primary key references visit (id),
    person_id BLOB not null references person (id),
    settled_at TEXT not null
) strict;

-- The receipt of every entry: what came under an id, and what it did (O2).
create table receipt (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    sha256 TEXT not null,
    applied TEXT not null,
    received_at TEXT not null
) strict;
