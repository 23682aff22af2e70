import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';

/** What a running server says of itself in `postmaster.pid`. Source: PostgreSQL, `src/include/utils/pidfile.h`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** Whether it takes connections; otherwise it is coming up or going down. */
  readonly isReady: boolean;
}

/** Reads the file; undefined when there is none, or it is being written. */
export async function readPostmasterFile(dataDir: string): Promise<PostmasterFile | undefined> {
  let text: string;
  try {
    text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!(pid > 0)) {
    return undefined;
  }
  return { pid, port: port > 0 ? port : 0, isReady: lines[7]?.trim() === 'ready' };
}

/** Whether `pid` is a PostgreSQL server on `dataDir`, and not a process that got a dead server's number. */
export async function isServerOf(dataDir: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') {
      return false;
    }
  }
  try {
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return command.includes(dataDir);
  } catch {
    return process.platform !== 'linux'; // no /proc to ask: believe the file
  }
}
