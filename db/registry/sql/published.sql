-- Signed metadata and targets (db/registry/published.c).

-- name: reg_metadata_last
SELECT role, version, signed_at, expires_at, bytes
  FROM metadata WHERE role = :role ORDER BY version DESC LIMIT 1;

-- name: reg_metadata_get
SELECT role, version, signed_at, expires_at, bytes
  FROM metadata WHERE role = :role AND version = :version;

-- name: reg_metadata_each
SELECT m.role, m.version, m.signed_at, m.expires_at, m.bytes
  FROM (SELECT role AS r, max(version) AS v FROM metadata GROUP BY role)
  JOIN metadata m ON m.role = r AND m.version = v
 ORDER BY m.role;

-- name: reg_metadata_add
INSERT INTO metadata (role, version, signed_at, expires_at, bytes)
VALUES (:role, :version, :signed_at, :expires_at, :bytes);

-- name: reg_targets
SELECT path, role, length, sha256, custom, at
  FROM target WHERE role = :role ORDER BY path;

-- name: reg_target_put
INSERT INTO target (path, role, length, sha256, custom, at)
VALUES (:path, :role, :length, :sha256, :custom, :at)
ON CONFLICT (path) DO UPDATE
   SET role = excluded.role, length = excluded.length,
       sha256 = excluded.sha256, custom = excluded.custom, at = excluded.at
 WHERE (role, length, sha256, custom)
    IS NOT (excluded.role, excluded.length, excluded.sha256, excluded.custom);

-- name: reg_target_drop
DELETE FROM target WHERE path = :path;
