-- Transactions and the migrations' own table.  Only db/writer.c, db/db.c and
-- db/migrate.c run these.

-- name: begin
BEGIN IMMEDIATE;

-- name: begin_read
BEGIN;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- name: savepoint
SAVEPOINT one_write;

-- name: savepoint_release
RELEASE one_write;

-- name: savepoint_rollback
ROLLBACK TO one_write;

-- name: migration_add
INSERT INTO migration (number, name, sha256, applied_at)
VALUES (:number, :name, :sha256, :applied_at);

-- name: migration_list
SELECT number, name, sha256
  FROM migration
 ORDER BY number;

-- name: schema_kind
PRAGMA application_id;

-- name: schema_has_migrations
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration';

-- name: schema_list
-- ANALYZE makes its own tables, which are nobody's schema.
SELECT type, name, coalesce(sql, '')
  FROM sqlite_schema
 WHERE name NOT LIKE 'sqlite_stat%'
 ORDER BY type, name;

-- name: check_integrity
PRAGMA integrity_check;

-- name: check_foreign_keys
PRAGMA foreign_key_check;
