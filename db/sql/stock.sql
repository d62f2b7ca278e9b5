-- name: stock_standing
SELECT shelf, open, last_move FROM stock_balance
 WHERE product_id = :product_id AND lot_id = :lot_id;

-- name: stock_balance_start
-- A lot's first move: all accounts at zero.
INSERT INTO stock_balance (product_id, lot_id, seq, expires_day, open,
                           last_move, supplier, shelf, transit, sold, tasting,
                           damaged, returned, counted)
SELECT product_id, id, :seq, expires_day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM lot WHERE id = :lot_id;

-- name: stock_balance_change
-- One row: what leaves one account stands in the other.
UPDATE stock_balance
   SET seq = :seq,
       last_move = :move_id,
       supplier = supplier + iif(:to_account = 1, :qty_milli, 0)
                           - iif(:from_account = 1, :qty_milli, 0),
       shelf = shelf + iif(:to_account = 2, :qty_milli, 0)
                     - iif(:from_account = 2, :qty_milli, 0),
       transit = transit + iif(:to_account = 3, :qty_milli, 0)
                         - iif(:from_account = 3, :qty_milli, 0),
       sold = sold + iif(:to_account = 4, :qty_milli, 0)
                   - iif(:from_account = 4, :qty_milli, 0),
       tasting = tasting + iif(:to_account = 5, :qty_milli, 0)
                         - iif(:from_account = 5, :qty_milli, 0),
       damaged = damaged + iif(:to_account = 6, :qty_milli, 0)
                         - iif(:from_account = 6, :qty_milli, 0),
       returned = returned + iif(:to_account = 7, :qty_milli, 0)
                           - iif(:from_account = 7, :qty_milli, 0),
       counted = counted + iif(:to_account = 8, :qty_milli, 0)
                         - iif(:from_account = 8, :qty_milli, 0)
 WHERE product_id = :product_id AND lot_id = :lot_id;

-- name: stock_balance_open
UPDATE stock_balance SET open = :open
 WHERE product_id = :product_id AND lot_id = :lot_id;

-- name: stock_move_add
INSERT INTO stock_move (seq, line, product_id, lot_id, qty_milli,
                        from_account, to_account, prev)
VALUES (:seq, :line, :product_id, :lot_id, :qty_milli,
        :from_account, :to_account, :prev);

-- name: stock_next_move
SELECT coalesce(max(id), 0) + 1 FROM stock_move;

-- name: stock_moves_of
SELECT id, seq, line, product_id, lot_id, qty_milli, from_account, to_account
  FROM stock_move WHERE id >= :first AND id < :end ORDER BY id;

-- name: stock_sellable
SELECT coalesce(sum(shelf), 0) FROM stock_balance
 WHERE product_id = :product_id AND open = 1 AND expires_day >= :day;

-- name: stock_low
-- Of one product, or of all with 0.
SELECT p.id, p.name, coalesce(sum(b.shelf), 0) AS left_milli
  FROM product p
  LEFT JOIN stock_balance b ON b.product_id = p.id AND b.open = 1
                           AND b.expires_day >= :day
 WHERE p.id > :after AND p.id BETWEEN :product_id
       AND iif(:product_id = 0, 9223372036854775807, :product_id)
   AND p.retired = 0 AND p.kind <> 4
 GROUP BY p.id HAVING left_milli < :below
 ORDER BY p.id LIMIT :limit;

-- name: stock_open_lots
-- A page, by the index in the order of selling.
SELECT lot_id, expires_day, shelf FROM stock_balance
 WHERE product_id = :product_id AND open = 1
   AND (expires_day, lot_id) > (:after_day, :after_lot)
   AND expires_day <= :last_day
 ORDER BY expires_day, lot_id LIMIT :limit;

-- name: stock_open_lot
SELECT lot_id, expires_day, shelf FROM stock_balance
 WHERE product_id = :product_id AND lot_id = :lot_id AND open = 1;

-- name: stock_balances_of
SELECT b.product_id, b.lot_id, l.code, b.expires_day, b.supplier, b.shelf,
       b.transit, b.sold, b.tasting, b.damaged, b.returned, b.counted
  FROM stock_balance b JOIN lot l ON l.id = b.lot_id
 WHERE b.product_id = :product_id AND b.lot_id > :after_lot
 ORDER BY b.lot_id LIMIT :limit;

