-- What came sealed stands under its envelope, too: two tabs may hand in the same entry with other words, and neither is
-- written over. A draft gives way to a newer one and to what was made of it.
create table arrival_by_envelope (
    entry_id BLOB not null,
    person_id BLOB not null references person (id),
    device_id BLOB not null references device (id),
    rev INTEGER not null,
    finished INTEGER not null default 0,
    sha256 TEXT not null,
    outcome TEXT not null,
    body TEXT,
    envelope TEXT,
    received_at TEXT not null,
    reported_at TEXT,
    estimated_at TEXT,
    skew_seconds INTEGER,
    backup INTEGER,
    primary key (entry_id, device_id, sha256)
) strict;
insert into arrival_by_envelope (entry_id, person_id, device_id, rev, finished, sha256, outcome, body, envelope, received_at,
    reported_at, estimated_at, skew_seconds, backup)
select entry_id, person_id, device_id, rev, body is not null, sha256, outcome, body, envelope, received_at, reported_at, estimated_at,
    skew_seconds, backup from arrival;
drop table arrival;
alter table arrival_by_envelope rename to arrival;
create index arrival_device on arrival (device_id);
create index arrival_waits on arrival (person_id) where body is not null or envelope is not null;
