-- What the lists of a page find their visits by, in a unit of 200,000 of them.

-- A unit's visits in the order in which they are shown: a page is read off it.
drop index visit_unit;
create index visit_unit on visit (unit_id, day desc, at_time desc nulls last, id desc);

-- Has the coach been there again? Asked for each next step.
create index visit_employer_coach on visit (employer_id, coach_id, day);

-- Whose next step is when.
create index visit_next_step on visit ((coalesce(step_owner_id, coach_id)), next_step_on)
    where next_step_on is not null;
drop index visit_step_owner;

-- Few visits have a second coach: the others need no place in this.
drop index visit_with;
create index visit_with on visit (with_id, day) where with_id is not null;
