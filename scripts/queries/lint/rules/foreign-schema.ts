import { syntaxNames, syntaxText, walkSyntax } from '../../../sql/syntax-tree.ts';
import { EXTENSIONS_SCHEMA, schemaOfModule } from '../../../sql/module-schema.ts';
import { namedTables } from '../../../sql/named-tables.ts';
import type { Finding, QueryRule } from '../query-rule.ts';

/** A module's tables, functions and types are its own; other modules ask its index.ts. */
export const foreignSchema: QueryRule = {
  name: 'foreign-schema',
  check: (statement, query) => {
    const own = schemaOfModule(query.module);
    const isOfOthers = (schema: string): boolean => !['', own, 'pg_catalog'].includes(schema);
    const message = (schema: string, name: string): string =>
      `${schema}.${name} belongs to another module than ${query.module}: ask that module through its index.ts.`;
    const tables = namedTables(statement)
      .filter((table) => isOfOthers(syntaxText(table, 'schemaname')))
      .map((node): Finding => ({
        node,
        message: message(syntaxText(node, 'schemaname'), syntaxText(node, 'relname')),
      }));
    const names = walkSyntax(statement).flatMap((node): readonly Finding[] => {
      const field = node.kind === 'FuncCall' ? 'funcname' : 'names';
      const [schema, name] =
        node.kind === 'FuncCall' || node.kind === 'TypeName' ? syntaxNames(node, field) : [];
      // All modules share the types and functions of extensions, but no tables.
      return schema !== undefined && name !== undefined && schema !== EXTENSIONS_SCHEMA && isOfOthers(schema)
        ? [{ node, message: message(schema, name) }]
        : [];
    });
    return [...tables, ...names];
  },
};
