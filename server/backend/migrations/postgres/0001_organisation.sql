-- The organisation, its units, treatment teams and people. One database is one organisation: the
-- wall between two counties is the database itself.

create table organisation (
    id bigint primary key check (id = 1),
    name text not null,
    demo boolean not null,
    created_at timestamptz not null
);

create table unit (
    id uuid primary key,
    code text not null unique,
    name text not null,
    service text not null check (service in ('ips', 'latu')),
    municipality text
);

create table team (
    id uuid primary key,
    code text not null unique,
    name text not null,
    level text not null check (level in ('specialised', 'primary', 'social', 'employment')),
    unit_id uuid not null references unit (id)
);

create table person (
    id uuid primary key,
    code text unique,
    name text not null,
    sign_in_name text not null unique,
    password_hash text,
    locked_at timestamptz,
    created_at timestamptz not null
);

-- A role in a unit (a referrer: in a team of the unit), from one day to another, both included.
create table post (
    id uuid primary key,
    person_id uuid not null references person (id),
    role text not null check (role in ('coach', 'lead', 'referrer', 'reviewer', 'admin')),
    unit_id uuid not null references unit (id),
    team_id uuid references team (id),
    fte_hundredths bigint check (fte_hundredths >= 0),
    from_day date not null,
    to_day date,
    check (to_day is null or to_day >= from_day)
);
create index post_person on post (person_id);
create index post_unit on post (unit_id);

-- Only the hash of a token is kept: who reads the database can't sign in with what is there.
create table session (
    id uuid primary key,
    token_hash text not null unique,
    person_id uuid not null references person (id),
    device text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    ended_at timestamptz
);
create index session_person on session (person_id);

create table sign_in_failure (
    id uuid primary key,
    subject text not null,
    failed_at timestamptz not null
);
create index sign_in_failure_subject on sign_in_failure (subject, failed_at);

create table invitation (
    id uuid primary key,
    person_id uuid not null references person (id),
    token_hash text not null unique,
    made_by uuid references person (id),
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index invitation_person on invitation (person_id);
