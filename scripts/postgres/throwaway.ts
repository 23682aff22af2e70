import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFolder } from '../process/memory-folder.ts';
import { startPostgres } from './start-postgres.ts';
import type { RunningPostgres } from './start-postgres.ts';

/** A fresh cluster has 40 MB; it goes into memory only where it could grow to many times that. */
const ROOM_BYTES = 1024 ** 3;

/**
 * Starts a PostgreSQL on a temporary folder; both are gone after `stop`, or when this process dies.
 *
 * @param options.staysSmall the databases will hold schemas and no data to speak of: then the folder is in memory where there
 * is room, because making a cluster's thousand files takes longer than anything else about it.
 * @param options.parent where the folder is made, whatever its size; chosen by this function when absent.
 */
export async function startThrowawayPostgres(
  options: { readonly staysSmall?: boolean; readonly parent?: string } = {},
): Promise<RunningPostgres> {
  const memory = options.staysSmall === true ? await memoryFolder({ roomBytes: ROOM_BYTES }) : undefined;
  const parent = options.parent ?? memory ?? tmpdir();
  const dataDir = await mkdtemp(join(parent, 'chompardo-postgres-'));
  try {
    return await startPostgres({ dataDir, durable: false });
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}
