/* @name FindStoredThingById */
SELECT id, owner, name, note, created_at AS "createdAt", updated_at AS "updatedAt", version
FROM store_room.stored_things
WHERE id = :id!;

/* @name FindStoredThingForUpdate */
SELECT id, owner, name, note, created_at AS "createdAt", updated_at AS "updatedAt", version
FROM store_room.stored_things
WHERE id = :id!
FOR UPDATE;

/* @name ListStoredThings */
SELECT id, owner, name, note, created_at AS "createdAt", updated_at AS "updatedAt", version
FROM store_room.stored_things
WHERE owner = :owner! AND id < :before!
ORDER BY id DESC
LIMIT :count!;

/* @name InsertStoredThing */
INSERT INTO store_room.stored_things (id, owner, name, note, created_at, updated_at, version)
VALUES (:id!, :owner!, :name!, :note!, :createdAt!, :updatedAt!, :version!);

/* @name UpdateStoredThing */
UPDATE store_room.stored_things
SET name = :name!, note = :note!, updated_at = :updatedAt!, version = :version!
WHERE id = :id! AND version = :replacedVersion!
RETURNING id;

/* @name DeleteStoredThing */
DELETE FROM store_room.stored_things WHERE id = :id! AND version = :version! RETURNING id;
