-- One row per live match decision at $as_of.
select *, null::timestamptz as withdrawn_at from matches_as_of($as_of) order by claim_id, other_claim_id
