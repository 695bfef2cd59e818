-- Who saw or changed what, when, in which role, on which ground (S18): written in the transaction
-- of the reading or writing itself, chained by hashes (S20). Identities only, no words (S21).

create table use_log (
    seq bigint primary key,
    at timestamptz not null,
    person_id uuid,
    role text,
    unit_id uuid,
    action text not null,
    object_kind text not null,
    object_id uuid,
    basis text not null,
    channel text not null,
    client_ids text not null,
    previous_hash text not null,
    hash text not null
);

create table use_log_client (
    seq bigint not null references use_log (seq),
    client_id uuid not null,
    primary key (seq, client_id)
);
create index use_log_client_client on use_log_client (client_id);

-- The end of the chain; locking this row puts writers in line.
create table use_log_head (
    id bigint primary key check (id = 1),
    seq bigint not null,
    hash text not null
);
insert into use_log_head (id, seq, hash) values (1, 0, '');

create function use_log_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the use log is append-only';
end
$$;
create trigger use_log_append_only before update or delete or truncate on use_log
    for each statement execute function use_log_is_append_only();
create trigger use_log_client_append_only before update or delete or truncate on use_log_client
    for each statement execute function use_log_is_append_only();
