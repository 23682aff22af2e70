import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { cardinalityOf } from '../cardinality/cardinality.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';
import { loadQueryTree } from '../testing/load-query-tree.ts';
import { analyseNullability } from './analyse.ts';

const WIDTH = 8;
const DEPTH = 12;
const COLUMNS = Array.from({ length: WIDTH }, (_, index) => `c${index}`);

/** Each column asks for all of the level below, in branches that prove something each. */
function columnsOf(from: string): string {
  return COLUMNS.map(
    (name, index) =>
      `CASE WHEN ${from}.${name} > 1 THEN ${from}.${name} WHEN ${from}.c0 IS NOT NULL THEN ${from}.c${(index + 1) % WIDTH} ELSE ${COLUMNS.map((other) => `${from}.${other}`).join(' + ')} END AS ${name}`,
  ).join(', ');
}

const BASE = `SELECT ${COLUMNS.map((name, index) => `${index % 2 === 0 ? 'a' : 'b'} AS ${name}`).join(', ')} FROM deep.t`;
const levels = Array.from({ length: DEPTH }, (_, index) => index + 1);

const SCHEMA = `
CREATE SCHEMA deep;
CREATE TABLE deep.t (a integer NOT NULL, b integer);
CREATE VIEW deep.v0 AS ${BASE};
${levels.map((level) => `CREATE VIEW deep.v${level} AS SELECT ${columnsOf('v')} FROM deep.v${level - 1} AS v OFFSET 0;`).join('\n')}
${levels.map((level) => `CREATE VIEW deep.one${level} AS SELECT DISTINCT x.c0 AS c0, y.c1 AS c1 FROM ${level === 1 ? 'deep.v0' : `deep.one${level - 1}`} AS x JOIN ${level === 1 ? 'deep.v0' : `deep.one${level - 1}`} AS y ON x.c0 = y.c0 OFFSET 0;`).join('\n')}`;

const ctes = (isRecursive: boolean): string =>
  `WITH ${isRecursive ? 'RECURSIVE ' : ''}q0 AS (${BASE}), ${levels.map((level) => `q${level} AS (SELECT ${columnsOf('x')} FROM q${level - 1} AS x, q${level - 1} AS y OFFSET 0)`).join(', ')}`;

// OFFSET 0 keeps PostgreSQL’s planner from writing each level into the next, which multiplies there.

/** Statements whose parts are named over and over: each would take longer than the universe if it were judged for each name. */
const STATEMENTS: Readonly<Record<string, string>> = {
  views: `SELECT ${columnsOf('v')} FROM deep.v${DEPTH} AS v`,
  'WITH queries': `${ctes(false)} SELECT ${columnsOf('x')} FROM q${DEPTH} AS x`,
  'WITH queries below a recursive one': `${ctes(true)}, r AS (SELECT c0 FROM q${DEPTH} UNION ALL SELECT r.c0 + q.c1 FROM r JOIN q${DEPTH} AS q ON q.c0 = r.c0) SELECT c0 FROM r`,
  subqueries: levels.reduce(
    (inner, level) => `SELECT ${columnsOf(`s${level}`)} FROM (${inner}) AS s${level} OFFSET 0`,
    BASE,
  ),
  'lateral subqueries': `SELECT ${columnsOf('l3')} FROM (${BASE}) AS l0 ${levels
    .slice(0, 3)
    .map((level) => `CROSS JOIN LATERAL (SELECT ${columnsOf(`l${level - 1}`)} OFFSET 0) AS l${level}`)
    .join(' ')}`,
  'nested calls': `SELECT ${Array.from({ length: 30 }).reduce<string>((inner) => `format('%s', ${inner})`, 't.b::text')} AS a, ${Array.from({ length: 30 }).fill('ARRAY[t.b]').join(' || ')} AS b FROM deep.t AS t`,
  'views of at most one row': `SELECT o.c1 FROM deep.one6 AS o JOIN deep.one6 AS p ON p.c0 = o.c0 WHERE o.c0 = 1`,
};

let database: ScratchDatabase;
let catalogue: Catalogue;
before(async () => {
  database = await createScratchDatabase(SCHEMA);
  catalogue = await loadCatalogue(database.client);
});
after(() => database[Symbol.asyncDispose]());

suite('the work of the analysis', () => {
  for (const [what, statement] of Object.entries(STATEMENTS)) {
    test(`does not multiply with the depth of ${what}`, async (context) => {
      const tree = await loadQueryTree(database.client, statement);
      const started = performance.now();
      const verdicts = analyseNullability({ tree, catalogue, requiredParameters: new Set() });
      cardinalityOf(tree.query, catalogue);
      context.diagnostic(`${what} ${(performance.now() - started).toFixed(0)} ms`);
      assert.ok(verdicts.every(({ nullability }) => nullability !== 'undecided'));
    });
  }
});
