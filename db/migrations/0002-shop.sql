-- The shop: what it sells, where it stands, what was sold, what was paid.
--
-- Every table of this file that has a column `seq` is a projection of the
-- journal: `seq` is the record that last set the row, and the table can be made
-- again from the journal alone.  Tables without it are said to be otherwise.
--
-- Units: money is whole dong; a quantity is thousandths of the product's unit
-- (qty_milli); *_at is unix seconds, never falling with the sequence; *_day is
-- days since 1970-01-01 in Vietnam's time.  A lot without an expiry date has
-- expires_day 2932896 (9999-12-31), so that it is sold last.
--
-- Keys only grow and lines lie with their document, so that the cost of a sale
-- does not grow with the number of sales before it.

-- Who we are.  One row.
CREATE TABLE showroom (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  seq      INTEGER NOT NULL,
  number   INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4294967295), -- given by the registry
  name     TEXT    NOT NULL CHECK (length(name) > 0),
  commune  TEXT    NOT NULL   -- code of the commune, leading zeros kept
) STRICT;

-- The keys that signed the journal, each from a sequence on.
CREATE TABLE showroom_key (
  number     INTEGER PRIMARY KEY CHECK (number > 0),
  seq        INTEGER NOT NULL,
  public_key BLOB    NOT NULL CHECK (length(public_key) = 32),
  from_seq   INTEGER NOT NULL CHECK (from_seq > 0)
) STRICT;

-- VAT is data with dates (domain: rates by product, seller and date), given by
-- this migration and later ones, not by the journal.
CREATE TABLE vat_rate (
  class    TEXT    NOT NULL,  -- 0, 5, 8, 10, KCT (not subject), KKKNT (not declared)
  from_day INTEGER NOT NULL,  -- first day of the rate
  rate_bp  INTEGER CHECK (rate_bp BETWEEN 0 AND 10000), -- 800 = 8 %; NULL: no VAT is spoken of
  source   TEXT    NOT NULL,  -- the rule it comes from
  PRIMARY KEY (class, from_day)
) STRICT, WITHOUT ROWID;

INSERT INTO vat_rate VALUES
  ('0',     0,     0,    'Law on value added tax'),
  ('5',     0,     500,  'Law on value added tax'),
  ('10',    0,     1000, 'Law on value added tax'),
  ('8',     0,     1000, 'Goods of the 10 % rate, before the reduction'),
  ('8',     20270, 800,  'Reduction of 10 % to 8 % from 01/07/2025'),
  ('8',     20819, 1000, 'Reduction ends after 31/12/2026'),
  ('KCT',   0,     NULL, 'Not subject to value added tax'),
  ('KKKNT', 0,     NULL, 'Not declared, not computed');

