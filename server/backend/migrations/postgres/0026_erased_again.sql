-- Which of the erasures that are written down beside the keys this database has carried out: one that is put back from an
-- older backup has a lower number, and carries out the rest before it is opened.
create table erasure_ledger (
    id smallint primary key check (id = 1),
    carried_out bigint not null
);
insert into erasure_ledger (id, carried_out) values (1, 0);
