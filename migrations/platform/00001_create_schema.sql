-- Up Migration
CREATE SCHEMA IF NOT EXISTS platform;

-- Down Migration
DROP SCHEMA IF EXISTS platform;
