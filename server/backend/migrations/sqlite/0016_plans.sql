-- Plans made with a client and those who help: who took part, what was wished, who does what by when.

create table network_plan (
    id BLOB primary key,
    client_id BLOB not null references client (id),
    person_id BLOB not null references person (id),
    day TEXT not null,
    version INTEGER not null default 1,
    -- All but the actions (JSON of its fields).
    body TEXT not null,
    next_meeting_on TEXT,
    saved_at TEXT not null,
    withdrawn_at TEXT
) strict;
create index network_plan_client on network_plan (client_id, day);

-- How a plan stood before each of its corrections, with its actions (JSON).
create table network_plan_version (
    plan_id BLOB not null references network_plan (id),
    version INTEGER not null,
    person_id BLOB not null references person (id),
    body TEXT not null,
    saved_at TEXT not null,
    primary key (plan_id, version)
) strict;

create table plan_action (
    id BLOB primary key,
    plan_id BLOB not null references network_plan (id),
    place INTEGER not null,
    kind TEXT not null,
    what TEXT not null,
    -- Somebody who signs in here, the client, or a name.
    responsible_id BLOB references person (id),
    of_client INTEGER not null,
    responsible TEXT not null,
    by_day TEXT,
    done_on TEXT,
    done_by BLOB references person (id),
    -- The open action of an earlier plan with which this one goes on. That one is then nobody's to do: its
    -- `responsible_id` is empty, and its `responsible` says who it was.
    from_id BLOB references plan_action (id)
) strict;
create index plan_action_plan on plan_action (plan_id, place);
create index plan_action_responsible on plan_action (responsible_id, done_on, by_day);
create index plan_action_from on plan_action (from_id);
