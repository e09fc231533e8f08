-- The index in which the articles that may copy each other are found; derived from the texts, and built anew at will.

create table copy_marks (
    article_id varchar not null,
    published_from date,
    published_to date,
    quoted boolean not null,
    mark uinteger not null
);
comment on table copy_marks is 'One row is a mark of an article''s wording: articles that share some are compared, to see whether one copies the other. Derived from the texts.';
comment on column copy_marks.article_id is 'The article.';
comment on column copy_marks.published_from is 'Day before which it was not published; empty where unknown.';
comment on column copy_marks.published_to is 'Day after which it was not published; empty where unknown.';
comment on column copy_marks.quoted is 'True for a mark of a quotation, which others may have heard too; false for one of a sentence.';
comment on column copy_marks.mark is 'Hash of five words in a row, the least ones of their sentence or quotation.';

create table copy_names (
    article_id varchar not null,
    published_from date,
    published_to date,
    mark uinteger not null
);
comment on table copy_names is 'One row is a name or figure of an article: articles of the same days that share several are compared as well. Derived from the texts.';
comment on column copy_names.article_id is 'The article.';
comment on column copy_names.published_from is 'Day before which it was not published; empty where unknown.';
comment on column copy_names.published_to is 'Day after which it was not published; empty where unknown.';
comment on column copy_names.mark is 'Hash of the name or figure.';

create table copy_index (
    article_id varchar primary key,
    marked_by varchar not null,
    compared_by varchar
);
comment on table copy_index is 'One row is an article that stands in the index, and how far the search for its copies has come.';
comment on column copy_index.article_id is 'The article.';
comment on column copy_index.marked_by is 'Version of its marks; those of another version are made anew.';
comment on column copy_index.compared_by is 'Version that decided which of the others it copies; empty until that is done.';
