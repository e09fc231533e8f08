-- One row per article that another text of its page had taken the place of by $as_of.
select article_id from superseded_as_of($as_of)
