import { cpSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PostgresBinaries } from './platform-binaries.ts';
import type { ServerAccount } from './server-account.ts';

const CACHE_DIR = resolve(import.meta.dirname, '../../.cache/postgres');
/** Changes whenever what a fresh cluster holds changes. */
const TICKET = 2;

/**
 * Copies of a fresh throwaway cluster: initdb works for most of a second, a copy is there in 50 ms. Never started, so
 * clean; keyed by everything that decides its bytes; of no use to durable data, which gets a cluster of its own.
 */
export interface ClusterCache {
  /** Fills the empty folder `target`; false when the cache has nothing. */
  restore(target: string): Promise<boolean>;
  /** Keeps a copy of the cluster in `source`; a cache that cannot be written is none. */
  keep(source: string): Promise<void>;
}

/** The project's cache for clusters of these programs and this account. */
export async function openClusterCache(
  binaries: PostgresBinaries,
  account: ServerAccount,
): Promise<ClusterCache> {
  const manifest: { version: string } = JSON.parse(await readFile(binaries.manifest, 'utf8'));
  const owner = process.getuid?.() ?? 0;
  const entry = join(CACHE_DIR, `${manifest.version}-${process.arch}-${account.kind}-${owner}-${TICKET}`);
  return {
    async restore(target) {
      try {
        await stat(join(entry, 'PG_VERSION'));
        cpSync(entry, target, { recursive: true });
        await chmod(target, 0o700);
        return true;
      } catch {
        await rm(target, { recursive: true, force: true });
        await mkdir(target, { mode: 0o700 });
        return false;
      }
    },
    async keep(source) {
      try {
        await mkdir(CACHE_DIR, { recursive: true });
        const draft = await mkdtemp(`${entry}.new-`);
        try {
          cpSync(source, draft, { recursive: true });
          await chmod(draft, 0o700);
          await rename(draft, entry);
        } finally {
          await rm(draft, { recursive: true, force: true });
        }
      } catch {
        // Another run kept one first, or the project is read-only: the next start takes longer, nothing else.
      }
    },
  };
}
