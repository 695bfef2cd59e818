-- The team lead's week: what was said at supervision, and which client was thought through.

alter table meeting add column words text not null default '';
alter table meeting add column minutes bigint;
-- Which partner a meeting was with.
alter table meeting add column partner text not null default '';
alter table meeting add column noted_by uuid references person (id);
alter table meeting add column noted_at timestamptz;
alter table meeting add column withdrawn_at timestamptz;
create index meeting_unit on meeting (unit_id, day);

create table supervision_client (
    id uuid primary key,
    meeting_id uuid not null references meeting (id),
    client_id uuid not null references client (id),
    words text not null
);
create index supervision_client_meeting on supervision_client (meeting_id);
create index supervision_client_client on supervision_client (client_id);
