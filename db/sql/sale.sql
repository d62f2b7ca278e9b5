-- name: sale_add
INSERT INTO sale (id, seq, kind, of_sale, till, shift_id, staff, approved_by,
                  at, total, rounding, change, suspect, first_move, moves, note,
                  list_age, list_at)
VALUES (:id, :seq, :kind, :of_sale, :till, :shift_id, :staff, :approved_by,
        :at, :total, :rounding, :change, :suspect, :first_move, :moves, :note,
        :list_age, :list_at);

-- name: sale_line_add
INSERT INTO sale_line (sale_id, n, seq, of_line, product_id, name, unit,
                       qty_milli, price, discount, amount, vat_class, vat_bp,
                       vat, ocop_id, ocop_cert, ocop_stars, ocop_state,
                       ocop_until, list_seq)
VALUES (:sale_id, :n, :seq, :of_line, :product_id, :name, :unit,
        :qty_milli, :price, :discount, :amount, :vat_class, :vat_bp,
        :vat, :ocop_id, :ocop_cert, :ocop_stars, :ocop_state,
        :ocop_until, :list_seq);

-- name: payment_add
INSERT INTO payment (sale_id, n, seq, method, amount, tendered, reference)
VALUES (:sale_id, :n, :seq, :method, :amount, :tendered, :reference);

-- name: sale_copy
UPDATE sale SET copies = copies + 1 WHERE id = :id;

-- name: sale_get
SELECT id, seq, kind, of_sale, till, shift_id, staff, approved_by, at, total,
       rounding, change, suspect, copies, first_move, moves, note,
       list_age, list_at
  FROM sale WHERE id = :id;

-- name: sale_last_id
SELECT coalesce(max(id), 0) FROM sale;

-- name: sale_each
SELECT id, seq, kind, of_sale, till, shift_id, staff, approved_by, at, total,
       rounding, change, suspect, copies, first_move, moves, note,
       list_age, list_at
  FROM sale WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- name: sale_at
-- Numbers have no gaps, so every id up to the last is there.
SELECT at FROM sale WHERE id = :id;

-- name: sale_lines
SELECT n, of_line, product_id, name, unit, qty_milli, price, discount, amount,
       vat_class, vat_bp, vat, ocop_id, ocop_cert, ocop_stars, ocop_state,
       ocop_until, list_seq
  FROM sale_line WHERE sale_id = :sale_id ORDER BY n;

-- name: sale_payments
SELECT method, amount, tendered, reference
  FROM payment WHERE sale_id = :sale_id ORDER BY n;

-- name: sale_refunded
SELECT coalesce(sum(l.qty_milli), 0), coalesce(sum(l.amount), 0),
       coalesce(sum(l.vat), 0)
  FROM sale r JOIN sale_line l ON l.sale_id = r.id
 WHERE r.of_sale = :sale_id AND l.of_line = :line;

-- name: sale_sold_lots
-- Moves of the sale (shelf to sold) less moves of its refunds (from sold).
WITH moved (lot_id, first, qty) AS (
  SELECT lot_id, id, qty_milli FROM stock_move
   WHERE id >= :first_move AND id < :end_move AND line = :line
     AND to_account = 4
  UNION ALL
  SELECT m.lot_id, m.id, -m.qty_milli
    FROM sale r
    JOIN sale_line l ON l.sale_id = r.id AND l.of_line = :line
    JOIN stock_move m ON m.id >= r.first_move AND m.id < r.first_move + r.moves
                     AND m.line = l.n AND m.from_account = 4
   WHERE r.of_sale = :sale_id
)
SELECT lot_id, sum(qty) FROM moved
 GROUP BY lot_id HAVING sum(qty) > 0 ORDER BY min(first) LIMIT :limit;

-- name: request_get
SELECT kind, ref, digest FROM request WHERE key = :key;

-- name: request_add
INSERT INTO request (key, seq, kind, ref, digest)
VALUES (:key, :seq, :kind, :ref, :digest);
