-- Own entries of the code lists, each a stretch of time in which it is called so. A record points to the stretch
-- that was chosen. What rules count by is the official code under which an entry stands.
create table code_entry (
    id BLOB primary key,
    list TEXT not null,
    code TEXT not null,
    counts_as TEXT not null,
    name_fi TEXT not null,
    name_sv TEXT not null,
    name_en TEXT not null,
    valid_from TEXT not null,
    -- The first day on which it holds no longer.
    ends_on TEXT,
    person_id BLOB not null references person (id),
    written_at TEXT not null,
    check (ends_on is null or ends_on >= valid_from)
) strict;
create index code_entry_list on code_entry (list, code, valid_from);
alter table client_step add column entry_id BLOB references code_entry (id);
alter table referral add column decline_entry_id BLOB references code_entry (id);

-- A day of a client's way that was noted wrong, and what stands instead.
create table client_day_change (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    kind TEXT not null check (kind in ('agreed', 'paused')),
    -- Its step; what came from elsewhere has none.
    step_id BLOB references client_step (id),
    day_before TEXT not null,
    day_after TEXT not null,
    person_id BLOB not null references person (id),
    words TEXT not null,
    noted_on TEXT not null,
    noted_at TEXT not null
) strict;
create index client_day_change_client on client_day_change (client_id);
