-- Lists of certified products, one for each role that signs: "vn", "p01", ...
--
-- Rows belong to a generation, and a list names the one in force.  A new list
-- is written beside the old one in short steps, then a single write moves the
-- names; what no list names any more is swept away in short steps too.  The
-- journal holds the sequence and the hash of every list that came into force,
-- the rows are held against them.  *_at is unix seconds.

ALTER TABLE certified RENAME TO certified_0002;
ALTER TABLE certified_list RENAME TO certified_list_0002;

CREATE TABLE certified (
  n             INTEGER PRIMARY KEY CHECK (n >> 32 = gen), -- gen << 32 | place
  gen           INTEGER NOT NULL CHECK (gen BETWEEN 1 AND 1000000000),
  cert          INTEGER NOT NULL CHECK (cert BETWEEN 1 AND 4294967295),
  id            TEXT    NOT NULL,
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
  superseded_by TEXT,              -- id of the certificate that follows
  record        TEXT    NOT NULL   -- the canonical record, whole
) STRICT;

CREATE UNIQUE INDEX certified_by_id ON certified (id, gen);
CREATE UNIQUE INDEX certified_by_cert ON certified (cert, gen);

-- Codes on packs, 14 digits, of the records of every generation.
CREATE TABLE certified_gtin (
  gtin TEXT    NOT NULL,
  n    INTEGER NOT NULL,  -- of the row in certified
  PRIMARY KEY (gtin, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX certified_gtin_by_n ON certified_gtin (n);

-- The lists in force.  `gen` is where the rows lie, and not of the journal.
CREATE TABLE certified_list (
  name       TEXT    PRIMARY KEY CHECK (length(name) BETWEEN 2 AND 7),
  seq        INTEGER NOT NULL,
  gen        INTEGER NOT NULL UNIQUE,
  list_seq   INTEGER NOT NULL,
  records    INTEGER NOT NULL,
  sha256     BLOB    NOT NULL CHECK (length(sha256) = 32), -- of its lines
  applied_at INTEGER NOT NULL
) STRICT;

-- What the registry signed and was verified here, as it came, and when.  Not
-- of the journal: it can be fetched and verified again.
CREATE TABLE trust (
  role       TEXT    PRIMARY KEY CHECK (length(role) > 0), -- root, timestamp, ..., p01
  version    INTEGER NOT NULL CHECK (version > 0),
  expires_at INTEGER NOT NULL,
  bytes      BLOB    NOT NULL,
  checked_at INTEGER NOT NULL
) STRICT;

-- A list taken in from a file before: "file", generation 1.
INSERT INTO certified_list
SELECT 'file', seq, 1, list_seq, records, sha256, applied_at
  FROM certified_list_0002;

INSERT INTO certified
SELECT (1 << 32) + row_number() OVER (ORDER BY id) - 1, 1, cert, id, rev, name,
       fold, producer, province_code, commune_code, group_code, stars,
       from_day, until_day, status, recall, evidence,
       json_extract(record, '$.status_info.superseded_by'), record
  FROM certified_0002;

INSERT OR IGNORE INTO certified_gtin
SELECT substr('00000000000000' || j.value, -14), c.n
  FROM certified c, json_each(c.record, '$.gtins') j
 WHERE j.type = 'text' AND length(j.value) IN (8, 12, 13, 14);

DROP TABLE certified_0002;
DROP TABLE certified_list_0002;
