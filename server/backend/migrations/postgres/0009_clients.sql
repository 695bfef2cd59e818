-- Clients in full: the memo that refers them, their way through the service, what is written about them,
-- what may be told, and who may see it besides their coaches.

-- A team's memo. What was sent is corrected in new versions, never changed.
create table referral (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    team_id uuid not null references team (id),
    referrer_id uuid not null references person (id),
    -- The client that it became, or whose second memo it is.
    client_id uuid references client (id),
    version bigint not null default 1,
    name text not null,
    birth_year bigint,
    phone text not null,
    wish text not null,
    contact_wish text not null,
    share text not null,
    share_until date,
    words text not null,
    sent_at timestamptz not null,
    sent_on date not null,
    received_on date,
    received_by uuid references person (id),
    decided_on date,
    decided_by uuid references person (id),
    accepted boolean,
    decline_reason text,
    decline_words text,
    first_meeting_on date,
    info_on date,
    info_care_worker text,
    withdrawn_on date
);
create index referral_unit on referral (unit_id, sent_on);
create index referral_team on referral (team_id, sent_on);
create index referral_client on referral (client_id);

-- How a memo stood before each of its corrections.
create table referral_version (
    referral_id uuid not null references referral (id),
    version bigint not null,
    person_id uuid not null references person (id),
    name text not null,
    birth_year bigint,
    phone text not null,
    wish text not null,
    contact_wish text not null,
    share text not null,
    share_until date,
    words text not null,
    corrected_at timestamptz not null,
    primary key (referral_id, version)
);

-- Who was talked about at a team meeting, referred or not yet.
create table meeting_talk (
    id uuid primary key,
    meeting_id uuid not null references meeting (id),
    client_id uuid references client (id),
    referral_id uuid references referral (id),
    alias text not null,
    outcome text not null check (outcome in ('talked', 'to_refer', 'not_now', 'follow')),
    words text not null,
    person_id uuid not null references person (id),
    written_at timestamptz not null
);
create index meeting_talk_meeting on meeting_talk (meeting_id);
create index meeting_talk_client on meeting_talk (client_id);
create index meeting_team on meeting (team_id, day);

alter table client add column phone text;
alter table client add column email text;
alter table client add column contact_wish text;
-- The phase that the coach chose; none = as the records say.
alter table client add column phase text check (phase in ('entry', 'profile', 'search', 'employer', 'support'));
alter table client add column paused_on date;
alter table client add column next_step text;
alter table client add column next_step_on date;
create index client_team on client (team_id);

-- The way through the service, each step with its day and who noted it.
create table client_step (
    id uuid primary key,
    client_id uuid not null references client (id),
    kind text not null check (kind in
        ('agreed', 'paused', 'resumed', 'closed', 'reopened', 'coach', 'phase')),
    day date not null,
    person_id uuid not null references person (id),
    reason text,
    words text not null,
    noted_at timestamptz not null
);
create index client_step_client on client_step (client_id, day);

-- The professional profile, each version whole (JSON of its fields).
create table client_profile (
    id uuid primary key,
    client_id uuid not null references client (id),
    version bigint not null,
    person_id uuid not null references person (id),
    body text not null,
    saved_at timestamptz not null,
    unique (client_id, version)
);

create table client_note (
    id uuid primary key,
    client_id uuid not null references client (id),
    person_id uuid not null references person (id),
    day date not null,
    words text not null,
    written_at timestamptz not null,
    withdrawn_at timestamptz
);
create index client_note_client on client_note (client_id, day);

-- Meetings with a client, also those to which nobody came, and attempts to reach one. Written once, by
-- commands like visits.
create table client_meeting (
    id uuid primary key,
    client_id uuid not null references client (id),
    coach_id uuid not null references person (id),
    unit_id uuid not null references unit (id),
    day date not null,
    at_time time,
    mode text not null check (mode in ('in_person', 'phone', 'email', 'video')),
    place text not null check (place in ('workplace', 'community', 'office')),
    minutes bigint not null check (minutes between 0 and 1440),
    no_show boolean not null,
    care_worker text not null,
    words text not null,
    received_at timestamptz not null,
    withdrawn_at timestamptz
);
create index client_meeting_client on client_meeting (client_id, day);
create index client_meeting_coach on client_meeting (coach_id, day);

