-- name: link_get
SELECT product_id, registry_id, how, linked, seq FROM product_certificate
 WHERE product_id = :product_id AND registry_id = :registry_id;

-- name: links_of
SELECT product_id, registry_id, how, linked, seq FROM product_certificate
 WHERE product_id = :product_id AND linked = 1
 ORDER BY seq DESC, registry_id LIMIT :limit;

-- name: link_put
INSERT INTO product_certificate (product_id, registry_id, seq, how, linked)
VALUES (:product_id, :registry_id, :seq, :how, :linked)
ON CONFLICT DO UPDATE
   SET seq = excluded.seq, how = excluded.how, linked = excluded.linked;

-- name: link_undeclare
DELETE FROM product_certificate
 WHERE product_id = :product_id AND how = 1 AND linked = 1
   AND registry_id <> :registry_id;

-- name: link_declare
-- What was linked in another way before stays so.
INSERT INTO product_certificate (product_id, registry_id, seq, how, linked)
VALUES (:product_id, :registry_id, :seq, 1, 1)
ON CONFLICT DO UPDATE SET seq = excluded.seq, how = 1, linked = 1
 WHERE how = 1 OR linked = 0;

-- name: links_due_gtin
-- Codes are borrowed: what two products here, two producers there or two
-- certificates in force carry links nothing, and neither does a code of a
-- product that already has an active certificate of another producer.
WITH in_force (gtin, id, producer, status) AS MATERIALIZED (
  SELECT g.gtin, c.id, c.producer, c.status
    FROM barcode b
         CROSS JOIN certified_gtin g ON g.gtin = b.code
         CROSS JOIN certified c ON c.n = g.n
         CROSS JOIN certified_list l ON l.gen = c.gen
   WHERE b.product_id BETWEEN :product_id
         AND iif(:product_id = 0, 9223372036854775807, :product_id)
), one (gtin, producer) AS (
  SELECT gtin, min(producer) FROM in_force GROUP BY gtin
  HAVING count(DISTINCT producer) = 1
     AND count(DISTINCT iif(status = 1, id, NULL)) <= 1
)
SELECT DISTINCT b.product_id, f.id
  FROM one o
       JOIN barcode b ON b.code = o.gtin
       JOIN product p ON p.id = b.product_id AND p.retired = 0
       JOIN in_force f ON f.gtin = o.gtin
 WHERE NOT EXISTS (SELECT 1 FROM product_certificate x
                    WHERE x.product_id = b.product_id
                      AND x.registry_id = f.id)
   AND (SELECT count(*) FROM barcode y
          JOIN product z ON z.id = y.product_id AND z.retired = 0
         WHERE y.code = o.gtin) = 1
   AND NOT EXISTS (SELECT 1 FROM product_certificate x
                     JOIN certified c ON c.id = x.registry_id
                     JOIN certified_list l ON l.gen = c.gen
                    WHERE x.product_id = b.product_id AND x.linked = 1
                      AND c.producer <> o.producer)
 ORDER BY b.product_id, f.id LIMIT :limit;

-- name: links_due_successor
SELECT DISTINCT x.product_id, c.superseded_by
  FROM product_certificate x
       CROSS JOIN product p ON p.id = x.product_id AND p.retired = 0
       CROSS JOIN certified c ON c.id = x.registry_id
                             AND c.superseded_by IS NOT NULL
       CROSS JOIN certified_list l ON l.gen = c.gen
 WHERE x.linked = 1
   AND x.product_id BETWEEN :product_id
       AND iif(:product_id = 0, 9223372036854775807, :product_id)
   AND NOT EXISTS (SELECT 1 FROM product_certificate y
                    WHERE y.product_id = x.product_id
                      AND y.registry_id = c.superseded_by)
   AND EXISTS (SELECT 1 FROM certified d
                 JOIN certified_list m ON m.gen = d.gen
                WHERE d.id = c.superseded_by)
 ORDER BY x.product_id, c.superseded_by LIMIT :limit;

-- name: notices_due
-- Of each product the active certificate that lasts longest; SQLite takes the
-- other columns from the row of the max().
WITH last (product_id, name, id, stars, until_day) AS (
  SELECT x.product_id, p.name, c.id, c.stars, max(c.until_day)
    FROM product_certificate x
         CROSS JOIN product p ON p.id = x.product_id AND p.retired = 0
         CROSS JOIN certified c ON c.id = x.registry_id AND c.status = 1
         CROSS JOIN certified_list l ON l.gen = c.gen
   WHERE x.linked = 1
   GROUP BY x.product_id
), due AS (
  SELECT product_id, name, id, stars, until_day,
         CASE WHEN until_day < :today THEN 0
              WHEN until_day <= :today + 30 THEN 30
              ELSE 90 END AS days
    FROM last WHERE until_day <= :today + 90
)
SELECT min(product_id), name, id, stars, until_day, days FROM due d
 WHERE NOT EXISTS (SELECT 1 FROM certificate_notice n
                    WHERE n.registry_id = d.id AND n.until_day = d.until_day
                      AND n.days <= d.days)
 GROUP BY id ORDER BY until_day, id LIMIT :limit;

-- name: expiring
SELECT count(*) FILTER (WHERE until_day <= :today + 30),
       count(*) FILTER (WHERE until_day <= :today + 90)
  FROM (SELECT max(c.until_day) AS until_day
          FROM product_certificate x
               CROSS JOIN product p ON p.id = x.product_id AND p.retired = 0
               CROSS JOIN certified c ON c.id = x.registry_id
                                     AND c.status = 1
               CROSS JOIN certified_list l ON l.gen = c.gen
         WHERE x.linked = 1
         GROUP BY x.product_id)
 WHERE until_day >= :today;

-- name: notice_put
INSERT INTO certificate_notice (registry_id, until_day, days, seq, product_id,
                                at)
VALUES (:registry_id, :until_day, :days, :seq, :product_id, :at)
ON CONFLICT DO NOTHING;

-- name: journal_lists
-- Newest first.
SELECT seq, kind, body FROM journal INDEXED BY journal_of_lists
 WHERE kind IN ('list', 'notice') AND seq < :before
 ORDER BY seq DESC LIMIT :limit;

-- name: journal_last_list
SELECT seq, kind, body FROM journal INDEXED BY journal_of_lists
 WHERE kind IN ('list', 'notice') AND kind = 'list' ORDER BY seq DESC LIMIT 1;

-- name: link_suppliers
-- Whom the product came from.
SELECT name FROM supplier
 WHERE id IN (SELECT supplier_id FROM lot WHERE product_id = :product_id)
 ORDER BY id DESC LIMIT :limit;
