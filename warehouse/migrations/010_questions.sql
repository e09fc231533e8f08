-- What was asked before it was answered, who read an answer again, and which proposals people rejected.

create table questions (
    question_id varchar primary key,
    claim_id varchar not null,
    version integer not null check (version >= 1),
    held_up_if varchar not null check (length(held_up_if) > 0),
    failed_if varchar not null check (length(failed_if) > 0),
    earliest timestamptz,
    latest timestamptz,
    observability varchar not null check (observability in ('certain', 'uncertain')),
    written_by varchar not null,
    note varchar,
    recorded_at timestamptz not null,
    check (earliest <= latest)
);
comment on table questions is 'One row is one version of what would settle a claim, written before it is settled; a version is never edited, a change is a new one.';
comment on column questions.question_id is 'Hash of claim and version.';
comment on column questions.claim_id is 'The trackable claim that is asked about.';
comment on column questions.version is '1 for the first, then counted up.';
comment on column questions.held_up_if is 'The claim held up if this is so.';
comment on column questions.failed_if is 'The claim failed if this is so.';
comment on column questions.earliest is 'What counts happens no earlier than this (UTC).';
comment on column questions.latest is 'What counts happens by this time (UTC); empty where the horizon is open.';
comment on column questions.observability is 'certain where the thing would certainly have been reported, so that silence means it did not happen; else uncertain.';
comment on column questions.written_by is 'Version of the machine''s rules, or "person:" and a name.';
comment on column questions.note is 'Why it was changed, in the words of who changed it.';
comment on column questions.recorded_at is 'When it was written (UTC).';

alter table resolutions add column question_version integer;
comment on column resolutions.question_version is 'Version of the question that was judged; empty for judgements from before questions were frozen.';

create table rejections (
    rejection_id varchar primary key,
    claim_id varchar not null,
    resolution_id varchar not null,
    rejected_by varchar not null,
    note varchar,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz
);
comment on table rejections is 'One row is a person''s decision that a machine''s proposal does not follow from its passages; it judges no outcome, and a row with withdrawn_at takes it back.';
comment on column rejections.rejection_id is 'Hash of proposal, person and time.';
comment on column rejections.claim_id is 'The claim for which the outcome was proposed.';
comment on column rejections.resolution_id is 'The proposal.';
comment on column rejections.rejected_by is 'The person.';
comment on column rejections.note is 'Why, in the person''s words.';
comment on column rejections.recorded_at is 'When it was decided (UTC).';
comment on column rejections.withdrawn_at is 'Set when this row takes the rejection back.';

create table second_readings (
    reading_id varchar primary key,
    claim_id varchar not null,
    resolution_id varchar not null,
    place integer not null check (place in (2, 3)),
    outcome varchar not null check (outcome in ('held_up', 'held_up_late', 'partly', 'failed', 'void', 'superseded', 'withdrawn', 'undetermined', 'unresolvable')),
    question_version integer,
    read_by varchar not null,
    note varchar,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz
);
comment on table second_readings is 'One row is a judgement of a decided claim by another reader, blind to the first; where the second differs a third reads, and the third''s word becomes the outcome.';
comment on column second_readings.reading_id is 'Hash of the first judgement, place and reader.';
comment on column second_readings.claim_id is 'The claim.';
comment on column second_readings.resolution_id is 'The first judgement, which this reader did not see.';
comment on column second_readings.place is '2 for the second reader, 3 for the one who decides between the two.';
comment on column second_readings.outcome is 'What this reader says became of the claim.';
comment on column second_readings.question_version is 'Version of the question that was judged.';
comment on column second_readings.read_by is 'The reader.';
comment on column second_readings.note is 'Why, in the reader''s words.';
comment on column second_readings.recorded_at is 'When it was judged (UTC).';
comment on column second_readings.withdrawn_at is 'Set when this row takes the reader''s judgement back.';

create table external_reviews (
    review_id varchar primary key,
    claim_id varchar,
    similarity double check (similarity between 0 and 1),
    reviewer varchar not null,
    review_url varchar,
    claim_text varchar not null check (length(claim_text) > 0),
    claimant varchar,
    appearances varchar[] not null,
    rating varchar,
    rating_value double,
    best_rating double,
    worst_rating double,
    outcome varchar check (outcome in ('held_up', 'held_up_late', 'partly', 'failed', 'void', 'superseded', 'withdrawn', 'undetermined', 'unresolvable')),
    published_on date,
    imported_by varchar not null,
    recorded_at timestamptz not null
);
comment on table external_reviews is 'One row is somebody else''s review of a claim, taken in as ClaimReview; it is shown to reviewers and never scored.';
comment on column external_reviews.review_id is 'Hash of reviewer, address, claim and rating.';
comment on column external_reviews.claim_id is 'Our claim that it seems to be about; empty where none was found.';
comment on column external_reviews.similarity is 'How alike the two wordings are, 0 to 1.';
comment on column external_reviews.reviewer is 'Who reviewed it.';
comment on column external_reviews.review_url is 'Address of the review.';
comment on column external_reviews.claim_text is 'The claim as the reviewer words it.';
comment on column external_reviews.claimant is 'Who made the claim, as the reviewer says.';
comment on column external_reviews.appearances is 'Addresses where the claim appeared, as the reviewer says.';
comment on column external_reviews.rating is 'The rating in the reviewer''s words.';
comment on column external_reviews.rating_value is 'The rating as a number on the reviewer''s scale.';
comment on column external_reviews.best_rating is 'Upper end of the reviewer''s scale.';
comment on column external_reviews.worst_rating is 'Lower end of the reviewer''s scale.';
comment on column external_reviews.outcome is 'The outcome that the rating would be here, where the words or the ends of the scale leave no doubt.';
comment on column external_reviews.published_on is 'Day of the review.';
comment on column external_reviews.imported_by is 'Who took it in.';
comment on column external_reviews.recorded_at is 'When it was taken in (UTC).';

