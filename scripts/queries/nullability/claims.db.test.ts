import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Client } from 'pg';
import type { FunctionFacts } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import {
  AGGREGATES_NEVER_NULL,
  AGGREGATES_OF_PRESENT,
  AGGREGATES_OF_ROWS,
  AGGREGATES_PARTIAL,
  PARTIAL_OPERATORS,
  TOTAL_OPERATORS,
  functionBehaviour,
  isGeometric,
  setColumns,
} from './known-functions.ts';

/** Values of each type that functions stumble over, as SQL. Polymorphic types take the values of one that fits. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', 'false'],
  smallint: ['0', '1', '-1', '32767', '-32768'],
  integer: ['0', '1', '-1', '3', '2147483647', '-2147483648'],
  bigint: ['0', '1', '-1', '9223372036854775807', '-9223372036854775808'],
  real: ['0', '1.5', '-1', "'NaN'", "'Infinity'", "'-Infinity'"],
  'double precision': ['0', '1.5', '-1', '0.5', "'NaN'", "'Infinity'", "'-Infinity'"],
  numeric: ['0', '1.50', '-1', '1e20', "'NaN'", "'Infinity'", "'-Infinity'"],
  money: ['0', '1', '-1'],
  text: [
    "''",
    "'a'",
    "'a.b'",
    "'(b)?'",
    "'x(b)?y'",
    "'{}'",
    "'1'",
    "'day'",
    "'epoch'",
    "'UTC'",
    "'UTF8'",
    "'0'",
    "'hex'",
    "'public'",
    "'NFC'",
    "'$.a'",
    "'[1,2]'",
    '\'{"a":null}\'',
  ],
  'character varying': ["''", "'a'", "'1'"],
  character: ["''", "'a'", "'1'"],
  '"char"': ["''", "'a'"],
  name: ["''", "'a'", "'public'"],
  bytea: ["''", "'\\x00'", "'\\x6162'"],
  bit: ["B''", "B'1'", "B'0'"],
  'bit varying': ["B''", "B'101'"],
  date: ["'2026-03-29'", "'infinity'", "'-infinity'", "'0001-01-01 BC'"],
  'time without time zone': ["'00:00'", "'24:00'", "'23:59:59.999999'"],
  'time with time zone': ["'00:00+00'", "'24:00-15:59'"],
  'timestamp without time zone': ["'2026-03-29 01:30'", "'infinity'", "'-infinity'"],
  'timestamp with time zone': ["'2026-03-29 01:30+00'", "'infinity'", "'-infinity'"],
  interval: ["'0'", "'1 month -1 day'", "'infinity'", "'-infinity'"],
  uuid: [
    "'00000000-0000-0000-0000-000000000000'",
    "'019b0000-0000-7000-8000-000000000001'",
    "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
  ],
  json: ["'null'", "'{}'", "'[]'", '\'{"a":null}\'', "'[null,1]'", "'1'", '\'"x"\'', "'true'"],
  jsonb: ["'null'", "'{}'", "'[]'", '\'{"a":null}\'', "'[null,1]'", "'1'", '\'"x"\'', "'true'"],
  jsonpath: ["'$'", "'$.a'", "'$[*]'", "'$.a > 1'", "'strict $.z'"],
  inet: ["'10.0.0.1/8'", "'::1'"],
  cidr: ["'10.0.0.0/8'", "'::/0'"],
  macaddr: ["'08:00:2b:01:02:03'"],
  macaddr8: ["'08:00:2b:01:02:03:04:05'"],
  tsvector: ["''", "'a:1A b'"],
  tsquery: ["''", "'a & !b'", "'!a'"],
  regconfig: ["'simple'"],
  regclass: ["'claims.s'", "'pg_class'", '0'],
  oid: ['0', '1', '23'],
  xid8: ["'3'"],
  tid: ["'(0,1)'"],
  pg_lsn: ["'0/0'"],
  regtype: ["'int4'", '0'],
  regproc: ["'now'", '0'],
  regprocedure: ["'now()'", '0'],
  regoper: ['0'],
  regoperator: ['0'],
  regrole: ["'api'", '0'],
  regnamespace: ["'pg_catalog'", '0'],
  regcollation: ['0'],
  regdictionary: ["'simple'"],
  regdatabase: ['0'],
  xid: ["'3'"],
  cid: ["'3'"],
  'text[]': ["'{}'", "'{a}'", "'{NULL}'", "'{a,NULL,b}'", "'{{a,b},{c,d}}'"],
  'integer[]': ["'{}'", "'{1}'", "'{NULL}'", "'[5:6]={1,2}'"],
  'real[]': ["'{0.1,0.2,0.4,1}'"],
  'double precision[]': ["'{}'", "'{0.5,NULL}'"],
  'oid[]': ["'{}'"],
  oidvector: ["''", "'1 2'"],
  aclitem: ["'api=r/api'"],
  'aclitem[]': ["'{}'", "'{api=r/api}'"],
  '"char"[]': ["'{}'", "'{a,b}'"],
  int4range: ["'empty'", "'(,)'", "'[1,5)'"],
  int4multirange: ["'{}'", "'{(,)}'", "'{[1,5)}'"],
  tstzrange: ["'empty'", "'(,)'"],
  'numrange[]': ["'{}'", `'{empty,"(,)"}'`],
  'tsrange[]': ["'{}'", `'{empty,"(,)"}'`],
  'daterange[]': ["'{}'", `'{empty,"(,)"}'`],
  'int8range[]': ["'{}'", `'{empty,"(,)"}'`],
  'int4range[]': ["'{}'", `'{empty,"(,)"}'`],
  'tstzrange[]': ["'{}'", `'{empty,"(,)"}'`],
  numrange: ["'empty'", "'(,)'"],
  tsrange: ["'empty'", "'(,)'"],
  daterange: ["'empty'", "'(,)'"],
  int8range: ["'empty'", "'(,)'"],
  'claims.mood': ["'good'", "'bad'"],
  'claims.pair': ['ROW(NULL, NULL)', "ROW(1, 'a')"],
};
const STANDS_FOR: Readonly<Record<string, string>> = {
  anyelement: 'integer',
  anynonarray: 'text',
  anycompatible: 'integer',
  anycompatiblenonarray: 'text',
  anyarray: 'integer[]',
  anycompatiblearray: 'integer[]',
  anyrange: 'int4range',
  anycompatiblerange: 'int4range',
  anymultirange: 'int4multirange',
  anycompatiblemultirange: 'int4multirange',
  anyenum: 'claims.mood',
  record: 'claims.pair',
  '"any"': 'text',
};
/** Not called: they wait, or change what others see. */
const LEFT_ALONE = new Set(['pg_sleep', 'pg_sleep_for', 'pg_sleep_until']);
const MOST_CALLS = 150;

