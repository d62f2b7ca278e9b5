-- The books of the central registry: certified products and what was published
-- of them.  Nothing here is ever forgotten: a change is a new version.
--
-- Units: *_at is unix seconds; *_day is days since 1970-01-01 in Vietnam's
-- time; a role is who signs a list: 'vn' (the centre, 5 stars) or 'p' and the
-- two digits of a province.  Codes of status and recall: sync/record.h.

-- A step of the schema that this file has been through (db/migrate.h).
CREATE TABLE migration (
  number     INTEGER PRIMARY KEY,        -- 1, 2, 3 ... without gaps
  name       TEXT NOT NULL,              -- of its file, without number
  sha256     TEXT NOT NULL               -- of its text, hex
    CONSTRAINT migration_sha256 CHECK (length(sha256) = 64),
  applied_at INTEGER NOT NULL            -- unix seconds
) STRICT;

-- Communes and wards, as the newest list of administrative units has them.
CREATE TABLE commune (
  code          TEXT PRIMARY KEY CHECK (length(code) = 5),
  province_code TEXT NOT NULL CHECK (length(province_code) = 2),
  name          TEXT NOT NULL CHECK (length(name) > 0),
  fold          TEXT NOT NULL,           -- for looking up: text_fold of the name
  gone          INTEGER NOT NULL CHECK (gone IN (0, 1)) -- the newest list lacks it
) STRICT, WITHOUT ROWID;
CREATE INDEX commune_fold ON commune (fold, province_code);

-- Lists of units taken in; the last row is the one in force.
CREATE TABLE units (
  n        INTEGER PRIMARY KEY,
  version  TEXT    NOT NULL CHECK (length(version) > 0), -- units_version of records
  communes INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  by_whom  TEXT    NOT NULL
) STRICT;

-- Communes of before 01/07/2025, folded, and where they lie now.
CREATE TABLE mapping (
  old_commune  TEXT NOT NULL CHECK (length(old_commune) > 0),
  old_district TEXT NOT NULL,
  old_province TEXT NOT NULL,
  code         TEXT NOT NULL REFERENCES commune (code),
  PRIMARY KEY (old_commune, old_district, old_province)
) STRICT, WITHOUT ROWID;

-- A certified product; an id and a certificate number are given once and
-- never to another.
CREATE TABLE record (
  id      TEXT PRIMARY KEY CHECK (length(id) > 0),
  cert    INTEGER NOT NULL UNIQUE CHECK (cert BETWEEN 1 AND 268435455),
  version INTEGER NOT NULL UNIQUE        -- the one in force
    REFERENCES version (n) DEFERRABLE INITIALLY DEFERRED,
  role    TEXT                           -- whose list holds it; NULL: none, dropped
) STRICT, WITHOUT ROWID;
CREATE INDEX record_role ON record (role, id);

CREATE TRIGGER record_no_delete BEFORE DELETE ON record
BEGIN
  SELECT RAISE(ABORT, 'record_no_delete: an id is never free again');
END;
CREATE TRIGGER record_same BEFORE UPDATE OF id, cert ON record
BEGIN
  SELECT RAISE(ABORT, 'record_same: a number is never given twice');
END;

-- What a record was, is and why: who, when, by which decision.
CREATE TABLE version (
  n            INTEGER PRIMARY KEY,
  id           TEXT    NOT NULL REFERENCES record (id)
    DEFERRABLE INITIALLY DEFERRED,
  rev          INTEGER NOT NULL CHECK (rev >= 0),
  role         TEXT,                     -- NULL: in no list
  stars        INTEGER NOT NULL CHECK (stars BETWEEN 3 AND 5),
  status       INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
  recall       INTEGER NOT NULL CHECK (recall BETWEEN 1 AND 4),
  from_day     INTEGER NOT NULL,
  until_day    INTEGER NOT NULL,
  record       TEXT    NOT NULL CHECK (substr(record, 1, 1) = '{'), -- canonical
  action       INTEGER NOT NULL CHECK (action BETWEEN 1 AND 6), -- db/registry/records.h
  at           INTEGER NOT NULL,
  by_whom      TEXT    NOT NULL CHECK (length(by_whom) > 0),
  decision     TEXT,                     -- number of the decision it rests on
  decision_day INTEGER,
  ground       TEXT,
  UNIQUE (id, rev)
) STRICT;

