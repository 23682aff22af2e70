import type { FunctionFacts } from '../catalogue/catalogue.ts';
import { isNode, resultColumns, nodeChild, nodeNumber } from './node-fields.ts';
import { parseNodeTree } from './node-tree.ts';
import type { PgNode } from './node-tree.ts';

/** The statement whose rows a function returns. */
export interface FunctionBody {
  readonly query: PgNode;
  /** Whether it is `RETURN expression`, which is evaluated at every call. */
  readonly isExpression: boolean;
}

const BODIES = new WeakMap<FunctionFacts, FunctionBody | null>();

/**
 * What a function of the author's returns, parsed once; null where PostgreSQL has not analysed its body, or where it converts a column of the
 * body to another type, because a cast of a value may be null.
 */
export function functionBody(called: FunctionFacts): FunctionBody | null {
  let body = BODIES.get(called);
  if (body === undefined) {
    body = readBody(called);
    BODIES.set(called, body);
  }
  return body;
}

function readBody({ body, resultTypes }: FunctionFacts): FunctionBody | null {
  if (body === null) return null;
  let value = parseNodeTree(body);
  // `({QUERY …})` of RETURN, `(({QUERY …} {QUERY …}))` of BEGIN ATOMIC: the last statement is what it returns.
  let depth = 0;
  while (Array.isArray(value)) {
    value = value.at(-1) ?? null;
    depth += 1;
  }
  if (!isNode(value, 'QUERY')) return null;
  const types = resultColumns(value).map((entry) => typeOf(nodeChild(entry, 'expr')));
  const isAsDeclared =
    types.length === resultTypes.length && types.every((type, index) => type === resultTypes[index]);
  return isAsDeclared ? { query: value, isExpression: depth < 2 } : null;
}

/** By the fields in which expressions have their type. */
const TYPE_FIELDS = [
  'vartype',
  'consttype',
  'paramtype',
  'funcresulttype',
  'opresulttype',
  'resulttype',
  'coalescetype',
  'casetype',
  'aggtype',
  'wintype',
  'array_typeid',
  'minmaxtype',
];

const BOOLEAN = '16';
const TRUTHS: ReadonlySet<string> = new Set(['BOOLEXPR', 'NULLTEST', 'BOOLEANTEST', 'SCALARARRAYOPEXPR']);

/** The object identifier of an expression's type; undefined when it is not written in the tree. */
function typeOf(expression: PgNode | null): string | undefined {
  if (expression === null) return undefined;
  if (TRUTHS.has(expression.tag)) return BOOLEAN;
  const field = TYPE_FIELDS.find((name) => nodeNumber(expression, name) !== 0);
  return field === undefined ? undefined : String(nodeNumber(expression, field));
}
