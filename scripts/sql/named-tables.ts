import { syntaxText, walkSyntax } from './syntax-tree.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** The tables and views that a statement names, apart from its own WITH queries and the aliases that FOR UPDATE OF repeats. */
export function namedTables(statement: SyntaxNode): readonly SyntaxNode[] {
  const nodes = walkSyntax(statement);
  const own = new Set(
    nodes.filter(({ kind }) => kind === 'CommonTableExpr').map((node) => syntaxText(node, 'ctename')),
  );
  const locked = new Set(
    nodes
      .filter(({ kind }) => kind === 'LockingClause')
      .flatMap((node) => walkSyntax(node).map(({ fields }) => fields)),
  );
  return nodes.filter(
    (node) =>
      node.kind === 'RangeVar' &&
      !locked.has(node.fields) &&
      !(syntaxText(node, 'schemaname') === '' && own.has(syntaxText(node, 'relname'))),
  );
}
