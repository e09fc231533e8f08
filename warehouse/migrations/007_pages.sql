-- What pages say about themselves, and the texts that followed each other at one address.

create table page_facts (
    article_id varchar primary key,
    address varchar,
    form varchar not null check (form in ('page', 'text', 'entry')),
    canonical_url varchar,
    canonical_from varchar,
    outlet_name varchar,
    outlet_name_from varchar,
    title_from varchar,
    byline_from varchar,
    credit_from varchar,
    section varchar,
    section_from varchar,
    language_from varchar,
    modified_at timestamptz,
    modified_from varchar,
    is_paywalled boolean,
    paywall_from varchar,
    correction_notice varchar,
    update_notice varchar,
    recorded_at timestamptz not null
);
comment on table page_facts is 'One row is what the page of one article says about itself, each value with the place it was read from.';
comment on column page_facts.article_id is 'The article.';
comment on column page_facts.address is 'Where its versions follow each other: the address without what only counts visitors, or the canonical one on the same site.';
comment on column page_facts.form is 'What was read: page (a whole web page), text (a file or document), entry (what a feed carries of it).';
comment on column page_facts.canonical_url is 'The address that the page calls its own, as given; articles.url is the one that was fetched.';
comment on column page_facts.canonical_from is 'Where it says so: link canonical or meta og:url.';
comment on column page_facts.outlet_name is 'What the page calls its outlet.';
comment on column page_facts.outlet_name_from is 'Where it says so.';
comment on column page_facts.title_from is 'Where the headline was read: given, JSON-LD, a meta element, the h1 element, or a line of the text.';
comment on column page_facts.byline_from is 'Where the byline was read.';
comment on column page_facts.credit_from is 'What the credit rests on: given, a dateline, a credit line, a sign-off, the author''s or provider''s name.';
comment on column page_facts.section is 'The part of the outlet that it stands in, as printed ("World").';
comment on column page_facts.section_from is 'Where it says so.';
comment on column page_facts.language_from is 'Whether the language was read from the text, or where the page declares it.';
comment on column page_facts.modified_at is 'When the page says that it was last changed (UTC); never after it was fetched.';
comment on column page_facts.modified_from is 'Where it says so.';
comment on column page_facts.is_paywalled is 'True where the page says that it is not free to read, false where it says that it is, empty where it says nothing.';
comment on column page_facts.paywall_from is 'Where it says so.';
comment on column page_facts.correction_notice is 'The notice that something was corrected, verbatim ("An earlier version of this article misstated …").';
comment on column page_facts.update_notice is 'The notice that the text was updated, verbatim ("This story has been updated").';
comment on column page_facts.recorded_at is 'When this row was written (UTC).';

create table revisions (
    article_id varchar not null,
    was_article_id varchar not null,
    address varchar not null,
    change varchar not null check (change in ('edited', 'replaced', 'fuller')),
    words_added integer not null,
    words_removed integer not null,
    kept_share double not null check (kept_share between 0 and 1),
    was varchar[] not null,
    became varchar[] not null,
    seen_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (article_id, was_article_id, seen_at),
    check (article_id <> was_article_id),
    check (len(was) = len(became))
);
comment on table revisions is 'One row is a text that took the place of another at the same address. Changes of spacing, furniture and advertisements are none.';
comment on column revisions.article_id is 'The text that stands there since.';
comment on column revisions.was_article_id is 'The text that stood there before.';
comment on column revisions.address is 'The address, without what only counts visitors.';
comment on column revisions.change is 'edited: the same story, other words; replaced: another story at the same address, which takes nothing back; fuller: the page of what a feed carried in part.';
comment on column revisions.words_added is 'Number of words that came in.';
comment on column revisions.words_removed is 'Number of words that went.';
comment on column revisions.kept_share is 'Share of the earlier text''s words that stayed, 0 to 1.';
comment on column revisions.was is 'The passages that changed, as they were; empty text where something was put in.';
comment on column revisions.became is 'The same passages as they became; empty text where something was taken out.';
comment on column revisions.seen_at is 'When the change was first seen: it happened between the fetch before and this one (UTC).';
comment on column revisions.recorded_at is 'When this row was written (UTC).';
