-- name: trust_get
SELECT role, version, expires_at, checked_at FROM trust WHERE role = :role;

-- name: trust_each
SELECT role, version, expires_at, checked_at, bytes FROM trust ORDER BY role;

-- name: trust_time
SELECT coalesce(max(checked_at), 0) FROM trust;

-- name: trust_put
INSERT INTO trust (role, version, expires_at, checked_at, bytes)
VALUES (:role, :version, :expires_at, :checked_at, :bytes)
ON CONFLICT (role) DO UPDATE
   SET version = excluded.version, expires_at = excluded.expires_at,
       checked_at = excluded.checked_at, bytes = excluded.bytes;

-- name: trust_drop
DELETE FROM trust WHERE role = :role;