function valuesOf(type: string): readonly string[] | undefined {
  const meant = STANDS_FOR[type] ?? type;
  return VALUES[meant]?.map((value) => `${value}::${meant}`);
}

function withNull(values: readonly string[], type: string): readonly string[] {
  return [...values, `NULL::${STANDS_FOR[type] ?? type}`];
}

/** Combinations of values, spread evenly when there are too many. */
function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const total = lists.reduce((product, list) => product * list.length, 1);
  const step = Math.max(1, total / MOST_CALLS);
  return Array.from({ length: Math.min(total, MOST_CALLS) }, (_, index) => {
    let rest = Math.floor(index * step);
    return lists.map((list) => {
      const value = list[rest % list.length] ?? '';
      rest = Math.floor(rest / list.length);
      return value;
    });
  });
}

suite('what is said of PostgreSQL’s own', () => {
  let client: Client;
  let catalogue: Catalogue;
  const cleanup = new AsyncDisposableStack();
  before(async () => {
    const database = cleanup.use(
      await createScratchDatabase(`
        CREATE SCHEMA claims;
        CREATE TYPE claims.mood AS ENUM ('good', 'bad');
        CREATE TYPE claims.pair AS (a integer, b text);
        CREATE SEQUENCE claims.s;
        SELECT nextval('claims.s');
        CREATE FUNCTION claims.nulls(expressions text[]) RETURNS text[] LANGUAGE plpgsql AS $$
        DECLARE found text[] := '{}'; expression text; is_null boolean;
        BEGIN
          FOREACH expression IN ARRAY expressions LOOP
            BEGIN
              EXECUTE 'SELECT (' || expression || ') IS NOT DISTINCT FROM NULL' INTO is_null;
              IF is_null THEN found := found || expression; END IF;
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
          END LOOP;
          RETURN found;
        END $$;`),
    );
    client = database.client;
    await client.query(`SET statement_timeout TO '20s'`);
    catalogue = await loadCatalogue(client);
  });
  after(() => cleanup.disposeAsync());

  async function nulls(expressions: readonly string[]): Promise<readonly string[]> {
    const { rows } = await client.query<{ found: string[] }>('SELECT claims.nulls($1) AS found', [
      expressions,
    ]);
    return rows[0]?.found ?? [];
  }

  test('is found wrong when it is', async () => {
    const planted = [
      "pg_catalog.time('infinity'::timestamp)",
      "pg_catalog.time('2026-03-29'::timestamp)",
      '1 / 0',
      'SELECT NULL',
    ];
    assert.deepEqual(await nulls(planted), ["pg_catalog.time('infinity'::timestamp)", 'SELECT NULL']);
  });

  test('functions: total and never null', async (context) => {
    const wrong: string[] = [];
    const untried: string[] = [];
    let tried = 0;
    for (const called of Object.values(catalogue.functions)) {
      if (called.kind !== 'function' || called.returnsSet || LEFT_ALONE.has(called.name)) continue;
      const behaviour = functionBehaviour(called);
      if (behaviour !== 'total' && behaviour !== 'never-null' && behaviour !== 'first') continue;
      const types = called.arguments === '' ? [] : called.arguments.split(', ');
      const lists = types.map((type) => valuesOf(type));
      if (lists.some((list) => list === undefined)) {
        if (!types.some((type) => ['internal', 'cstring'].includes(type)))
          untried.push(`${called.name}(${called.arguments})`);
        continue;
      }
      tried += 1;
      const given = lists.map((list, index) =>
        behaviour === 'never-null' || (behaviour === 'first' && index > 0)
          ? withNull(list ?? [], types[index] ?? '')
          : (list ?? []),
      );
      wrong.push(...(await nulls(combinations(given).map((args) => call(called, args)))));
    }
    context.diagnostic(`${tried} functions`);
    assert.deepEqual({ wrong, untried }, { wrong: [], untried: [] });
  });

  test('operators', async (context) => {
    const wrong: string[] = [];
    const untried: string[] = [];
    let tried = 0;
    for (const { schema, name, left, right } of Object.values(catalogue.operators)) {
      const types = left === '-' ? [right] : [left, right];
      const isTotal = TOTAL_OPERATORS.has(name) || (name === '@@' && !types.includes('jsonpath'));
      if (schema !== 'pg_catalog' || PARTIAL_OPERATORS.has(name) || !isTotal || isGeometric(types.join()))
        continue;
      const lists = types.map((type) => valuesOf(type));
      if (lists.some((list) => list === undefined)) {
        untried.push(`${left} ${name} ${right}`);
        continue;
      }
      tried += 1;
      wrong.push(
        ...(await nulls(
          combinations(lists.map((list) => list ?? [])).map((args) =>
            args.length === 1
              ? `${name} (${args[0] ?? ''})`
              : args.map((arg) => `(${arg})`).join(` ${name} `),
          ),
        )),
      );
    }
    context.diagnostic(`${tried} operators`);
    assert.deepEqual({ wrong, untried }, { wrong: [], untried: [] });
  });

  test('aggregates over one row, over two, and those of rows over nulls', async (context) => {
    const wrong: string[] = [];
    const untried: string[] = [];
    let tried = 0;
    for (const called of Object.values(catalogue.functions)) {
      const isOfRows = AGGREGATES_OF_ROWS.has(called.name);
      const isOfPresent = AGGREGATES_OF_PRESENT.has(called.name);
      const isNever = AGGREGATES_NEVER_NULL.has(called.name);
      if (
        called.kind !== 'aggregate' ||
        called.schema !== 'pg_catalog' ||
        AGGREGATES_PARTIAL.has(called.name)
      )
        continue;
      if (!isOfRows && !isOfPresent && !isNever) continue;
      const types = called.arguments === '' ? [] : called.arguments.split(', ');
      const lists = types.map((type) => valuesOf(type));
      if (lists.some((list) => list === undefined)) {
        untried.push(`${called.name}(${called.arguments})`);
        continue;
      }
      tried += 1;
      const given = lists.map((list, index) =>
        isOfPresent && index === 0 ? (list ?? []) : withNull(list ?? [], types[index] ?? ''),
      );
      const rows = combinations(given).map((args) => args.join(', '));
      const columns = types.map((_, index) => `c${index}`);
      const isOrdered = ['rank', 'dense_rank', 'percent_rank', 'cume_dist'].includes(called.name);
      const expression = isOrdered
        ? `${called.name}(1) WITHIN GROUP (ORDER BY c0)`
        : `${called.name}(${columns.join(', ') || '*'})`;
      wrong.push(
        ...(await nulls(
          rows
            .flatMap((row, index) => [[row], [row, rows[(index * 7 + 3) % rows.length] ?? row]])
            .map(
              (list) =>
                `SELECT ${expression} FROM (VALUES ${list.map((row) => `(${row || 'NULL::integer'})`).join(', ')}) AS r (${columns.join(', ') || 'c0'})`,
            ),
        )),
      );
    }
    context.diagnostic(`${tried} aggregates`);
    assert.deepEqual({ wrong, untried }, { wrong: [], untried: [] });
  });

  test('columns of sets', async (context) => {
    const wrong: string[] = [];
    const untried: string[] = [];
    let tried = 0;
    for (const called of Object.values(catalogue.functions)) {
      const columns = called.kind === 'function' && called.returnsSet ? setColumns(called) : undefined;
      if (columns?.includes('total') !== true) continue;
      const types = called.arguments.split(', ');
      const lists = types.map((type) => valuesOf(type));
      if (lists.some((list) => list === undefined)) {
        untried.push(`${called.name}(${called.arguments})`);
        continue;
      }
      tried += 1;
      const names = columns.map((_, index) => `c${index}`);
      const isNull = names.filter((_, index) => columns[index] === 'total').map((name) => `${name} IS NULL`);
      wrong.push(
        ...(await nulls(
          combinations(lists.map((list) => list ?? [])).map(
            (args) =>
              // In the SELECT list a set is not made whole: one to infinity ends at LIMIT.
              `SELECT NULLIF(coalesce(bool_or(${isNull.join(' OR ')}), false), true) FROM (${
                columns.length === 1
                  ? `SELECT ${call(called, args)} AS c0`
                  : `SELECT * FROM ${call(called, args)} AS f (${names.join(', ')})`
              } LIMIT 100) AS r`,
          ),
        )),
      );
    }
    context.diagnostic(`${tried} sets`);
    assert.deepEqual({ wrong, untried }, { wrong: [], untried: [] });
  });
});

function call(called: FunctionFacts, args: readonly string[]): string {
  const name = `pg_catalog."${called.name}"`;
  // It takes seconds to make nothing of nothing that often.
  return called.name === 'repeat' ? `${name}(${args[0] ?? ''}, 3)` : `${name}(${args.join(', ')})`;
}
