-- Phones that seal what is written on them: one credential for each person on a phone. Entries come under it without a
-- sign-in, and it can do nothing else.
create table device (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    public_key BLOB not null,
    name TEXT not null,
    enrolled_at TEXT not null,
    seen_at TEXT not null,
    -- How many entries the phone says it has made: more than have come is a gap.
    made INTEGER not null default 0,
    revoked_at TEXT,
    revoked_by BLOB references person (id)
) strict;
create index device_person on device (person_id);

-- What came sealed: the newest revision of each entry from each phone, and what became of it. The text stands here only while the entry
-- waits for a person, or for what it is about; the envelope only while nothing can be made of it.
create table arrival (
    entry_id BLOB not null,
    person_id BLOB not null references person (id),
    device_id BLOB not null references device (id),
    rev INTEGER not null,
    sha256 TEXT not null,
    outcome TEXT not null,
    body TEXT,
    envelope TEXT,
    received_at TEXT not null,
    reported_at TEXT,
    estimated_at TEXT,
    skew_seconds INTEGER,
    primary key (entry_id, device_id)
) strict;
create index arrival_device on arrival (device_id);
create index arrival_waits on arrival (person_id) where body is not null or envelope is not null;

-- Backups: an arrival is in the first whole one that began after it came.
create table backup (
    number INTEGER primary key,
    begun_at TEXT not null,
    whole_at TEXT
) strict;
alter table arrival add column backup INTEGER;
