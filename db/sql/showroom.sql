-- name: showroom_get
SELECT seq, number, name, commune FROM showroom WHERE id = 1;

-- name: showroom_put
INSERT INTO showroom (id, seq, number, name, commune)
VALUES (1, :seq, :number, :name, :commune)
ON CONFLICT (id) DO UPDATE
   SET seq = excluded.seq, name = excluded.name, commune = excluded.commune;

-- name: showroom_keys
SELECT number, public_key, from_seq FROM showroom_key
 ORDER BY number LIMIT :limit;

-- name: showroom_key_add
INSERT INTO showroom_key (number, seq, public_key, from_seq)
VALUES (:number, :seq, :public_key, :from_seq);
