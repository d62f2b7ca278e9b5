-- name: receiving_last_id
SELECT coalesce(max(id), 0) FROM receiving;

-- name: receiving_get
SELECT seq, at, staff, supplier_id, note FROM receiving WHERE id = :id;

-- name: receiving_lines
SELECT n, product_id, lot_id, qty_milli, cost FROM receiving_line
 WHERE receiving_id = :receiving_id ORDER BY n LIMIT :limit;

-- name: receiving_add
INSERT INTO receiving (id, seq, at, staff, supplier_id, note)
VALUES (:id, :seq, :at, :staff, :supplier_id, :note);

-- name: receiving_line_add
INSERT INTO receiving_line (receiving_id, n, product_id, lot_id, qty_milli,
                            cost)
VALUES (:receiving_id, :n, :product_id, :lot_id, :qty_milli, :cost);
