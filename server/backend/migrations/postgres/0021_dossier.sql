-- A dossier that was opened to a reviewer for some days: of which unit, and as things stood on which day.

create table dossier (
    id uuid primary key,
    unit_id uuid not null references unit (id),
    day date not null,
    reviewer_id uuid not null references person (id),
    from_day date not null,
    to_day date not null,
    -- Do the words of people go with it: reasons of scores, what is done?
    words bigint not null check (words in (0, 1)),
    opened_by uuid not null references person (id),
    opened_at timestamptz not null,
    closed_by uuid references person (id),
    closed_at timestamptz,
    check (from_day <= to_day)
);
create index dossier_unit on dossier (unit_id, to_day);
create index dossier_reviewer on dossier (reviewer_id, to_day);
