-- One row per pair of claims that has been compared, with the decision that stands now.
create or replace view same_claims as
select claim_id, other_claim_id, verdict, score, detail, decided_by, recorded_at
from matches_as_of(now_as_of());
comment on view same_claims is 'One row is a pair of claims that has been compared, with the decision that stands now.';
comment on column same_claims.claim_id is 'The first claim: it is same as, narrower or broader than, contrary to or different from the other.';
comment on column same_claims.other_claim_id is 'The other claim.';
comment on column same_claims.verdict is 'same, narrower, broader, contrary or different.';
comment on column same_claims.score is 'How sure the decision is, 0 to 1.';
comment on column same_claims.detail is 'What was compared and what it gave, in words.';
comment on column same_claims.decided_by is 'The method and its version, or "person:" and a name.';
comment on column same_claims.recorded_at is 'When it was decided (UTC).';
