-- Who may: people, programs, tills, the browsers standing at them.
--
-- Numbers, roles and whether they may are facts: projections of the journal,
-- with the `seq` of the record that last set the row.  Names, PINs and secrets
-- are private: they are in no journal and leave this file never; their tables
-- have no `seq`.  A secret is kept as its SHA-256 only; secrets are 32 random
-- bytes, so nothing can be guessed from it.  *_at is unix seconds.

-- A person or a program that may do something.  Numbers are never used again.
CREATE TABLE staff (
  number  INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9999),
  seq     INTEGER NOT NULL,
  role    INTEGER NOT NULL CHECK (role BETWEEN 1 AND 4), -- viewer, cashier, manager, owner
  program INTEGER NOT NULL CHECK (program IN (0, 1)),    -- 1: speaks with a token
  active  INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

-- Private: what only this showroom knows of a person or program.
CREATE TABLE staff_private (
  number   INTEGER PRIMARY KEY REFERENCES staff (number),
  name     TEXT NOT NULL,
  pin_hash TEXT NOT NULL  -- Argon2id; empty: nobody signs in with it
) STRICT;

-- Private: the token of a program.
CREATE TABLE token (
  staff  INTEGER PRIMARY KEY REFERENCES staff (number),
  secret BLOB NOT NULL UNIQUE CHECK (length(secret) = 32), -- SHA-256
  made_at INTEGER NOT NULL
) STRICT;

-- A place where is sold.
CREATE TABLE till (
  number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 255),
  seq    INTEGER NOT NULL,
  name   TEXT    NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

-- A browser that may be signed in at; it stands at one till.
CREATE TABLE device (
  id     INTEGER PRIMARY KEY CHECK (id > 0),
  seq    INTEGER NOT NULL,
  till   INTEGER NOT NULL REFERENCES till (number),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

-- Private: how the browser is known again.
CREATE TABLE device_private (
  id          INTEGER PRIMARY KEY REFERENCES device (id),
  name        TEXT    NOT NULL,
  secret      BLOB    NOT NULL UNIQUE CHECK (length(secret) = 32), -- SHA-256 of its cookie
  enrolled_at INTEGER NOT NULL
) STRICT;

-- Private: a number read out once to enrol a browser; gone when used or late.
CREATE TABLE device_code (
  code       TEXT    PRIMARY KEY CHECK (length(code) = 8),
  till       INTEGER NOT NULL REFERENCES till (number),
  name       TEXT    NOT NULL,
  made_by    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Private: who is signed in where.  Here, so that a restart signs nobody out.
CREATE TABLE session (
  secret     BLOB    PRIMARY KEY CHECK (length(secret) = 32), -- SHA-256 of its cookie
  staff      INTEGER NOT NULL REFERENCES staff (number),
  device     INTEGER NOT NULL,  -- 0: the browser of this machine
  till       INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL   -- to the minute
) STRICT, WITHOUT ROWID;

-- Private: wrong PINs and codes, and how long nobody may try again.
CREATE TABLE guard (
  subject      TEXT    PRIMARY KEY, -- "s2" staff 2, "d3" device 3, see pos/staff/pin.h
  failures     INTEGER NOT NULL CHECK (failures >= 0),
  failed_at    INTEGER NOT NULL,
  locked_until INTEGER NOT NULL     -- 0: not locked
) STRICT, WITHOUT ROWID;
