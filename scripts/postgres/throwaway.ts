import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './start-postgres.ts';
import type { RunningPostgres } from './start-postgres.ts';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** A fresh cluster has 40 MB; it goes into memory only where it could grow to many times that. */
const ROOM_BYTES = 1024 ** 3;

/**
 * Starts a PostgreSQL on a temporary folder; both are gone after `stop`, or when this process dies.
 *
 * @param options.staysSmall the databases will hold schemas and no data to speak of: then the folder is in memory where there
 * is room, because making a cluster's thousand files takes longer than anything else about it.
 */
export async function startThrowawayPostgres(
  options: { readonly staysSmall?: boolean } = {},
): Promise<RunningPostgres> {
  const parent = options.staysSmall === true && (await hasRoomInMemory()) ? IN_MEMORY : tmpdir();
  const dataDir = await mkdtemp(join(parent, 'chompardo-postgres-'));
  try {
    return await startPostgres({ dataDir, durable: false });
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Containers have little there unless told otherwise; other systems have no such folder. */
async function hasRoomInMemory(): Promise<boolean> {
  try {
    await access(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(IN_MEMORY);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
