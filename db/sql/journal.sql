-- name: journal_add
INSERT INTO journal (seq, kind, body, key, hash, sig)
VALUES (:seq, :kind, :body, :key, :hash, :sig);

-- name: journal_head
-- The last two: the head carries the hash of the record before it.
SELECT seq, hash
  FROM journal
 ORDER BY seq DESC
 LIMIT 2;

-- name: journal_from
SELECT seq, kind, body, key, hash, sig
  FROM journal
 WHERE seq >= :seq
 ORDER BY seq
 LIMIT :limit;
