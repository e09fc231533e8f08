-- What articles attribute to whom, and how it is read.

create table extractions (
    extraction_id varchar primary key,
    article_id varchar not null,
    extractor varchar not null,
    reader varchar not null,
    attribution_ids varchar[] not null,
    claim_ids varchar[] not null,
    recorded_at timestamptz not null
);
comment on table extractions is 'One row is one reading of one article; the latest reading of an article is the current one.';
comment on column extractions.extraction_id is 'Hash of article, extractor and reader.';
comment on column extractions.article_id is 'The article that was read.';
comment on column extractions.extractor is 'Version of the extractor that found the attributions.';
comment on column extractions.reader is 'Version of the reader that graded sources and read claims.';
comment on column extractions.attribution_ids is 'The attributions it found.';
comment on column extractions.claim_ids is 'The claims it read.';
comment on column extractions.recorded_at is 'When the article was read (UTC).';

create table attributions (
    attribution_id varchar primary key,
    article_id varchar not null,
    source struct("start" integer, "end" integer)[] not null,
    cue struct("start" integer, "end" integer)[] not null,
    content struct("start" integer, "end" integer)[] not null,
    passage struct("start" integer, "end" integer) not null,
    quotation varchar not null check (quotation in ('direct', 'indirect', 'mixed')),
    nested_in varchar,
    extractor varchar not null,
    confidence double not null check (confidence between 0 and 1),
    recorded_at timestamptz not null
);
comment on table attributions is 'One row is one attribution relation in one article: source, cue and content as character spans (PARC 3.0).';
comment on column attributions.attribution_id is 'Hash of article and spans: the same spans are the same attribution, whoever finds them.';
comment on column attributions.article_id is 'The article it stands in.';
comment on column attributions.source is 'Spans of the words that name the source; empty where nobody is named.';
comment on column attributions.cue is 'Spans of the words that attribute ("said", "according to").';
comment on column attributions.content is 'Spans of what is attributed, in pieces where it is interrupted.';
comment on column attributions.passage is 'Span of the sentence or sentences that hold all of it.';
comment on column attributions.quotation is 'direct, indirect or mixed.';
comment on column attributions.nested_in is 'The attribution that relays this one ("…, reports Reuters"), where there is one.';
comment on column attributions.extractor is 'Version of the extractor that found it first.';
comment on column attributions.confidence is 'Confidence of the extractor, 0 to 1.';
comment on column attributions.recorded_at is 'When it was first found (UTC).';

create table sources (
    source_id varchar primary key,
    attribution_id varchar not null,
    reader varchar not null,
    text varchar,
    antecedent struct("start" integer, "end" integer),
    resolved_source varchar,
    anonymity varchar not null check (anonymity in ('A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7')),
    level_reason varchar not null,
    plurality varchar not null check (plurality in ('one', 'several', 'collective', 'none')),
    role varchar,
    organisation varchar,
    seniority varchar,
    standing varchar,
    condition_stated boolean not null,
    condition_reason varchar,
    access varchar,
    told_to varchar,
    relayed_by varchar,
    hops integer not null,
    claimant_id varchar,
    descriptor varchar,
    recorded_at timestamptz not null
);
comment on table sources is 'One row is how one attribution presents who spoke, as one reader version reads it.';
comment on column sources.source_id is 'Hash of attribution and reader.';
comment on column sources.attribution_id is 'The attribution that it describes.';
comment on column sources.reader is 'Version of the reader.';
comment on column sources.text is 'The words of the source as printed there; empty where nobody is named.';
comment on column sources.antecedent is 'Span of the fuller description that the words refer back to.';
comment on column sources.resolved_source is 'The source as it should stand in a table: a name, an institution, or the fullest printed description.';
comment on column sources.anonymity is 'How identifiable the source is to the reader: A0 document, A1 named, A2 institution, A3 specific unnamed, A4 organisation only, A5 sector or side, A6 relational, A7 bare.';
comment on column sources.level_reason is 'Why that level, in words.';
comment on column sources.plurality is 'one, several, collective (an institution, party, poll) or none.';
comment on column sources.role is 'Role as printed ("official", "spokesman").';
comment on column sources.organisation is 'Organisation as printed ("White House").';
comment on column sources.seniority is 'Seniority as printed ("senior").';
comment on column sources.standing is 'current or former, where stated.';
comment on column sources.condition_stated is 'True if the article says that the source spoke on condition of anonymity, was not authorised to speak and the like.';
comment on column sources.condition_reason is 'The reason given for it, verbatim.';
comment on column sources.access is 'How the source knows: witnessed, took part, briefed, familiar, saw the document, hearsay.';
comment on column sources.told_to is 'The outlet or body that the source told it to, as printed.';
comment on column sources.relayed_by is 'Who passes it on ("reports Reuters").';
comment on column sources.hops is 'Number of relays between the source and this article.';
comment on column sources.claimant_id is 'The named person or institution, where the source is one.';
comment on column sources.descriptor is 'Class of an unnamed source ("senior, US executive"): never one shared person.';
comment on column sources.recorded_at is 'When this row was written (UTC).';

