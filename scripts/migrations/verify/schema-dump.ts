import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';

/** An object of a database, with its definition as text. */
export interface SchemaObject {
  /** As PostgreSQL names kinds: `table`, `table column`, `index`, `function`; and `comment`, `privilege`. */
  readonly kind: string;
  /** As PostgreSQL identifies it: `ticket.tickets.title`, `count_tags_of_new on ticket.tickets`. */
  readonly name: string;
  /** The name of what it goes with; null for what stands alone. */
  readonly parent: string | null;
  /** The schema that it is in, as SQL writes it; null for what is in none, and for a comment on what has no schema of its own. */
  readonly schema: string | null;
  readonly definition: string;
}

/** All objects of a database's schemas, by kind and name; without the version tables. */
export type SchemaDump = ReadonlyMap<string, SchemaObject>;

/** Describes a database from its catalogue. Changes nothing. */
export async function readSchemaDump(client: Client): Promise<SchemaDump> {
  const sql = await readFile(join(import.meta.dirname, 'schema-dump.sql'), 'utf8');
  const before = await client.query<{ path: string }>(`SELECT current_setting('search_path') AS path`);
  await client.query(`SELECT set_config('search_path', '', false)`);
  try {
    const { rows } = await client.query<SchemaObject>(sql);
    return new Map(rows.map((row) => [`${row.kind} ${row.name}`, row]));
  } finally {
    await client.query(`SELECT set_config('search_path', $1, false)`, [before.rows[0]?.path ?? '']);
  }
}
