-- The organisation, its units, treatment teams and people. One database is one organisation: the
-- wall between two counties is the database itself.

create table organisation (
    id INTEGER primary key check (id = 1),
    name TEXT not null,
    demo INTEGER not null,
    created_at TEXT not null
) strict;

create table unit (
    id BLOB primary key,
    code TEXT not null unique,
    name TEXT not null,
    service TEXT not null check (service in ('ips', 'latu')),
    municipality TEXT
) strict;

create table team (
    id BLOB primary key,
    code TEXT not null unique,
    name TEXT not null,
    level TEXT not null check (level in ('specialised', 'primary', 'social', 'employment')),
    unit_id BLOB not null references unit (id)
) strict;

create table person (
    id BLOB primary key,
    code TEXT unique,
    name TEXT not null,
    sign_in_name TEXT not null unique,
    password_hash TEXT,
    locked_at TEXT,
    created_at TEXT not null
) strict;

-- A role in a unit (a referrer: in a team of the unit), from one day to another, both included.
create table post (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    role TEXT not null check (role in ('coach', 'lead', 'referrer', 'reviewer', 'admin')),
    unit_id BLOB not null references unit (id),
    team_id BLOB references team (id),
    fte_hundredths INTEGER check (fte_hundredths >= 0),
    from_day TEXT not null,
    to_day TEXT,
    check (to_day is null or to_day >= from_day)
) strict;
create index post_person on post (person_id);
create index post_unit on post (unit_id);

-- Only the hash of a token is kept: who reads the database can't sign in with what is there.
create table session (
    id BLOB primary key,
    token_hash TEXT not null unique,
    person_id BLOB not null references person (id),
    device TEXT not null,
    created_at TEXT not null,
    seen_at TEXT not null,
    ended_at TEXT
) strict;
create index session_person on session (person_id);

create table sign_in_failure (
    id BLOB primary key,
    subject TEXT not null,
    failed_at TEXT not null
) strict;
create index sign_in_failure_subject on sign_in_failure (subject, failed_at);

create table invitation (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    token_hash TEXT not null unique,
    made_by BLOB references person (id),
    made_at TEXT not null,
    expires_at TEXT not null,
    used_at TEXT
) strict;
create index invitation_person on invitation (person_id);
