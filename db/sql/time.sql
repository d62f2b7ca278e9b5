-- name: journal_last_time
SELECT json_extract(body, '$.at') FROM journal ORDER BY seq DESC LIMIT 1;
