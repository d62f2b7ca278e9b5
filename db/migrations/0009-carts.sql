-- Open bills, kept here so that they outlive a page, a till and a power cut.
-- Not of the journal: nothing has happened yet.  What was taken away with
-- goods on it has, and stands in cart_void.  Times are unix seconds.
CREATE TABLE cart (
  id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
  key        TEXT    NOT NULL UNIQUE CHECK (length(key) BETWEEN 16 AND 64), -- Idempotency-Key of its sale
  till       INTEGER NOT NULL CHECK (till BETWEEN 1 AND 255),
  state      INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4), -- open, parked, waiting for a transfer, sold
  version    INTEGER NOT NULL CHECK (version > 0), -- one more with every change
  staff      INTEGER NOT NULL,                  -- who changed it last
  next_line  INTEGER NOT NULL CHECK (next_line > 0), -- numbers of lines are not given twice
  percent    INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100000), -- off the bill, thousandths of a percent
  discount   INTEGER NOT NULL CHECK (discount >= 0), -- or dong off the bill
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  sale_id    INTEGER REFERENCES sale (id),      -- once it is sold
  label      TEXT    NOT NULL,                  -- what the cashier calls it
  note       TEXT    NOT NULL,
  CHECK (percent = 0 OR discount = 0),
  CHECK ((state = 4) = (sale_id IS NOT NULL))
) STRICT;

-- Bills that are not sold yet: few, whatever was sold before.
CREATE INDEX cart_live ON cart (till, id) WHERE state <> 4;
-- Sold ones in the order of selling, to be forgotten after a while.
CREATE INDEX cart_sold ON cart (changed_at) WHERE state = 4;

-- What is asked for; prices and names are read anew each time it is shown.
CREATE TABLE cart_line (
  cart_id    INTEGER NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
  n          INTEGER NOT NULL CHECK (n > 0),
  product_id INTEGER NOT NULL REFERENCES product (id),
  lot_id     INTEGER REFERENCES lot (id),      -- NULL: first expiring first
  qty_milli  INTEGER NOT NULL CHECK (qty_milli > 0),
  discount   INTEGER NOT NULL CHECK (discount >= 0), -- dong off the line
  price      INTEGER CHECK (price >= 0),       -- NULL: the list's
  PRIMARY KEY (cart_id, n)
) STRICT, WITHOUT ROWID;

-- The last changes of a cart: what was asked, so that it is not done twice,
-- and the bill's own fields before it, so that it can be taken back.
CREATE TABLE cart_change (
  cart_id  INTEGER NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
  version  INTEGER NOT NULL, -- of the cart after it
  op       TEXT    NOT NULL CHECK (length(op) BETWEEN 16 AND 64),
  digest   BLOB    NOT NULL CHECK (length(digest) = 16), -- of what was asked
  undo     INTEGER NOT NULL CHECK (undo IN (0, 1)), -- 1: it can be taken back
  percent  INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  note     TEXT    NOT NULL,
  PRIMARY KEY (cart_id, version)
) STRICT, WITHOUT ROWID;

-- The lines that a change touched, as they were before it.
CREATE TABLE cart_line_before (
  cart_id    INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  product_id INTEGER, -- NULL: there was no such line
  lot_id     INTEGER,
  qty_milli  INTEGER NOT NULL,
  discount   INTEGER NOT NULL,
  price      INTEGER,
  PRIMARY KEY (cart_id, version, n),
  FOREIGN KEY (cart_id, version) REFERENCES cart_change (cart_id, version) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Bills that were thrown away with goods on them: for the manager to read.
CREATE TABLE cart_void (
  id    INTEGER PRIMARY KEY,
  seq   INTEGER NOT NULL UNIQUE, -- of the record
  at    INTEGER NOT NULL,
  till  INTEGER NOT NULL,
  staff INTEGER NOT NULL,
  lines INTEGER NOT NULL CHECK (lines > 0),
  total INTEGER NOT NULL CHECK (total >= 0)
) STRICT;
