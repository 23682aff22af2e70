import type { Client } from 'pg';
import type { MigrationSection } from './read-migrations.ts';

const NAME = String.raw`"(?:[^"]|"")+"|[\w$]+`;
const CREATES = new RegExp(
  String.raw`\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?(${NAME})\s+ON\s+(?:ONLY\s+)?(${NAME})\s*\.`,
  'i',
);
const DROPS = new RegExp(
  String.raw`\bDROP\s+INDEX\s+CONCURRENTLY\s+(?:IF\s+EXISTS\s+)?((?:${NAME})\s*\.\s*(?:${NAME}))`,
  'i',
);

/** The index that a part outside a transaction makes or drops, as SQL writes its name; null when it does neither. */
export function concurrentIndex(
  section: MigrationSection,
): { readonly action: 'create' | 'drop'; readonly index: string } | null {
  const sql = section.sql.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, ' ');
  const created = CREATES.exec(sql);
  if (created !== null) {
    return { action: 'create', index: `${created[2] ?? ''}.${created[1] ?? ''}` };
  }
  const dropped = DROPS.exec(sql);
  return dropped === null ? null : { action: 'drop', index: dropped[1] ?? '' };
}

/** Whether an index is there, and whether it was built to its end. */
export async function indexState(client: Client, index: string): Promise<'absent' | 'invalid' | 'valid'> {
  const found = await client.query<{ valid: boolean }>(
    'SELECT indisvalid AS valid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1)',
    [index],
  );
  const [row] = found.rows;
  if (row === undefined) {
    return 'absent';
  }
  return row.valid ? 'valid' : 'invalid';
}
