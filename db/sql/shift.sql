-- name: shift_get
SELECT id, seq, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding
  FROM shift WHERE id = :id;

-- name: shift_open_of
SELECT id, seq, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding
  FROM shift WHERE till = :till AND closed_at IS NULL;

-- name: shift_last_id
SELECT coalesce(max(id), 0) FROM shift;

-- name: shift_each
SELECT id, seq, till, opened_by, opened_at, float, closed_by, closed_at,
       counted, sales, sales_total, refunds, refund_total, cash, transfer,
       rounding
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
       rounding = rounding + :rounding
 WHERE id = :id;
