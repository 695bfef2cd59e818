-- Amending, drafts, two coaches on a visit, next steps that move, gaps that are asked about.

alter table visit add column with_id uuid references person (id);
alter table visit add column version bigint not null default 1;
create index visit_with on visit (with_id, day);

-- How a visit stood before each of its amendments. The row of the visit is how it stands.
create table visit_version (
    id uuid not null references visit (id),
    version bigint not null,
    employer_id uuid not null references employer (id),
    coach_id uuid not null references person (id),
    unit_id uuid not null references unit (id),
    client_id uuid references client (id),
    with_id uuid references person (id),
    day date not null,
    at_time time,
    mode text not null,
    purpose text not null,
    decision_maker boolean,
    minutes bigint,
    place text,
    summary text not null,
    next_step text,
    next_step_on date,
    amended_at timestamptz not null,
    primary key (id, version)
);

create table next_step_move (
    id uuid primary key,
    visit_id uuid not null references visit (id),
    person_id uuid not null references person (id),
    from_day date,
    to_day date not null,
    moved_at timestamptz not null
);
create index next_step_move_visit on next_step_move (visit_id);

-- There is nothing to add to a visit without words.
create table gap_left (
    visit_id uuid primary key references visit (id),
    person_id uuid not null references person (id),
    left_at timestamptz not null
);

-- A form that was left half done, under the identity of its entry: its author's alone.
create table visit_draft (
    id uuid primary key,
    person_id uuid not null references person (id),
    employer_id uuid,
    body text not null,
    turn bigint not null,
    touched_at timestamptz not null
);
create index visit_draft_person on visit_draft (person_id, touched_at);

-- Named on the spot, and looked at by nobody since.
alter table employer add column provisional boolean not null default false;
