-- Tokens P1 for shelf labels, as the registry signed them and they were verified
-- here.  Not of the journal: they can be imported again.
CREATE TABLE label_token (
  cert  INTEGER PRIMARY KEY CHECK (cert BETWEEN 1 AND 4294967295),
  token TEXT    NOT NULL CHECK (length(token) = 202), -- digits
  at    INTEGER NOT NULL                              -- when it came, unix seconds
) STRICT;
