import { syntaxChildren, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import type { QueryRule } from '../query-rule.ts';

/**
 * With `*` the result changes when a migration adds a column. EXISTS (SELECT * …) reads none, and the query around a subquery in
 * FROM names what it takes from it: both may have it.
 */
export const selectStar: QueryRule = {
  name: 'select-star',
  check: (statement) => {
    const nodes = walkSyntax(statement);
    const ignored = new Set(nodes.filter((node) => isHarmless(node)).flatMap((node) => topTargets(node)));
    return nodes
      .filter((node) => node.kind === 'ResTarget' && !ignored.has(node.fields))
      .flatMap((target) => syntaxChildren(target, 'val'))
      .filter(
        (value) =>
          value.kind === 'ColumnRef' && syntaxChildren(value, 'fields').some(({ kind }) => kind === 'A_Star'),
      )
      .map((node) => ({
        node,
        message: 'Name the columns: with * the result changes when a migration adds or reorders one.',
      }));
  },
};

function isHarmless(node: SyntaxNode): boolean {
  return (
    node.kind === 'RangeSubselect' ||
    (node.kind === 'SubLink' && node.fields['subLinkType'] === 'EXISTS_SUBLINK')
  );
}

function topTargets(outer: SyntaxNode): readonly SyntaxNode['fields'][] {
  return [...syntaxChildren(outer, 'subselect'), ...syntaxChildren(outer, 'subquery')]
    .flatMap((select) => syntaxChildren(select, 'targetList'))
    .map(({ fields }) => fields);
}
