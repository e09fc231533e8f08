-- One row per claim and earlier claim whose place it took, directly or through others.
create or replace view claim_lineage as
with recursive chain as (
    select claim_id, was_claim_id
    from successions
    union
    select s.claim_id, c.was_claim_id
    from chain as c
    join successions as s on s.was_claim_id = c.claim_id
)
select claim_id, was_claim_id
from chain;
comment on view claim_lineage is 'One row is a claim and an earlier claim whose place it took, directly or through others; judgements follow it.';
comment on column claim_lineage.claim_id is 'The later claim.';
comment on column claim_lineage.was_claim_id is 'The earlier claim.';
