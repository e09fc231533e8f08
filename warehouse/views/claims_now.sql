-- One row per current claim, with its source, standing and outcome as known now.
create or replace view claims_now as
with counted as (
    select
        s.proposition_id,
        count(distinct c.article_id) as n_articles,
        count(distinct a.outlet_id) as n_outlets,
        count(distinct c.article_id) - count(distinct s.story_id) as n_copies,
        count(distinct s.origin_id) as n_origins
    from claim_status(now_as_of()) as s
    join claims_as_of(now_as_of()) as c using (claim_id)
    join articles as a on a.article_id = c.article_id
    group by all
)
select
    c.claim_id, c.article_id, a.outlet_id, a.url, a.title, a.published_earliest, a.published_latest, a.published_basis,
    a.fetched_at,
    substring(a.text, c.passage.start + 1, c.passage.end - c.passage.start) as passage,
    c.claim_text, c.source_text, c.resolved_source, c.claimant_id, c.descriptor, c.anonymity, c.plurality,
    c.condition_stated, c.condition_reason, c.told_to, c.relayed_by, c.kind, c.polarity, c.modality, c.modality_phrase,
    c.trackable, c.horizon_text, s.due_earliest, s.due_latest,
    n.n_articles, n.n_outlets, n.n_copies, n.n_origins,
    s.workflow, s.outcome, s.outcome_recorded_at, c.extractor, c.reader,
    c.attribution_id, c.level_reason, c.trackable_reason, c.confidence, c.quotation, s.story_id, s.origin_id,
    s.proposition_id, s.utterance_id, s.is_fullest, s.outcome_claim_id
from claims_as_of(now_as_of()) as c
join articles as a on a.article_id = c.article_id
join claim_status(now_as_of()) as s on s.claim_id = c.claim_id
join counted as n on n.proposition_id = s.proposition_id;
comment on view claims_now is 'One row is a current claim: who made it, how openly, what it says, when it is due and what became of it.';
comment on column claims_now.claim_id is 'The claim; it stays the same when the article is read again and the spans are the same.';
comment on column claims_now.article_id is 'The article it stands in.';
comment on column claims_now.outlet_id is 'The outlet that printed it.';
comment on column claims_now.url is 'Address of the article.';
comment on column claims_now.title is 'Headline of the article.';
comment on column claims_now.published_earliest is 'The article was not published before this time (UTC).';
comment on column claims_now.published_latest is 'The article was not published after this time (UTC).';
comment on column claims_now.published_basis is 'How that is known: feed, page, text, user or unknown.';
comment on column claims_now.fetched_at is 'When the article was fetched (UTC).';
comment on column claims_now.passage is 'The sentence or sentences it stands in, word for word.';
comment on column claims_now.claim_text is 'The claim, readable alone.';
comment on column claims_now.source_text is 'The words that name its source; empty where nobody is named.';
comment on column claims_now.resolved_source is 'The source as it should stand in a table.';
comment on column claims_now.claimant_id is 'The named person or institution, where the source is one.';
comment on column claims_now.descriptor is 'Class of an unnamed source; never one shared person.';
comment on column claims_now.anonymity is 'How identifiable the source is: A0 document to A7 bare.';
comment on column claims_now.plurality is 'one, several, collective or none.';
comment on column claims_now.condition_stated is 'True if anonymity was a stated condition.';
comment on column claims_now.condition_reason is 'The reason given for it, verbatim.';
comment on column claims_now.told_to is 'Whom the source told it.';
comment on column claims_now.relayed_by is 'Who passes it on.';
comment on column claims_now.kind is 'fact, prediction, intention, conditional, denial, opinion or none.';
comment on column claims_now.polarity is 'positive or negative.';
comment on column claims_now.modality is 'certain, likely, possible, unlikely or none.';
comment on column claims_now.modality_phrase is 'The words that carry the modality.';
comment on column claims_now.trackable is 'True if it could be decided from public reporting.';
comment on column claims_now.horizon_text is 'The words that bound when it should be settled.';
comment on column claims_now.due_earliest is 'It cannot be settled before this time (UTC), counted from the earliest copy.';
comment on column claims_now.due_latest is 'It should be settled by this time (UTC), counted from the earliest copy; empty where open.';
comment on column claims_now.n_articles is 'Articles that carry the same claim.';
comment on column claims_now.n_outlets is 'Outlets that carry the same claim.';
comment on column claims_now.n_copies is 'How many of those articles are copies of another.';
comment on column claims_now.n_origins is 'Distinct origins of the same claim: its corroboration; a reprint adds none.';
comment on column claims_now.workflow is 'not trackable, open, due, proposed, resolved or reopened.';
comment on column claims_now.outcome is 'What became of it, as judged by a person or import; reprints share it.';
comment on column claims_now.outcome_recorded_at is 'When that was judged (UTC).';
comment on column claims_now.extractor is 'Version of the extractor.';
comment on column claims_now.reader is 'Version of the reader.';
comment on column claims_now.attribution_id is 'The attribution whose content this is.';
comment on column claims_now.level_reason is 'Why that anonymity level, in words.';
comment on column claims_now.trackable_reason is 'Why it is trackable or not, in words.';
comment on column claims_now.confidence is 'Confidence of the extractor, 0 to 1.';
comment on column claims_now.quotation is 'direct, indirect or mixed.';
comment on column claims_now.story_id is 'The story: an article and its copies.';
comment on column claims_now.origin_id is 'The conversation it came from.';
comment on column claims_now.proposition_id is 'The proposition: all claims that are the same.';
comment on column claims_now.utterance_id is 'What one source told one outlet once, however often reprinted: the unit that is scored.';
comment on column claims_now.is_fullest is 'True for the one claim that stands for its utterance.';
comment on column claims_now.outcome_claim_id is 'The claim that was judged, where the outcome is shared.';
