import { schemaOfModule } from './module-schema.ts';
import { parseSyntax, syntaxText } from './syntax-tree.ts';

/** The schema that a module owns as SQL writes it: `meal_plan`, and `"order"` where the name is a word of SQL. */
export function writtenSchema(module: string): string {
  const schema = schemaOfModule(module);
  const parsed = parseSyntax(`CREATE SCHEMA ${schema}; SELECT FROM ${schema}.things`);
  const [made] = parsed.ok ? parsed.statements : [];
  return made !== undefined && syntaxText(made, 'schemaname') === schema ? schema : `"${schema}"`;
}

/** Why a module of that name cannot have a schema, as the end of a sentence; undefined when it can. */
export function schemaProblem(module: string): string | undefined {
  const schema = schemaOfModule(module);
  if (schema.startsWith('pg_')) {
    return 'PostgreSQL keeps schemas whose names begin with pg_ for itself';
  }
  if (Buffer.byteLength(schema) + '_version'.length > 63) {
    return 'PostgreSQL cuts names off behind 63 bytes, and the version table is named after the module';
  }
  return ['public', 'migrations', 'information_schema'].includes(schema)
    ? `schema ${schema} is not a module’s`
    : undefined;
}
