import { createHash } from 'node:crypto';
import { lineAt } from '../sql/source-text.ts';
import { errorIn } from './migration-error.ts';

/** One direction of a migration. */
export interface MigrationSection {
  readonly sql: string;
  /** The line of the file that `sql` starts on. */
  readonly line: number;
}

/** One file of `migrations/<module>/`. */
export interface Migration {
  /** The file's name without its ending: `00001_create_schema`. */
  readonly name: string;
  readonly number: number;
  /** Path relative to the project root. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  /** The whole file with Unix line ends. */
  readonly text: string;
  readonly up: MigrationSection;
  /** Null when the migration cannot be undone: there is no such part, or it is empty. */
  readonly down: MigrationSection | null;
  /** Why it cannot, as `-- no-down: reason` says. */
  readonly whyNoDown: string | null;
  /** SHA-256 of the file with Unix line ends, in hexadecimal. */
  readonly checksum: string;
  /** True when the file says `-- no-transaction`, as CREATE INDEX CONCURRENTLY needs. */
  readonly isOutsideTransaction: boolean;
  /** Modules whose migrations come first, as `-- depends-on: platform` says, each with its line. */
  readonly dependsOn: readonly { readonly module: string; readonly line: number }[];
}

/**
 * Reads one file.
 *
 * @param file path relative to the project root.
 * @throws {MigrationError} when it is not text in UTF-8, or its two parts are not where they belong.
 */
export function parseMigration(file: string, path: string, bytes: Uint8Array): Migration {
  const text = decode(file, bytes);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw errorIn(file, 'PostgreSQL takes no NUL character; remove it.', lineAt(text, nul));
  }
  const up = findMarker(file, text, 'Up');
  const down = findMarker(file, text, 'Down');
  if (up === undefined) {
    throw errorIn(file, 'A migration needs the line `-- Up Migration` above its SQL.');
  }
  if (down !== undefined && down < up) {
    throw errorIn(
      file,
      'The `-- Down Migration` part comes after the `-- Up Migration` part.',
      lineAt(text, down),
    );
  }
  const above = text.slice(0, up);
  if (!isWithoutSql(above)) {
    const start = above.search(/^(?![ \t]*--)[ \t]*\S/m);
    throw errorIn(
      file,
      'SQL above the line `-- Up Migration` would never run; move it below.',
      lineAt(text, Math.max(0, start)),
    );
  }
  const name = file.slice(file.lastIndexOf('/') + 1, -'.sql'.length);
  return {
    name,
    number: Number.parseInt(name, 10),
    file,
    path,
    text,
    up: { sql: text.slice(up, down).trimEnd(), line: lineAt(text, up) },
    down:
      down === undefined || isWithoutSql(text.slice(down))
        ? null
        : { sql: text.slice(down).trimEnd(), line: lineAt(text, down) },
    whyNoDown: /^--[ \t]*no-down[ \t]*:[ \t]*(\S.*)$/im.exec(text)?.[1]?.trim() ?? null,
    checksum: createHash('sha256').update(text).digest('hex'),
    isOutsideTransaction: /^--[ \t]*no-transaction[ \t]*$/im.test(text),
    dependsOn: [...text.matchAll(/^--[ \t]*depends-on[ \t]*:[ \t]*(.*)$/gim)].map((match) => ({
      module: match[1]?.trim() ?? '',
      line: lineAt(text, match.index),
    })),
  };
}

/** True when a text is white space and comments only. */
export function isWithoutSql(text: string): boolean {
  return text.replaceAll(/--[^\n]*|\/\*[^]*?\*\/|[\s;]/g, '') === '';
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch (cause) {
    const error = errorIn(file, 'The file is not UTF-8; save it as UTF-8.');
    error.cause = cause;
    throw error;
  }
}

function findMarker(file: string, text: string, direction: 'Up' | 'Down'): number | undefined {
  const [found, second] = text.matchAll(new RegExp(`^--[ \\t-]*${direction} Migration\\b`, 'gim'));
  if (second !== undefined) {
    throw errorIn(
      file,
      `The line \`-- ${direction} Migration\` is there twice; only one part of each kind is run.`,
      lineAt(text, second.index),
    );
  }
  return found?.index;
}
