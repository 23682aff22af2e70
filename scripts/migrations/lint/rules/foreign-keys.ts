import { syntaxChildren, syntaxText, walkSyntax } from '../../../sql/syntax-tree.ts';
import type { MigrationRule } from '../migration-rule.ts';
import { partsOf } from '../migration-text.ts';

/** A foreign key to another module's table ties both modules' tables together. */
export const crossModuleForeignKey: MigrationRule = {
  name: 'cross-module-foreign-key',
  check: (migration) =>
    partsOf(migration)
      .flatMap(({ statements }) => statements)
      .flatMap((statement) =>
        walkSyntax(statement.node)
          .filter(({ kind, fields }) => kind === 'Constraint' && fields['contype'] === 'CONSTR_FOREIGN')
          .flatMap((constraint) => syntaxChildren(constraint, 'pktable'))
          .filter((table) => !['', migration.schema].includes(syntaxText(table, 'schemaname')))
          .map((table) => ({
            message: `A foreign key to ${syntaxText(table, 'schemaname')}.${syntaxText(table, 'relname')} ties module ${migration.module} to another: keep the id without REFERENCES, and ask that module through its index.ts.`,
            at: statement.locate(table),
          })),
      ),
};
