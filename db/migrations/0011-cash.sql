-- What happens at a till besides receipts, and what its shift keeps of it.

-- More of what a closing slip says, kept as receipts are made.
ALTER TABLE shift ADD COLUMN discounts INTEGER NOT NULL DEFAULT 0; -- off sales
ALTER TABLE shift ADD COLUMN cash_back INTEGER NOT NULL DEFAULT 0; -- for refunds; inside `cash`
ALTER TABLE shift ADD COLUMN transfer_back INTEGER NOT NULL DEFAULT 0; -- inside `transfer`
ALTER TABLE shift ADD COLUMN cash_in INTEGER NOT NULL DEFAULT 0; -- put into the drawer, of no receipt
ALTER TABLE shift ADD COLUMN cash_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shift ADD COLUMN drawers INTEGER NOT NULL DEFAULT 0; -- opened without money
ALTER TABLE shift ADD COLUMN first_sale INTEGER; -- its receipts, refunds too
ALTER TABLE shift ADD COLUMN last_sale INTEGER;

UPDATE shift
   SET first_sale = s.first, last_sale = s.last
  FROM (SELECT shift_id, min(id) AS first, max(id) AS last
          FROM sale GROUP BY shift_id) AS s
 WHERE s.shift_id = shift.id;
UPDATE shift
   SET discounts = d.discounts
  FROM (SELECT s.shift_id, sum(l.discount) AS discounts
          FROM sale s JOIN sale_line l ON l.sale_id = s.id
         WHERE s.kind = 1 GROUP BY s.shift_id) AS d
 WHERE d.shift_id = shift.id;
UPDATE shift
   SET cash_back = p.cash, transfer_back = p.transfer
  FROM (SELECT s.shift_id, sum(iif(p.method = 1, p.amount, 0)) AS cash,
               sum(iif(p.method = 2, p.amount, 0)) AS transfer
          FROM sale s JOIN payment p ON p.sale_id = s.id
         WHERE s.kind = 2 GROUP BY s.shift_id) AS p
 WHERE p.shift_id = shift.id;

-- The count of a closing, note by note, where it was made so.
CREATE TABLE shift_note (
  shift_id INTEGER NOT NULL REFERENCES shift (id),
  note     INTEGER NOT NULL CHECK (note > 0), -- dong on it
  seq      INTEGER NOT NULL,
  count    INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (shift_id, note)
) STRICT, WITHOUT ROWID;

-- Money put into a drawer or taken out of it, and drawers opened for neither.
CREATE TABLE cash_move (
  id       INTEGER PRIMARY KEY,
  seq      INTEGER NOT NULL,
  kind     INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3), -- in, out, drawer opened
  till     INTEGER NOT NULL CHECK (till BETWEEN 1 AND 255),
  shift_id INTEGER REFERENCES shift (id), -- NULL: a drawer, opened before the shift was
  amount   INTEGER NOT NULL,
  staff    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  reason   TEXT    NOT NULL CHECK (length(reason) > 0),
  CHECK ((kind = 3) = (amount = 0) AND amount >= 0),
  CHECK (kind = 3 OR shift_id IS NOT NULL)
) STRICT;

CREATE INDEX cash_move_of ON cash_move (shift_id, id);

-- Slips of a shift are printed too: kind 6.  Else the table is as it was.
CREATE TABLE print_job_now (
  id          INTEGER PRIMARY KEY,
  kind        INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6), -- receipt, copy, drawer, label, test, shift
  printer     TEXT    NOT NULL CHECK (length(printer) BETWEEN 1 AND 32), -- its id in the settings
  state       INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7), -- queued, sending, sent, confirmed, unknown, failed, cancelled
  sale_id     INTEGER REFERENCES sale (id),       -- NULL: of no receipt
  copy        INTEGER NOT NULL CHECK (copy >= 0), -- 0: the original
  why_again   INTEGER NOT NULL CHECK (why_again BETWEEN 0 AND 2), -- not again, asked for, after unknown
  follows     INTEGER,                            -- the unknown job it repeats
  level       INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4), -- none, process id, in order, online, accepted
  attempts    INTEGER NOT NULL CHECK (attempts >= 0),
  counted     INTEGER NOT NULL CHECK (counted >= 0), -- bytes the printer took
  created_at  INTEGER NOT NULL,
  done_at     INTEGER,
  answered_at INTEGER, -- when somebody said how the paper looks
  answered_by INTEGER, -- staff number
  message     TEXT,    -- why it is as it is: a word of print.why, or a failure
  body        TEXT CHECK (length(CAST(body AS BLOB)) <= 2048), -- of label, test, shift: what is on it, as JSON
  CHECK (kind > 2 OR sale_id IS NOT NULL),
  CHECK (kind <> 3 OR attempts <= 1), -- a drawer is opened once, or not at all
  CHECK ((answered_at IS NULL) = (answered_by IS NULL))
) STRICT;

INSERT INTO print_job_now
SELECT id, kind, printer, state, sale_id, copy, why_again, follows, level,
       attempts, counted, created_at, done_at, answered_at, answered_by,
       message, body
  FROM print_job;

DROP TABLE print_job;
ALTER TABLE print_job_now RENAME TO print_job;

CREATE INDEX print_job_open ON print_job (state, printer, id) WHERE state <> 4;
CREATE INDEX print_job_again ON print_job (sale_id) WHERE copy > 0;

-- What somebody is asked about: what a closing lists, however much was
-- answered before.
CREATE INDEX print_job_unanswered ON print_job (id)
  WHERE state = 5 AND answered_at IS NULL;
