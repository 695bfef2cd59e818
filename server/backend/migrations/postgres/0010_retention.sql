-- How long records are kept, what was proposed for erasing and released, and what can't come back (S21, S22, O9).

-- A rule is never changed: the latest of a service and a kind of record counts.
create table retention_rule (
    id uuid primary key,
    service text not null check (service in ('ips', 'latu')),
    kind text not null check (kind in ('client', 'writings', 'profile', 'trust', 'visits', 'memo')),
    years bigint not null check (years between 1 and 150),
    start text not null check (start in ('closing', 'birth')),
    source text not null,
    person_id uuid not null references person (id),
    set_at timestamptz not null
);
create index retention_rule_latest on retention_rule (service, kind, set_at);

-- A list that one person proposes and another releases. The hash is that of the list as proposed.
create table erasure (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    list_hash text not null,
    proposed_by uuid not null references person (id),
    proposed_at timestamptz not null,
    proposed_on date not null,
    withdrawn_by uuid references person (id),
    withdrawn_at timestamptz,
    released_by uuid references person (id),
    released_at timestamptz,
    done_at timestamptz,
    -- When nothing of it was left in the files of the database any more.
    swept_at timestamptz,
    check (released_by is null or released_by <> proposed_by)
);
create index erasure_unit on erasure (unit_id, proposed_at);

-- What stands on a list. A row goes when its record has been erased; what was left out keeps its reason.
create table erasure_item (
    erasure_id uuid not null references erasure (id),
    kind text not null,
    subject_id uuid not null,
    left_out text check (left_out in ('reopened', 'not_due', 'gone')),
    primary key (erasure_id, kind, subject_id)
);
create index erasure_item_subject on erasure_item (subject_id);

-- How many records of each kind were erased.
create table erasure_count (
    erasure_id uuid not null references erasure (id),
    kind text not null,
    erased bigint not null,
    primary key (erasure_id, kind)
);

-- Keyed hashes of what was erased, so that nothing that comes late brings it back. The key never leaves.
create table tombstone (
    hash text primary key,
    erased_on date not null
);
create table tombstone_key (
    id bigint primary key check (id = 1),
    secret text not null
);

-- The visit was for a client whose records were erased: it still counts as one for a client.
alter table visit add column client_erased boolean not null default false;
create index visit_version_client on visit_version (client_id);
create index meeting_talk_referral on meeting_talk (referral_id);
