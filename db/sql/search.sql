-- name: search_match
SELECT r.product_id, r.rank
  FROM product_search s JOIN product_rank r ON r.rank = s.rowid
 WHERE product_search MATCH :match AND s.rowid > :after
 ORDER BY s.rowid LIMIT :limit;

-- name: search_all
SELECT product_id, rank FROM product_rank
 WHERE rank > :after ORDER BY rank LIMIT :limit;

-- name: search_row
SELECT rank, sold, fold FROM product_rank WHERE product_id = :product_id;

-- name: search_row_add
INSERT INTO product_rank (rank, product_id, sold, fold)
VALUES (:rank, :product_id, :sold, :fold);

-- name: search_row_drop
DELETE FROM product_rank WHERE rank = :rank;

-- name: search_index_add
INSERT INTO product_search (rowid, fold) VALUES (:rank, :fold);

-- name: search_index_drop
INSERT INTO product_search (product_search, rowid, fold)
VALUES ('delete', :rank, :fold);

-- name: search_count
UPDATE product_rank SET sold = sold + :lines WHERE rank = :rank;

-- name: search_mark
SELECT sale_id FROM product_rank_mark WHERE id = 1;

-- name: search_mark_set
UPDATE product_rank_mark SET sale_id = :sale_id WHERE id = 1;

-- name: search_sold
SELECT l.product_id, count(*)
  FROM sale s JOIN sale_line l ON l.sale_id = s.id
 WHERE s.id > :from AND s.id <= :to AND s.kind = 1
 GROUP BY l.product_id LIMIT :limit;

-- name: search_codes
SELECT DISTINCT b.product_id
  FROM barcode b JOIN product p ON p.id = b.product_id
 WHERE b.code >= :from AND b.code < :to AND p.retired = 0
 ORDER BY b.code LIMIT :limit;
