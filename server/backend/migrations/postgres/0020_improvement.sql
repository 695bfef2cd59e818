-- What a unit does to do better: an action for an item of the criteria, who sees to it and by when.

create table improvement (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    item bigint not null check (item between 1 and 25),
    what text not null,
    owner_id uuid not null references person (id),
    by_day date not null,
    noted_by uuid not null references person (id),
    noted_at timestamptz not null,
    done_on date,
    done_by uuid references person (id),
    withdrawn_at timestamptz
);
create index improvement_unit on improvement (unit_id, item);
create index improvement_owner on improvement (owner_id, by_day);
