-- The team lead's week: what was said at supervision, and which client was thought through.

alter table meeting add column words TEXT not null default '';
alter table meeting add column minutes INTEGER;
-- Which partner a meeting was with.
alter table meeting add column partner TEXT not null default '';
alter table meeting add column noted_by BLOB references person (id);
alter table meeting add column noted_at TEXT;
alter table meeting add column withdrawn_at TEXT;
create index meeting_unit on meeting (unit_id, day);

create table supervision_client (
    id BLOB primary key,
    meeting_id BLOB not null references meeting (id),
    client_id BLOB not null references client (id),
    words TEXT not null
) strict;
create index supervision_client_meeting on supervision_client (meeting_id);
create index supervision_client_client on supervision_client (client_id);
