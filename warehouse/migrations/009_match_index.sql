-- The index in which claims find those that may say the same, and where each stood when it was last grouped; derived.

create table claim_terms (
    claim_id varchar primary key,
    digest varchar not null,
    story_id varchar not null,
    stands boolean not null,
    family varchar not null,
    reach_days integer not null,
    made_at timestamptz,
    length integer not null,
    terms varchar[] not null,
    counts integer[] not null
);
comment on table claim_terms is 'One row is a claim as matching finds it again: the words to search by. Derived from the claims, and built anew at will.';
comment on column claim_terms.claim_id is 'The claim.';
comment on column claim_terms.digest is 'Digest of the reading that the row was made from; another reading makes it anew.';
comment on column claim_terms.story_id is 'The story it belonged to.';
comment on column claim_terms.stands is 'True if it stands for the claims of its story that say the same: only those are compared with other stories.';
comment on column claim_terms.family is 'fact, future, conditional, opinion or none: only claims of one family are compared.';
comment on column claim_terms.reach_days is 'Within how many days another claim must have been made to be compared with it.';
comment on column claim_terms.made_at is 'When it was public (UTC); claims without a time are compared within their story alone.';
comment on column claim_terms.length is 'Number of its terms.';
comment on column claim_terms.terms is 'Its terms: stems of its words, names (@) and kinds of event (#), each once.';
comment on column claim_terms.counts is 'How often each term occurs in it.';

create table claim_places (
    claim_id varchar primary key,
    story_id varchar not null,
    origin_id varchar not null,
    proposition_id varchar not null,
    signature varchar not null
);
comment on table claim_places is 'One row is where a claim stood when it was last grouped, and on what that rested. Derived, and built anew at will.';
comment on column claim_places.claim_id is 'The claim.';
comment on column claim_places.story_id is 'Its story then.';
comment on column claim_places.origin_id is 'Its origin then.';
comment on column claim_places.proposition_id is 'Its proposition then.';
comment on column claim_places.signature is 'Digest of the claims of its story and of the decisions about it: while these stay, so does its place.';
