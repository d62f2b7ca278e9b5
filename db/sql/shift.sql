-- name: shift_get
SELECT id, seq, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding, discounts, cash_back, transfer_back, cash_in, cash_out,
       drawers, first_sale, last_sale
  FROM shift WHERE id = :id;

-- name: shift_open_of
SELECT id, seq, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding, discounts, cash_back, transfer_back, cash_in, cash_out,
       drawers, first_sale, last_sale
  FROM shift WHERE till = :till AND closed_at IS NULL;

-- name: shift_last_id
SELECT coalesce(max(id), 0) FROM shift;

-- name: shift_each
SELECT id, seq, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding, discounts, cash_back, transfer_back, cash_in, cash_out,
       drawers, first_sale, last_sale
  FROM shift
 WHERE id < :before AND (:till = 0 OR till = :till)
   AND (:open = 0 OR closed_at IS NULL)
 ORDER BY id DESC LIMIT :limit;

-- name: shift_add
INSERT INTO shift (id, seq, till, opened_by, opened_at, float)
VALUES (:id, :seq, :till, :opened_by, :opened_at, :float);

-- name: shift_close
UPDATE shift SET seq = :seq, closed_by = :staff, closed_at = :at,
       counted = :counted
 WHERE id = :id AND closed_at IS NULL;

-- name: shift_count
UPDATE shift
   SET seq = :seq, sales = sales + :sales,
       sales_total = sales_total + :sales_total,
       refunds = refunds + :refunds,
       refund_total = refund_total + :refund_total,
       cash = cash + :cash, transfer = transfer + :transfer,
       rounding = rounding + :rounding,
       discounts = discounts + :discounts,
       cash_back = cash_back + :cash_back,
       transfer_back = transfer_back + :transfer_back,
       first_sale = coalesce(first_sale, :receipt), last_sale = :receipt
 WHERE id = :id;

-- name: shift_cash
UPDATE shift
   SET seq = :seq, cash_in = cash_in + :cash_in,
       cash_out = cash_out + :cash_out, drawers = drawers + :drawers
 WHERE id = :id;

-- name: shift_note_add
INSERT INTO shift_note (shift_id, note, seq, count)
VALUES (:id, :note, :seq, :count);

-- name: shift_notes
SELECT note, count FROM shift_note WHERE shift_id = :id ORDER BY note DESC;
