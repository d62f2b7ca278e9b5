-- The ground: what was done to this file, and the journal.

-- A step of the schema that this file has been through (db/migrate.h).
CREATE TABLE migration (
  number     INTEGER PRIMARY KEY,        -- 1, 2, 3 ... without gaps
  name       TEXT NOT NULL,              -- of its file, without number
  sha256     TEXT NOT NULL               -- of its text, hex
    CONSTRAINT migration_sha256 CHECK (length(sha256) = 64),
  applied_at INTEGER NOT NULL            -- unix seconds
) STRICT;

-- Every fact of the showroom, once, in order.  All other tables can be made
-- again from this one (db/journal.h).
CREATE TABLE journal (
  seq  INTEGER PRIMARY KEY,              -- 1, 2, 3 ... without gaps
  kind TEXT NOT NULL                     -- what happened: sale, refund, count
    CONSTRAINT journal_kind CHECK (length(kind) BETWEEN 1 AND 32),
  body TEXT NOT NULL                     -- canonical JSON: what exactly
    CONSTRAINT journal_body CHECK (substr(body, 1, 1) = '{'),
  key  INTEGER NOT NULL                  -- number of the key that signed
    CONSTRAINT journal_key CHECK (key > 0),
  hash BLOB NOT NULL                     -- covers the hash before, seq, kind, body
    CONSTRAINT journal_hash CHECK (length(hash) = 32),
  sig  BLOB NOT NULL                     -- Ed25519 over the hash
    CONSTRAINT journal_sig CHECK (length(sig) = 64)
) STRICT;

-- Also what stops INSERT OR REPLACE: a sequence that is taken is not the next.
CREATE TRIGGER journal_follows BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN
  SELECT RAISE(ABORT, 'journal_follows: a record must follow the last');
END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal_no_update: records are never changed');
END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal_no_delete: records are never removed');
END;
