import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { Client } from 'pg';
import { createTestDatabase } from '#tests/kit/database.ts';
import type { TestDatabase } from '#tests/kit/database.ts';
import { TYPE_MAPPING } from './type-mapping.ts';

type Case = readonly [literal: string, value: unknown];

const RANGES: Readonly<Record<string, readonly Case[]>> = {
  int4range: [
    ['[1,4]', '[1,5)'],
    ['empty', 'empty'],
    ['(,7)', '(,7)'],
  ],
  int8range: [['[1,9007199254740993)', '[1,9007199254740993)']],
  numrange: [['(1.10,2.20]', '(1.10,2.20]']],
  daterange: [['[2026-01-31,2026-02-01]', '[2026-01-31,2026-02-02)']],
  tsrange: [['[2026-01-31 09:30:00.000001,)', '["2026-01-31 09:30:00.000001",)']],
  tstzrange: [['[2026-01-31 09:30:00.000001+00,)', '["2026-01-31 09:30:00.000001+00",)']],
  int4multirange: [['{[1,2],[5,6]}', '{[1,3),[5,7)}']],
  int8multirange: [['{[1,2]}', '{[1,3)}']],
  nummultirange: [['{[1.0,2.0]}', '{[1.0,2.0]}']],
  datemultirange: [['{[2026-01-31,2026-01-31]}', '{[2026-01-31,2026-02-01)}']],
  tsmultirange: [['{}', '{}']],
  tstzmultirange: [['{}', '{}']],
};

/** Of each type: what PostgreSQL reads, and what the pool gives. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  bool: [
    ['true', true],
    ['false', false],
  ],
  int2: [['-32768', -32_768]],
  int4: [['2147483647', 2_147_483_647]],
  int8: [
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['0', 0],
  ],
  float4: [
    ['1.5', 1.5],
    ['Infinity', Infinity],
  ],
  float8: [
    ['0.1', 0.1],
    ['-1e-300', -1e-300],
    ['NaN', Number.NaN],
  ],
  numeric: [
    ['12.340', '12.340'],
    ['123456789012345678901234567890.000000001', '123456789012345678901234567890.000000001'],
    ['NaN', 'NaN'],
    ['-Infinity', '-Infinity'],
  ],
  uuid: [['0190B5F0-0000-7000-8000-000000000001', '0190b5f0-0000-7000-8000-000000000001']],
  text: [
    ['', ''],
    ['a "quoted", {braced} \\ text\nof lines 🍲', 'a "quoted", {braced} \\ text\nof lines 🍲'],
    ['NULL', 'NULL'],
  ],
  varchar: [['é', 'é']],
  bpchar: [['ab ', 'ab ']],
  citext: [['Ab', 'Ab']],
  name: [['tickets', 'tickets']],
  date: [
    ['2026-01-31', '2026-01-31'],
    ['0044-03-15 BC', '0044-03-15 BC'],
    ['infinity', 'infinity'],
    ['-infinity', '-infinity'],
  ],
  time: [['09:30:00.000001', '09:30:00.000001']],
  timetz: [['09:30:00+05:30', '09:30:00+05:30']],
  timestamp: [
    ['2026-01-31 09:30:00.000001', '2026-01-31T09:30:00.000001'],
    ['2026-03-29 02:30:00', '2026-03-29T02:30:00.000000'],
  ],
  timestamptz: [
    ['2026-01-31 23:59:59.999999+09', '2026-01-31T14:59:59.999999Z'],
    ['infinity', 'infinity'],
    ['0044-03-15 12:00:00.000001+00 BC', '0044-03-15 12:00:00.000001+00 BC'],
    ['294276-12-31 23:59:59.999999+00', '294276-12-31 23:59:59.999999+00'],
  ],
  interval: [
    ['1 year 2 mons -3 days 04:05:06.000007', '1 year 2 mons -3 days +04:05:06.000007'],
    ['-00:00:00.5', '-00:00:00.5'],
    ['infinity', 'infinity'],
  ],
  inet: [['192.168.0.1/24', '192.168.0.1/24']],
  cidr: [['10.0.0.0/8', '10.0.0.0/8']],
  macaddr: [['08:00:2b:01:02:03', '08:00:2b:01:02:03']],
  macaddr8: [['08:00:2b:01:02:03:04:05', '08:00:2b:01:02:03:04:05']],
  tsvector: [["'fat':2 'rat':3", "'fat':2 'rat':3"]],
  tsquery: [["'fat' & 'rat'", "'fat' & 'rat'"]],
  json: [
    ['{"a":[1,null,"x"]}', { a: [1, null, 'x'] }],
    ['"text"', 'text'],
  ],
  jsonb: [
    ['[1,{"b":true}]', [1, { b: true }]],
    ['12', 12],
  ],
  bytea: [[String.raw`\x00ff10`, Buffer.from([0, 255, 16])]],
  ...RANGES,
};

/** `void` comes from functions alone, and `range` stands for every range. */
const STAND_INS: ReadonlySet<string> = new Set(['void', 'range']);

/** The type in TypeScript of a value, as the mapping names it. */
function typeName(value: unknown): string {
  return Buffer.isBuffer(value) ? 'Buffer' : typeof value;
}

/** Parameters of JSON are text; whatever else a column gives can be given back. */
function toParameter(type: string, value: unknown): unknown {
  return type.startsWith('json') ? JSON.stringify(value) : value;
}

