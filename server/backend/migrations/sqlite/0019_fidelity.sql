-- Assessments of the 25 criteria by people: who scores, each assessor's own scores, what was agreed on, and when it
-- was signed. Nothing of it changes after that; later corrections are dated notes.

create table assessment (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    day TEXT not null,
    kind TEXT not null check (kind in ('self', 'peer', 'external')),
    -- The criteria pack that it was made with, and its edition.
    pack TEXT not null,
    pack_version INTEGER not null,
    begun_by BLOB not null references person (id),
    begun_at TEXT not null,
    signed_by BLOB references person (id),
    signed_at TEXT,
    withdrawn_at TEXT
) strict;
create index assessment_unit on assessment (unit_id, day);

create table assessor (
    assessment_id BLOB not null references assessment (id),
    person_id BLOB not null references person (id),
    primary key (assessment_id, person_id)
) strict;

-- One assessor's own score of an item; none while there is no evidence yet. What the records said when it was given
-- stands beside it.
create table own_score (
    assessment_id BLOB not null references assessment (id),
    person_id BLOB not null references person (id),
    item INTEGER not null check (item between 1 and 25),
    score INTEGER check (score between 1 and 5),
    reason TEXT not null,
    evidence TEXT not null,
    estimate INTEGER,
    estimate_part INTEGER,
    estimate_of INTEGER,
    noted_at TEXT not null,
    primary key (assessment_id, person_id, item)
) strict;

-- What the assessors agreed on.
create table settled_score (
    assessment_id BLOB not null references assessment (id),
    item INTEGER not null check (item between 1 and 25),
    score INTEGER not null check (score between 1 and 5),
    reason TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null,
    primary key (assessment_id, item)
) strict;

create table assessment_note (
    id BLOB primary key,
    assessment_id BLOB not null references assessment (id),
    day TEXT not null,
    words TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null
) strict;
create index assessment_note_assessment on assessment_note (assessment_id);
