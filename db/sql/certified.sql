-- name: certified_by_id
SELECT cert, id, rev, name, fold, producer, province_code, commune_code,
       group_code, stars, from_day, until_day, status, recall, evidence
  FROM certified WHERE id = :id;

-- name: certified_list
SELECT seq, list_seq, records, sha256, applied_at
  FROM certified_list WHERE id = 1;

-- name: certified_each
SELECT cert, id, rev, name, fold, producer, province_code, commune_code,
       group_code, stars, from_day, until_day, status, recall, evidence
  FROM certified
 WHERE cert > :after AND instr(fold, :fold) > 0
 ORDER BY cert LIMIT :limit;

-- name: certified_records
SELECT record FROM certified ORDER BY id;

-- name: certified_rows
SELECT cert, id, status, record FROM certified ORDER BY id;

-- name: certified_drop
DELETE FROM certified WHERE cert = :cert;

-- name: certified_put
INSERT INTO certified (cert, id, rev, name, fold, producer, province_code,
                       commune_code, group_code, stars, from_day, until_day,
                       status, recall, evidence, record)
VALUES (:cert, :id, :rev, :name, :fold, :producer, :province_code,
        :commune_code, :group_code, :stars, :from_day, :until_day,
        :status, :recall, :evidence, :record);

-- name: certified_clear
DELETE FROM certified;

-- name: certified_list_put
INSERT INTO certified_list (id, seq, list_seq, records, sha256, applied_at)
VALUES (1, :seq, :list_seq, :records, :sha256, :applied_at)
ON CONFLICT (id) DO UPDATE
   SET seq = excluded.seq, list_seq = excluded.list_seq,
       records = excluded.records, sha256 = excluded.sha256,
       applied_at = excluded.applied_at;
