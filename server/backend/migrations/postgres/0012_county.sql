-- What a page of a unit's clients is read off, in a county of 20,000 closed ones.
drop index client_unit;
create index client_unit on client (unit_id, closed_on desc, id);

-- The uses of a client's data, the newest first, without looking at all of them.
drop index use_log_client_client;
create index use_log_client_client on use_log_client (client_id, seq);

-- The register as a list reads a page off the names that stand for themselves; nearly all do, so an index of those
-- that were merged says nothing of them, and would be preferred all the same.
drop index employer_survivor;
create index employer_survivor on employer (survivor_id) where survivor_id is not null;
drop index employer_name;
create index employer_name on employer (name_sorted, id) where survivor_id is null;

-- What its filters offer.
create index employer_place on employer (municipality) where survivor_id is null;
create index employer_section_2008 on employer (section_tol2008) where survivor_id is null;
create index employer_section_2025 on employer (section_tol2025) where survivor_id is null;

-- Those that a coach named on the spot and nobody has filled in: Today asks for them.
create index employer_provisional on employer (created_by, created_at) where provisional;
