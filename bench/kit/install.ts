import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SOURCE = join(import.meta.dirname, '../peers');
const PACKAGES = 'node_modules/.package-lock.json';

/** Where the peers and the load generator run from: their packages beside them, those of this project above. */
export const PEERS_FOLDER = join(import.meta.dirname, '../../.cache/bench-peers');

/**
 * Puts `bench/peers` where it runs, and installs the packages that only it needs, unless they are there as its lock file has them.
 *
 * @throws {Error} with npm's words when it cannot.
 */
export async function installPeers(): Promise<void> {
  await cp(SOURCE, PEERS_FOLDER, { recursive: true });
  const [wanted, installed] = await Promise.all([readPackages('package-lock.json'), readPackages(PACKAGES)]);
  if (wanted === installed) return;
  process.stdout.write('installing the packages of bench/peers\n');
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEERS_FOLDER });
}

/** What a lock file locks, without the package itself; undefined when there is no such file. */
async function readPackages(path: string): Promise<string | undefined> {
  try {
    const { packages }: { readonly packages: Readonly<Record<string, unknown>> } = JSON.parse(
      await readFile(join(PEERS_FOLDER, path), 'utf8'),
    );
    return JSON.stringify(Object.entries(packages).filter(([name]) => name !== ''));
  } catch {
    return undefined;
  }
}
