import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server says of itself in `postmaster.pid`. Source: PostgreSQL, `src/include/utils/pidfile.h`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** Empty while the server has not come that far. */
  readonly status: '' | 'starting' | 'stopping' | 'ready' | 'standby';
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
  return { pid, port: port > 0 ? port : 0, status: (lines[7] ?? '').trim() as PostmasterFile['status'] };
}

/** Whether `pid` is a PostgreSQL server on `dataDir`, and not a process that got a dead server's number. */
export async function isServerOf(dataDir: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') {
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
