-- The rest of a county's package: kept whole from the first import, shown by later work.

create table job (
    id uuid primary key,
    code text not null unique,
    client_id uuid not null references client (id),
    employer_id uuid not null references employer (id),
    title text not null,
    isco08 text,
    started_on date not null,
    ended_on date,
    minutes_per_week bigint,
    permanent boolean,
    pay_subsidy boolean,
    competitive boolean,
    disclosed boolean,
    end_reason text
);
create index job_client on job (client_id);

create table transition (
    id uuid primary key,
    code text not null unique,
    client_id uuid not null references client (id),
    kind text not null,
    started_on date not null,
    ended_on date,
    provider text
);

create table qualification (
    id uuid primary key,
    client_id uuid not null references client (id),
    kind text not null,
    completed_on date not null,
    unique (client_id, kind, completed_on)
);

create table support (
    id uuid primary key,
    code text not null unique,
    day date not null,
    coach_id uuid not null references person (id),
    client_id uuid not null references client (id),
    job_id uuid references job (id),
    mode text not null check (mode in ('in_person', 'phone', 'email', 'video')),
    place text check (place in ('workplace', 'community', 'office')),
    recipient text not null check (recipient in ('client', 'employer', 'both')),
    kind text,
    minutes bigint
);
create index support_client on support (client_id, day);

create table time_use (
    id uuid primary key,
    week_of date not null,
    coach_id uuid not null references person (id),
    category text not null check (category in ('employment_service', 'other')),
    place text not null check (place in ('community', 'office')),
    minutes bigint not null,
    unique (week_of, coach_id, category, place)
);

create table meeting (
    id uuid primary key,
    day date not null,
    kind text not null check (kind in
        ('treatment_team', 'vocational_unit', 'supervision', 'field_mentoring', 'partner_meeting')),
    team_id uuid references team (id),
    unit_id uuid references unit (id)
);
create index meeting_day on meeting (day, kind);

create table meeting_presence (
    meeting_id uuid not null references meeting (id),
    person_id uuid not null references person (id),
    primary key (meeting_id, person_id)
);

create table measure_answer (
    id uuid primary key,
    client_id uuid not null references client (id),
    instrument text not null,
    point text not null check (point in ('start', 'end', 'follow_up')),
    day date not null,
    item bigint not null,
    value bigint not null,
    unique (client_id, instrument, point, day, item)
);

-- Answers carry no identity: the same answer may be given twice, so a row counts them.
create table feedback (
    id uuid primary key,
    respondent text not null check (respondent in ('client', 'stakeholder', 'employer')),
    day date not null,
    question text not null check (question in ('recommend', 'effectiveness')),
    value bigint not null,
    answers bigint not null check (answers > 0),
    unique (respondent, day, question, value)
);

create table assessment_score (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    day date not null,
    kind text not null check (kind in ('self', 'external')),
    item bigint not null check (item between 1 and 25),
    score bigint not null check (score between 1 and 5),
    unique (unit_id, day, kind, item)
);
