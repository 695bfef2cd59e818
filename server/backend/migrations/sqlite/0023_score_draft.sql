-- What an assessor typed of an item and could not be taken as a score yet: the last touch of it.

create table score_draft (
    assessment_id BLOB not null references assessment (id),
    person_id BLOB not null references person (id),
    item INTEGER not null check (item between 1 and 25),
    score TEXT not null,
    reason TEXT not null,
    evidence TEXT not null,
    primary key (assessment_id, person_id, item)
) strict;

-- When the last touch was, in milliseconds of the clock of whoever typed: an older one that comes late changes nothing.
create table score_touch (
    assessment_id BLOB not null references assessment (id),
    person_id BLOB not null references person (id),
    item INTEGER not null check (item between 1 and 25),
    at INTEGER not null,
    primary key (assessment_id, person_id, item)
) strict;
