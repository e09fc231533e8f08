-- Comments on the one table that is made before any migration runs.
comment on table migrations is 'One row is a change to this file''s schema that was applied.';
comment on column migrations.name is 'Name of the migration; "views" stands for all views and macros together.';
comment on column migrations.sha256 is 'Digest of its text when it was applied.';
comment on column migrations.applied_at is 'When it was applied (UTC).';
