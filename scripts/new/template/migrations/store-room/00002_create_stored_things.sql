-- Up Migration

CREATE TABLE store_room.stored_things (
  -- A UUID of version 7: in the order of ids is in the order of creation.
  id uuid PRIMARY KEY,
  owner text NOT NULL CHECK (char_length(owner) BETWEEN 1 AND 255),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  note text NOT NULL CHECK (char_length(note) <= 2000),
  -- Milliseconds, as the application's clock ticks.
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL CHECK (updated_at >= created_at),
  version integer NOT NULL CHECK (version >= 1)
);

-- A list: the entries of one owner by id.
CREATE INDEX stored_things_of_owner ON store_room.stored_things (owner, id);

-- Down Migration
DROP TABLE store_room.stored_things;
