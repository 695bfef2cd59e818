-- What an assessor typed of an item and could not be taken as a score yet: the last touch of it.

create table score_draft (
    assessment_id uuid not null references assessment (id),
    person_id uuid not null references person (id),
    item bigint not null check (item between 1 and 25),
    score text not null,
    reason text not null,
    evidence text not null,
    primary key (assessment_id, person_id, item)
);

-- When the last touch was, in milliseconds of the clock of whoever typed: an older one that comes late changes nothing.
create table score_touch (
    assessment_id uuid not null references assessment (id),
    person_id uuid not null references person (id),
    item bigint not null check (item between 1 and 25),
    at bigint not null,
    primary key (assessment_id, person_id, item)
);
