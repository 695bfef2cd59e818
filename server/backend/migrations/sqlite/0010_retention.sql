-- How long records are kept, what was proposed for erasing and released, and what can't come back (S21, S22, O9).

-- A rule is never changed: the latest of a service and a kind of record counts.
create table retention_rule (
    id BLOB primary key,
    service TEXT not null check (service in ('ips', 'latu')),
    kind TEXT not null check (kind in ('client', 'writings', 'profile', 'trust', 'visits', 'memo')),
    years INTEGER not null check (years between 1 and 150),
    start TEXT not null check (start in ('closing', 'birth')),
    source TEXT not null,
    person_id BLOB not null references person (id),
    set_at TEXT not null
) strict;
create index retention_rule_latest on retention_rule (service, kind, set_at);

-- A list that one person proposes and another releases. The hash is that of the list as proposed.
create table erasure (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    list_hash TEXT not null,
    proposed_by BLOB not null references person (id),
    proposed_at TEXT not null,
    proposed_on TEXT not null,
    withdrawn_by BLOB references person (id),
    withdrawn_at TEXT,
    released_by BLOB references person (id),
    released_at TEXT,
    done_at TEXT,
    -- When nothing of it was left in the files of the database any more.
    swept_at TEXT,
    check (released_by is null or released_by <> proposed_by)
) strict;
create index erasure_unit on erasure (unit_id, proposed_at);

-- What stands on a list. A row goes when its record has been erased; what was left out keeps its reason.
create table erasure_item (
    erasure_id BLOB not null references erasure (id),
    kind TEXT not null,
    subject_id BLOB not null,
    left_out TEXT check (left_out in ('reopened', 'not_due', 'gone')),
    primary key (erasure_id, kind, subject_id)
) strict;
create index erasure_item_subject on erasure_item (subject_id);

-- How many records of each kind were erased.
create table erasure_count (
    erasure_id BLOB not null references erasure (id),
    kind TEXT not null,
    erased INTEGER not null,
    primary key (erasure_id, kind)
) strict;

-- Keyed hashes of what was erased, so that nothing that comes late brings it back. The key never leaves.
create table tombstone (
    hash TEXT primary key,
    erased_on TEXT not null
) strict;
create table tombstone_key (
    id INTEGER primary key check (id = 1),
    secret TEXT not null
) strict;

-- The visit was for a client whose records were erased: it still counts as one for a client.
alter table visit add column client_erased INTEGER not null default 0;
create index visit_version_client on visit_version (client_id);
create index meeting_talk_referral on meeting_talk (referral_id);
