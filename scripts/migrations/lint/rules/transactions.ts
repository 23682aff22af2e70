import { walkSyntax } from '../../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../../sql/syntax-tree.ts';
import type { MigrationRule } from '../migration-rule.ts';
import { partsOf } from '../migration-text.ts';

/**
 * What runs outside a transaction stays half done when it fails: only CONCURRENTLY may, which cannot run inside one, and then
 * one statement a direction.
 */
export const outsideTransaction: MigrationRule = {
  name: 'outside-transaction',
  check: (migration) =>
    partsOf(migration).flatMap(({ statements }) =>
      statements.flatMap((statement, index) => {
        const runsConcurrently = isConcurrent(statement.node);
        if (runsConcurrently && !migration.isOutsideTransaction) {
          return [
            {
              message:
                'CONCURRENTLY cannot run in a transaction: put it into a migration of its own with the line `-- no-transaction`.',
              at: statement.at,
            },
          ];
        }
        if (!migration.isOutsideTransaction) {
          return [];
        }
        if (!runsConcurrently) {
          return [
            {
              message:
                'A migration with `-- no-transaction` holds nothing but CONCURRENTLY: when it fails, this statement would stay done. Move it to a migration of its own.',
              at: statement.at,
            },
          ];
        }
        return index === 0
          ? []
          : [
              {
                message:
                  'A migration with `-- no-transaction` holds one statement, so that none is left half done: move this one to the next migration.',
                at: statement.at,
              },
            ];
      }),
    ),
};

function isConcurrent(statement: SyntaxNode): boolean {
  return walkSyntax(statement).some(
    ({ kind, fields }) =>
      ((kind === 'IndexStmt' ||
        kind === 'DropStmt' ||
        kind === 'PartitionCmd' ||
        kind === 'RefreshMatViewStmt') &&
        fields['concurrent'] === true) ||
      (kind === 'DefElem' && fields['defname'] === 'concurrently'),
  );
}
