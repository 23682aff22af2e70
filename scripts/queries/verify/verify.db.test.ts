import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { after, before, suite, test } from 'node:test';
import { main } from './main.ts';

const FIRST = `-- Up Migration
CREATE SCHEMA ticket;
CREATE TYPE ticket.state AS ENUM ('draft', 'public');
CREATE TABLE ticket.tickets (id integer PRIMARY KEY, title text NOT NULL, note text, size integer NOT NULL, code text NOT NULL UNIQUE, state ticket.state NOT NULL DEFAULT 'draft');
-- Down Migration
DROP TABLE ticket.tickets;
DROP TYPE ticket.state;
DROP SCHEMA ticket;
`;
const QUERIES = `/* @name FindTicket */
SELECT id, title, note, size FROM ticket.tickets WHERE id = :id!;
/* @name FindTicketByCode */
SELECT id FROM ticket.tickets WHERE code = :code!;
/* @name InsertTicket */
INSERT INTO ticket.tickets (id, title, size, code) VALUES (:id!, :title!, :size!, :code!);
/* @name UpdateNote */
UPDATE ticket.tickets SET note = :note WHERE id = :id!;
/* @name ListTicketsInState */
SELECT id FROM ticket.tickets WHERE state = ANY (:states!);
/* @name UpsertTicket */
INSERT INTO ticket.tickets (id, title, size, code) VALUES (:id!, :title!, :size!, :code!)
ON CONFLICT (code) DO UPDATE SET title = EXCLUDED.title;
`;
let root = '';

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'sql-verify-'));
  await write({ 'migrations/ticket/00001_create_tickets.sql': FIRST, 'sql/ticket/tickets.sql': QUERIES });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-q', '-m', 'Begin');
});
after(() => rm(root, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: root });
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function verify(
  change: { readonly up?: string; readonly queries?: string },
  args: readonly string[] = ['--base', 'main'],
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const second = 'migrations/ticket/00002_change.sql';
  await rm(join(root, second), { force: true });
  await write({
    'sql/ticket/tickets.sql': change.queries ?? QUERIES,
    ...(change.up === undefined
      ? {}
      : { [second]: `-- Up Migration\n${change.up};\n-- Down Migration\nSELECT 1;\n` }),
  });
  const lines: string[] = [];
  const adminUrl = env['TEST_DATABASE_URL'];
  const code = await main(args, {
    root,
    write: (line) => lines.push(line),
    ...(adminUrl === undefined ? {} : { adminUrl }),
  });
  return { code, lines };
}

suite('verifying queries against the base', () => {
  test('passes when nothing or something harmless changed', async () => {
    assert.deepEqual(await verify({}), {
      code: 0,
      lines: ['6 queries of main and 6 of this branch work on both schemas.'],
    });
    const wider = await verify({
      up: `ALTER TABLE ticket.tickets ADD COLUMN kind text NOT NULL DEFAULT 'x'`,
    });
    assert.equal(wider.code, 0, wider.lines.join('\n'));
  });

  const breaks: readonly (readonly [string, string, string])[] = [
    [
      'a dropped column',
      'ALTER TABLE ticket.tickets DROP COLUMN note',
      "sql/ticket/tickets.sql:2:19 query-fails: FindTicket of main fails on this branch's schema",
    ],
    [
      'a wider type',
      'ALTER TABLE ticket.tickets ALTER COLUMN size TYPE bigint',
      'column size is bigint, not integer',
    ],
    [
      'a NOT NULL that went',
      'ALTER TABLE ticket.tickets ALTER COLUMN title DROP NOT NULL',
      'column title can be null',
    ],
    [
      'a unique key that went',
      'ALTER TABLE ticket.tickets DROP CONSTRAINT tickets_code_key',
      'it can give several rows',
    ],
    [
      'a unique key that ON CONFLICT names',
      'ALTER TABLE ticket.tickets DROP CONSTRAINT tickets_code_key',
      'there is no unique or exclusion constraint matching the ON CONFLICT specification',
    ],
    [
      'a NOT NULL for a column that can be given null',
      'ALTER TABLE ticket.tickets ALTER COLUMN note SET NOT NULL',
      "null-write: UpdateNote of main on this branch's schema: it can write null to ticket.tickets.note",
    ],
    [
      'a renamed value of an enum',
      `ALTER TYPE ticket.state RENAME VALUE 'draft' TO 'private'`,
      "parameter $1 can be 'draft', which ticket.state[] does not have",
    ],
    [
      'a new column that needs a value',
      'ALTER TABLE ticket.tickets ADD COLUMN kind text NOT NULL',
      'it inserts no ticket.tickets.kind',
    ],
  ];
  for (const [what, up, message] of breaks) {
    test(`finds ${what} under the base's queries`, async () => {
      const { code, lines } = await verify({ up });
      assert.equal(code, 1);
      assert.ok(
        lines.some((line) => line.includes(message)),
        lines.join('\n'),
      );
    });
  }

  test("finds queries of the branch that the base's schema does not know", async () => {
    const { code, lines } = await verify({
      up: 'ALTER TABLE ticket.tickets ADD COLUMN kind text',
      queries: `${QUERIES}/* @name FindKind */\nSELECT kind FROM ticket.tickets WHERE id = :id!;\n`,
    });
    assert.equal(code, 1);
    assert.match(
      lines[0] ?? '',
      /^sql\/ticket\/tickets\.sql:15:8 query-fails: FindKind fails on the schema of main: column "kind" does not exist/,
    );
  });

  test('says what it cannot do', async () => {
    const unknown = await verify({}, ['--base', 'nowhere']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.lines.join(), /There is no commit nowhere here to compare with/);
    for (const args of [[], ['--base'], ['--base', ''], ['--bass', 'main']]) {
      const { code, lines } = await verify({}, args);
      assert.equal(code, 2);
      assert.match(lines.join(), /^Usage: /);
    }
    const broken = await verify({ up: 'CREATE TABLE' });
    assert.equal(broken.code, 1);
    assert.match(broken.lines.join(), /migrations\/ticket\/00002_change\.sql:/);
  });
});
