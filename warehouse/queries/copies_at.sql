-- One row per live copy decision at $as_of.
select *, null::timestamptz as withdrawn_at from copies_as_of($as_of) order by article_id, of_article_id
