import type { Client } from 'pg';

/** Rows of a schema's tables, by the table's name as SQL writes it. Each row is the text that PostgreSQL casts it to and from. */
export type StoredRows = ReadonlyMap<string, readonly string[]>;

/** All rows of all tables of a schema, sorted. A partition's are its parent's. */
export async function readRows(client: Client, schema: string): Promise<StoredRows> {
  const tables = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
    [schema],
  );
  const rows = new Map<string, readonly string[]>();
  for (const { name } of tables.rows) {
    const found = await client.query<{ row: string }>(
      `SELECT stored::text AS row FROM ${name} AS stored ORDER BY stored::text COLLATE "C"`,
    );
    rows.set(
      name,
      found.rows.map(({ row }) => row),
    );
  }
  return rows;
}

/** Empties tables. */
export async function clearTables(client: Client, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) {
    await client.query(`TRUNCATE ${tables.join(', ')} CASCADE`);
  }
}

/**
 * Writes rows, those of a table that others refer to first. Triggers run, generated columns are computed, and a row that a trigger
 * has written already stays.
 */
export async function writeRows(client: Client, rows: StoredRows): Promise<void> {
  for (const table of await parentsFirst(client, [...rows.keys()])) {
    const columns = await client.query<{ name: string }>(
      `SELECT quote_ident(attname) AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
      [table],
    );
    const names = columns.rows.map(({ name }) => name);
    if (names.length > 0) {
      await client.query(
        `INSERT INTO ${table} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
         SELECT ${names.map((name) => `(stored).${name}`).join(', ')}
         FROM (SELECT unnest($1::text[])::${table} AS stored) AS given
         ON CONFLICT DO NOTHING`,
        [rows.get(table)],
      );
    }
  }
}

async function parentsFirst(client: Client, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ child: string; parent: string }>(
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f'`,
  );
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const visit = (table: string): void => {
    if (!entered.has(table)) {
      entered.add(table);
      for (const { child, parent } of rows) {
        if (child === table && tables.includes(parent)) {
          visit(parent);
        }
      }
      ordered.add(table);
    }
  };
  for (const table of tables) {
    visit(table);
  }
  return [...ordered];
}
