-- A dossier that was opened to a reviewer for some days: of which unit, and as things stood on which day.

create table dossier (
    id BLOB primary key,
    unit_id BLOB not null references unit (id),
    day TEXT not null,
    reviewer_id BLOB not null references person (id),
    from_day TEXT not null,
    to_day TEXT not null,
    -- Do the words of people go with it: reasons of scores, what is done?
    words INTEGER not null check (words in (0, 1)),
    opened_by BLOB not null references person (id),
    opened_at TEXT not null,
    closed_by BLOB references person (id),
    closed_at TEXT,
    check (from_day <= to_day)
) strict;
create index dossier_unit on dossier (unit_id, to_day);
create index dossier_reviewer on dossier (reviewer_id, to_day);
