-- Phones that seal what is written on them: one credential for each person on a phone. Entries come under it without a
-- sign-in, and it can do nothing else.
create table device (
    id uuid primary key,
    person_id uuid not null references person (id),
    public_key bytea not null,
    name text not null,
    enrolled_at timestamptz not null,
    seen_at timestamptz not null,
    -- How many entries the phone says it has made: more than have come is a gap.
    made bigint not null default 0,
    revoked_at timestamptz,
    revoked_by uuid references person (id)
);
create index device_person on device (person_id);

-- What came sealed: the newest revision of each entry from each phone, and what became of it. The text stands here only while the entry
-- waits for a person, or for what it is about; the envelope only while nothing can be made of it.
create table arrival (
    entry_id uuid not null,
    person_id uuid not null references person (id),
    device_id uuid not null references device (id),
    rev bigint not null,
    sha256 text not null,
    outcome text not null,
    body text,
    envelope text,
    received_at timestamptz not null,
    reported_at timestamptz,
    estimated_at timestamptz,
    skew_seconds bigint,
    primary key (entry_id, device_id)
);
create index arrival_device on arrival (device_id);
create index arrival_waits on arrival (person_id) where body is not null or envelope is not null;

-- Backups: an arrival is in the first whole one that began after it came.
create table backup (
    number bigint primary key,
    begun_at timestamptz not null,
    whole_at timestamptz
);
alter table arrival add column backup bigint;
