-- Assessments of the 25 criteria by people: who scores, each assessor's own scores, what was agreed on, and when it
-- was signed. Nothing of it changes after that; later corrections are dated notes.

create table assessment (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    day date not null,
    kind text not null check (kind in ('self', 'peer', 'external')),
    -- The criteria pack that it was made with, and its edition.
    pack text not null,
    pack_version bigint not null,
    begun_by uuid not null references person (id),
    begun_at timestamptz not null,
    signed_by uuid references person (id),
    signed_at timestamptz,
    withdrawn_at timestamptz
);
create index assessment_unit on assessment (unit_id, day);

create table assessor (
    assessment_id uuid not null references assessment (id),
    person_id uuid not null references person (id),
    primary key (assessment_id, person_id)
);

-- One assessor's own score of an item; none while there is no evidence yet. What the records said when it was given
-- stands beside it.
create table own_score (
    assessment_id uuid not null references assessment (id),
    person_id uuid not null references person (id),
    item bigint not null check (item between 1 and 25),
    score bigint check (score between 1 and 5),
    reason text not null,
    evidence text not null,
    estimate bigint,
    estimate_part bigint,
    estimate_of bigint,
    noted_at timestamptz not null,
    primary key (assessment_id, person_id, item)
);

-- What the assessors agreed on.
create table settled_score (
    assessment_id uuid not null references assessment (id),
    item bigint not null check (item between 1 and 25),
    score bigint not null check (score between 1 and 5),
    reason text not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null,
    primary key (assessment_id, item)
);

create table assessment_note (
    id uuid primary key,
    assessment_id uuid not null references assessment (id),
    day date not null,
    words text not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null
);
create index assessment_note_assessment on assessment_note (assessment_id);
