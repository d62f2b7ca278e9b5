-- Published lists (db/registry/lists.c).

-- name: reg_list_pending
-- Records that are new or not as listed, and listed ones that are gone.
SELECT (SELECT count(*)
          FROM record r LEFT JOIN listing l
            ON l.role = :role AND l.id = r.id AND l.until_seq IS NULL
         WHERE r.role = :role AND l.version IS NOT r.version)
     + (SELECT count(*)
          FROM listing l JOIN record r ON r.id = l.id
         WHERE l.role = :role AND l.until_seq IS NULL
           AND r.role IS NOT :role);

-- name: reg_listing_close
UPDATE listing SET until_seq = :seq
 WHERE role = :role AND until_seq IS NULL
   AND NOT EXISTS (SELECT 1 FROM record r
                    WHERE r.id = listing.id AND r.role = :role
                      AND r.version = listing.version);

-- name: reg_listing_open
INSERT INTO listing (role, id, from_seq, until_seq, version)
SELECT :role, r.id, :seq, NULL, r.version
  FROM record r
 WHERE r.role = :role
   AND NOT EXISTS (SELECT 1 FROM listing l
                    WHERE l.role = :role AND l.id = r.id
                      AND l.until_seq IS NULL);

-- name: reg_list_next
SELECT coalesce(max(seq), 0) + 1 FROM publication WHERE role = :role;

-- name: reg_list_finish
INSERT INTO publication (role, seq, at, by_whom, records, length, sha256)
VALUES (:role, :seq, :at, :by_whom, :records, :length, :sha256);

-- name: reg_list_at
SELECT l.id, v.rev, v.record
  FROM listing l JOIN version v ON v.n = l.version
 WHERE l.role = :role AND l.from_seq <= :seq
   AND (l.until_seq IS NULL OR l.until_seq > :seq)
 ORDER BY l.id;

-- name: reg_list_delta
-- What began after :from and still stood at :to is put; what stood at :from,
-- ended by :to and has no such follower is dropped.
SELECT l.id, v.rev, v.record
  FROM listing l JOIN version v ON v.n = l.version
 WHERE l.role = :role AND l.from_seq > :from AND l.from_seq <= :to
   AND (l.until_seq IS NULL OR l.until_seq > :to)
UNION ALL
SELECT l.id, v.rev, NULL
  FROM listing l JOIN version v ON v.n = l.version
 WHERE l.role = :role AND l.until_seq > :from AND l.until_seq <= :to
   AND l.from_seq <= :from
   AND NOT EXISTS (SELECT 1 FROM listing x
                    WHERE x.role = :role AND x.id = l.id
                      AND x.from_seq > :from AND x.from_seq <= :to
                      AND (x.until_seq IS NULL OR x.until_seq > :to))
 ORDER BY 1;
