-- Which of the erasures that are written down beside the keys this database has carried out: one that is put back from an
-- older backup has a lower number, and carries out the rest before it is opened.
create table erasure_ledger (
    id INTEGER primary key check (id = 1),
    carried_out INTEGER not null
) strict;
insert into erasure_ledger (id, carried_out) values (1, 0);
