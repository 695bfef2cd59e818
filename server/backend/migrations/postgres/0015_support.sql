-- Support for as long as it is wanted: no column of it says when it ends.

alter table support add column unit_id uuid references unit (id);
alter table support add column giver text not null default 'coach'
    check (giver in ('coach', 'care_team', 'family', 'peer', 'employer', 'other'));
alter table support add column giver_name text not null default '';
alter table support add column words text not null default '';
alter table support add column received_at timestamptz;
alter table support add column withdrawn_at timestamptz;
create index support_coach on support (coach_id, day);
create index support_job on support (job_id, day);

-- What was agreed about support around a job, from a day on: how often, or that the care team stands by and the
-- coach comes when asked.
create table support_agreement (
    id uuid primary key,
    client_id uuid not null references client (id),
    job_id uuid not null references job (id),
    from_day date not null,
    kind text not null check (kind in ('rhythm', 'care_team')),
    -- Days between two supports, for a rhythm.
    every_days bigint check (every_days between 1 and 366),
    -- Who stands by, where the care team does.
    stands_by text not null,
    words text not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null,
    withdrawn_at timestamptz
);
create index support_agreement_job on support_agreement (job_id, from_day);
create index support_agreement_client on support_agreement (client_id);

-- A coach's calendar as a feed for other programs; the address is known by its hash only.
create table calendar_feed (
    id uuid primary key,
    person_id uuid not null references person (id),
    token_hash text not null unique,
    language text not null,
    made_at timestamptz not null,
    ended_at timestamptz
);
create index calendar_feed_person on calendar_feed (person_id);
