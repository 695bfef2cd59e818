-- Lists of employers from elsewhere: what was read of the file, until it is written or dropped.

create table employer_list (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    file_name TEXT not null,
    taken_at TEXT not null,
    -- JSON; empty once the list was written.
    sheets TEXT not null,
    mapping TEXT not null,
    settling TEXT not null,
    -- What writing it did, and when; and when that was undone.
    outcome TEXT,
    written_at TEXT,
    undone_at TEXT
) strict;
create index employer_list_person on employer_list (person_id, taken_at);

-- The list that a change came with.
alter table employer_change add column list_id BLOB references employer_list (id);
create index employer_change_list on employer_change (list_id);
