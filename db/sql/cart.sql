-- name: cart_add
INSERT INTO cart (key, till, state, version, staff, next_line, percent,
                  discount, created_at, changed_at, label, note)
VALUES (:key, :till, 1, 1, :staff, 1, 0, 0, :at, :at, :label, '');

-- name: cart_get
SELECT id, key, till, state, version, staff, next_line, percent, discount,
       created_at, changed_at, sale_id, label, note
  FROM cart WHERE id = :id;

-- name: cart_by_key
SELECT id FROM cart WHERE key = :key;

-- name: cart_each
SELECT id, key, till, state, version, staff, next_line, percent, discount,
       created_at, changed_at, sale_id, label, note
  FROM cart
 WHERE state <> 4 AND till BETWEEN :till AND :last_till AND id > :after
   AND state BETWEEN :state AND :last_state
 ORDER BY id LIMIT :limit;

-- name: cart_count
SELECT count(*) FROM cart WHERE state <> 4;

-- name: cart_put
UPDATE cart
   SET till = :till, state = :state, version = :version, staff = :staff,
       next_line = :next_line, percent = :percent, discount = :discount,
       changed_at = :changed_at, sale_id = :sale_id, label = :label,
       note = :note
 WHERE id = :id;

-- name: cart_remove
DELETE FROM cart WHERE id = :id;

-- name: cart_forget
DELETE FROM cart WHERE id IN (
  SELECT id FROM cart WHERE state = 4 AND changed_at < :before
   ORDER BY changed_at LIMIT :limit);

-- name: cart_lines
SELECT n, product_id, lot_id, qty_milli, discount, price
  FROM cart_line WHERE cart_id = :cart_id ORDER BY n LIMIT :limit;

-- name: cart_line_put
INSERT INTO cart_line (cart_id, n, product_id, lot_id, qty_milli, discount,
                       price)
VALUES (:cart_id, :n, :product_id, :lot_id, :qty_milli, :discount, :price)
ON CONFLICT DO UPDATE
   SET lot_id = excluded.lot_id, qty_milli = excluded.qty_milli,
       discount = excluded.discount, price = excluded.price;

-- name: cart_line_remove
DELETE FROM cart_line WHERE cart_id = :cart_id AND n = :n;

-- name: cart_lines_clear
DELETE FROM cart_line WHERE cart_id = :cart_id;

-- name: cart_change_add
INSERT INTO cart_change (cart_id, version, op, digest, undo, percent, discount,
                         note)
VALUES (:cart_id, :version, :op, :digest, :undo, :percent, :discount, :note);

-- name: cart_change_by_op
SELECT version, op, digest, undo, percent, discount, note
  FROM cart_change WHERE cart_id = :cart_id AND op = :op;

-- name: cart_change_last
SELECT version, op, digest, undo, percent, discount, note
  FROM cart_change WHERE cart_id = :cart_id AND undo = 1
 ORDER BY version DESC LIMIT 1;

-- name: cart_change_done
UPDATE cart_change SET undo = 0 WHERE cart_id = :cart_id AND version = :version;

-- name: cart_change_drop
DELETE FROM cart_change WHERE cart_id = :cart_id AND version <= :version;

-- name: cart_before_add
INSERT INTO cart_line_before (cart_id, version, n, product_id, lot_id,
                              qty_milli, discount, price)
VALUES (:cart_id, :version, :n, :product_id, :lot_id, :qty_milli, :discount,
        :price);

-- name: cart_before
SELECT n, product_id, lot_id, qty_milli, discount, price
  FROM cart_line_before
 WHERE cart_id = :cart_id AND version = :version ORDER BY n LIMIT :limit;

-- name: cart_void_add
INSERT INTO cart_void (id, seq, at, till, staff, lines, total)
SELECT coalesce(max(id), 0) + 1, :seq, :at, :till, :staff, :lines, :total
  FROM cart_void;

-- name: lot_by_code
-- The batch that a GS1 code names; of two with one code the newest.
SELECT id FROM lot WHERE product_id = :product_id AND code = :code
 ORDER BY id DESC LIMIT 1;
