import type { parseSQLFile, queryASTToIR } from '@pgtyped/parser';
import type { IParseError, IQueryTypes, MappableType } from '@pgtyped/query';
import type { InterpolatedQuery } from '@pgtyped/runtime';

/**
 * The parts of PgTyped that its CLI is made of. The CLI itself exits 0 on an invalid query, leaves old output behind
 * and loses the place of an error; its parts say all of it. This is a private reach: the package's `exports` lead every
 * name to the CLI, so the parts are loaded by the paths of their files.
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

/**
 * Loads the printer.
 *
 * @param cli the URL of the CLI, beside which its parts are.
 * @throws when another version of PgTyped has it elsewhere.
 */
export async function loadPgTyped(cli = import.meta.resolve('@pgtyped/cli/index.js')): Promise<PgTyped> {
  const generator = await load<PgTypedGenerator>('generator.js', 'queryToTypeDeclarations', cli);
  const types = await load<PgTypedTypes>('types.js', 'TypeAllocator', cli);
  return { queryToTypeDeclarations: generator.queryToTypeDeclarations, TypeAllocator: types.TypeAllocator };
}

async function load<T>(file: string, name: keyof T & string, cli: string): Promise<T> {
  let part: T;
  try {
    part = await import(new URL(file, cli).href);
  } catch (cause) {
    throw moved(file, name, cause);
  }
  if (typeof part[name] !== 'function') throw moved(file, name);
  return part;
}

function moved(file: string, name: string, cause?: unknown): Error {
  return new Error(
    `@pgtyped/cli has no ${name} in lib/${file} any more: find where its new version has it, and change scripts/queries/generate/pgtyped.ts.`,
    { cause },
  );
}
