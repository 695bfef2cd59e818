-- Amending, drafts, two coaches on a visit, next steps that move, gaps that are asked about.

alter table visit add column with_id BLOB references person (id);
alter table visit add column version INTEGER not null default 1;
create index visit_with on visit (with_id, day);

-- How a visit stood before each of its amendments. The row of the visit is how it stands.
create table visit_version (
    id BLOB not null references visit (id),
    version INTEGER not null,
    employer_id BLOB not null references employer (id),
    coach_id BLOB not null references person (id),
    unit_id BLOB not null references unit (id),
    client_id BLOB references client (id),
    with_id BLOB references person (id),
    day TEXT not null,
    at_time TEXT,
    mode TEXT not null,
    purpose TEXT not null,
    decision_maker INTEGER,
    minutes INTEGER,
    place TEXT,
    summary TEXT not null,
    next_step TEXT,
    next_step_on TEXT,
    amended_at TEXT not null,
    primary key (id, version)
) strict;

create table next_step_move (
    id BLOB primary key,
    visit_id BLOB not null references visit (id),
    person_id BLOB not null references person (id),
    from_day TEXT,
    to_day TEXT not null,
    moved_at TEXT not null
) strict;
create index next_step_move_visit on next_step_move (visit_id);

-- There is nothing to add to a visit without words.
create table gap_left (
    visit_id BLOB primary key references visit (id),
    person_id BLOB not null references person (id),
    left_at TEXT not null
) strict;

-- A form that was left half done, under the identity of its entry: its author's alone.
create table visit_draft (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    employer_id BLOB,
    body TEXT not null,
    turn INTEGER not null,
    touched_at TEXT not null
) strict;
create index visit_draft_person on visit_draft (person_id, touched_at);

-- Named on the spot, and looked at by nobody since.
alter table employer add column provisional INTEGER not null default 0;
