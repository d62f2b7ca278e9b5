-- What printers are to print.  States and kinds by number: db/print_job.h.
-- `state <> 4` leads to the index of what is not confirmed.

-- name: print_job_add
INSERT INTO print_job (kind, printer, state, sale_id, copy, why_again, follows,
                       level, attempts, counted, created_at, body)
VALUES (:kind, :printer, 1, :sale_id, :copy, :why_again, :follows,
        0, 0, 0, :created_at, :body);

-- name: print_job_begin
UPDATE print_job
   SET state = 2, attempts = attempts + 1, message = NULL
 WHERE id = :id AND state = 1;

-- name: print_job_mark
UPDATE print_job
   SET state = :state, level = :level, counted = :counted, message = :message,
       done_at = iif(:state >= 4, :at, NULL)
 WHERE id = :id;

-- name: print_job_recover
UPDATE print_job
   SET state = 5, message = 'crashed', done_at = :at
 WHERE state <> 4 AND state IN (2, 3);

-- name: print_job_move
UPDATE print_job SET printer = :printer
 WHERE state <> 4 AND state = 1 AND kind = :kind
   AND printer NOT IN (SELECT value FROM json_each(:ids));

-- name: print_job_next
SELECT id, kind, printer, state, sale_id, copy, why_again, follows, level,
       attempts, counted, created_at, done_at, answered_at, answered_by,
       message, body
  FROM print_job
 WHERE state <> 4 AND state = 1 AND printer = :printer
   AND (:kind = 0 OR kind = :kind)
 ORDER BY id LIMIT 1;

-- name: print_job_get
SELECT id, kind, printer, state, sale_id, copy, why_again, follows, level,
       attempts, counted, created_at, done_at, answered_at, answered_by,
       message, body
  FROM print_job
 WHERE id = :id;

-- name: print_job_each
SELECT id, kind, printer, state, sale_id, copy, why_again, follows, level,
       attempts, counted, created_at, done_at, answered_at, answered_by,
       message, body
  FROM print_job
 WHERE id < :before AND (:state = 0 OR state = :state)
 ORDER BY id DESC LIMIT :limit;

-- name: print_job_each_open
SELECT id, kind, printer, state, sale_id, copy, why_again, follows, level,
       attempts, counted, created_at, done_at, answered_at, answered_by,
       message, body
  FROM print_job
 WHERE state <> 4 AND state = :state AND id < :before
 ORDER BY id DESC LIMIT :limit;

-- name: print_job_of
-- The originals of a receipt lie together from :first on, what was printed
-- again has an index.
SELECT id, kind, printer, state, sale_id, copy, why_again, follows, level,
       attempts, counted, created_at, done_at, answered_at, answered_by,
       message, body
  FROM print_job
 WHERE id < :before
   AND id IN (SELECT id FROM print_job
               WHERE id >= :first AND id < :first + 8 AND sale_id = :sale_id
               UNION ALL
              SELECT id FROM print_job
               WHERE copy > 0 AND sale_id = :sale_id)
 ORDER BY id DESC LIMIT :limit;

-- name: print_job_original
-- The first original at or behind :from: a step of halving the way to a
-- receipt.
SELECT id, sale_id FROM print_job
 WHERE id >= :from AND copy = 0 AND sale_id IS NOT NULL
 ORDER BY id LIMIT 1;

-- name: print_job_last_id
SELECT coalesce(max(id), 0) FROM print_job;

-- name: print_job_last_state
-- Of what this printer had in hand last.
SELECT state FROM print_job
 WHERE printer = :printer AND attempts > 0 ORDER BY id DESC LIMIT 1;

-- name: print_job_waiting
SELECT count(*) FROM print_job
 WHERE state <> 4 AND state IN (1, 2, 3) AND printer = :printer;

-- name: print_job_asked
-- Nobody is asked about a drawer or a test.
SELECT count(*) FROM print_job
 WHERE state <> 4 AND state = 5 AND printer = :printer
   AND answered_at IS NULL AND kind IN (1, 2, 4, 6);

-- name: print_job_late
SELECT count(*) FROM print_job
 WHERE state <> 4 AND state = 1 AND printer = :printer AND kind = 3
   AND (created_at < :since OR created_at > :since + 60);

-- name: print_job_refuse_late
UPDATE print_job SET state = 6, message = 'late', done_at = :at
 WHERE state <> 4 AND state = 1 AND printer = :printer AND kind = 3
   AND (created_at < :since OR created_at > :since + 60);

-- name: print_job_answer
UPDATE print_job
   SET state = iif(:printed, 4, 5), answered_at = :at, answered_by = :by
 WHERE id = :id AND state = 5 AND answered_at IS NULL;

-- name: print_job_cancel
UPDATE print_job SET state = 7, done_at = :at WHERE id = :id AND state = 1;

-- name: print_job_pending
SELECT j.id, j.kind, j.printer, j.state, j.sale_id, j.copy, j.why_again,
       j.follows, j.level, j.attempts, j.counted, j.created_at, j.done_at,
       j.answered_at, j.answered_by, j.message, j.body
  FROM print_job j LEFT JOIN sale s ON s.id = j.sale_id
 WHERE j.state = 5 AND j.answered_at IS NULL
   AND (j.kind IN (1, 2) AND s.till = :till OR j.kind = 6)
 ORDER BY j.id LIMIT :limit;
