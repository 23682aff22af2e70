import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';

/**
 * Makes the data folder unless it is there. A sentence, when not all that `npm run dev` keeps in it can be read and
 * written by this user; each part would fail later, in words of its own.
 */
export function prepareDataFolder(dataDir: string): string | undefined {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    return sentence(dataDir, errorCode(error) === 'EEXIST' ? 'it is no folder' : why(error));
  }
  try {
    check(dataDir);
    for (const name of readdirSync(dataDir)) check(join(dataDir, name));
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : dataDir;
    const isOthers = statSync(path, { throwIfNoEntry: false })?.uid !== process.getuid?.();
    const reason = isOthers ? 'belongs to another user' : `cannot be used: ${why(error)}`;
    return sentence(dataDir, `${path === dataDir ? 'it' : path} ${reason}`);
  }
  return undefined;
}

function check(path: string): void {
  accessSync(path, constants.R_OK | constants.W_OK);
}

function why(error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function sentence(dataDir: string, reason: string): string {
  return `Data cannot be kept in ${dataDir}: ${reason}. Mend that, or name another folder: npm run dev -- --data FOLDER.`;
}
