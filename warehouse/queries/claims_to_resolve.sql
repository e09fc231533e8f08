-- One row per trackable claim without a judgement at $as_of.
select claim_id from claim_status($as_of) where workflow in ('open', 'due', 'proposed', 'reopened')
