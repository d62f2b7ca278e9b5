-- The keys that sign the codes of shelf labels.  A code holds the number of its
-- key in one byte and no province, so a number is given once for all provinces;
-- of a province the newest one signs, and all of them stay published: labels
-- stand on shelves for years.
CREATE TABLE label_key (
  number        INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 255),
  province_code TEXT    NOT NULL CHECK (length(province_code) = 2),
  public_key    BLOB    NOT NULL UNIQUE CHECK (length(public_key) = 32),
  from_day      INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  by_whom       TEXT    NOT NULL
) STRICT;
