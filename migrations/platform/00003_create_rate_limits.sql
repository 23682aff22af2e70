-- Up Migration

-- Requests of each caller in the current window. Unlogged: after a crash everybody starts with a full budget.
CREATE UNLOGGED TABLE platform.rate_limits (
  caller text PRIMARY KEY,
  -- Number of the window since 1970, in units of its length.
  window_start bigint NOT NULL,
  used integer NOT NULL,
  -- When the window began.
  touched_at timestamptz NOT NULL DEFAULT statement_timestamp()
);

CREATE INDEX rate_limits_touched ON platform.rate_limits (touched_at);

-- Down Migration

DROP TABLE platform.rate_limits;
