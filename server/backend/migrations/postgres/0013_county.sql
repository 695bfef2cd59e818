-- What a page of a unit's clients is read off, in a county of 20,000 closed ones.
drop index client_unit;
create index client_unit on client (unit_id, closed_on desc, id);

-- The uses of a client's data, the newest first, without looking at all of them.
drop index use_log_client_client;
create index use_log_client_client on use_log_client (client_id, seq);
