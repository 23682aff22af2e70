import { gen, nat } from 'fast-check';
import type { Arbitrary } from 'fast-check';

/** What a FROM item of a random query offers. */
interface Source {
  readonly sql: string;
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
}

/** Tables of `testdata/kitchen-sink`, with columns that are and are not NOT NULL. */
const TABLES = [
  { name: 'shop.people', numbers: ['id', 'manager_id'], texts: ['name', 'nick'] },
  { name: 'shop.orders', numbers: ['id', 'person_id'], texts: ['code'] },
  { name: 'shop.lines', numbers: ['order_id', 'amount'], texts: ['article', 'note'] },
  { name: 'shop.people_with_orders', numbers: ['id', 'order_id'], texts: ['name', 'last_note'] },
  { name: 'shop.nicknames', numbers: ['id'], texts: ['nick'] },
] as const;
const JOINS = ['JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'] as const;
const GROUPINGS = ['GROUP BY %', 'GROUP BY ROLLUP (%)', 'GROUP BY GROUPING SETS ((%), ())'] as const;

const SET_OPERATIONS = ['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT'] as const;
const FRAMES = [
  '',
  'ROWS BETWEEN 1 PRECEDING AND CURRENT ROW',
  'ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING',
  'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW',
] as const;

/**
 * Random statements over the kitchen-sink schema: joins of every kind, LATERAL, subqueries, WITH, set operations, CASE, COALESCE,
 * three-valued conditions, grouping, windows, and changes that return rows. Each is valid SQL, and shrinks to a smaller one.
 */
export const randomStatement: Arbitrary<string> = gen().map((generate) =>
  statement(new Chooser((size) => generate(nat, { max: size - 1 }))),
);

class Chooser {
  private readonly draw: (size: number) => number;
  private aliases = 0;

  constructor(draw: (size: number) => number) {
    this.draw = draw;
  }

  below(size: number): number {
    return this.draw(size);
  }

  of<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = choices[this.draw(choices.length)];
    if (chosen === undefined) {
      throw new RangeError('There is nothing to choose from.');
    }
    return chosen;
  }

  alias(): string {
    this.aliases += 1;
    return `t${this.aliases}`;
  }
}

function statement(choose: Chooser): string {
  switch (choose.below(8)) {
    case 0:
      return update(choose);
    case 1:
      return remove(choose);
    case 2:
      return insert(choose);
    case 3:
      return `WITH changed AS (${update(choose)}) SELECT changed.a, max(changed.b) AS b FROM changed GROUP BY changed.a`;
    case 4:
      return `(${query(choose, 1)}) ${choose.of(SET_OPERATIONS)} (${query(choose, 1)})`;
    case 5:
      return window(choose);
    default:
      return query(choose, 2);
  }
}

const CHANGED: Source = {
  sql: 'shop.people AS p',
  numbers: ['p.id', 'p.manager_id'],
  texts: ['p.name', 'p.nick'],
};

function update(choose: Chooser): string {
  const other = item(choose, 1);
  const isJoined = choose.below(2) === 0;
  const known = isJoined
    ? {
        ...CHANGED,
        numbers: [...CHANGED.numbers, ...other.numbers],
        texts: [...CHANGED.texts, ...other.texts],
      }
    : CHANGED;
  const from = isJoined ? ` FROM ${other.sql}` : '';
  const where = choose.below(3) === 0 ? '' : ` WHERE ${condition(choose, known, 1)}`;
  const returned = choose.of(['p.nick', 'new.nick', 'old.nick', 'p.loud', 'p.full_name']);
  return `UPDATE shop.people AS p SET nick = ${text(choose, known, 1)}${from}${where} RETURNING ${returned} AS a, ${text(choose, known, 1)} AS b, ${number(choose, known, 1)} AS c`;
}

function remove(choose: Chooser): string {
  const line = { sql: '', numbers: ['l.order_id', 'l.amount'], texts: ['l.article', 'l.note'] };
  const returned = choose.of(['l.note', 'old.note', 'new.note', 'l.article']);
  return `DELETE FROM shop.lines AS l WHERE ${condition(choose, line, 2)} RETURNING ${returned} AS a, ${text(choose, line, 2)} AS b`;
}

function insert(choose: Chooser): string {
  const from = join(choose, 1);
  const conflict = choose.of([
    '',
    ' ON CONFLICT (id) DO NOTHING',
    ' ON CONFLICT (id) DO UPDATE SET label = NULL',
  ]);
  const returned = choose.of(['t.label', 'old.label', 'new.label', 't.stamp']);
  // DISTINCT: one statement may not change a row twice.
  return `INSERT INTO shop.touched AS t (id, label) SELECT DISTINCT ON (given.id) given.id, given.label FROM (SELECT 1 + row_number() OVER () AS id, ${text(choose, from, 1)} AS label FROM ${from.sql}) AS given${conflict === '' ? ' WHERE given.id > 2' : conflict} RETURNING ${returned} AS a, t.id AS b`;
}

function window(choose: Chooser): string {
  const from = join(choose, 1);
  const [word, value] = [text(choose, from, 1), number(choose, from, 1)];
  const over = `OVER (ORDER BY ${choose.of(from.numbers)} ${choose.of(FRAMES)})`;
  const calls = [
    `first_value(${word})`,
    `last_value(${word})`,
    `max(${word})`,
    `max(${word}) FILTER (WHERE ${condition(choose, from, 0)})`,
    `nth_value(${word}, 1)`,
    `lag(${word})`,
    `lead(${word}, 1, 'end')`,
  ];
  return `SELECT ${choose.of(calls)} ${over} AS a, sum(${value}) ${over} AS b, row_number() ${over} AS c FROM ${from.sql}`;
}

