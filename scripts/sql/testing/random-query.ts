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

/**
 * Random SELECTs over the kitchen-sink schema: joins of every kind, subqueries, CASE, COALESCE, three-valued conditions and
 * grouping. Each is valid SQL, and shrinks to a smaller one.
 */
export const randomQuery: Arbitrary<string> = gen().map((generate) =>
  query(new Chooser((size) => generate(nat, { max: size - 1 })), 2),
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
  const kind = choose.of(JOINS);
  const equal = `${choose.of(left.numbers)} = ${choose.of(right.numbers)}`;
  // A full join needs a condition that can be hashed.
  const isEqual = kind === 'FULL JOIN' || choose.below(2) === 0;
  const on = isEqual ? equal : condition(choose, { sql: '', ...both }, 1);
  return { sql: `(${left.sql} ${kind} ${right.sql} ON ${on})`, ...both };
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
