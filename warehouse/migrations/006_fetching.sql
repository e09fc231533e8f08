-- What was seen of feeds, sitemaps and pages, and which inputs that were set aside gave an article after all.

create table fetches (
    fetch_id varchar primary key,
    address varchar not null,
    kind varchar not null check (kind in ('feed', 'sitemap', 'page')),
    outlet_id varchar,
    status varchar not null check (
        status in ('new', 'same', 'not_modified', 'unreadable', 'unreachable', 'gone', 'refused')
    ),
    http_status integer,
    final_url varchar,
    etag varchar,
    last_modified varchar,
    body_sha256 varchar,
    bytes bigint,
    seconds double,
    entries_new integer not null,
    entries_known integer not null,
    entries_waiting integer not null,
    failures double not null check (failures >= 0),
    interval_seconds double,
    next_look_at timestamptz,
    message varchar,
    recorded_at timestamptz not null
);
comment on table fetches is 'One row is one look at an address: a feed, a sitemap, or a page behind one.';
comment on column fetches.fetch_id is 'Hash of the address and the time of the look.';
comment on column fetches.address is 'What was asked for.';
comment on column fetches.kind is 'What it was looked at as: feed, sitemap or page.';
comment on column fetches.outlet_id is 'The outlet that lists it, where one does.';
comment on column fetches.status is 'What came of it: new, same (same bytes as before), not_modified (its server says so), unreadable, unreachable (try again), gone, or refused (robots.txt or the guard forbids it).';
comment on column fetches.http_status is 'Status code of the answer; empty where none came.';
comment on column fetches.final_url is 'Where it came from after redirects; empty where that is the address itself.';
comment on column fetches.etag is 'ETag to send along next time; empty where there is none, or where the next look is to read everything again.';
comment on column fetches.last_modified is 'Last-Modified to send along next time; empty as for the ETag.';
comment on column fetches.body_sha256 is 'SHA-256 of what came; empty as for the ETag.';
comment on column fetches.bytes is 'Length of what came, unpacked.';
comment on column fetches.seconds is 'How long the answer took.';
comment on column fetches.entries_new is 'Number of entries that had not been seen before.';
comment on column fetches.entries_known is 'Number of entries that had been seen before.';
comment on column fetches.entries_waiting is 'Number of entries whose pages are still to be fetched.';
comment on column fetches.failures is 'Weight of the failures in a row, this one included: 1 for what will not mend itself, less for what may.';
comment on column fetches.interval_seconds is 'How often this address is looked at while all goes well.';
comment on column fetches.next_look_at is 'When it is due again (UTC); empty for pages.';
comment on column fetches.message is 'What was wrong and what to do about it.';
comment on column fetches.recorded_at is 'When it was looked at (UTC).';

create table mendings (
    set_aside_id varchar primary key,
    article_id varchar not null,
    recorded_at timestamptz not null
);
comment on table mendings is 'One row is an input that had been set aside and gave an article after all: the file was mended, the page came back.';
comment on column mendings.set_aside_id is 'The row of set_asides that no longer stands.';
comment on column mendings.article_id is 'An article that the input gave.';
comment on column mendings.recorded_at is 'When it was read well (UTC).';
