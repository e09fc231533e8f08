-- One row per claim of $claim_ids and one of the $k others that share the heaviest terms with it (Okapi BM25), best first.
with current_claims as (
    select unnest(claim_ids) as claim_id from extractions_as_of($as_of)
    union
    select unnest(claim_ids) from extractions_as_of($ever)
),
pool as materialized (
    select
        row_number() over (order by claim_id) as place, claim_id, story_id, family, epoch(made_at) / 86400 as day, length,
        terms, counts
    from claim_terms
    where
        stands
        and (made_at between $first and $last or story_id in (select unnest($story_ids)))
        and claim_id in (select claim_id from current_claims)
),
size as (
    select count(*) as n, greatest(avg(length), 1.0) as mean from pool
),
postings as materialized (
    select
        place, hash(story_id) as story, family, day, unnest(terms) as term,
        length / (select mean from size) as relative_length, unnest(counts) as count
    from pool
),
frequencies as (
    select term, count(*) as n_claims from postings group by term
),
asked as materialized (
    select claim_id, story_id, family, reach_days, epoch(made_at) / 86400 as day, terms
    from claim_terms
    where claim_id in (select unnest($claim_ids))
),
asked_terms as (
    select
        a.claim_id, f.term, f.n_claims, ln(1 + (s.n - f.n_claims + 0.5) / (f.n_claims + 0.5)) as idf,
        f.n_claims <= greatest($common_at_least, $common * s.n) as is_rare
    from (select claim_id, unnest(terms) as term from asked) as a
    join frequencies as f using (term)
    cross join size as s
),
-- A term of too many claims finds too many: it is asked only where there is hardly a rarer one.
ranked as (
    select
        *,
        count(*) filter (is_rare) over (partition by claim_id) as count_rare,
        row_number() over (partition by claim_id order by n_claims, term) as nth,
        sum(n_claims) over (partition by claim_id order by n_claims, term rows unbounded preceding) as so_many
    from asked_terms
),
used as (
    select claim_id, term, idf
    from ranked
    where (is_rare or count_rare < 2) and (nth <= 2 or so_many <= $budget)
),
scored as (
    select
        a.claim_id, p.place,
        sum(u.idf * p.count * ($k1 + 1) / (p.count + $k1 * (1 - $b + $b * p.relative_length))) as score
    from used as u
    join asked as a using (claim_id)
    join postings as p
        on p.term = u.term
        and p.family = a.family
        and (abs(p.day - a.day) <= a.reach_days or p.story = hash(a.story_id))
    group by all
)
select s.claim_id, p.claim_id as other_claim_id, s.score
from scored as s
join pool as p using (place)
where p.claim_id <> s.claim_id
qualify row_number() over (partition by s.claim_id order by s.score desc, p.place) <= $k
order by s.claim_id, s.score desc, p.place