create table phrase_scores (
    phrase_score_id varchar primary key,
    standard varchar not null,
    phrase varchar not null,
    polarity varchar not null check (polarity in ('positive', 'negative')),
    as_of timestamptz not null,
    n integer not null,
    rate double not null check (rate between 0 and 1),
    said double check (said between 0 and 1),
    worth double not null check (worth between 0 and 1),
    low80 double not null,
    high80 double not null,
    low95 double not null,
    high95 double not null
);
comment on table phrase_scores is 'One row is what one verbal probability has been worth as of one time, beside what one standard says; rebuilt for its time.';
comment on column phrase_scores.phrase_score_id is 'Hash of standard, phrase, polarity and time.';
comment on column phrase_scores.standard is 'The standard whose number is the prior.';
comment on column phrase_scores.phrase is 'The wording, in lower case.';
comment on column phrase_scores.polarity is 'positive, or negative where the claim is that something is not so.';
comment on column phrase_scores.as_of is 'Only outcomes known by this time count (UTC).';
comment on column phrase_scores.n is 'Scored claims worded so.';
comment on column phrase_scores.rate is 'Share of them that held up, as counted.';
comment on column phrase_scores.said is 'What the standard says such a claim is worth; empty where it has no number ("may").';
comment on column phrase_scores.worth is 'What it has been worth: the share that held up, the standard weighing as at most five claims.';
comment on column phrase_scores.low80 is 'Lower end of the 80 % interval of the worth.';
comment on column phrase_scores.high80 is 'Upper end of the 80 % interval of the worth.';
comment on column phrase_scores.low95 is 'Lower end of the 95 % interval of the worth.';
comment on column phrase_scores.high95 is 'Upper end of the 95 % interval of the worth.';

create table calibration_scores (
    calibration_score_id varchar primary key,
    standard varchar not null,
    as_of timestamptz not null,
    score varchar not null check (score in ('brier', 'log')),
    n integer not null,
    n_stories integer not null,
    value double not null,
    low95 double,
    high95 double,
    mcb double not null,
    dsc double not null,
    unc double not null,
    rel double,
    res double,
    skill double
);
comment on table calibration_scores is 'One row is how right the verbal probabilities were by one score, taken apart, as of one time; rebuilt for its time.';
comment on column calibration_scores.calibration_score_id is 'Hash of standard, score and time.';
comment on column calibration_scores.standard is 'The standard that gives the words their numbers.';
comment on column calibration_scores.as_of is 'Only outcomes known by this time count (UTC).';
comment on column calibration_scores.score is 'brier or log; less is better.';
comment on column calibration_scores.n is 'Scored claims whose wording has a number.';
comment on column calibration_scores.n_stories is 'Stories that they come from.';
comment on column calibration_scores.value is 'The mean score: miscalibration less discrimination plus uncertainty.';
comment on column calibration_scores.low95 is 'Lower end of its 95 % interval when whole stories are drawn anew; empty with fewer than two stories.';
comment on column calibration_scores.high95 is 'Upper end of that interval.';
comment on column calibration_scores.mcb is 'Miscalibration: what recalibration would save (CORP).';
comment on column calibration_scores.dsc is 'Discrimination: what the recalibrated words know beyond the base rate (CORP).';
comment on column calibration_scores.unc is 'Uncertainty: the score of the base rate alone (CORP).';
comment on column calibration_scores.rel is 'Reliability by ten equal bins (Murphy); only for brier.';
comment on column calibration_scores.res is 'Resolution by ten equal bins (Murphy); only for brier.';
comment on column calibration_scores.skill is 'One less the ratio to the score of the base rate; below 0 the base rate does better.';

create table calibration_curves (
    curve_id varchar primary key,
    standard varchar not null,
    as_of timestamptz not null,
    forecast double not null check (forecast between 0 and 1),
    n integer not null,
    recalibrated double not null check (recalibrated between 0 and 1),
    consistent_low double not null,
    consistent_high double not null
);
comment on table calibration_curves is 'One row is one point of the reliability diagram of the verbal probabilities (CORP) as of one time; rebuilt for its time.';
comment on column calibration_curves.curve_id is 'Hash of standard, time and forecast.';
comment on column calibration_curves.standard is 'The standard that gives the words their numbers.';
comment on column calibration_curves.as_of is 'Only outcomes known by this time count (UTC).';
comment on column calibration_curves.forecast is 'What the words say, as the standard has it.';
comment on column calibration_curves.n is 'Scored claims with that number.';
comment on column calibration_curves.recalibrated is 'The share that held up, made monotone (pool adjacent violators).';
comment on column calibration_curves.consistent_low is 'Lower end of where that share lies nine times in ten if the words are right.';
comment on column calibration_curves.consistent_high is 'Upper end of it.';
