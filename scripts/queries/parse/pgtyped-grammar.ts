import { createRequire } from 'node:module';
import { parseSQLFile } from '@pgtyped/parser';

/** How PgTyped's grammar reads a file: its queries, and where it stops making sense. */
export type AnnotatedFile = ReturnType<typeof parseSQLFile>;

interface PredictionModes {
  readonly LL: unknown;
  readonly SLL: unknown;
}

/** Loads the very ANTLR that PgTyped's parser is made with, wherever npm has put it. */
const fromPgTyped = createRequire(import.meta.resolve('@pgtyped/parser'));
const { PredictionMode }: { readonly PredictionMode: PredictionModes } = fromPgTyped(
  'antlr4ts/atn/PredictionMode',
);
const {
  ParserATNSimulator,
}: {
  readonly ParserATNSimulator: { readonly prototype: object };
} = fromPgTyped('antlr4ts/atn/ParserATNSimulator');

let mode = PredictionMode.LL;
// PgTyped makes the parser inside of its function, and leaves no other way to set it.
Object.defineProperty(ParserATNSimulator.prototype, 'predictionMode', { get: () => mode, set: () => {} });

/**
 * Parses an annotated file with PgTyped's grammar in two stages, as ANTLR's authors advise: what SLL prediction reads without an
 * error, LL reads alike and in twice the time; the rest is read again with LL, whose word counts.
 *
 * @throws what PgTyped throws on a query without a statement.
 */
export function parseAnnotatedFile(text: string): AnnotatedFile {
  try {
    mode = PredictionMode.SLL;
    const file = parseSQLFile(text);
    if (file.events.length === 0) {
      return file;
    }
  } catch {
    // LL says it.
  } finally {
    mode = PredictionMode.LL;
  }
  return parseSQLFile(text);
}
