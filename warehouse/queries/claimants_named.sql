-- One row per claimant of this name, accents and case aside, the exact one first.
select *
from claimants
where strip_accents(lower(name)) = strip_accents(lower($name)) and is_person = $is_person
order by name = $name desc, claimant_id
