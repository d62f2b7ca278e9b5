-- A lookup finds the rows of an id or a number in all generations (two or three
-- at most) and takes the one that a list has in force.

-- name: certified_by_id
SELECT c.cert, c.id, c.rev, c.name, c.fold, c.producer, c.province_code,
       c.commune_code, c.group_code, c.stars, c.from_day, c.until_day,
       c.status, c.recall, c.evidence, c.superseded_by, l.name, l.list_seq
  FROM certified c CROSS JOIN certified_list l ON l.gen = c.gen
 WHERE c.id = :id;

-- name: certified_record
SELECT c.record
  FROM certified c CROSS JOIN certified_list l ON l.gen = c.gen
 WHERE c.id = :id;

-- name: certified_by_gtin
SELECT c.cert, c.id, c.rev, c.name, c.fold, c.producer, c.province_code,
       c.commune_code, c.group_code, c.stars, c.from_day, c.until_day,
       c.status, c.recall, c.evidence, c.superseded_by, l.name, l.list_seq
  FROM certified_gtin g CROSS JOIN certified c ON c.n = g.n
       CROSS JOIN certified_list l ON l.gen = c.gen
 WHERE g.gtin = :gtin
 ORDER BY c.cert;

-- name: certified_each
SELECT c.cert, c.id, c.rev, c.name, c.fold, c.producer, c.province_code,
       c.commune_code, c.group_code, c.stars, c.from_day, c.until_day,
       c.status, c.recall, c.evidence, c.superseded_by, l.name, l.list_seq
  FROM certified c INDEXED BY certified_by_cert
       CROSS JOIN certified_list l ON l.gen = c.gen
 WHERE c.cert > :after AND instr(c.fold, :fold) > 0
 ORDER BY c.cert LIMIT :limit;

-- name: certified_find
-- Of a state (sync/judge.h) on a day, linked to a product, in words; in cert
-- order.
SELECT c.cert, c.id, c.rev, c.name, c.fold, c.producer, c.province_code,
       c.commune_code, c.group_code, c.stars, c.from_day, c.until_day,
       c.status, c.recall, c.evidence, c.superseded_by, l.name, l.list_seq
  FROM certified c INDEXED BY certified_by_cert
       CROSS JOIN certified_list l ON l.gen = c.gen
 WHERE c.cert > :after AND instr(c.fold, :fold) > 0
   AND (:state = 0 OR :state = CASE c.status WHEN 2 THEN 4 WHEN 3 THEN 5
          WHEN 4 THEN 6 ELSE CASE WHEN :today < c.from_day THEN 7
            WHEN :today <= c.until_day THEN 1 ELSE 3 END END)
   AND (:linked = 0 OR EXISTS (SELECT 1 FROM product_certificate x
         WHERE x.registry_id = c.id AND x.linked = 1))
 ORDER BY c.cert LIMIT :limit;

-- name: certified_list
SELECT name, seq, gen, list_seq, records, sha256, applied_at
  FROM certified_list WHERE name = :name;

-- name: certified_lists
SELECT name, seq, gen, list_seq, records, sha256, applied_at
  FROM certified_list ORDER BY name;

-- name: certified_sum
SELECT count(*), coalesce(sum(records), 0), coalesce(max(seq), 0),
       coalesce(max(applied_at), 0)
  FROM certified_list;

-- name: certified_rows
SELECT cert, id, name, stars, status, recall, record
  FROM certified INDEXED BY certified_by_id
 WHERE id > :after AND gen = :gen
 ORDER BY id LIMIT :limit;

-- name: certified_row
SELECT cert, id, name, stars, status, recall, record
  FROM certified WHERE id = :id AND gen = :gen;

-- name: certified_linked
SELECT DISTINCT registry_id FROM product_certificate
 WHERE linked = 1 ORDER BY registry_id;

-- name: certified_held
SELECT p.id, coalesce((SELECT sum(b.shelf) FROM stock_balance b
                        WHERE b.product_id = p.id), 0)
  FROM product_certificate x JOIN product p ON p.id = x.product_id
 WHERE x.registry_id = :id AND x.linked = 1 ORDER BY p.id;

-- name: certified_gen_next
SELECT 1 + max(coalesce((SELECT max(n) >> 32 FROM certified), 0),
               coalesce((SELECT max(gen) FROM certified_list), 0));

-- name: certified_place_next
SELECT coalesce(max(n) + 1, :gen << 32) - (:gen << 32)
  FROM certified WHERE n BETWEEN :gen << 32 AND ((:gen + 1) << 32) - 1;

-- name: certified_put
INSERT INTO certified (n, gen, cert, id, rev, name, fold, producer,
                       province_code, commune_code, group_code, stars,
                       from_day, until_day, status, recall, evidence,
                       superseded_by, record)
VALUES ((:gen << 32) + :place, :gen, :cert, :id, :rev, :name, :fold, :producer,
        :province_code, :commune_code, :group_code, :stars, :from_day,
        :until_day, :status, :recall, :evidence, :superseded_by, :record);

-- name: certified_put_gtin
INSERT OR IGNORE INTO certified_gtin (gtin, n)
VALUES (:gtin, (:gen << 32) + :place);

-- name: certified_drop_gtins
DELETE FROM certified_gtin
 WHERE n IN (SELECT n FROM certified WHERE id = :id AND gen = :gen);

-- name: certified_drop
DELETE FROM certified WHERE id = :id AND gen = :gen;

-- name: certified_claims
SELECT gen FROM certified WHERE id = :id
UNION ALL SELECT gen FROM certified WHERE cert = :cert;

-- name: certified_list_put
INSERT INTO certified_list (name, seq, gen, list_seq, records, sha256,
                            applied_at)
VALUES (:name, :seq,
        coalesce(:gen, (SELECT gen FROM certified_list WHERE name = :name),
                 1 + max(coalesce((SELECT max(n) >> 32 FROM certified), 0),
                         coalesce((SELECT max(gen) FROM certified_list), 0))),
        :list_seq, :records, :sha256, :applied_at)
ON CONFLICT (name) DO UPDATE
   SET seq = excluded.seq, gen = excluded.gen, list_seq = excluded.list_seq,
       records = excluded.records, sha256 = excluded.sha256,
       applied_at = excluded.applied_at;

-- name: certified_list_drop
DELETE FROM certified_list WHERE name = :name;

-- name: certified_gen_at
-- The generation of the first row from `n` on.
SELECT n >> 32 FROM certified WHERE n >= :n ORDER BY n LIMIT 1;

-- name: certified_gen_in_force
SELECT count(*) FROM certified_list WHERE gen = :gen;

-- name: certified_sweep_gtins
DELETE FROM certified_gtin
 WHERE n IN (SELECT n FROM certified
              WHERE n BETWEEN :gen << 32 AND ((:gen + 1) << 32) - 1
              ORDER BY n LIMIT :limit);

-- name: certified_sweep
DELETE FROM certified
 WHERE n IN (SELECT n FROM certified
              WHERE n BETWEEN :gen << 32 AND ((:gen + 1) << 32) - 1
              ORDER BY n LIMIT :limit);
