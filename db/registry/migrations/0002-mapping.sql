-- Old communes whose names differ by a mark alone ("Sơn Hà", "Sơn Hạ") are two.
ALTER TABLE mapping RENAME TO mapping_before;

-- Communes of before 01/07/2025, and where they lie now.
CREATE TABLE mapping (
  old_commune  TEXT NOT NULL CHECK (length(old_commune) > 0), -- folded, as the next two
  old_district TEXT NOT NULL,
  old_province TEXT NOT NULL,
  old_name     TEXT NOT NULL,            -- of the commune, as it was written
  code         TEXT NOT NULL REFERENCES commune (code),
  PRIMARY KEY (old_commune, old_district, old_province, old_name)
) STRICT, WITHOUT ROWID;

INSERT INTO mapping (old_commune, old_district, old_province, old_name, code)
SELECT old_commune, old_district, old_province, '', code FROM mapping_before;
DROP TABLE mapping_before;
