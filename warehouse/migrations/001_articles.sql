-- Outlets, articles, copies, and what could not be used.

create table outlets (
    outlet_id varchar primary key,
    name varchar not null,
    homepage varchar,
    recorded_at timestamptz not null
);
comment on table outlets is 'One row is a publication.';
comment on column outlets.outlet_id is 'Short name of the outlet, as in outlets.toml, else the host of its pages.';
comment on column outlets.name is 'Name as the outlet writes it.';
comment on column outlets.homepage is 'Address of its front page, where known.';
comment on column outlets.recorded_at is 'When this row was written (UTC).';

create table articles (
    article_id varchar primary key,
    outlet_id varchar not null,
    url varchar,
    doc_id varchar,
    title varchar,
    byline varchar,
    credit varchar,
    language varchar,
    text varchar not null check (length(text) > 0),
    captions struct("start" integer, "end" integer)[] not null,
    published_earliest timestamptz,
    published_latest timestamptz,
    published_basis varchar not null check (published_basis in ('feed', 'page', 'text', 'user', 'unknown')),
    published_evidence varchar,
    corrects_url varchar,
    raw_ref varchar,
    fetched_at timestamptz not null,
    recorded_at timestamptz not null,
    check ((published_earliest is null) = (published_latest is null)),
    check (published_earliest <= published_latest)
);
comment on table articles is 'One row is one text seen at one URL; an edited text is a new row, so spans never move.';
comment on column articles.article_id is 'Hash of outlet, address and text: the same text at the same place is the same article.';
comment on column articles.outlet_id is 'The outlet that printed it.';
comment on column articles.url is 'Address of the page, where it had one.';
comment on column articles.doc_id is 'The identifier that the input carried, where it had one.';
comment on column articles.title is 'Headline.';
comment on column articles.byline is 'Who wrote it, as printed.';
comment on column articles.credit is 'The wire or outlet that the text credits as its origin ("(Reuters)", "reports Reuters").';
comment on column articles.language is 'Language of the text as an ISO 639-1 code, where known.';
comment on column articles.text is 'The article''s text without page furniture; spans everywhere count characters of it from 0.';
comment on column articles.captions is 'Spans of the text that are picture captions, each kept once.';
comment on column articles.published_earliest is 'Not published before this time (UTC); empty where unknown.';
comment on column articles.published_latest is 'Not published after this time (UTC); empty where unknown.';
comment on column articles.published_basis is 'How that interval is known: feed, page, text, user or unknown.';
comment on column articles.published_evidence is 'The words or field that the interval rests on.';
comment on column articles.corrects_url is 'Address of the article that this one corrects, where it says so.';
comment on column articles.raw_ref is 'Reference of the raw snapshot that was kept of the page or file.';
comment on column articles.fetched_at is 'When the page was fetched (UTC).';
comment on column articles.recorded_at is 'When this row was written (UTC).';

create table copies (
    copy_id varchar primary key,
    article_id varchar not null,
    of_article_id varchar not null,
    relation varchar not null check (relation in ('verbatim', 'edited', 'rewritten')),
    containment double not null check (containment between 0 and 1),
    shared_quotations integer not null,
    decided_by varchar not null,
    recorded_at timestamptz not null,
    withdrawn_at timestamptz,
    check (article_id <> of_article_id)
);
comment on table copies is 'One row is a decision that one article copies another; a row with withdrawn_at undoes the earlier ones of its pair.';
comment on column copies.copy_id is 'Hash of the pair, the relation and who decided.';
comment on column copies.article_id is 'The article that copies.';
comment on column copies.of_article_id is 'The article that is copied.';
comment on column copies.relation is 'How: verbatim, edited or rewritten.';
comment on column copies.containment is 'Share of the shorter text that the other contains, 0 to 1.';
comment on column copies.shared_quotations is 'Number of long quotations that both carry.';
comment on column copies.decided_by is 'The method and its version, or the person.';
comment on column copies.recorded_at is 'When this was decided (UTC).';
comment on column copies.withdrawn_at is 'Set when this row undoes the decision: from this time on the two are not copies.';

create table set_asides (
    set_aside_id varchar primary key,
    stage varchar not null check (stage in ('ingest', 'extract', 'match', 'resolve', 'score', 'publish')),
    what varchar not null,
    error varchar not null,
    message varchar not null,
    recorded_at timestamptz not null
);
comment on table set_asides is 'One row is an input that could not be used, with the reason and the remedy.';
comment on column set_asides.set_aside_id is 'Hash of stage, input and error.';
comment on column set_asides.stage is 'The stage that set it aside.';
comment on column set_asides.what is 'The input: a path, an address, a line of a file, an id.';
comment on column set_asides.error is 'Class of the error.';
comment on column set_asides.message is 'What was wrong and what to do about it.';
comment on column set_asides.recorded_at is 'When it was first set aside (UTC).';

create table clock (
    as_of timestamptz not null
);
comment on table clock is 'One row in all: the time for which the views that end in _now answer.';
comment on column clock.as_of is 'Claims are due, and records count, as of this time (UTC).';
