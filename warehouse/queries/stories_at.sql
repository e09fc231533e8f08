-- One row per article and its story at $as_of.
select article_id, story_id from stories_as_of($as_of)
