-- Who saw or changed what, when, in which role, on which ground (S18): written in the transaction
-- of the reading or writing itself, chained by hashes (S20). Identities only, no words (S21).

create table use_log (
    seq INTEGER primary key,
    at TEXT not null,
    person_id BLOB,
    role TEXT,
    unit_id BLOB,
    action TEXT not null,
    object_kind TEXT not null,
    object_id BLOB,
    basis TEXT not null,
    channel TEXT not null,
    client_ids TEXT not null,
    previous_hash TEXT not null,
    hash TEXT not null
) strict;

create table use_log_client (
    seq INTEGER not null references use_log (seq),
    client_id BLOB not null,
    primary key (seq, client_id)
) strict;
create index use_log_client_client on use_log_client (client_id);

-- The end of the chain; locking this row puts writers in line.
create table use_log_head (
    id INTEGER primary key check (id = 1),
    seq INTEGER not null,
    hash TEXT not null
) strict;
insert into use_log_head (id, seq, hash) values (1, 0, '');

create trigger use_log_no_update before update on use_log
begin
    select raise(abort, 'the use log is append-only');
end;
create trigger use_log_no_delete before delete on use_log
begin
    select raise(abort, 'the use log is append-only');
end;
create trigger use_log_client_no_update before update on use_log_client
begin
    select raise(abort, 'the use log is append-only');
end;
create trigger use_log_client_no_delete before delete on use_log_client
begin
    select raise(abort, 'the use log is append-only');
end;
