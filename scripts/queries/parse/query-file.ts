import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../diagnostics/error-code.ts';

/** One file of `sql/<module>/`, with Unix line ends. */
export interface QueryFile {
  readonly module: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** Path relative to the project root: `sql/ticket/tickets.sql`. */
  readonly file: string;
  readonly text: string;
}

/** Reads `sql/`: modules and files in the order of their names. */
export async function readQueryFiles(root: string): Promise<readonly QueryFile[]> {
  const files: QueryFile[] = [];
  for (const module of await names(join(root, 'sql'))) {
    for (const entry of await names(join(root, 'sql', module))) {
      if (entry.endsWith('.sql')) {
        const file = `sql/${module}/${entry}`;
        const text = (await readFile(join(root, file), 'utf8')).replaceAll('\r\n', '\n');
        files.push({ module, name: entry.slice(0, -'.sql'.length), file, text });
      }
    }
  }
  return files;
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) {
      return [];
    }
    throw error;
  }
}
