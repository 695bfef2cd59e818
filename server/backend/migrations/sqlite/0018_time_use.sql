-- What a week went to, written by the coach; a correction keeps what stood before.

alter table time_use add column noted_by BLOB references person (id);
alter table time_use add column noted_at TEXT;

create table time_use_before (
    id BLOB primary key,
    week_of TEXT not null,
    coach_id BLOB not null references person (id),
    category TEXT not null,
    place TEXT not null,
    minutes INTEGER not null,
    replaced_at TEXT not null,
    replaced_by BLOB not null references person (id)
) strict;
create index time_use_before_coach on time_use_before (coach_id, week_of);
create index time_use_coach on time_use (coach_id, week_of);
