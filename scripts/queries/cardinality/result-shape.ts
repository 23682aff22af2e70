import { TransformType } from '@pgtyped/parser';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SqlQuery } from '../parse/sql-query.ts';
import type { QueryTree } from '../tree/load-query-tree.ts';
import { CommandType, nodeChild, nodeChildren, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';
import { cardinalityOf } from './cardinality.ts';
import type { Cardinality } from './cardinality.ts';

/**
 * What a query's function gives. `row` is exactly one, and any other number an error at run time; `row-or-none` is `undefined`
 * without one, and a second is an error; `rows` a list; `count` the number of changed rows.
 */
export type ResultShape = 'row' | 'row-or-none' | 'rows' | 'count';

/** A query's shape as its name promises, and what speaks against it. */
export interface ShapeVerdict {
  readonly shape: ResultShape;
  readonly cardinality: Cardinality;
  readonly diagnostics: readonly Diagnostic[];
}

const VERBS = ['Find', 'Get', 'Count', 'List', 'Insert', 'Update', 'Delete', 'Upsert', 'Merge'] as const;
type Verb = (typeof VERBS)[number];

const COMMANDS: Readonly<Record<Verb, readonly number[]>> = {
  Find: [CommandType.select],
  Get: [CommandType.select],
  Count: [CommandType.select],
  List: [CommandType.select],
  Insert: [CommandType.insert],
  Update: [CommandType.update],
  Delete: [CommandType.delete],
  Upsert: [CommandType.insert, CommandType.merge],
  Merge: [CommandType.merge],
};

/** What the name promises, checked against the statement: `Find` 0..1, `Get` and `Count` 1, `List` many, the rest what it changes. */
export function toResultShape(query: SqlQuery, tree: QueryTree, catalogue: Catalogue): ShapeVerdict {
  // A spread list of rows is analysed as one row and run with any number.
  const cardinality = hasSpreadRows(query) ? 'many' : cardinalityOf(tree.query, catalogue);
  const verb = VERBS.find((candidate) => new RegExp(`^${candidate}(?![a-z])`).test(query.name));
  const found = (rule: string, message: string, shape: ResultShape = 'rows'): ShapeVerdict => ({
    shape,
    cardinality,
    diagnostics: [{ rule, message, at: query.at }],
  });
  if (verb === undefined) {
    return found(
      'query-name',
      `${query.name} begins with none of ${VERBS.join(', ')}: the first word says how many rows there are.`,
    );
  }
  if (!commandsOf(tree.query).some((command) => COMMANDS[verb].includes(command))) {
    return found(
      'query-name',
      `${query.name} is named ${verb} and its statement is of another kind; rename it.`,
    );
  }
  const oneRow = verb === 'Find' ? 'row-or-none' : 'row';
  switch (verb) {
    case 'List':
      return { shape: 'rows', cardinality, diagnostics: [] };
    case 'Find':
    case 'Get':
    case 'Count':
      return cardinality === 'many'
        ? // Waived, the name still holds: the second row is an error at run time.
          found(
            'query-cardinality',
            `${query.name} promises one row and can return several: filter by a unique key, aggregate, add LIMIT 1, or name it List….`,
            oneRow,
          )
        : { shape: oneRow, cardinality, diagnostics: [] };
    case 'Insert':
    case 'Update':
    case 'Delete':
    case 'Upsert':
    case 'Merge':
    default:
      return { shape: changedShape(tree, cardinality), cardinality, diagnostics: [] };
  }
}

function hasSpreadRows({ ast }: SqlQuery): boolean {
  return ast.params.some(({ transform }) => transform.type === TransformType.PickArraySpread);
}

function changedShape(tree: QueryTree, cardinality: Cardinality): ResultShape {
  if (tree.resultTypes.length === 0) {
    return 'count';
  }
  const shapes = { 'exactly-one': 'row', 'at-most-one': 'row-or-none', many: 'rows' } as const;
  return shapes[cardinality];
}

/** What the statement does, and what its WITH queries do before it. */
function commandsOf(query: PgNode): readonly number[] {
  const before = nodeChildren(query, 'cteList').flatMap((cte) => {
    const inner = nodeChild(cte, 'ctequery');
    const command = inner === null ? CommandType.select : nodeNumber(inner, 'commandType');
    // Reading first is nothing to name a change after.
    return command === CommandType.select ? [] : [command];
  });
  const own = nodeNumber(query, 'commandType');
  // What only returns the rows that a WITH query changed is a change.
  return before.length > 0 && own === CommandType.select ? before : [own, ...before];
}
