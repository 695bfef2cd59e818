-- Clients in full: the memo that refers them, their way through the service, what is written about them,
-- what may be told, and who may see it besides their coaches.

-- A team's memo. What was sent is corrected in new versions, never changed.
create table referral (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    team_id BLOB not null references team (id),
    referrer_id BLOB not null references person (id),
    -- The client that it became, or whose second memo it is.
    client_id BLOB references client (id),
    version INTEGER not null default 1,
    name TEXT not null,
    birth_year INTEGER,
    phone TEXT not null,
    wish TEXT not null,
    contact_wish TEXT not null,
    share TEXT not null,
    share_until TEXT,
    words TEXT not null,
    sent_at TEXT not null,
    sent_on TEXT not null,
    received_on TEXT,
    received_by BLOB references person (id),
    decided_on TEXT,
    decided_by BLOB references person (id),
    accepted INTEGER,
    decline_reason TEXT,
    decline_words TEXT,
    first_meeting_on TEXT,
    info_on TEXT,
    info_care_worker TEXT,
    withdrawn_on TEXT
) strict;
create index referral_unit on referral (unit_id, sent_on);
create index referral_team on referral (team_id, sent_on);
create index referral_client on referral (client_id);

-- How a memo stood before each of its corrections.
create table referral_version (
    referral_id BLOB not null references referral (id),
    version INTEGER not null,
    person_id BLOB not null references person (id),
    name TEXT not null,
    birth_year INTEGER,
    phone TEXT not null,
    wish TEXT not null,
    contact_wish TEXT not null,
    share TEXT not null,
    share_until TEXT,
    words TEXT not null,
    corrected_at TEXT not null,
    primary key (referral_id, version)
) strict;

-- Who was talked about at a team meeting, referred or not yet.
create table meeting_talk (
    id BLOB primary key,
    meeting_id BLOB not null references meeting (id),
    client_id BLOB references client (id),
    referral_id BLOB references referral (id),
    alias TEXT not null,
    outcome TEXT not null check (outcome in ('talked', 'to_refer', 'not_now', 'follow')),
    words TEXT not null,
    person_id BLOB not null references person (id),
    written_at TEXT not null
) strict;
create index meeting_talk_meeting on meeting_talk (meeting_id);
create index meeting_talk_client on meeting_talk (client_id);
create index meeting_team on meeting (team_id, day);

alter table client add column phone TEXT;
alter table client add column email TEXT;
alter table client add column contact_wish TEXT;
-- The phase that the coach chose; none = as the records say.
alter table client add column phase TEXT check (phase in ('entry', 'profile', 'search', 'employer', 'support'));
alter table client add column paused_on TEXT;
alter table client add column next_step TEXT;
alter table client add column next_step_on TEXT;
create index client_team on client (team_id);

-- The way through the service, each step with its day and who noted it.
create table client_step (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    kind TEXT not null check (kind in
        ('agreed', 'paused', 'resumed', 'closed', 'reopened', 'coach', 'phase')),
    day TEXT not null,
    person_id BLOB not null references person (id),
    reason TEXT,
    words TEXT not null,
    noted_at TEXT not null
) strict;
create index client_step_client on client_step (client_id, day);

-- The professional profile, each version whole (JSON of its fields).
create table client_profile (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    version INTEGER not null,
    person_id BLOB not null references person (id),
    body TEXT not null,
    saved_at TEXT not null,
    unique (client_id, version)
) strict;

