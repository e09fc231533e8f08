-- One row per trackable utterance and outlet at $as_of.
select * from scored_claims($as_of) order by utterance_id, outlet_id
