import { findWaivers } from '../../sql/waivers.ts';
import { fromByteOffset, locate, toSourceText } from '../../sql/source-text.ts';
import type { SourceText } from '../../sql/source-text.ts';
import type { WaiverComment } from '../../sql/waivers.ts';
import { schemaOfModule } from '../../sql/module-schema.ts';
import { parseSyntax } from '../../sql/syntax-tree.ts';
import type { SyntaxNode } from '../../sql/syntax-tree.ts';
import type { Diagnostic, SourcePointer } from '../../diagnostics/diagnostic.ts';

/** A migration as its rules see it. */
export interface MigrationText {
  /** The folder's name. */
  readonly module: string;
  /** The schema that the module owns. */
  readonly schema: string;
  readonly number: number;
  readonly source: SourceText;
  readonly up: MigrationPart;
  /** Null when there is no `-- Down Migration`. */
  readonly down: MigrationPart | null;
  readonly isOutsideTransaction: boolean;
  readonly waivers: readonly WaiverComment[];
}

/** What one direction does. */
export interface MigrationPart {
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly statements: readonly MigrationStatement[];
  /** Set when PostgreSQL's grammar cannot read it; then there are no statements. */
  readonly syntaxError: Diagnostic | null;
}

/** One statement with the comments above it. */
export interface MigrationStatement {
  readonly node: SyntaxNode;
  /** Behind the statement before it. */
  readonly start: number;
  /** Its semicolon. */
  readonly end: number;
  /** The statement's first word. */
  readonly at: SourcePointer;
  /** The place of a node in it. */
  locate(node: SyntaxNode): SourcePointer;
}

/** Parses the text of a migration. @param file `migrations/<module>/NNNNN_verb_thing.sql` */
export function parseMigrationText(file: string, text: string): MigrationText {
  const source = toSourceText(file, text);
  const [, module = '', name = ''] = file.split('/');
  const up = /^--[ \t-]*Up Migration\b/im.exec(source.text)?.index ?? 0;
  const down = /^--[ \t-]*Down Migration\b/im.exec(source.text)?.index;
  return {
    module,
    schema: schemaOfModule(module),
    number: Number.parseInt(name, 10),
    source,
    up: parsePart(source, up, down ?? source.text.length),
    down: down === undefined ? null : parsePart(source, down, source.text.length),
    isOutsideTransaction: /^--[ \t]*no-transaction[ \t]*$/im.test(source.text),
    waivers: findWaivers(source, 0, source.text.length),
  };
}

function parsePart(source: SourceText, start: number, end: number): MigrationPart {
  const text = source.text.slice(start, end);
  const syntax = parseSyntax(text);
  if (!syntax.ok) {
    const syntaxError = {
      rule: 'migration-syntax',
      message: `PostgreSQL cannot read this: ${syntax.message}.`,
      at: locate(source, start + syntax.offset),
    };
    return { start, end, statements: [], syntaxError };
  }
  const toOffset = (bytes: number): number => start + fromByteOffset(text, bytes);
  const statements = syntax.statements.map((node, index): MigrationStatement => {
    const before = syntax.statements[index - 1];
    const from = before === undefined ? start : toOffset(before.byteEnd);
    const to = toOffset(node.byteEnd);
    const lead =
      /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/.exec(source.text.slice(from, to))?.[0].length ?? 0;
    const at = locate(source, from + lead);
    return {
      node,
      start: from,
      end: to,
      at,
      locate: ({ byteOffset }) =>
        byteOffset === 0 ? at : locate(source, start + fromByteOffset(text, byteOffset)),
    };
  });
  return { start, end, statements, syntaxError: null };
}

/** Both directions, as far as there are. */
export function partsOf(migration: MigrationText): readonly MigrationPart[] {
  return migration.down === null ? [migration.up] : [migration.up, migration.down];
}
