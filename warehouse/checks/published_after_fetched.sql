-- Articles said to be published after they were fetched.
select article_id, published_earliest, fetched_at from articles where published_earliest > fetched_at or published_latest > fetched_at
