-- One row per claim with a question: the version that stood at as_of (before its first: the first).
create or replace macro questions_as_of(as_of) as table
select
    question_id, claim_id, version, held_up_if, failed_if, earliest, latest, observability, written_by, note, recorded_at
from questions
qualify row_number() over (
    partition by claim_id
    -- A claim is read and its question written in one go: only an archive that is loaded late is asked about before.
    order by recorded_at <= as_of desc, if(recorded_at <= as_of, version, -version) desc
) = 1;
comment on macro table questions_as_of is 'One row is a claim and what would settle it, as that stood at as_of; before its first version, the first.';
