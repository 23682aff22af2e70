-- Up Migration

-- Answers to requests that carried an Idempotency-Key, kept to be given again. Written in the transaction of the work itself,
-- so that a row is there exactly when the work is done.
CREATE TABLE platform.idempotency_keys (
  subject text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  -- SHA-256 of what was asked: the same key with another request is a mistake of the client.
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
  status smallint NOT NULL,
  headers jsonb NOT NULL,
  content_type text,
  body bytea,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (subject, operation, key)
);

CREATE INDEX idempotency_keys_expiry ON platform.idempotency_keys (expires_at);

-- Down Migration

DROP TABLE platform.idempotency_keys;
