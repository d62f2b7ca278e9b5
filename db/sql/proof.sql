-- Whole tables in the order of their keys, for db/proof.c, which walks the same
-- statement on two databases and compares.  First the record that set the row,
-- then the key, then all the rest.

-- name: proof_records
SELECT seq, kind, body, key, hash, sig
  FROM journal WHERE seq >= :from ORDER BY seq LIMIT :limit;

-- name: proof_showroom
SELECT seq, id, number, name, commune FROM showroom ORDER BY id;

-- name: proof_showroom_key
SELECT seq, number, public_key, from_seq FROM showroom_key ORDER BY number;

-- name: proof_vat_rate
-- Given by the program, not by a record.
SELECT 0 AS seq, class, from_day, rate_bp, source
  FROM vat_rate ORDER BY class, from_day;

-- name: proof_staff
SELECT seq, number, role, program, active FROM staff ORDER BY number;

-- name: proof_till
SELECT seq, number, name, active FROM till ORDER BY number;

-- name: proof_device
SELECT seq, id, till, active FROM device ORDER BY id;

-- name: proof_product
SELECT seq, id, sku, name, unit, kind, vat_class, registry_id, retired
  FROM product ORDER BY id;

-- name: proof_product_price
SELECT seq, product_id, from_at, price
  FROM product_price ORDER BY product_id, from_at;

-- name: proof_barcode
SELECT seq, code, product_id, qty_milli
  FROM barcode ORDER BY code, product_id;

-- name: proof_product_certificate
SELECT seq, product_id, registry_id, how, linked
  FROM product_certificate ORDER BY product_id, registry_id;

-- name: proof_certificate_notice
SELECT seq, registry_id, until_day, days, product_id, at
  FROM certificate_notice ORDER BY registry_id, until_day, days;

-- name: proof_product_words
-- The order of selling (rank, sold) hangs on when it was counted: it proves
-- nothing, and is left out.
SELECT p.seq AS seq, r.product_id, r.fold
  FROM product_rank r LEFT JOIN product p ON p.id = r.product_id
 ORDER BY r.product_id;

-- name: proof_supplier
SELECT seq, id, name FROM supplier ORDER BY id;

-- name: proof_lot
SELECT seq, id, product_id, code, expires_day, supplier_id, cost
  FROM lot ORDER BY id;

-- name: proof_stock_balance
SELECT seq, product_id, lot_id, expires_day, open, last_move, supplier, shelf,
       transit, sold, tasting, damaged, returned, counted
  FROM stock_balance ORDER BY product_id, lot_id;

-- name: proof_stock_move
SELECT seq, id, line, product_id, lot_id, qty_milli, from_account, to_account,
       prev
  FROM stock_move ORDER BY id;

-- name: proof_receiving
SELECT seq, id, at, staff, supplier_id, note FROM receiving ORDER BY id;

-- name: proof_receiving_line
SELECT r.seq AS seq, l.receiving_id, l.n, l.product_id, l.lot_id, l.qty_milli,
       l.cost
  FROM receiving_line l LEFT JOIN receiving r ON r.id = l.receiving_id
 ORDER BY l.receiving_id, l.n;

-- name: proof_shift
SELECT seq, id, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding, discounts, cash_back, transfer_back, cash_in, cash_out,
       drawers, first_sale, last_sale
  FROM shift ORDER BY id;

-- name: proof_shift_note
SELECT seq, shift_id, note, count FROM shift_note ORDER BY shift_id, note;

-- name: proof_cash_move
SELECT seq, id, kind, till, shift_id, amount, staff, at, reason
  FROM cash_move ORDER BY id;

-- name: proof_sale
SELECT seq, id, kind, of_sale, till, shift_id, staff, approved_by, at, total,
       rounding, change, suspect, copies, first_move, moves, note,
       list_age, list_at
  FROM sale ORDER BY id;

-- name: proof_sale_line
SELECT seq, sale_id, n, of_line, product_id, name, unit, qty_milli, price,
       discount, amount, vat_class, vat_bp, vat, ocop_id, ocop_cert,
       ocop_stars, ocop_state, ocop_until, list_seq
  FROM sale_line ORDER BY sale_id, n;

-- name: proof_payment
SELECT seq, sale_id, n, method, amount, tendered, reference
  FROM payment ORDER BY sale_id, n;

-- name: proof_request
SELECT seq, key, kind, ref, digest FROM request ORDER BY key;

-- name: proof_certified_list
-- Where the rows lie is no fact of the journal.
SELECT seq, name, list_seq, records, sha256, applied_at
  FROM certified_list ORDER BY name;

-- name: proof_certified
-- Of the lists in force; what is being written beside them is nothing yet.
SELECT l.seq AS seq, c.id, l.name AS list, c.cert, c.rev, c.name, c.fold,
       c.producer, c.province_code, c.commune_code, c.group_code, c.stars,
       c.from_day, c.until_day, c.status, c.recall, c.evidence,
       c.superseded_by, c.record
  FROM certified c INDEXED BY certified_by_id
       CROSS JOIN certified_list l ON l.gen = c.gen
 ORDER BY c.id;

-- name: proof_cart_void
SELECT seq, id, at, till, staff, lines, total FROM cart_void ORDER BY id;
