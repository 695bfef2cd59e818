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
