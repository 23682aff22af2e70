import type { Catalogue, FunctionFacts } from '../catalogue/catalogue.ts';
import { nodeFlag, nodeNumber } from '../tree/node-fields.ts';
import type { PgNode } from '../tree/node-tree.ts';

/** The function that a call or an operator runs. */
export function calledFunction(node: PgNode, catalogue: Catalogue): FunctionFacts | undefined {
  const id = nodeNumber(node, 'funcid') || nodeNumber(node, 'opfuncid');
  return id === 0 ? undefined : catalogue.functions[String(id)];
}

const CALLS: ReadonlySet<string> = new Set(['FUNCEXPR', 'OPEXPR', 'SCALARARRAYOPEXPR']);

/** Whether a call or an operator gives null for each null argument, one value a row. */
export function isStrictCall(node: PgNode, catalogue: Catalogue): boolean {
  // NULLIF and IS DISTINCT FROM name an operator too and treat null their own way.
  if (!CALLS.has(node.tag)) {
    return false;
  }
  const called = calledFunction(node, catalogue);
  return called?.isStrict === true && !called.returnsSet;
}

/** Whether IS [NOT] NULL tests a composite value field by field. */
export function isRowTest(nullTest: PgNode): boolean {
  return nodeFlag(nullTest, 'argisrow');
}
