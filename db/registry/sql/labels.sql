-- The keys of shelf labels (db/registry/labels.c).

-- name: reg_label_keys
SELECT number, province_code, public_key, from_day, at, by_whom
  FROM label_key ORDER BY province_code, number;

-- name: reg_label_key_last
SELECT coalesce(max(number), 0) FROM label_key;

-- name: reg_label_key_add
INSERT INTO label_key (number, province_code, public_key, from_day, at, by_whom)
VALUES (:number, :province_code, :public_key, :from_day, :at, :by_whom);
