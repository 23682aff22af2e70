import { syntaxText } from '../../../sql/syntax-tree.ts';
import type { MigrationRule } from '../migration-rule.ts';

/** A module's first migration makes the schema that the others fill. */
export const firstCreatesSchema: MigrationRule = {
  name: 'first-creates-schema',
  check: ({ number, schema, up, source }) => {
    const creates = up.statements.some(
      ({ node }) => node.kind === 'CreateSchemaStmt' && syntaxText(node, 'schemaname') === schema,
    );
    return number !== 1 || creates || up.syntaxError !== null
      ? []
      : [
          {
            message: `The first migration of a module makes its schema: CREATE SCHEMA IF NOT EXISTS ${schema};`,
            at: { file: source.file, line: 1, column: 1, pointer: '' },
          },
        ];
  },
};