create table client_note (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    person_id BLOB not null references person (id),
    day TEXT not null,
    words TEXT not null,
    written_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index client_note_client on client_note (client_id, day);

-- Meetings with a client, also those to which nobody came, and attempts to reach one. Written once, by
-- commands like visits.
create table client_meeting (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    coach_id BLOB not null references person (id),
    unit_id BLOB not null references unit (id),
    day TEXT not null,
    at_time TEXT,
    mode TEXT not null check (mode in ('in_person', 'phone', 'email', 'video')),
    place TEXT not null check (place in ('workplace', 'community', 'office')),
    minutes INTEGER not null check (minutes between 0 and 1440),
    no_show INTEGER not null,
    care_worker TEXT not null,
    words TEXT not null,
    received_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index client_meeting_client on client_meeting (client_id, day);
create index client_meeting_coach on client_meeting (coach_id, day);

create table outreach_attempt (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    coach_id BLOB not null references person (id),
    unit_id BLOB not null references unit (id),
    day TEXT not null,
    way TEXT not null check (way in ('phone', 'message', 'letter', 'home_visit', 'care_team', 'other')),
    reached INTEGER not null,
    words TEXT not null,
    received_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index outreach_attempt_client on outreach_attempt (client_id, day);

-- What may be told to an employer; without an employer, to all of them. Each change is a row of its own.
create table disclosure (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    employer_id BLOB references employer (id),
    may_tell TEXT not null check (may_tell in ('nothing', 'service', 'needs', 'health')),
    agreed_words TEXT not null,
    from_day TEXT not null,
    withdrawn_on TEXT,
    withdrawn_by BLOB references person (id),
    person_id BLOB not null references person (id),
    noted_at TEXT not null
) strict;
create index disclosure_client on disclosure (client_id);
create index disclosure_employer on disclosure (employer_id);

create table disclosure_talk (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    day TEXT not null,
    words TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null
) strict;
create index disclosure_talk_client on disclosure_talk (client_id, day);

-- Consent to exchange information: with whom, what, for what, from when to when.
create table consent (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    recipient TEXT not null,
    categories TEXT not null,
    purpose TEXT not null,
    from_day TEXT not null,
    to_day TEXT,
    withdrawn_on TEXT,
    withdrawn_by BLOB references person (id),
    person_id BLOB not null references person (id),
    noted_at TEXT not null
) strict;
create index consent_client on consent (client_id);

-- Whom a change of a consent is to be told, and when that was done.
create table consent_notice (
    id BLOB primary key,
    consent_id BLOB not null references consent (id),
    kind TEXT not null check (kind in ('given', 'withdrawn')),
    due_since TEXT not null,
    told_on TEXT,
    told_by BLOB references person (id)
) strict;
create index consent_notice_consent on consent_notice (consent_id);

-- Who stands in for a coach, both days included.
create table substitute (
    id BLOB primary key,
    coach_id BLOB not null references person (id),
    substitute_id BLOB not null references person (id),
    from_day TEXT not null,
    to_day TEXT not null,
    person_id BLOB not null references person (id),
    noted_at TEXT not null,
    ended_on TEXT,
    check (to_day >= from_day)
) strict;
create index substitute_substitute on substitute (substitute_id, to_day);
create index substitute_coach on substitute (coach_id);

-- Reading outside the relation, with a written reason, for an hour.
create table break_glass (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    client_id BLOB not null references client (id),
    unit_id BLOB not null references unit (id),
    reason TEXT not null,
    began_at TEXT not null,
    ends_at TEXT not null,
    reviewed_at TEXT,
    reviewed_by BLOB references person (id),
    review_words TEXT
) strict;
create index break_glass_person on break_glass (person_id, client_id, ends_at);
create index break_glass_unit on break_glass (unit_id, began_at);

-- Somebody read many different clients within an hour (S23): when it began, and what came of looking into it.
create table bulk_read (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    began_at TEXT not null,
    raised_at TEXT not null,
    clients INTEGER not null,
    reviewed_at TEXT,
    reviewed_by BLOB references person (id),
    review_words TEXT
) strict;
create index bulk_read_person on bulk_read (person_id, raised_at);
-- Finds what one person used of late.
create index use_log_person on use_log (person_id, at);
alter table organisation add column bulk_read_limit INTEGER not null default 100;

-- Every change of the organisation: what stood before, what after (JSON of the kind's own fields).
create table organisation_change (
    id BLOB primary key,
    person_id BLOB not null references person (id),
    changed_at TEXT not null,
    kind TEXT not null,
    subject_id BLOB,
    before_json TEXT not null,
    after_json TEXT not null
) strict;
create index organisation_change_at on organisation_change (changed_at);
