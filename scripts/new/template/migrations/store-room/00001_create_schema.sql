-- Up Migration
CREATE SCHEMA IF NOT EXISTS store_room;

-- Down Migration
DROP SCHEMA IF EXISTS store_room;
