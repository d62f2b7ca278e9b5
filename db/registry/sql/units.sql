-- Communes, and what older names became (db/registry/units.c).

-- name: reg_units
SELECT version, communes FROM units ORDER BY n DESC LIMIT 1;

-- name: reg_units_add
INSERT INTO units (version, communes, at, by_whom)
VALUES (:version, :communes, :at, :by_whom);

-- name: reg_commune
SELECT code, province_code, name, gone, 0 FROM commune WHERE code = :code;

-- name: reg_commune_named
-- Names that differ by a mark alone: the one written so comes first.
SELECT code, province_code, name, gone, name = :name COLLATE NOCASE
  FROM commune
 WHERE fold = :fold AND gone = 0
   AND (:province_code = '' OR province_code = :province_code)
 ORDER BY 5 DESC, code LIMIT 2;

-- name: reg_communes_gone
UPDATE commune SET gone = 1 WHERE gone = 0;

-- name: reg_commune_put
INSERT INTO commune (code, province_code, name, fold, gone)
VALUES (:code, :province_code, :name, :fold, 0)
ON CONFLICT (code) DO UPDATE
   SET province_code = excluded.province_code, name = excluded.name,
       fold = excluded.fold, gone = 0;

-- name: reg_mapped
SELECT c.code, c.province_code, c.name, c.gone,
       max(m.old_name = :name COLLATE NOCASE)
  FROM mapping m JOIN commune c ON c.code = m.code
 WHERE m.old_commune = :old_commune
   AND (:old_district = '' OR m.old_district = :old_district)
   AND (:old_province = '' OR m.old_province = :old_province)
 GROUP BY c.code
 ORDER BY 5 DESC, c.code LIMIT 2;

-- name: reg_mapping_put
INSERT INTO mapping (old_commune, old_district, old_province, old_name, code)
VALUES (:old_commune, :old_district, :old_province, :old_name, :code)
ON CONFLICT (old_commune, old_district, old_province, old_name) DO UPDATE
   SET code = excluded.code;