create table outreach_attempt (
    id uuid primary key,
    client_id uuid not null references client (id),
    coach_id uuid not null references person (id),
    unit_id uuid not null references unit (id),
    day date not null,
    way text not null check (way in ('phone', 'message', 'letter', 'home_visit', 'care_team', 'other')),
    reached boolean not null,
    words text not null,
    received_at timestamptz not null,
    withdrawn_at timestamptz
);
create index outreach_attempt_client on outreach_attempt (client_id, day);

-- What may be told to an employer; without an employer, to all of them. Each change is a row of its own.
create table disclosure (
    id uuid primary key,
    client_id uuid not null references client (id),
    employer_id uuid references employer (id),
    may_tell text not null check (may_tell in ('nothing', 'service', 'needs', 'health')),
    agreed_words text not null,
    from_day date not null,
    withdrawn_on date,
    withdrawn_by uuid references person (id),
    person_id uuid not null references person (id),
    noted_at timestamptz not null
);
create index disclosure_client on disclosure (client_id);
create index disclosure_employer on disclosure (employer_id);

create table disclosure_talk (
    id uuid primary key,
    client_id uuid not null references client (id),
    day date not null,
    words text not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null
);
create index disclosure_talk_client on disclosure_talk (client_id, day);

-- Consent to exchange information: with whom, what, for what, from when to when.
create table consent (
    id uuid primary key,
    client_id uuid not null references client (id),
    recipient text not null,
    categories text not null,
    purpose text not null,
    from_day date not null,
    to_day date,
    withdrawn_on date,
    withdrawn_by uuid references person (id),
    person_id uuid not null references person (id),
    noted_at timestamptz not null
);
create index consent_client on consent (client_id);

-- Whom a change of a consent is to be told, and when that was done.
create table consent_notice (
    id uuid primary key,
    consent_id uuid not null references consent (id),
    kind text not null check (kind in ('given', 'withdrawn')),
    due_since date not null,
    told_on date,
    told_by uuid references person (id)
);
create index consent_notice_consent on consent_notice (consent_id);

-- Who stands in for a coach, both days included.
create table substitute (
    id uuid primary key,
    coach_id uuid not null references person (id),
    substitute_id uuid not null references person (id),
    from_day date not null,
    to_day date not null,
    person_id uuid not null references person (id),
    noted_at timestamptz not null,
    ended_on date,
    check (to_day >= from_day)
);
create index substitute_substitute on substitute (substitute_id, to_day);
create index substitute_coach on substitute (coach_id);

-- Reading outside the relation, with a written reason, for an hour.
create table break_glass (
    id uuid primary key,
    person_id uuid not null references person (id),
    client_id uuid not null references client (id),
    unit_id uuid not null references unit (id),
    reason text not null,
    began_at timestamptz not null,
    ends_at timestamptz not null,
    reviewed_at timestamptz,
    reviewed_by uuid references person (id),
    review_words text
);
create index break_glass_person on break_glass (person_id, client_id, ends_at);
create index break_glass_unit on break_glass (unit_id, began_at);

-- Somebody read many different clients within an hour (S23): when it began, and what came of looking into it.
create table bulk_read (
    id uuid primary key,
    person_id uuid not null references person (id),
    began_at timestamptz not null,
    raised_at timestamptz not null,
    clients bigint not null,
    reviewed_at timestamptz,
    reviewed_by uuid references person (id),
    review_words text
);
create index bulk_read_person on bulk_read (person_id, raised_at);
-- Finds what one person used of late.
create index use_log_person on use_log (person_id, at);
alter table organisation add column bulk_read_limit bigint not null default 100;

-- Every change of the organisation: what stood before, what after (JSON of the kind's own fields).
create table organisation_change (
    id uuid primary key,
    person_id uuid not null references person (id),
    changed_at timestamptz not null,
    kind text not null,
    subject_id uuid,
    before_json text not null,
    after_json text not null
);
create index organisation_change_at on organisation_change (changed_at);
