-- What a week went to, written by the coach; a correction keeps what stood before.

alter table time_use add column noted_by uuid references person (id);
alter table time_use add column noted_at timestamptz;

create table time_use_before (
    id uuid primary key,
    week_of date not null,
    coach_id uuid not null references person (id),
    category text not null,
    place text not null,
    minutes bigint not null,
    replaced_at timestamptz not null,
    replaced_by uuid not null references person (id)
);
create index time_use_before_coach on time_use_before (coach_id, week_of);
create index time_use_coach on time_use (coach_id, week_of);
