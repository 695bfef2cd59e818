-- The employer register, shared by the organisation's units. It never holds a client's name.

create table employer (
    id uuid primary key,
    code text unique,
    name text not null,
    name_folded text not null,
    name_sorted text collate "C" not null,
    name_core text not null,
    business_id text unique,
    section_tol2008 text,
    class_tol2008 text,
    municipality text,
    owner_id uuid references person (id),
    created_by uuid references person (id),
    created_at timestamptz not null,
    version bigint not null default 1
);
create index employer_name on employer (name_sorted, id);
create index employer_core on employer (name_core);
create index employer_municipality on employer (municipality);

create table employer_contact (
    id uuid primary key,
    employer_id uuid not null references employer (id),
    name text not null,
    title text not null
);
create index employer_contact_employer on employer_contact (employer_id);

-- Clients stand here already because a visit may be for one.
create table client (
    id uuid primary key,
    code text,
    alias text not null,
    name text not null,
    birth_year bigint,
    gender text check (gender in ('female', 'male', 'other')),
    municipality text,
    unit_id uuid not null references unit (id),
    team_id uuid references team (id),
    referred_on date,
    first_meeting_on date,
    agreement_on date,
    closed_on date,
    closing_reason text,
    version bigint not null default 1,
    unique (unit_id, code)
);
create index client_unit on client (unit_id);

-- Who was the coach when, both days included.
create table client_coach (
    id uuid primary key,
    client_id uuid not null references client (id),
    person_id uuid not null references person (id),
    from_day date not null,
    to_day date
);
create index client_coach_client on client_coach (client_id);
create index client_coach_person on client_coach (person_id);

-- A visit is written once. Taking it back and settling its next step are rows of their own.
create table visit (
    id uuid primary key,
    code text unique,
    employer_id uuid not null references employer (id),
    coach_id uuid not null references person (id),
    unit_id uuid not null references unit (id),
    client_id uuid references client (id),
    day date not null,
    at_time time,
    mode text not null check (mode in ('in_person', 'phone', 'email', 'video')),
    purpose text not null check (purpose in
        ('learn_needs', 'explore_opening', 'client_introduction', 'application', 'follow_up')),
    decision_maker boolean,
    minutes bigint check (minutes between 0 and 1440),
    place text check (place in ('workplace', 'community', 'office')),
    summary text not null,
    next_step text,
    next_step_on date,
    received_at timestamptz not null
);
create index visit_employer on visit (employer_id, day);
create index visit_coach on visit (coach_id, day);
create index visit_unit on visit (unit_id, day);
create index visit_client on visit (client_id);

create table visit_withdrawal (
    visit_id uuid primary key references visit (id),
    person_id uuid not null references person (id),
    withdrawn_at timestamptz not null
);

create table next_step_settlement (
    visit_id uuid primary key references visit (id),
    person_id uuid not null references person (id),
    settled_at timestamptz not null
);

-- The receipt of every entry: what came under an id, and what it did (O2).
create table receipt (
    id uuid primary key,
    person_id uuid not null references person (id),
    sha256 text not null,
    applied text not null,
    received_at timestamptz not null
);
