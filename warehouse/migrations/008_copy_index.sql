-- The index in which the articles that may copy each other are found; derived from the texts, and built anew at will.

create table copy_marks (
    article_id varchar not null,
    published_from date not null,
    published_to date not null,
    kind varchar not null check (kind in ('words', 'quotation', 'names')),
    mark uinteger not null
);
comment on table copy_marks is 'One row is a mark of a dated article: articles that share some are compared, to see whether one copies the other. Derived from the texts.';
comment on column copy_marks.article_id is 'The article.';
comment on column copy_marks.published_from is 'Day before which it was not published.';
comment on column copy_marks.published_to is 'Day after which it was not published.';
comment on column copy_marks.kind is 'What was hashed: words (five in a row of a sentence), quotation (five in a row of a quotation), names (a name or figure).';
comment on column copy_marks.mark is 'The hash.';

-- Apart from the dated ones, of which a search reads a few weeks and skips the rest.
create table undated_copy_marks (
    article_id varchar not null,
    kind varchar not null check (kind in ('words', 'quotation', 'names')),
    mark uinteger not null
);
comment on table undated_copy_marks is 'One row is a mark of an article of unknown date, which is compared with those of any day. Derived from the texts.';
comment on column undated_copy_marks.article_id is 'The article.';
comment on column undated_copy_marks.kind is 'What was hashed: words (five in a row of a sentence), quotation (five in a row of a quotation), names (a name or figure).';
comment on column undated_copy_marks.mark is 'The hash.';

create table copy_index (
    article_id varchar primary key,
    marked_by varchar not null,
    compared_by varchar
);
comment on table copy_index is 'One row is an article that stands in the index, and how far the search for its copies has come.';
comment on column copy_index.article_id is 'The article.';
comment on column copy_index.marked_by is 'Version of its marks; those of another version are made anew.';
comment on column copy_index.compared_by is 'Version that decided which of the others it copies; empty until that is done.';
