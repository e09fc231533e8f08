-- Claims compared across articles.

create table matches (
    match_id varchar primary key,
    claim_id varchar not null,
    other_claim_id varchar not null,
    verdict varchar not null check (verdict in ('same', 'narrower', 'broader', 'contrary', 'different')),
    score double not null check (score between 0 and 1),
    detail varchar not null,
    decided_by varchar not null,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz,
    check (claim_id <> other_claim_id)
);
comment on table matches is 'One row is a decision about two claims; a row with withdrawn_at undoes the earlier ones of its pair.';
comment on column matches.match_id is 'Hash of the pair, the verdict and who decided.';
comment on column matches.claim_id is 'The first claim: it is same as, narrower or broader than, contrary to or different from the other.';
comment on column matches.other_claim_id is 'The other claim.';
comment on column matches.verdict is 'same, narrower, broader, contrary or different.';
comment on column matches.score is 'How sure the decision is, 0 to 1.';
comment on column matches.detail is 'What was compared and what it gave, in words.';
comment on column matches.decided_by is 'The method and its version, or "person:" and a name; persons win over methods.';
comment on column matches.recorded_at is 'When this was decided (UTC).';
comment on column matches.withdrawn_at is 'Set when this row undoes the decision: from this time on the pair is undecided.';

create table groupings (
    claim_id varchar not null,
    story_id varchar not null,
    origin_id varchar not null,
    proposition_id varchar not null,
    recorded_at timestamptz not null,
    primary key (claim_id, recorded_at)
);
comment on table groupings is 'One row is where a claim stood among the others from recorded_at on; derived from copies and matches, written only when it changed.';
comment on column groupings.claim_id is 'The claim.';
comment on column groupings.story_id is 'The story: an article and its copies, named after the original article.';
comment on column groupings.origin_id is 'The conversation it came from: the outlet that heard it and the source it heard.';
comment on column groupings.proposition_id is 'The proposition: all claims that are the same.';
comment on column groupings.recorded_at is 'From this time on it stood so (UTC), until a later row of the same claim.';
