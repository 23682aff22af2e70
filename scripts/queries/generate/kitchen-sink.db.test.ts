import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { createDatabase } from '../../../src/kernel/database/create-database.ts';
import type { Database } from '../../../src/kernel/database/database.ts';
import type { Query } from '../../../src/kernel/database/query.ts';
import { testServer } from '#tests/kit/database.ts';
import { parseQueryFile } from '../parse/parse-query-file.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';
import { generateQueries } from './generate-queries.ts';
import { fitsType, readEmittedTypes } from './testing/emitted-types.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');
const KITCHEN_SINK = join(PROJECT, 'scripts/queries/testdata/kitchen-sink');

const schema = await readFile(join(KITCHEN_SINK, 'schema.sql'), 'utf8');
const SMALL = [...schema.matchAll(/^CREATE TABLE (shop\.\w+)/gm)]
  .map(([, table = '']) => `COMMENT ON TABLE ${table} IS '@small';\n`)
  .join('');

/** Every query under a name that says what it gives. */
async function readQueries(): Promise<readonly SqlQuery[]> {
  const text = await readFile(join(KITCHEN_SINK, 'queries.sql'), 'utf8');
  const named = text.replaceAll(
    /@name (?!Find|Get|Count|List|Insert|Update|Delete|Upsert|Merge)(\w+)/g,
    '@name List$1',
  );
  return parseQueryFile('sql/shop/queries.sql', named).queries;
}

suite('the emitted types of the kitchen sink', async () => {
  let root: string;
  let scratch: ScratchDatabase;
  let database: Database;
  let text = '';
  let emitted: ReadonlyMap<string, Query<unknown, unknown>> = new Map();
  const queries = await readQueries();

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'kitchen-sink-'));
    scratch = await createScratchDatabase(schema);
    database = createDatabase({ url: scratch.url, poolSize: 1 });
  });
  after(async () => {
    await database.close();
    await scratch[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });

  async function write(file: string, content: string): Promise<void> {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), content);
  }

  async function generate(chosen: readonly SqlQuery[]): ReturnType<typeof generateQueries> {
    await write(
      'sql/shop/queries.sql',
      chosen.map(({ annotation, ast }) => `${annotation}\n${ast.statement.body};\n`).join('\n'),
    );
    return generateQueries({ root, adminUrl: testServer().serverUrl });
  }

  test('nearly all of it can be generated', async () => {
    await write('migrations/shop/00001_create_schema.sql', `-- Up Migration\n${schema}${SMALL}`);
    const first = await generate(queries);
    assert.ok(!first.ok, 'it holds queries that are refused');
    const refused = new Set(
      first.diagnostics.map(({ at, message }) => {
        assert.equal(at.file, 'sql/shop/queries.sql');
        return /^(\w+): |^(\w+) /.exec(message)?.slice(1).find(Boolean);
      }),
    );
    const chosen = queries.filter(({ name }) => !refused.has(name));
    assert.ok(chosen.length > queries.length * 0.85, `${[...refused].join(', ')} are refused`);
    const result = await generate(chosen);
    assert.ok(result.ok, JSON.stringify(result));
    text = result.files[0]?.text ?? '';
    await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'));
    await symlink(join(PROJECT, 'src'), join(root, 'src'));
    await write('package.json', '{"type":"module","imports":{"#kernel/*":"./src/kernel/*"}}');
    await write('queries.ts', text);
    const module: Readonly<Record<string, Query<unknown, unknown>>> = await import(join(root, 'queries.ts'));
    emitted = new Map(Object.values(module).map((query) => [query.name, query]));
    assert.equal(emitted.size, chosen.length);
  });

  test('every query gives what its type says, with nulls everywhere', async () => {
    const types = readEmittedTypes(text);
    const undo = new Error('undo');
    let values = 0;
    let nulls = 0;
    for (const [name, query] of emitted) {
      const source = queries.find((each) => each.name === name);
      assert.ok(source !== undefined);
      let result: unknown;
      await database
        .transaction(async (transaction) => {
          result = await query.run(parametersOf(source), transaction);
          throw undo;
        })
        .catch((error: unknown) => {
          assert.equal(error, undo, `${name}: ${String(error)}`);
        });
      const columns = types.rows.get(`${name}Result`);
      if (columns === undefined) {
        assert.equal(typeof result, 'number', name);
        continue;
      }
      const rows: readonly unknown[] = Array.isArray(result) ? result : result === undefined ? [] : [result];
      for (const row of rows) {
        assert.ok(typeof row === 'object' && row !== null);
        const entries = Object.entries(row);
        assert.deepEqual(entries.map(([key]) => key).toSorted(), [...columns.keys()].toSorted(), name);
        for (const [key, value] of entries) {
          const type = columns.get(key) ?? '';
          assert.ok(
            fitsType(value, type, types),
            `${name}.${key} is ${JSON.stringify(value)}, and its type ${type}`,
          );
          values += 1;
          nulls += value === null ? 1 : 0;
        }
      }
    }
    assert.ok(values > 500 && nulls > 50, `${values} values, ${nulls} of them null`);
  });
});

/** The query's parameters by name, with the values that its comment gives. */
function parametersOf({ statement, parameters }: SqlQuery): Readonly<Record<string, unknown>> {
  const given = /^-- values: (.*)$/m.exec(statement)?.[1] ?? '[]';
  const values: unknown = JSON.parse(given);
  assert.ok(Array.isArray(values));
  return Object.fromEntries(parameters.map(({ name }, index) => [name, values[index]]));
}
