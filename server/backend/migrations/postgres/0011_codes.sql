-- Own entries of the code lists, each a stretch of time in which it is called so. A record points to the stretch
-- that was chosen. What rules count by is the official code under which an entry stands.
create table code_entry (
    id uuid primary key,
    list text not null,
    code text not null,
    counts_as text not null,
    name_fi text not null,
    name_sv text not null,
    name_en text not null,
    valid_from date not null,
    -- The first day on which it holds no longer.
    ends_on date,
    person_id uuid not null references person (id),
    written_at timestamptz not null,
    check (ends_on is null or ends_on >= valid_from)
);
create index code_entry_list on code_entry (list, code, valid_from);
alter table client_step add column entry_id uuid references code_entry (id);
alter table referral add column decline_entry_id uuid references code_entry (id);

-- A day of a client's way that was noted wrong, and what stands instead.
create table client_day_change (
    id uuid primary key,
    client_id uuid not null references client (id),
    kind text not null check (kind in ('agreed', 'paused')),
    -- Its step; what came from elsewhere has none.
    step_id uuid references client_step (id),
    day_before date not null,
    day_after date not null,
    person_id uuid not null references person (id),
    words text not null,
    noted_on date not null,
    noted_at timestamptz not null
);
create index client_day_change_client on client_day_change (client_id);