-- name: stock_balances
SELECT b.product_id, b.lot_id, l.code, b.expires_day, b.supplier, b.shelf,
       b.transit, b.sold, b.tasting, b.damaged, b.returned, b.counted
  FROM stock_balance b JOIN lot l ON l.id = b.lot_id
 WHERE (b.product_id, b.lot_id) > (:product_id, :after_lot)
 ORDER BY b.product_id, b.lot_id LIMIT :limit;

-- name: stock_history
-- The lots' chains merged, newest first: the queue of a recursive SELECT with
-- ORDER BY gives the largest id next.  Without LIMIT, SQLite takes that ORDER
-- BY for idle in front of a join and drops it.
WITH RECURSIVE chain (id) AS (
  SELECT last_move FROM stock_balance
   WHERE product_id = :product_id AND last_move > 0
  UNION ALL
  SELECT m.prev FROM chain c JOIN stock_move m ON m.id = c.id
   WHERE m.prev > 0
   ORDER BY 1 DESC LIMIT -1
)
SELECT m.id, m.seq, m.line, m.product_id, m.lot_id, m.qty_milli,
       m.from_account, m.to_account
  FROM chain c JOIN stock_move m ON m.id = c.id
 WHERE c.id < :before
 LIMIT :limit;

-- name: stock_prove
-- Every account of every lot from the moves alone, against the balances.
WITH flow (lot_id, account, qty) AS (
  SELECT lot_id, to_account, qty_milli FROM stock_move
  UNION ALL
  SELECT lot_id, from_account, -qty_milli FROM stock_move
), ledger AS (
  SELECT lot_id,
         sum(iif(account = 1, qty, 0)) AS supplier,
         sum(iif(account = 2, qty, 0)) AS shelf,
         sum(iif(account = 3, qty, 0)) AS transit,
         sum(iif(account = 4, qty, 0)) AS sold,
         sum(iif(account = 5, qty, 0)) AS tasting,
         sum(iif(account = 6, qty, 0)) AS damaged,
         sum(iif(account = 7, qty, 0)) AS returned,
         sum(iif(account = 8, qty, 0)) AS counted
    FROM flow GROUP BY lot_id
)
SELECT coalesce(b.lot_id, l.lot_id), coalesce(b.seq, 0)
  FROM stock_balance b FULL JOIN ledger l ON l.lot_id = b.lot_id
 WHERE b.lot_id IS NULL OR l.lot_id IS NULL
    OR (b.supplier, b.shelf, b.transit, b.sold, b.tasting, b.damaged,
        b.returned, b.counted)
       <> (l.supplier, l.shelf, l.transit, l.sold, l.tasting, l.damaged,
           l.returned, l.counted)
    OR b.open <> (b.shelf > 0)
 LIMIT 1;

-- name: lot_get
SELECT seq, product_id, code, expires_day, supplier_id, cost
  FROM lot WHERE id = :id;

-- name: lot_same
SELECT id FROM lot
 WHERE product_id = :product_id AND code IS :code
   AND expires_day = :expires_day AND supplier_id = :supplier_id
   AND cost = :cost
 ORDER BY id DESC LIMIT 1;

-- name: lot_last_id
SELECT coalesce(max(id), 0) FROM lot;

-- name: lot_newest
SELECT max(id) FROM lot WHERE product_id = :product_id HAVING max(id) NOTNULL;

-- name: lot_put
INSERT INTO lot (id, seq, product_id, code, expires_day, supplier_id, cost)
VALUES (:id, :seq, :product_id, :code, :expires_day, :supplier_id, :cost)
ON CONFLICT (id) DO NOTHING;

-- name: supplier_find
SELECT id FROM supplier WHERE name = :name;

-- name: supplier_last_id
SELECT coalesce(max(id), 0) FROM supplier;

-- name: supplier_put
INSERT INTO supplier (id, seq, name) VALUES (:id, :seq, :name)
ON CONFLICT (id) DO NOTHING;

-- name: supplier_name
SELECT name FROM supplier WHERE id = :id;
