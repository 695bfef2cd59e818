-- Support for as long as it is wanted: no column of it says when it ends.

alter table support add column unit_id BLOB references unit (id);
alter table support add column giver TEXT not null default 'coach'
    check (giver in ('coach', 'care_team', 'family', 'peer', 'employer', 'other'));
alter table support add column giver_name TEXT not null default '';
alter table support add column words TEXT not null default '';
alter table support add column received_at TEXT;
alter table support add column withdrawn_at TEXT;
create index support_coach on support (coach_id, day);
create index support_job on support (job_id, day);

-- What was agreed about support around a job, from a day on: how often, or that the care team stands by and the
-- coach comes when asked.
create table support_agreement (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    job_id BLOB not null references job (id),
    from_day TEXT not null,
    kind TEXT not null check (kind in ('rhythm', 'care_team')),
    -- Days between two supports, for a rhythm.
    every_days INTEGER check (every_days between 1 and 366),
    -- Who stands by, where the care team does.
    stands_by TEXT not null,
    words TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index support_agreement_job on support_agreement (job_id, from_day);
create index support_agreement_client on support_agreement (client_id);

-- A coach's calendar as a feed for other programs; the address is known by its hash only.
create table calendar_feed (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    token_hash TEXT not null unique,
    language TEXT not null,
    made_at TEXT not null,
    ended_at TEXT
) strict;
create index calendar_feed_person on calendar_feed (person_id);
