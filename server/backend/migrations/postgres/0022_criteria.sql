-- What a unit chooses about the rules of the estimates, what people attest of parts that records can't say, and the
-- criteria packs of the organisation.

create table fidelity_choice (
    unit_id uuid primary key references unit (id),
    weeks bigint not null,
    clients bigint not null,
    jobs bigint not null,
    least_weeks bigint not null,
    habit bigint not null,
    why text not null,
    chosen_by uuid not null references person (id),
    chosen_at timestamptz not null
);

-- The last word on a part holds; what was said before stays.
create table attestation (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    part text not null,
    -- Nothing when it was taken back.
    holds bigint check (holds in (0, 1)),
    rests_on text not null,
    day date not null,
    noted_by uuid not null references person (id),
    noted_at timestamptz not null
);
create index attestation_unit on attestation (unit_id, day);

-- The pack that was loaded last is in force; assessments keep theirs.
create table criteria_pack (
    id uuid primary key,
    pack text not null,
    version bigint not null,
    body text not null,
    loaded_by uuid not null references person (id),
    loaded_at timestamptz not null,
    withdrawn_at timestamptz,
    unique (pack, version)
);

-- The criteria look at what a unit did of late, whoever the client is.
create index client_meeting_unit_day on client_meeting (unit_id, day);
create index outreach_attempt_unit_day on outreach_attempt (unit_id, day);
