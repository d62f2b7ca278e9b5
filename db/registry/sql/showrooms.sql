-- Points of sale, and what was done (db/registry/showrooms.c).

-- name: reg_showrooms
SELECT number, name, commune_code, at, by_whom FROM showroom ORDER BY number;

-- name: reg_showroom_keys
SELECT showroom, number, public_key, from_day, withdrawn_day, last_good_seq,
       at, by_whom
  FROM showroom_key WHERE showroom = :showroom ORDER BY number;

-- name: reg_showroom_add
INSERT INTO showroom (number, name, commune_code, at, by_whom)
VALUES (:number, :name, :commune_code, :at, :by_whom);

-- name: reg_showroom_key_add
INSERT INTO showroom_key (showroom, number, public_key, from_day,
                          withdrawn_day, last_good_seq, at, by_whom)
VALUES (:showroom, :number, :public_key, :from_day, :withdrawn_day,
        :last_good_seq, :at, :by_whom);

-- name: reg_showroom_key_withdraw
UPDATE showroom_key SET withdrawn_day = :day, last_good_seq = :last_good_seq
 WHERE showroom = :showroom AND number = :number;

-- name: reg_act_add
INSERT INTO act (at, by_whom, what, detail)
VALUES (:at, :by_whom, :what, :detail);
