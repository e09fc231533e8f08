-- What became of claims, and what that says of those who made them.

create table evidence (
    evidence_id varchar primary key,
    claim_id varchar not null,
    article_id varchar not null,
    quote varchar not null check (length(quote) > 0),
    span struct("start" integer, "end" integer) not null,
    stance varchar not null check (stance in ('supports', 'refutes', 'partly', 'repeats', 'unrelated')),
    event_date date,
    found_by varchar not null,
    confidence double not null check (confidence between 0 and 1),
    recorded_at timestamptz not null
);
comment on table evidence is 'One row is a verbatim later passage that bears on a claim.';
comment on column evidence.evidence_id is 'Hash of claim, article, span and who found it.';
comment on column evidence.claim_id is 'The claim it bears on.';
comment on column evidence.article_id is 'The later article it stands in.';
comment on column evidence.quote is 'The passage, word for word.';
comment on column evidence.span is 'Where the passage stands in the article''s text.';
comment on column evidence.stance is 'supports, refutes, partly, repeats or unrelated.';
comment on column evidence.event_date is 'Day of the event that the passage reports, where it can be told.';
comment on column evidence.found_by is 'The method and its version, or the person.';
comment on column evidence.confidence is 'How sure the stance is, 0 to 1.';
comment on column evidence.recorded_at is 'When it was found (UTC).';

create table resolutions (
    resolution_id varchar primary key,
    claim_id varchar not null,
    outcome varchar check (outcome in ('held_up', 'held_up_late', 'partly', 'failed', 'void', 'superseded', 'withdrawn', 'undetermined', 'unresolvable')),
    resolved_by varchar not null,
    resolved_by_kind varchar not null check (resolved_by_kind in ('person', 'machine', 'import')),
    evidence_ids varchar[] not null,
    evidence_url varchar,
    event_date date,
    confidence double check (confidence between 0 and 1),
    note varchar,
    recorded_at timestamptz not null,
    check (outcome is not null or resolved_by_kind <> 'machine')
);
comment on table resolutions is 'One row is one judgement of an outcome; the latest by a person or import counts, a machine''s is only a proposal.';
comment on column resolutions.resolution_id is 'Hash of claim, outcome, judge and what identifies the judgement.';
comment on column resolutions.claim_id is 'The claim that was judged.';
comment on column resolutions.outcome is 'What the world did with the claim; empty where the judgement reopens it.';
comment on column resolutions.resolved_by is 'Name of the person, the method and its version, or the imported record.';
comment on column resolutions.resolved_by_kind is 'person, machine (a proposal) or import.';
comment on column resolutions.evidence_ids is 'The evidence that it rests on.';
comment on column resolutions.evidence_url is 'Address of evidence that lies outside the warehouse.';
comment on column resolutions.event_date is 'Day of the event that settled it.';
comment on column resolutions.confidence is 'How sure the judge is, 0 to 1, where stated.';
comment on column resolutions.note is 'Why, in the judge''s words.';
comment on column resolutions.recorded_at is 'When it was judged (UTC); for imports the time that the imported record gives.';

create table estimates (
    estimate_id varchar primary key,
    subject_kind varchar not null check (subject_kind in ('claimant', 'descriptor', 'outlet', 'anonymity', 'outlet and anonymity', 'kind')),
    subject varchar not null,
    as_of timestamptz not null,
    method varchar not null,
    n integer not null,
    rate double not null check (rate between 0 and 1),
    low80 double not null,
    high80 double not null,
    low95 double not null,
    high95 double not null,
    verdict varchar not null,
    check (low95 <= low80 and low80 <= high80 and high80 <= high95)
);
comment on table estimates is 'One row is one score of one subject as of one time; rebuilt for its time, never edited.';
comment on column estimates.estimate_id is 'Hash of subject, time and method.';
comment on column estimates.subject_kind is 'What is scored: claimant, descriptor, outlet, anonymity, outlet and anonymity, or kind.';
comment on column estimates.subject is 'Whose claims: a claimant_id, a descriptor, an outlet_id, a level, "outlet_id level", or a kind.';
comment on column estimates.as_of is 'Only outcomes known by this time count (UTC).';
comment on column estimates.method is 'The method and its version.';
comment on column estimates.n is 'Number of scored claims.';
comment on column estimates.rate is 'Share of its claims that held up, shrunken towards its peers.';
comment on column estimates.low80 is 'Lower end of the 80 % interval.';
comment on column estimates.high80 is 'Upper end of the 80 % interval.';
comment on column estimates.low95 is 'Lower end of the 95 % interval.';
comment on column estimates.high95 is 'Upper end of the 95 % interval.';
comment on column estimates.verdict is 'What may be said: "no evidence of difference" unless it is highly probable that the subject differs from its peers.';

create table phrase_probabilities (
    standard varchar not null,
    phrase varchar not null,
    low double not null check (low between 0 and 1),
    mid double not null check (mid between 0 and 1),
    high double not null check (high between 0 and 1),
    origin varchar not null,
    primary key (standard, phrase)
);
comment on table phrase_probabilities is 'One row is what one standard says a verbal probability is worth.';
comment on column phrase_probabilities.standard is 'The standard: a survey, ICD 203, IPCC.';
comment on column phrase_probabilities.phrase is 'The phrase, in lower case ("likely").';
comment on column phrase_probabilities.low is 'Lower end of its range, 0 to 1.';
comment on column phrase_probabilities.mid is 'Its middle, 0 to 1.';
comment on column phrase_probabilities.high is 'Upper end of its range, 0 to 1.';
comment on column phrase_probabilities.origin is 'Where the numbers come from.';
