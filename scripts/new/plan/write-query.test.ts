import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { writeQuery, type Table } from './write-query.ts';

const JARS: Table = {
  written: 'pantry.jars',
  name: 'jars',
  columns: [
    { name: 'id', written: 'id', isKey: true },
    { name: 'owner', written: 'owner', isKey: false },
    { name: 'order', written: '"order"', isKey: false },
    { name: 'created_at', written: 'created_at', isKey: false },
  ],
};
const COLUMNS = 'id, owner, "order", created_at AS "createdAt"';

suite('the query that a name describes', () => {
  const queries: Readonly<Record<string, string>> = {
    FindJar: `SELECT ${COLUMNS}\nFROM pantry.jars\nWHERE id = :id!;`,
    FindJarById: `SELECT ${COLUMNS}\nFROM pantry.jars\nWHERE id = :id!;`,
    GetJarByOwnerAndOrder: `SELECT ${COLUMNS}\nFROM pantry.jars\nWHERE owner = :owner! AND "order" = :order!;`,
    ListJars: `SELECT ${COLUMNS}\nFROM pantry.jars\nORDER BY id\nLIMIT :count!;`,
    ListJarsByCreatedAt: `SELECT ${COLUMNS}\nFROM pantry.jars\nWHERE created_at = :createdAt!\nORDER BY id\nLIMIT :count!;`,
    CountJarsByOwner: `SELECT count(*) AS "count"\nFROM pantry.jars\nWHERE owner = :owner!;`,
    InsertJar: `INSERT INTO pantry.jars (id, owner, "order", created_at)\nVALUES (:id!, :owner!, :order!, :createdAt!);`,
    UpdateJar: `UPDATE pantry.jars\nSET owner = :owner!, "order" = :order!, created_at = :createdAt!\nWHERE id = :id!;`,
    DeleteJarByOwner: `DELETE FROM pantry.jars\nWHERE owner = :owner!;`,
  };
  for (const [name, statement] of Object.entries(queries)) {
    test(name, () => assert.equal(writeQuery(name, JARS), `/* @name ${name} */\n${statement}\n`));
  }

  test('never changes a whole table for want of a key', () => {
    const keyless = { ...JARS, columns: JARS.columns.slice(1) };
    for (const name of ['DeleteJar', 'UpdateJar', 'FindJar']) {
      assert.throws(
        () => writeQuery(name, keyless),
        { name: 'Refusal', message: /has no primary key/ },
        name,
      );
    }
  });

  test('asks for no column that the table has not', () => {
    assert.throws(() => writeQuery('FindJarByLidColour', JARS), {
      name: 'Refusal',
      message: /^pantry\.jars has no column lid_colour; it has id, owner, order, created_at\. Add it first/,
    });
  });
});
