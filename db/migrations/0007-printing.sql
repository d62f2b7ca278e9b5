-- What printers are to print, and how sure we are that it is on paper.  Not of
-- the journal: states of paper.  Times are unix seconds.
--
-- Printed from top to bottom: whatever is written here before the first byte
-- goes out stays true when the daemon dies at the next instruction.
CREATE TABLE print_job_now (
  id          INTEGER PRIMARY KEY,
  kind        INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5), -- receipt, copy, drawer, label, test
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
  body        TEXT CHECK (length(CAST(body AS BLOB)) <= 2048), -- of label and test: what is on it, as JSON
  CHECK (kind > 2 OR sale_id IS NOT NULL),
  CHECK (kind <> 3 OR attempts <= 1), -- a drawer is opened once, or not at all
  CHECK ((answered_at IS NULL) = (answered_by IS NULL))
) STRICT;

-- Until now one printer had them all.  What it had taken whole had been taken
-- by the transport; what was unknown is old, and nobody is asked any more.
INSERT INTO print_job_now (id, kind, printer, state, sale_id, copy, why_again,
                           level, attempts, counted, created_at, done_at,
                           answered_at, answered_by, message)
SELECT id, 1, 'receipt',
       CASE state WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 4 WHEN 4 THEN 5
                  ELSE 6 END,
       sale_id, copy, iif(copy > 0, 1, 0), iif(state = 3, 4, 0), attempts, 0,
       created_at, done_at, iif(state = 4, coalesce(done_at, created_at), NULL),
       iif(state = 4, 0, NULL), message
  FROM print_job;

DROP TABLE print_job;
ALTER TABLE print_job_now RENAME TO print_job;

-- All that is not confirmed: the queue of each printer, and what somebody is
-- to be asked about.  It stays as small as that.
CREATE INDEX print_job_open ON print_job (state, printer, id) WHERE state <> 4;

-- What was printed again, by receipt: few.  Originals lie in the order of
-- their receipts and need no index, which would cost each sale a page.
CREATE INDEX print_job_again ON print_job (sale_id) WHERE copy > 0;
