-- The rest of a county's package: kept whole from the first import, shown by later work.

create table job (
    id BLOB primary key,
    code TEXT not null unique,
    client_id BLOB not null references client (id),
    employer_id BLOB not null references employer (id),
    title TEXT not null,
    isco08 TEXT,
    started_on TEXT not null,
    ended_on TEXT,
    minutes_per_week INTEGER,
    permanent INTEGER,
    pay_subsidy INTEGER,
    competitive INTEGER,
    disclosed INTEGER,
    end_reason TEXT
) strict;
create index job_client on job (client_id);

create table transition (
    id BLOB primary key,
    code TEXT not null unique,
    client_id BLOB not null references client (id),
    kind TEXT not null,
    started_on TEXT not null,
    ended_on TEXT,
    provider TEXT
) strict;

create table qualification (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    kind TEXT not null,
    completed_on TEXT not null,
    unique (client_id, kind, completed_on)
) strict;

create table support (
    id BLOB primary key,
    code TEXT not null unique,
    day TEXT not null,
    coach_id BLOB not null references person (id),
    client_id BLOB not null references client (id),
    job_id BLOB references job (id),
    mode TEXT not null check (mode in ('in_person', 'phone', 'email', 'video')),
    place TEXT check (place in ('workplace', 'community', 'office')),
    recipient TEXT not null check (recipient in ('client', 'employer', 'both')),
    kind TEXT,
    minutes INTEGER
) strict;
create index support_client on support (client_id, day);

create table time_use (
    id BLOB primary key,
    week_of TEXT not null,
    coach_id BLOB not null references person (id),
    category TEXT not null check (category in ('employment_service', 'other')),
    place TEXT not null check (place in ('community', 'office')),
    minutes INTEGER not null,
    unique (week_of, coach_id, category, place)
) strict;

create table meeting (
    id BLOB primary key,
    day TEXT not null,
    kind TEXT not null check (kind in
        ('treatment_team', 'vocational_unit', 'supervision', 'field_mentoring', 'partner_meeting')),
    team_id BLOB references team (id),
    unit_id BLOB references unit (id)
) strict;
create index meeting_day on meeting (day, kind);

create table meeting_presence (
    meeting_id BLOB not null references meeting (id),
    person_id BLOB not null references person (id),
    primary key (meeting_id, person_id)
) strict;

create table measure_answer (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    instrument TEXT not null,
    point TEXT not null check (point in ('start', 'end', 'follow_up')),
    day TEXT not null,
    item INTEGER not null,
    value INTEGER not null,
    unique (client_id, instrument, point, day, item)
) strict;

-- Answers carry no identity: the same answer may be given twice, so a row counts them.
create table feedback (
    id BLOB primary key,
    respondent TEXT not null check (respondent in ('client', 'stakeholder', 'employer')),
    day TEXT not null,
    question TEXT not null check (question in ('recommend', 'effectiveness')),
    value INTEGER not null,
    answers INTEGER not null check (answers > 0),
    unique (respondent, day, question, value)
) strict;

create table assessment_score (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    day TEXT not null,
    kind TEXT not null check (kind in ('self', 'external')),
    item INTEGER not null check (item between 1 and 25),
    score INTEGER not null check (score between 1 and 5),
    unique (unit_id, day, kind, item)
) strict;
