-- Rows that `npm run migrate -- verify` takes down and up again, and that a new development database begins with.

INSERT INTO store_room.stored_things (id, owner, name, note, created_at, updated_at, version)
VALUES
  ('019b0000-0000-7000-8000-000000000001', 'seed', 'The first one', 'A note about it.', '2026-01-05T18:00:00Z', '2026-01-05T18:00:00Z', 1),
  ('019b0000-0000-7000-8000-000000000002', 'seed', 'The second one', '', '2026-01-06T07:30:00Z', '2026-01-08T09:15:00Z', 2);