-- What can be sold.  Never deleted, only retired.
CREATE TABLE product (
  id          INTEGER PRIMARY KEY,
  seq         INTEGER NOT NULL,
  sku         TEXT    NOT NULL UNIQUE CHECK (length(sku) > 0),
  name        TEXT    NOT NULL CHECK (length(name) > 0),
  unit        TEXT    NOT NULL CHECK (length(unit) > 0),
  kind        INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- piece, weighed, basket, service
  vat_class   TEXT    NOT NULL,
  registry_id TEXT,             -- of the certified product; NULL: no OCOP product
  retired     INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT;

-- Prices with dates; the newest that has begun is in force.  VAT is inside.
CREATE TABLE product_price (
  product_id INTEGER NOT NULL REFERENCES product (id),
  from_at    INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  price      INTEGER NOT NULL CHECK (price >= 0),
  PRIMARY KEY (product_id, from_at)
) STRICT, WITHOUT ROWID;

-- Codes a scanner reads.  One code may mean several products (small producers
-- borrow codes), one product may have several codes and packs.  A GTIN is kept
-- as 14 digits.
CREATE TABLE barcode (
  code       TEXT    NOT NULL CHECK (length(code) > 0),
  product_id INTEGER NOT NULL REFERENCES product (id),
  seq        INTEGER NOT NULL,
  qty_milli  INTEGER NOT NULL CHECK (qty_milli > 0), -- what one pack holds
  PRIMARY KEY (code, product_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX barcode_by_product ON barcode (product_id);

-- Search as you type.  `rank` orders by how much was sold, best first:
-- (band << 32) + product id, where a smaller band sold more; so the full-text
-- index walked by rowid finds the best hits first and stops.  Derived: made
-- again from product and sale_line.  Codes are found in barcode by range.
CREATE TABLE product_rank (
  rank       INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL UNIQUE REFERENCES product (id),
  sold       INTEGER NOT NULL DEFAULT 0, -- sale lines counted so far
  fold       TEXT    NOT NULL            -- folded name, initials, SKU
) STRICT;

CREATE VIRTUAL TABLE product_search USING fts5 (
  fold, content = 'product_rank', content_rowid = 'rank',
  tokenize = 'ascii', prefix = '1 2 3 4 5 6', detail = none
);

-- How far sale lines have been counted into product_rank.
CREATE TABLE product_rank_mark (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  sale_id INTEGER NOT NULL
) STRICT;

INSERT INTO product_rank_mark VALUES (1, 0);

-- Whom goods come from.
CREATE TABLE supplier (
  id   INTEGER PRIMARY KEY,
  seq  INTEGER NOT NULL,
  name TEXT    NOT NULL UNIQUE CHECK (length(name) > 0)
) STRICT;

-- What came in together: one product, one batch code, one expiry, one supplier.
CREATE TABLE lot (
  id          INTEGER PRIMARY KEY,
  seq         INTEGER NOT NULL,
  product_id  INTEGER NOT NULL REFERENCES product (id),
  code        TEXT,              -- as printed on the pack; NULL: none
  expires_day INTEGER NOT NULL,  -- last day it may be sold
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  cost        INTEGER NOT NULL CHECK (cost >= 0) -- dong a unit
) STRICT;

CREATE INDEX lot_by_product ON lot (product_id, expires_day);

-- Where each lot stands, by account; the sum over the accounts is always zero,
-- and the database itself refuses another sum.  `open` is 1 while something
-- stands on the shelf: the index of open lots is in the order of selling.
CREATE TABLE stock_balance (
  product_id  INTEGER NOT NULL,
  lot_id      INTEGER NOT NULL REFERENCES lot (id),
  seq         INTEGER NOT NULL,
  expires_day INTEGER NOT NULL,
  open        INTEGER NOT NULL CHECK (open IN (0, 1)),
  last_move   INTEGER NOT NULL,   -- newest stock_move of the lot
  supplier    INTEGER NOT NULL,
  shelf       INTEGER NOT NULL CHECK (shelf >= 0),
  transit     INTEGER NOT NULL,
  sold        INTEGER NOT NULL,
  tasting     INTEGER NOT NULL,
  damaged     INTEGER NOT NULL,
  returned    INTEGER NOT NULL,
  counted     INTEGER NOT NULL,
  PRIMARY KEY (product_id, lot_id),
  CONSTRAINT stock_is_double_entry CHECK (
    supplier + shelf + transit + sold + tasting + damaged + returned
    + counted = 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_open ON stock_balance (product_id, expires_day, lot_id)
  WHERE open = 1;

-- The ledger.  Moves are only ever added.  `prev` is the lot's move before this
-- one, so a lot's history is walked back from stock_balance.last_move without
-- an index to keep.
CREATE TABLE stock_move (
  id           INTEGER PRIMARY KEY,
  seq          INTEGER NOT NULL,
  line         INTEGER NOT NULL,   -- of the document; 0: none
  product_id   INTEGER NOT NULL,
  lot_id       INTEGER NOT NULL,
  qty_milli    INTEGER NOT NULL CHECK (qty_milli > 0),
  from_account INTEGER NOT NULL CHECK (from_account BETWEEN 1 AND 8),
  to_account   INTEGER NOT NULL CHECK (to_account BETWEEN 1 AND 8),
  prev         INTEGER NOT NULL,   -- 0: the lot's first
  CHECK (from_account <> to_account)
) STRICT;

-- Goods received.
CREATE TABLE receiving (
  id          INTEGER PRIMARY KEY,
  seq         INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  staff       INTEGER NOT NULL,
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  note        TEXT    NOT NULL
) STRICT;

CREATE TABLE receiving_line (
  receiving_id INTEGER NOT NULL REFERENCES receiving (id),
  n            INTEGER NOT NULL,
  product_id   INTEGER NOT NULL REFERENCES product (id),
  lot_id       INTEGER NOT NULL REFERENCES lot (id),
  qty_milli    INTEGER NOT NULL CHECK (qty_milli > 0),
  cost         INTEGER NOT NULL CHECK (cost >= 0),
  PRIMARY KEY (receiving_id, n)
) STRICT, WITHOUT ROWID;

-- A cashier's time at a till, from float to count.  The sums are kept as
-- receipts are made, so closing costs the same after one sale or a thousand.
CREATE TABLE shift (
  id           INTEGER PRIMARY KEY,
  seq          INTEGER NOT NULL,
  till         INTEGER NOT NULL CHECK (till BETWEEN 1 AND 255),
  opened_by    INTEGER NOT NULL,
  opened_at    INTEGER NOT NULL,
  float        INTEGER NOT NULL CHECK (float >= 0),
  closed_by    INTEGER,
  closed_at    INTEGER,
  counted      INTEGER CHECK (counted >= 0),
  sales        INTEGER NOT NULL DEFAULT 0, -- receipts
  sales_total  INTEGER NOT NULL DEFAULT 0,
  refunds      INTEGER NOT NULL DEFAULT 0,
  refund_total INTEGER NOT NULL DEFAULT 0,
  cash         INTEGER NOT NULL DEFAULT 0, -- into the drawer less out of it
  transfer     INTEGER NOT NULL DEFAULT 0,
  rounding     INTEGER NOT NULL DEFAULT 0,
  CHECK ((closed_at IS NULL) = (counted IS NULL))
) STRICT;

CREATE UNIQUE INDEX shift_open ON shift (till) WHERE closed_at IS NULL;

-- Receipts: sales (kind 1) and refunds (kind 2) in one series without gaps; the
-- id is the number on the paper.
CREATE TABLE sale (
  id          INTEGER PRIMARY KEY,
  seq         INTEGER NOT NULL,
  kind        INTEGER NOT NULL CHECK (kind IN (1, 2)),
  of_sale     INTEGER REFERENCES sale (id),
  till        INTEGER NOT NULL,
  shift_id    INTEGER NOT NULL REFERENCES shift (id),
  staff       INTEGER NOT NULL,
  approved_by INTEGER,           -- the manager who let an exception pass
  at          INTEGER NOT NULL,
  total       INTEGER NOT NULL CHECK (total >= 0),
  rounding    INTEGER NOT NULL,  -- what cash rounding added to the total
  change      INTEGER NOT NULL CHECK (change >= 0),
  suspect     INTEGER NOT NULL CHECK (suspect IN (0, 1)), -- the clock was behind
  copies      INTEGER NOT NULL DEFAULT 0,
  first_move  INTEGER NOT NULL,  -- its stock moves are first_move ..
  moves       INTEGER NOT NULL,  -- .. first_move + moves - 1
  note        TEXT    NOT NULL,
  CHECK ((kind = 2) = (of_sale IS NOT NULL))
) STRICT;

CREATE INDEX sale_refunds ON sale (of_sale) WHERE of_sale IS NOT NULL;

-- Name, price and certificate as they were at that moment.
CREATE TABLE sale_line (
  sale_id     INTEGER NOT NULL REFERENCES sale (id),
  n           INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  of_line     INTEGER,             -- of a refund: the line given back
  product_id  INTEGER NOT NULL REFERENCES product (id),
  name        TEXT    NOT NULL,
  unit        TEXT    NOT NULL,
  qty_milli   INTEGER NOT NULL CHECK (qty_milli > 0),
  price       INTEGER NOT NULL CHECK (price >= 0),
  discount    INTEGER NOT NULL CHECK (discount >= 0),
  amount      INTEGER NOT NULL CHECK (amount >= 0),
  vat_class   TEXT    NOT NULL,
  vat_bp      INTEGER,
  vat         INTEGER NOT NULL CHECK (vat >= 0),
  ocop_id     TEXT,                -- NULL: not a certified product
  ocop_cert   INTEGER,
  ocop_stars  INTEGER,
  ocop_state  INTEGER,             -- sync/judge.h
  ocop_until  INTEGER,             -- last day of the certificate
  list_seq    INTEGER,             -- of the certified list that was judged by
  PRIMARY KEY (sale_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
  sale_id   INTEGER NOT NULL REFERENCES sale (id),
  n         INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  method    INTEGER NOT NULL CHECK (method IN (1, 2)), -- cash, transfer
  amount    INTEGER NOT NULL CHECK (amount >= 0),      -- that pays the receipt
  tendered  INTEGER NOT NULL CHECK (tendered >= amount),
  reference TEXT    NOT NULL,
  PRIMARY KEY (sale_id, n)
) STRICT, WITHOUT ROWID;

-- A request that was carried out: the same key never does it twice.
CREATE TABLE request (
  key    TEXT    PRIMARY KEY CHECK (length(key) BETWEEN 16 AND 64),
  seq    INTEGER NOT NULL,
  kind   INTEGER NOT NULL,          -- 1 receipt, 2 receiving
  ref    INTEGER NOT NULL,          -- its id
  digest BLOB    NOT NULL CHECK (length(digest) = 16) -- of what was asked
) STRICT, WITHOUT ROWID;

-- What printers are to print.  Not of the journal: states of paper.
CREATE TABLE print_job (
  id         INTEGER PRIMARY KEY,
  sale_id    INTEGER NOT NULL REFERENCES sale (id),
  copy       INTEGER NOT NULL CHECK (copy >= 0), -- 0: the original
  state      INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5), -- queued, sending, sent, unknown, failed
  attempts   INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  done_at    INTEGER,
  message    TEXT
) STRICT;

CREATE INDEX print_job_waiting ON print_job (id) WHERE state < 3;

-- Certified products as the registry lists them.  The journal holds the list's
-- sequence and hash, the rows are held against it.
CREATE TABLE certified (
  cert          INTEGER PRIMARY KEY CHECK (cert BETWEEN 1 AND 4294967295),
  id            TEXT    NOT NULL UNIQUE,
  rev           INTEGER NOT NULL,
  name          TEXT    NOT NULL,
  fold          TEXT    NOT NULL,
  producer      TEXT    NOT NULL,
  province_code TEXT    NOT NULL,
  commune_code  TEXT,
  group_code    TEXT    NOT NULL,
  stars         INTEGER NOT NULL CHECK (stars BETWEEN 3 AND 5),
  from_day      INTEGER NOT NULL,
  until_day     INTEGER NOT NULL CHECK (until_day >= from_day),
  status        INTEGER NOT NULL,  -- sync/record.h
  recall        INTEGER NOT NULL,
  evidence      INTEGER NOT NULL,
  record        TEXT    NOT NULL   -- the canonical record, whole
) STRICT;

-- The list in force.  One row once a list was taken in.
CREATE TABLE certified_list (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  seq        INTEGER NOT NULL,
  list_seq   INTEGER NOT NULL,
  records    INTEGER NOT NULL,
  sha256     BLOB    NOT NULL CHECK (length(sha256) = 32),
  applied_at INTEGER NOT NULL
) STRICT;
