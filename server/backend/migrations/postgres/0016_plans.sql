-- Plans made with a client and those who help: who took part, what was wished, who does what by when.

create table network_plan (
    id uuid primary key,
    client_id uuid not null references client (id),
    person_id uuid not null references person (id),
    day date not null,
    version bigint not null default 1,
    -- All but the actions (JSON of its fields).
    body text not null,
    next_meeting_on date,
    saved_at timestamptz not null,
    withdrawn_at timestamptz
);
create index network_plan_client on network_plan (client_id, day);

-- How a plan stood before each of its corrections, with its actions (JSON).
create table network_plan_version (
    plan_id uuid not null references network_plan (id),
    version bigint not null,
    person_id uuid not null references person (id),
    body text not null,
    saved_at timestamptz not null,
    primary key (plan_id, version)
);

create table plan_action (
    id uuid primary key,
    plan_id uuid not null references network_plan (id),
    place bigint not null,
    kind text not null,
    what text not null,
    -- Somebody who signs in here, the client, or a name.
    responsible_id uuid references person (id),
    of_client boolean not null,
    responsible text not null,
    by_day date,
    done_on date,
    done_by uuid references person (id),
    -- The open action of an earlier plan with which this one goes on. That one is then nobody's to do: its
    -- `responsible_id` is empty, and its `responsible` says who it was.
    from_id uuid references plan_action (id)
);
create index plan_action_plan on plan_action (plan_id, place);
create index plan_action_responsible on plan_action (responsible_id, done_on, by_day);
create index plan_action_from on plan_action (from_id);
