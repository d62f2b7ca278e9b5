-- name: label_token_get
SELECT token FROM label_token WHERE cert = :cert;

-- name: label_token_put
INSERT INTO label_token (cert, token, at) VALUES (:cert, :token, :at)
    ON CONFLICT (cert) DO UPDATE SET token = excluded.token, at = excluded.at;
