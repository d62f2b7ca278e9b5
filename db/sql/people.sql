-- name: staff_get
SELECT number, seq, role, program, active FROM staff WHERE number = :number;

-- name: staff_each
SELECT number, seq, role, program, active FROM staff
 WHERE number > :after ORDER BY number LIMIT :limit;

-- name: staff_last
SELECT coalesce(max(number), 0) FROM staff;

-- name: staff_put
INSERT INTO staff (number, seq, role, program, active)
VALUES (:number, :seq, :role, :program, :active)
ON CONFLICT (number) DO UPDATE
   SET seq = excluded.seq, role = excluded.role,
       program = excluded.program, active = excluded.active;

-- name: staff_private_get
SELECT name, pin_hash FROM staff_private WHERE number = :number;

-- name: staff_private_put
INSERT INTO staff_private (number, name, pin_hash)
VALUES (:number, :name, :pin_hash)
ON CONFLICT (number) DO UPDATE
   SET name = excluded.name, pin_hash = excluded.pin_hash;

-- name: token_find
SELECT s.number, s.seq, s.role, s.program, s.active
  FROM token t JOIN staff s ON s.number = t.staff
 WHERE t.secret = :secret;

-- name: token_add
INSERT INTO token (staff, secret, made_at) VALUES (:staff, :secret, :made_at);

-- name: token_each
SELECT t.staff, p.name, s.role, s.active, t.made_at
  FROM token t
  JOIN staff s ON s.number = t.staff
  LEFT JOIN staff_private p ON p.number = t.staff
 WHERE t.staff > :after ORDER BY t.staff LIMIT :limit;

-- name: till_get
SELECT number, seq, name, active FROM till WHERE number = :number;

-- name: till_each
SELECT number, seq, name, active FROM till
 WHERE number > :after ORDER BY number LIMIT :limit;

-- name: till_put
INSERT INTO till (number, seq, name, active)
VALUES (:number, :seq, :name, :active)
ON CONFLICT (number) DO UPDATE
   SET seq = excluded.seq, name = excluded.name, active = excluded.active;

-- name: device_get
SELECT id, seq, till, active FROM device WHERE id = :id;

-- name: device_last
SELECT coalesce(max(id), 0) FROM device;

-- name: device_put
INSERT INTO device (id, seq, till, active)
VALUES (:id, :seq, :till, :active)
ON CONFLICT (id) DO UPDATE
   SET seq = excluded.seq, till = excluded.till, active = excluded.active;

-- name: device_private_add
INSERT INTO device_private (id, name, secret, enrolled_at)
VALUES (:id, :name, :secret, :enrolled_at);

-- name: device_find
SELECT d.id, d.seq, d.till, d.active
  FROM device_private p JOIN device d ON d.id = p.id
  JOIN till t ON t.number = d.till
 WHERE p.secret = :secret AND d.active = 1 AND t.active = 1;

-- name: device_each
SELECT d.id, p.name, d.till, d.active, p.enrolled_at
  FROM device d LEFT JOIN device_private p ON p.id = d.id
 WHERE d.id > :after ORDER BY d.id LIMIT :limit;

-- name: device_code_add
INSERT INTO device_code (code, till, name, made_by, expires_at)
VALUES (:code, :till, :name, :made_by, :expires_at);

-- name: device_code_get
SELECT till, name, made_by FROM device_code
 WHERE code = :code AND expires_at > :now;

-- name: device_code_drop
DELETE FROM device_code WHERE code = :code OR expires_at <= :now;

-- name: session_find
SELECT s.staff, w.role, s.device, s.till, s.started_at, s.seen_at
  FROM session s JOIN staff w ON w.number = s.staff
  JOIN till t ON t.number = s.till
  LEFT JOIN device d ON d.id = s.device
 WHERE s.secret = :secret AND w.active = 1 AND t.active = 1
   AND (s.device = 0 OR d.active = 1);

-- name: session_add
INSERT INTO session (secret, staff, device, till, started_at, seen_at)
VALUES (:secret, :staff, :device, :till, :started_at, :seen_at);

-- name: session_seen
UPDATE session SET seen_at = :seen_at WHERE secret = :secret;

-- name: session_drop
DELETE FROM session WHERE secret = :secret;

-- name: session_drop_staff
DELETE FROM session WHERE staff = :staff;

-- name: session_prune
DELETE FROM session WHERE seen_at < :seen_before OR started_at < :started_before;

-- name: guard_get
SELECT failures, failed_at, locked_until FROM guard WHERE subject = :subject;

-- name: guard_put
INSERT INTO guard (subject, failures, failed_at, locked_until)
VALUES (:subject, :failures, :failed_at, :locked_until)
ON CONFLICT (subject) DO UPDATE
   SET failures = excluded.failures, failed_at = excluded.failed_at,
       locked_until = excluded.locked_until;

-- name: guard_clear
DELETE FROM guard WHERE subject = :subject;
