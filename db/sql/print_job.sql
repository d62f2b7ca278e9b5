-- name: print_job_add
INSERT INTO print_job (sale_id, copy, state, created_at)
VALUES (:sale_id, :copy, 1, :created_at);

-- name: print_job_set
UPDATE print_job
   SET state = :state, message = :message,
       attempts = attempts + iif(:state = 2, 1, 0),
       done_at = iif(:state >= 3, :at, NULL)
 WHERE id = :id;

-- name: print_job_recover
UPDATE print_job SET state = 4 WHERE state < 3 AND state = 2;

-- name: print_job_next
SELECT id, sale_id, copy, state, attempts FROM print_job
 WHERE state < 3 AND state = 1 ORDER BY id LIMIT 1;

-- name: print_job_of
-- Jobs lie in the order of their receipts: walk back from the newest.
SELECT id, sale_id, copy, state, attempts FROM print_job
 WHERE sale_id = :sale_id ORDER BY id DESC LIMIT 1;
