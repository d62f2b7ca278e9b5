-- name: transfer_add
INSERT INTO transfer (key, cart, till, staff, code, amount, text, state,
                      created_at)
VALUES (:key, :cart, :till, :staff, :code, :amount, :text, 1, :at);

-- name: transfer_get
SELECT id, key, cart, till, staff, code, amount, received, text, state,
       created_at, confirmed_by, sale_id
  FROM transfer WHERE id = :id;

-- name: transfer_by_key
SELECT id, key, cart, till, staff, code, amount, received, text, state,
       created_at, confirmed_by, sale_id
  FROM transfer WHERE key = :key AND state <> 4;

-- name: transfer_by_code
-- The newest: a code is used again when the one before is long over.
SELECT id, key, cart, till, staff, code, amount, received, text, state,
       created_at, confirmed_by, sale_id
  FROM transfer WHERE code = :code ORDER BY id DESC LIMIT 1;

-- name: transfer_each
SELECT id, key, cart, till, staff, code, amount, received, text, state,
       created_at, confirmed_by, sale_id
  FROM transfer
 WHERE id < :before AND (:state = 0 OR state = :state)
 ORDER BY id DESC LIMIT :limit;

-- name: transfer_each_open
SELECT id, key, cart, till, staff, code, amount, received, text, state,
       created_at, confirmed_by, sale_id
  FROM transfer
 WHERE sale_id IS NULL AND state = :state AND id < :before
 ORDER BY id DESC LIMIT :limit;

-- name: transfer_set
UPDATE transfer
   SET state = :state, received = :received, confirmed_by = :confirmed_by
 WHERE id = :id AND sale_id IS NULL;

-- name: transfer_receive
-- Also of one that has paid: a person had confirmed it.
UPDATE transfer SET received = :received WHERE id = :id;

-- name: transfer_take
UPDATE transfer SET sale_id = :sale_id WHERE id = :id AND sale_id IS NULL;

-- name: bank_notice_add
INSERT INTO bank_notice (source, number, at, amount, code, content, reference,
                         state, transfer_id)
VALUES (1, :number, :at, :amount, :code, :content, :reference, :state,
        :transfer_id);

-- name: bank_notice_seen
SELECT id FROM bank_notice WHERE source = 1 AND number = :number;

-- name: bank_notice_each
SELECT id, number, at, amount, code, content, reference, state, transfer_id
  FROM bank_notice
 WHERE id < :before AND (:state = 0 OR state = :state)
 ORDER BY id DESC LIMIT :limit;

-- name: bank_notice_each_odd
SELECT id, number, at, amount, code, content, reference, state, transfer_id
  FROM bank_notice
 WHERE state <> 1 AND id < :before
 ORDER BY id DESC LIMIT :limit;
