-- Money into a drawer and out of it, drawers opened.  Kinds: db/cash.h.

-- name: cash_add
INSERT INTO cash_move (id, seq, kind, till, shift_id, amount, staff, at,
                       reason)
VALUES (:id, :seq, :kind, :till, :shift_id, :amount, :staff, :at, :reason);

-- name: cash_last_id
SELECT coalesce(max(id), 0) FROM cash_move;

-- name: cash_get
SELECT id, seq, kind, till, shift_id, amount, staff, at, reason
  FROM cash_move WHERE id = :id;

-- name: cash_each
SELECT id, seq, kind, till, shift_id, amount, staff, at, reason
  FROM cash_move WHERE shift_id = :shift_id AND id < :before
 ORDER BY id DESC LIMIT :limit;
