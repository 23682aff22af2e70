import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/error-code.ts';
import type { PostgresBinaries } from './platform-binaries.ts';

/**
 * Copies the programs to where every account may run them: root's project lies below a folder that only root may
 * enter (`/root`), PostgreSQL does not run as root, and a container often has no user namespaces. Done once a version.
 */
export async function relocateBinaries(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  const home = await ownFolder(binaries.home);
  try {
    await lstat(join(home, 'native'));
  } catch {
    const draft = await mkdtemp(join(home, 'new-'));
    try {
      cpSync(binaries.home, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
      await rename(join(draft, 'native'), join(home, 'native')).catch((error: unknown) => {
        if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') {
          throw error; // otherwise another start was quicker
        }
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  const bin = join(home, 'native', 'bin');
  return {
    ...binaries,
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    home: join(home, 'native'),
  };
}

/** Where data that was meant for `dataDir` is kept instead, the same at each start. */
export async function relocateData(dataDir: string): Promise<string> {
  return join(await ownFolder(dataDir), 'data');
}

/**
 * A folder of ours in the temporary one, named by what it stands for. Names there can be guessed and taken by others:
 * a folder that is not ours is refused.
 */
async function ownFolder(source: string): Promise<string> {
  const name = createHash('sha256').update(source).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `chompardo-${name}`);
  try {
    await mkdir(folder, { mode: 0o755 });
  } catch (error) {
    const found = await lstat(folder);
    if (errorCode(error) !== 'EEXIST' || !found.isDirectory() || found.uid !== process.getuid?.()) {
      throw new Error(`PostgreSQL cannot start: ${folder} belongs to somebody else. Remove it.`, {
        cause: error,
      });
    }
  }
  return folder;
}