async function one(db: TestDatabase, text: string, values: unknown[] = []): Promise<unknown> {
  const { rows } = await db.database.query(text, values);
  const [row] = rows;
  assert.ok(typeof row === 'object' && row !== null && 'value' in row);
  return row.value;
}

suite('values of every type', () => {
  let db: TestDatabase;
  let hasCitext = true;
  before(async () => {
    db = await createTestDatabase({ poolSize: 1 });
    const admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    try {
      await admin.query('CREATE EXTENSION citext').catch(() => {
        hasCitext = false;
      });
      await admin.query(`CREATE SCHEMA probe;
        CREATE TYPE probe.mood AS ENUM ('calm', 'very hungry', '', 'a,b', 'say "hi"', '{x}', 'null');
        CREATE DOMAIN probe.count AS int4 CHECK (value > 0);
        CREATE DOMAIN probe.few AS probe.count CHECK (value < 10);
        CREATE DOMAIN probe.humour AS probe.mood;
        CREATE TYPE probe.span AS RANGE (subtype = int4);
        GRANT USAGE ON SCHEMA probe TO PUBLIC`);
    } finally {
      await admin.end();
    }
  });
  after(() => db[Symbol.asyncDispose]());

  test('every type of the mapping is tried here', () => {
    assert.deepEqual(
      Object.keys(TYPE_MAPPING).filter((type) => !(type in CASES) && !STAND_INS.has(type)),
      [],
    );
  });

  for (const [type, cases] of Object.entries(CASES)) {
    test(`${type} comes as the mapping says, alone and in an array, and goes back unchanged`, async (context) => {
      if (type === 'citext' && !hasCitext) {
        context.skip('this PostgreSQL has no extension citext');
        return;
      }
      const mapped = TYPE_MAPPING[type in RANGES ? 'range' : type];
      const values = cases.map(([, value]) => value);
      for (const [literal, value] of cases) {
        const got = await one(db, `SELECT $1::text::${type} AS value`, [literal]);
        assert.deepEqual(got, value);
        if (mapped?.return.name !== 'Json') {
          assert.equal(typeName(got), mapped?.return.name);
        }
        assert.deepEqual(await one(db, `SELECT $1::${type} AS value`, [toParameter(type, got)]), value);
      }
      const literals = [...cases.map(([literal]) => literal), null];
      const list = await one(db, `SELECT $1::text[]::${type}[] AS value`, [literals]);
      assert.deepEqual(list, [...values, null]);
      const parameters = values.map((value) => toParameter(type, value));
      assert.deepEqual(await one(db, `SELECT $1::${type}[] AS value`, [[...parameters, null]]), list);
      assert.deepEqual(await one(db, `SELECT $1::${type}[] AS value`, [[]]), []);
    });
  }

  test('an instant goes in as a Date too, to the millisecond', async () => {
    const instant = new Date('2026-01-31T09:30:00.123Z');
    assert.equal(await one(db, 'SELECT $1::timestamptz AS value', [instant]), '2026-01-31T09:30:00.123000Z');
  });

  const made: readonly [type: string, literal: string, value: unknown][] = [
    ['probe.mood', 'very hungry', 'very hungry'],
    ['probe.mood', '', ''],
    ['probe.mood', 'a,b', 'a,b'],
    ['probe.mood', 'say "hi"', 'say "hi"'],
    ['probe.mood', '{x}', '{x}'],
    ['probe.mood', 'null', 'null'],
    ['probe.few', '3', 3],
    ['probe.humour', 'calm', 'calm'],
    ['probe.span', '[1,4]', '[1,4]'],
  ];
  for (const [type, literal, value] of made) {
    test(`${type} '${literal}' of a migration comes as what it is made of, alone and in an array`, async () => {
      assert.equal(await one(db, `SELECT $1::text::${type} AS value`, [literal]), value);
      const list = await one(db, `SELECT ARRAY[$1::text::${type}, NULL] AS value`, [literal]);
      assert.deepEqual(list, [value, null]);
      assert.deepEqual(await one(db, `SELECT $1::${type}[] AS value`, [list]), list);
    });
  }

  test('an array of several dimensions is arrays of arrays, with every parser of its elements', async () => {
    for (const [literal, value] of [
      [
        `'{{1,2},{3,NULL}}'::int8[]`,
        [
          [1, 2],
          [3, null],
        ],
      ],
      [`'[0:1][0:0]={{1},{2}}'::int8[]`, [[1], [2]]],
      [`'{{1.10},{2}}'::numeric[]`, [['1.10'], ['2']]],
      [`'{{2026-01-31 00:00+00}}'::timestamptz[]`, [['2026-01-31T00:00:00.000000Z']]],
      [`'{{calm,very hungry}}'::probe.mood[]`, [['calm', 'very hungry']]],
      [`'{{3},{NULL}}'::probe.few[]`, [[3], [null]]],
    ] as const) {
      assert.deepEqual(await one(db, `SELECT ${literal} AS value`), value);
    }
  });
  test('an int8 that no number holds is an error, not another number', async () => {
    await assert.rejects(one(db, `SELECT 9007199254740993::int8 AS value`), RangeError);
    await assert.rejects(one(db, `SELECT ARRAY[9007199254740993::int8] AS value`), RangeError);
  });

  test('a function without a result gives the empty text', async () => {
    assert.equal(await one(db, 'SELECT pg_sleep(0) AS value'), '');
  });
});