function query(choose: Chooser, depth: number): string {
  const from = join(choose, depth);
  const where = choose.below(3) === 0 ? '' : ` WHERE ${condition(choose, from, 2)}`;
  if (choose.below(4) === 0) {
    const key = choose.of(from.texts);
    const grouping = choose.of(GROUPINGS).replace('%', key);
    const having =
      choose.below(2) === 0 ? '' : ` HAVING ${choose.of([`${key} IS NOT NULL`, 'count(*) > 0'])}`;
    const columns = `${key} AS a, max(${text(choose, from, 1)}) AS b, sum(${number(choose, from, 1)})::integer AS c`;
    return `SELECT ${columns} FROM ${from.sql}${where} ${grouping}${having}`;
  }
  return `SELECT ${text(choose, from, 2)} AS a, ${text(choose, from, 1)} AS b, ${number(choose, from, 2)} AS c FROM ${from.sql}${where}`;
}

function join(choose: Chooser, depth: number): Source {
  if (depth === 0 || choose.below(4) === 0) {
    return item(choose, depth);
  }
  const [left, right] = [join(choose, depth - 1), join(choose, depth - 1)];
  const both = { numbers: [...left.numbers, ...right.numbers], texts: [...left.texts, ...right.texts] };
  if (choose.below(5) === 0) {
    return lateral(choose, left);
  }
  const kind = choose.of(JOINS);
  const equal = `${choose.of(left.numbers)} = ${choose.of(right.numbers)}`;
  // A full join needs a condition that can be hashed.
  const isEqual = kind === 'FULL JOIN' || choose.below(2) === 0;
  const on = isEqual ? equal : condition(choose, { sql: '', ...both }, 1);
  return { sql: `(${left.sql} ${kind} ${right.sql} ON ${on})`, ...both };
}

/** What the left side has, with a query about each of its rows. */
function lateral(choose: Chooser, left: Source): Source {
  const alias = choose.alias();
  const [kind, on] = choose.of([
    ['CROSS JOIN LATERAL', ''],
    ['LEFT JOIN LATERAL', ' ON true'],
  ] as const);
  const inner = choose.of([
    `SELECT o.code AS a, o.state::text AS b, o.id AS c FROM shop.orders AS o WHERE o.person_id = ${choose.of(left.numbers)} ORDER BY o.id LIMIT 1`,
    `SELECT max(o.code) AS a, string_agg(o.code, ',') AS b, count(*)::integer AS c FROM shop.orders AS o WHERE o.person_id = ${choose.of(left.numbers)}`,
    `SELECT ${choose.of(left.texts)} AS a, 'b' AS b, ${choose.of(left.numbers)} AS c`,
  ]);
  return {
    sql: `(${left.sql} ${kind} (${inner}) AS ${alias}${on})`,
    numbers: [...left.numbers, `${alias}.c`],
    texts: [...left.texts, `${alias}.a`, `${alias}.b`],
  };
}

function item(choose: Chooser, depth: number): Source {
  const alias = choose.alias();
  if (depth > 0 && choose.below(3) === 0) {
    const inner = query(choose, depth - 1);
    return { sql: `(${inner}) AS ${alias}`, numbers: [`${alias}.c`], texts: [`${alias}.a`, `${alias}.b`] };
  }
  const { name, numbers, texts } = choose.of(TABLES);
  return {
    sql: `${name} AS ${alias}`,
    numbers: numbers.map((column) => `${alias}.${column}`),
    texts: texts.map((column) => `${alias}.${column}`),
  };
}

function number(choose: Chooser, from: Source, depth: number): string {
  if (depth === 0) {
    return choose.of([...from.numbers, '1', 'NULL::integer']);
  }
  const [a, b] = [number(choose, from, depth - 1), number(choose, from, depth - 1)];
  return choose.of([
    a,
    `(${a} + ${b})`,
    `coalesce(${a}, ${b})`,
    `greatest(${a}, ${b})`,
    `nullif(${a}, 1)`,
    `length(${text(choose, from, depth - 1)})`,
    `CASE WHEN ${condition(choose, from, depth - 1)} THEN ${a} ELSE ${b} END`,
    `(SELECT max(o.id) FROM shop.orders AS o WHERE o.person_id = ${a})`,
  ]);
}

function text(choose: Chooser, from: Source, depth: number): string {
  if (depth === 0) {
    return choose.of(from.texts);
  }
  const [a, b] = [text(choose, from, depth - 1), text(choose, from, depth - 1)];
  return choose.of([
    a,
    `(${a} || ${b})`,
    `coalesce(${a}, ${b})`,
    `concat(${a}, 'x')`,
    `upper(${a})`,
    `CASE WHEN ${condition(choose, from, depth - 1)} THEN ${a} ELSE ${b} END`,
  ]);
}

function condition(choose: Chooser, from: Source, depth: number): string {
  const [word, value] = [choose.of(from.texts), choose.of(from.numbers)];
  if (depth === 0) {
    return choose.of([`${word} IS NOT NULL`, `${word} IS NULL`, `${value} > 1`, `${word} <> 'zz'`]);
  }
  const [a, b] = [condition(choose, from, depth - 1), condition(choose, from, depth - 1)];
  return choose.of([
    `(${a} AND ${b})`,
    `(${a} OR ${b})`,
    `NOT (${a})`,
    `(${a}) IS NOT TRUE`,
    `(${a}) IS FALSE`,
    `(${a}) IS NOT UNKNOWN`,
    `${value} IN (1, 2, ${choose.of(from.numbers)})`,
    `${value} NOT IN (SELECT o.person_id FROM shop.orders AS o)`,
    `${word} IS DISTINCT FROM ${choose.of(from.texts)}`,
  ]);
}
