-- What a unit does to do better: an action for an item of the criteria, who sees to it and by when.

create table improvement (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    item INTEGER not null check (item between 1 and 25),
    what TEXT not null,
    owner_id BLOB not null references person (id),
    by_day TEXT not null,
    noted_by BLOB not null references person (id),
    noted_at TEXT not null,
    done_on TEXT,
    done_by BLOB references person (id),
    withdrawn_at TEXT
) strict;
create index improvement_unit on improvement (unit_id, item);
create index improvement_owner on improvement (owner_id, by_day);
