-- Certified products in all their versions (db/registry/records.c).  Every
-- statement that gives versions gives the same columns.

-- name: reg_record_by_id
SELECT v.n, v.id, r.cert, v.rev, v.role, v.stars, v.status, v.recall,
       v.from_day, v.until_day, v.record, v.action, v.at, v.by_whom,
       v.decision, v.decision_day, v.ground
  FROM record r JOIN version v ON v.n = r.version
 WHERE r.id = :id;

-- name: reg_record_by_cert
SELECT v.n, v.id, r.cert, v.rev, v.role, v.stars, v.status, v.recall,
       v.from_day, v.until_day, v.record, v.action, v.at, v.by_whom,
       v.decision, v.decision_day, v.ground
  FROM record r JOIN version v ON v.n = r.version
 WHERE r.cert = :cert;

-- name: reg_records_of_certs
SELECT v.n, v.id, r.cert, v.rev, v.role, v.stars, v.status, v.recall,
       v.from_day, v.until_day, v.record, v.action, v.at, v.by_whom,
       v.decision, v.decision_day, v.ground
  FROM record r JOIN version v ON v.n = r.version
 WHERE r.cert BETWEEN :first AND :last
 ORDER BY r.cert;

-- name: reg_history
SELECT v.n, v.id, r.cert, v.rev, v.role, v.stars, v.status, v.recall,
       v.from_day, v.until_day, v.record, v.action, v.at, v.by_whom,
       v.decision, v.decision_day, v.ground
  FROM version v JOIN record r ON r.id = v.id
 WHERE v.id = :id
 ORDER BY v.n;

-- name: reg_blocks_since
SELECT DISTINCT r.cert / 256
  FROM version v JOIN record r ON r.id = v.id
 WHERE v.n > :after
 ORDER BY 1;

-- name: reg_version_last
SELECT coalesce(max(n), 0) FROM version;

-- name: reg_cert_last
SELECT coalesce(max(cert), 0) FROM record;

-- name: reg_cert_free
-- 1, or behind the first that has no follower.
SELECT CASE WHEN EXISTS (SELECT 1 FROM record WHERE cert = 1)
       THEN (SELECT r.cert + 1 FROM record r
              WHERE NOT EXISTS (SELECT 1 FROM record f
                                 WHERE f.cert = r.cert + 1)
              ORDER BY r.cert LIMIT 1)
       ELSE 1 END;

-- name: reg_version_add
INSERT INTO version (id, rev, role, stars, status, recall, from_day, until_day,
                     record, action, at, by_whom, decision, decision_day,
                     ground)
VALUES (:id, :rev, :role, :stars, :status, :recall, :from_day, :until_day,
        :record, :action, :at, :by_whom, :decision, :decision_day, :ground);

-- name: reg_record_add
-- Another cert for the id, or another id for the cert, is refused.
INSERT INTO record (id, cert, version, role)
VALUES (:id, :cert, :version, :role)
ON CONFLICT (id) DO UPDATE
   SET version = excluded.version, role = excluded.role
 WHERE cert = excluded.cert;