CREATE TRIGGER version_no_update BEFORE UPDATE ON version
BEGIN
  SELECT RAISE(ABORT, 'version_no_update: versions are never changed');
END;
CREATE TRIGGER version_no_delete BEFORE DELETE ON version
BEGIN
  SELECT RAISE(ABORT, 'version_no_delete: versions are never removed');
END;

-- Which version stood in which published list: from a sequence of the role's
-- list until before another; NULL: it still does.
CREATE TABLE listing (
  role      TEXT    NOT NULL,
  id        TEXT    NOT NULL REFERENCES record (id),
  from_seq  INTEGER NOT NULL,
  until_seq INTEGER CHECK (until_seq > from_seq),
  version   INTEGER NOT NULL REFERENCES version (n),
  PRIMARY KEY (role, id, from_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_from ON listing (role, from_seq);
CREATE INDEX listing_until ON listing (role, until_seq);

-- The lists published, by role and sequence.
CREATE TABLE publication (
  role    TEXT    NOT NULL,
  seq     INTEGER NOT NULL CHECK (seq > 0),
  at      INTEGER NOT NULL,
  by_whom TEXT    NOT NULL,
  records INTEGER NOT NULL,
  length  INTEGER NOT NULL,              -- bytes of the list
  sha256  BLOB    NOT NULL CHECK (length(sha256) = 32), -- of the list
  PRIMARY KEY (role, seq)
) STRICT, WITHOUT ROWID;

-- Signed metadata as published: 'root', 'timestamp', 'snapshot', 'targets',
-- 'vn', 'p01' ... in all their versions.
CREATE TABLE metadata (
  role       TEXT    NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  signed_at  INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  bytes      BLOB    NOT NULL,
  PRIMARY KEY (role, version)
) STRICT;

-- The targets that the newest metadata of a role names.
CREATE TABLE target (
  path   TEXT    PRIMARY KEY,            -- 'p01/list-7.ndjson'
  role   TEXT    NOT NULL,
  length INTEGER NOT NULL,
  sha256 BLOB    NOT NULL CHECK (length(sha256) = 32),
  custom TEXT    NOT NULL,               -- custom.ocop, canonical JSON
  at     INTEGER NOT NULL                -- since when it is named
) STRICT, WITHOUT ROWID;
CREATE INDEX target_role ON target (role, path);

-- Points of sale that may sign receipts.
CREATE TABLE showroom (
  number       INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 4294967295),
  name         TEXT    NOT NULL CHECK (length(name) > 0),
  commune_code TEXT    NOT NULL CHECK (length(commune_code) = 5),
  at           INTEGER NOT NULL,
  by_whom      TEXT    NOT NULL
) STRICT;

CREATE TABLE showroom_key (
  showroom      INTEGER NOT NULL REFERENCES showroom (number),
  number        INTEGER NOT NULL CHECK (number > 0),
  public_key    BLOB    NOT NULL UNIQUE CHECK (length(public_key) = 32),
  from_day      INTEGER NOT NULL,
  withdrawn_day INTEGER,                 -- NULL: good
  last_good_seq INTEGER,                 -- of a withdrawn key's journal
  at            INTEGER NOT NULL,
  by_whom       TEXT    NOT NULL,
  PRIMARY KEY (showroom, number)
) STRICT, WITHOUT ROWID;

-- What was done besides: units, mappings, showrooms, keys.
CREATE TABLE act (
  n       INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  by_whom TEXT    NOT NULL CHECK (length(by_whom) > 0),
  what    TEXT    NOT NULL CHECK (length(what) > 0), -- 'showroom_add'
  detail  TEXT    NOT NULL               -- canonical JSON
) STRICT;
