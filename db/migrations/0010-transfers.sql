-- Money that is waited for, and what the bank told of money that came.  Not of
-- the journal: the sale that a transfer pays is, and so is a confirmation by
-- hand.  Times are unix seconds.
CREATE TABLE transfer (
  id           INTEGER PRIMARY KEY,
  key          TEXT    NOT NULL CHECK (length(key) BETWEEN 16 AND 64), -- the bill's
  cart         TEXT,             -- id of the bill, as it was said
  till         INTEGER NOT NULL CHECK (till BETWEEN 1 AND 255),
  staff        INTEGER NOT NULL,
  code         TEXT    NOT NULL CHECK (length(code) = 5), -- in the payer's text
  amount       INTEGER NOT NULL CHECK (amount > 0),
  received     INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0), -- told by the bank
  text         TEXT    NOT NULL CHECK (length(text) <= 512), -- of the VietQR
  state        INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6), -- waiting, matched, confirmed, cancelled, part, over
  created_at   INTEGER NOT NULL,
  confirmed_by INTEGER,          -- who saw it in the bank's app
  sale_id      INTEGER REFERENCES sale (id), -- the receipt it paid
  CHECK (state <> 2 OR received = amount),
  CHECK (state <> 5 OR received BETWEEN 1 AND amount - 1),
  CHECK (state <> 6 OR received > amount),
  CHECK ((state = 3) = (confirmed_by IS NOT NULL)),
  CONSTRAINT only_money_that_came_pays
    CHECK (sale_id IS NULL OR state IN (2, 3))
) STRICT;

-- One for a bill at a time; a cancelled one leaves its key.
CREATE UNIQUE INDEX transfer_by_key ON transfer (key) WHERE state <> 4;
CREATE INDEX transfer_by_code ON transfer (code, id);
-- What is still open: as small as that.
CREATE INDEX transfer_open ON transfer (state, id) WHERE sale_id IS NULL;

-- `received` may still grow: the bank's word may come after a person's.
CREATE TRIGGER transfer_pays_once
  BEFORE UPDATE OF sale_id, state, amount, confirmed_by ON transfer
  WHEN OLD.sale_id IS NOT NULL
BEGIN
  SELECT raise(ABORT, 'a transfer pays one receipt, and is not changed then');
END;

-- What the bank told, each notice once.
CREATE TABLE bank_notice (
  id          INTEGER PRIMARY KEY,
  source      INTEGER NOT NULL CHECK (source = 1), -- SePay
  number      INTEGER NOT NULL,  -- theirs
  at          INTEGER NOT NULL,  -- when it came here
  amount      INTEGER NOT NULL CHECK (amount > 0),
  code        TEXT    NOT NULL,  -- as the source read it, or empty
  content     TEXT    NOT NULL,  -- the payer's text as the bank passed it on
  reference   TEXT    NOT NULL,  -- the bank's
  state       INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5), -- matched, part, over, unknown, late
  transfer_id INTEGER REFERENCES transfer (id),
  CHECK ((state = 4) = (transfer_id IS NULL)),
  UNIQUE (source, number)
) STRICT;

CREATE INDEX bank_notice_odd ON bank_notice (id) WHERE state <> 1;
