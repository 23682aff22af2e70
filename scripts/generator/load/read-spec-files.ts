import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { errorCode } from '../../diagnostics/error-code.ts';

const SPEC_FILE = /\.(ya?ml|json)$/;
/** A contract of a thousand operations is smaller. */
const MAXIMUM_BYTES = 4 * 1024 * 1024;

/** A spec as text; without one where it cannot be read, which has its diagnostic then. */
export interface SpecFile {
  /** Path relative to the project root, with forward slashes. */
  readonly file: string;
  readonly text: string | undefined;
}

/** Every spec below `root/folder`, sorted by path; none where there is no such folder. */
export function readSpecFiles(
  root: string,
  folder: string,
): {
  readonly files: readonly SpecFile[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const named = listEntries(join(root, folder))
    .map((entry) => ({
      entry,
      file: relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'),
    }))
    .filter(({ entry, file }) => !isHidden(file) && (entry.isSymbolicLink() || SPEC_FILE.test(entry.name)))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const files = named.map(({ entry, file }): SpecFile => {
    const read = readSpec(join(root, file), entry);
    if ('text' in read) return { file, text: read.text };
    const { rule, message, line = 1, column = 1 } = read;
    diagnostics.push({ rule, message, at: { file, line, column, pointer: '' } });
    return { file, text: undefined };
  });
  return { files, diagnostics };
}

/** What is below a folder. `recursive` of Node's synchronous call follows links to folders, which we do not. */
function listEntries(folder: string): readonly Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    return entries.concat(folders.flatMap(({ name }) => listEntries(join(folder, name))));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** What editors and systems leave beside files: locks, copies, attributes. */
function isHidden(file: string): boolean {
  return file.includes('/.');
}

type Read =
  | { readonly text: string }
  | { readonly rule: string; readonly message: string; readonly line?: number; readonly column?: number };

function readSpec(path: string, entry: Dirent): Read {
  if (entry.isSymbolicLink()) {
    return { rule: 'spec-file', message: 'a link is not followed; put the file or folder itself here' };
  }
  if (!entry.isFile()) {
    return { rule: 'spec-file', message: 'only a file can have the name of a spec; rename this' };
  }
  try {
    if (statSync(path).size > MAXIMUM_BYTES) {
      return { rule: 'spec-file', message: 'the file is larger than 4 MiB; divide it into modules' };
    }
    return decode(readFileSync(path));
  } catch (error) {
    const code = errorCode(error);
    if (code === '') throw error;
    return {
      rule: 'spec-file',
      message: `the file cannot be read (${code}); give it to the user who generates`,
    };
  }
}

/** The text of UTF-8 without its byte order mark, or where another encoding shows. Source: RFC 9512 section 2. */
function decode(bytes: Buffer): Read {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const before = bytes.subarray(0, firstBadByte(bytes)).toString('utf8').split('\n');
    return {
      rule: 'spec-file',
      message: 'the text is not UTF-8 from here on; save the file as UTF-8',
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    };
  }
}

/** Up to where the bytes are the text that they are decoded as: a wrong one is decoded as something else. */
function firstBadByte(bytes: Buffer): number {
  const decoded = Buffer.from(bytes.toString('utf8'), 'utf8');
  let at = 0;
  while (at < bytes.length && bytes[at] === decoded[at]) at += 1;
  return at;
}