create table claimants (
    claimant_id varchar primary key,
    name varchar not null,
    is_person boolean not null,
    recorded_at timestamptz not null
);
comment on table claimants is 'One row is a named person or institution, the same across articles.';
comment on column claimants.claimant_id is 'Hash of the canonical name.';
comment on column claimants.name is 'Canonical name.';
comment on column claimants.is_person is 'True for a person, false for an institution.';
comment on column claimants.recorded_at is 'When this row was written (UTC).';

create table claims (
    claim_id varchar not null,
    reader varchar not null,
    attribution_id varchar not null,
    source_id varchar not null,
    article_id varchar not null,
    claim_text varchar not null,
    content struct("start" integer, "end" integer)[] not null,
    kind varchar not null check (kind in ('fact', 'prediction', 'intention', 'conditional', 'denial', 'opinion', 'none')),
    polarity varchar not null check (polarity in ('positive', 'negative')),
    modality varchar not null check (modality in ('certain', 'likely', 'possible', 'unlikely', 'none')),
    modality_phrase varchar,
    trackable boolean not null,
    trackable_reason varchar not null,
    horizon_text varchar,
    due_earliest timestamptz,
    due_latest timestamptz,
    horizon_policy varchar,
    made_earliest timestamptz,
    made_latest timestamptz,
    recorded_at timestamptz not null,
    primary key (claim_id, reader),
    check (due_earliest <= due_latest)
);
comment on table claims is 'One row is what one reader version takes the content of an attribution to assert.';
comment on column claims.claim_id is 'Hash of attribution and content spans; it stays when a better reader reads the claim again.';
comment on column claims.reader is 'Version of the reader.';
comment on column claims.attribution_id is 'The attribution whose content this is.';
comment on column claims.source_id is 'How its source is presented.';
comment on column claims.article_id is 'The article it stands in.';
comment on column claims.claim_text is 'The claim, readable alone: back-references resolved in brackets, quotation marks kept.';
comment on column claims.content is 'Spans of the content that hold this claim.';
comment on column claims.kind is 'fact, prediction, intention, conditional, denial, opinion or none.';
comment on column claims.polarity is 'positive, or negative where the source says that it is not so or doubts it.';
comment on column claims.modality is 'How sure the wording is: certain, likely, possible, unlikely or none.';
comment on column claims.modality_phrase is 'The words that carry the modality ("expects").';
comment on column claims.trackable is 'True if a later observer could decide from public reporting whether it held up.';
comment on column claims.trackable_reason is 'Why, or why not, in words.';
comment on column claims.horizon_text is 'The words that bound when it should be settled ("by the end of the year").';
comment on column claims.due_earliest is 'It cannot be settled before this time (UTC), as far as the horizon says.';
comment on column claims.due_latest is 'It should be settled by this time (UTC); empty where the horizon is open.';
comment on column claims.horizon_policy is 'Version of the policy that turned words, or their absence, into the interval.';
comment on column claims.made_earliest is 'The claim was not made public before this time (UTC).';
comment on column claims.made_latest is 'The claim was public by this time (UTC).';
comment on column claims.recorded_at is 'When this row was written (UTC).';

create table successions (
    claim_id varchar not null,
    was_claim_id varchar not null,
    overlap double not null check (overlap > 0 and overlap <= 1),
    recorded_at timestamptz not null,
    primary key (claim_id, was_claim_id)
);
comment on table successions is 'One row links a claim to the claim of an earlier extraction whose place it took; resolutions follow the link.';
comment on column successions.claim_id is 'The claim that took the place.';
comment on column successions.was_claim_id is 'The claim whose spans the new extraction changed.';
comment on column successions.overlap is 'Shared characters over all characters of the two contents, above 0 to 1.';
comment on column successions.recorded_at is 'When the link was made (UTC).';
