-- What a unit chooses about the rules of the estimates, what people attest of parts that records can't say, and the
-- criteria packs of the organisation.

create table fidelity_choice (
    unit_id BLOB primary key references unit (id),
    weeks INTEGER not null,
    clients INTEGER not null,
    jobs INTEGER not null,
    least_weeks INTEGER not null,
    habit INTEGER not null,
    why TEXT not null,
    chosen_by BLOB not null references person (id),
    chosen_at TEXT not null
) strict;

-- The last word on a part holds; what was said before stays.
create table attestation (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    part TEXT not null,
    -- Nothing when it was taken back.
    holds INTEGER check (holds in (0, 1)),
    rests_on TEXT not null,
    day TEXT not null,
    noted_by BLOB not null references person (id),
    noted_at TEXT not null
) strict;
create index attestation_unit on attestation (unit_id, day);

-- The pack that was loaded last is in force; assessments keep theirs.
create table criteria_pack (
    id BLOB primary key,
    pack TEXT not null,
    version INTEGER not null,
    body TEXT not null,
    loaded_by BLOB not null references person (id),
    loaded_at TEXT not null,
    withdrawn_at TEXT,
    unique (pack, version)
) strict;

-- The criteria look at what a unit did of late, whoever the client is.
create index client_meeting_unit_day on client_meeting (unit_id, day);
create index outreach_attempt_unit_day on outreach_attempt (unit_id, day);
