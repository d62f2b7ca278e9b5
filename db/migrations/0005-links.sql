-- Which product of the catalogue is which certified product, and what was said
-- about certificates that come near their end.

-- A product may hold successive certificates, so there may be several links.
-- A link that a person took back stays as a row with linked = 0: nothing makes
-- it again by itself.
CREATE TABLE product_certificate (
  product_id  INTEGER NOT NULL REFERENCES product (id),
  registry_id TEXT    NOT NULL CHECK (length(registry_id) > 0), -- need not be on a list yet
  seq         INTEGER NOT NULL,
  how         INTEGER NOT NULL CHECK (how BETWEEN 1 AND 4), -- the product's own id, GTIN, chosen, successor
  linked      INTEGER NOT NULL CHECK (linked IN (0, 1)),
  PRIMARY KEY (product_id, registry_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX product_certificate_by_id ON product_certificate (registry_id);

INSERT INTO product_certificate
SELECT id, registry_id, seq, 1, 1 FROM product WHERE registry_id IS NOT NULL;

-- Said once: this certificate ends within so many days (90, 30), or has ended
-- (0).  A renewal has another last day, so it is spoken of anew.
CREATE TABLE certificate_notice (
  registry_id TEXT    NOT NULL,
  until_day   INTEGER NOT NULL,
  days        INTEGER NOT NULL CHECK (days IN (0, 30, 90)),
  seq         INTEGER NOT NULL,
  product_id  INTEGER NOT NULL REFERENCES product (id),
  at          INTEGER NOT NULL,
  PRIMARY KEY (registry_id, until_day, days)
) STRICT, WITHOUT ROWID;

-- How old the lists were when a receipt with certified goods was made.  0: new
-- enough, or of no concern (pos/certified/age.h).
ALTER TABLE sale ADD COLUMN list_age INTEGER NOT NULL DEFAULT 0
  CHECK (list_age IN (0, 2, 3));
ALTER TABLE sale ADD COLUMN list_at INTEGER NOT NULL DEFAULT 0;

-- The history of lists and notices, read backwards.
CREATE INDEX journal_of_lists ON journal (seq)
  WHERE kind IN ('list', 'notice');
