import type { parseSQLFile, queryASTToIR } from '@pgtyped/parser';
import type { IParseError, IQueryTypes, MappableType } from '@pgtyped/query';
import type { InterpolatedQuery } from '@pgtyped/runtime';

/**
 * The parts of PgTyped that its CLI is made of. The CLI itself exits 0 on an invalid query, leaves old output behind
 * and loses the place of an error; its parts say all of it. They are loaded by path, because its `exports` send every
 * name to the CLI.
 */

export type { IParseError, IQueryTypes, InterpolatedQuery, MappableType };

/** One named query of a file, as its author wrote it. */
export type SQLQueryAST = ReturnType<typeof parseSQLFile>['queries'][number];

/** A query as PgTyped's runtime reads it. */
export type SQLQueryIR = ReturnType<typeof queryASTToIR>;

/** A TypeScript type as PgTyped prints it; with a definition it is declared once a file. */
export interface TypeName {
  readonly name: string;
  readonly definition?: string;
}

/** PostgreSQL type name to the types of a parameter and of a result column. */
export type TypeMapping = Readonly<
  Record<string, { readonly parameter: TypeName; readonly return: TypeName }>
>;

/** Gathers the types that a file uses, for its declarations. */
export interface TypeAllocator {
  declaration(fileName: string): string;
}

interface PgTypedGenerator {
  readonly queryToTypeDeclarations: (
    query: { readonly ast: SQLQueryAST; readonly mode: 'sql-file' },
    typeSource: (query: InterpolatedQuery) => Promise<IQueryTypes | IParseError>,
    types: TypeAllocator,
    config: {
      readonly hungarianNotation: boolean;
      readonly camelCaseColumnNames: boolean;
      readonly failOnError: boolean;
      readonly nonEmptyArrayParams: boolean;
    },
  ) => Promise<string>;
}

interface PgTypedTypes {
  readonly TypeAllocator: new (mapping: TypeMapping) => TypeAllocator;
}

/** PgTyped's printer of declarations. */
export type PgTyped = PgTypedGenerator & PgTypedTypes;

/** Loads the printer. */
export async function loadPgTyped(): Promise<PgTyped> {
  const cli = import.meta.resolve('@pgtyped/cli/index.js');
  const generator: PgTypedGenerator = await import(new URL('generator.js', cli).href);
  const types: PgTypedTypes = await import(new URL('types.js', cli).href);
  return { queryToTypeDeclarations: generator.queryToTypeDeclarations, TypeAllocator: types.TypeAllocator };
}
