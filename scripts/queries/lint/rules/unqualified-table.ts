import { syntaxText } from '../../../sql/syntax-tree.ts';
import { schemaOfModule } from '../../../sql/module-schema.ts';
import { namedTables } from '../../../sql/named-tables.ts';
import type { QueryRule } from '../query-rule.ts';

/** Which table a name without its schema means depends on the connection's search path. */
export const unqualifiedTable: QueryRule = {
  name: 'unqualified-table',
  check: (statement, query) =>
    namedTables(statement)
      .filter((table) => syntaxText(table, 'schemaname') === '')
      .map((node) => {
        const name = syntaxText(node, 'relname');
        return {
          node,
          message: `Write ${schemaOfModule(query.module)}.${name}: without a schema, ${name} is looked up in the connection's search path.`,
        };
      }),
};
