-- Up Migration
CREATE SCHEMA IF NOT EXISTS recipe;

-- Down Migration
DROP SCHEMA IF EXISTS recipe;
