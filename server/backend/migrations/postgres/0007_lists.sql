-- Lists of employers from elsewhere: what was read of the file, until it is written or dropped.

create table employer_list (
    id uuid primary key,
    person_id uuid not null references person (id),
    file_name text not null,
    taken_at timestamptz not null,
    -- JSON; empty once the list was written.
    sheets text not null,
    mapping text not null,
    settling text not null,
    -- What writing it did, and when; and when that was undone.
    outcome text,
    written_at timestamptz,
    undone_at timestamptz
);
create index employer_list_person on employer_list (person_id, taken_at);

-- The list that a change came with.
alter table employer_change add column list_id uuid references employer_list (id);
create index employer_change_list on employer_change (list_id);
