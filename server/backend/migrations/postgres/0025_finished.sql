-- What came sealed stands under its envelope, too: two tabs may hand in the same entry with other words, and neither is
-- written over. A draft gives way to a newer one and to what was made of it.
alter table arrival add column finished boolean not null default false;
update arrival set finished = true where body is not null;
alter table arrival drop constraint arrival_pkey;
alter table arrival add primary key (entry_id, device_id, sha256);
