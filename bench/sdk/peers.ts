import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Generators that the project is compared with; none is a dependency. */
const PEERS = { '@hey-api/openapi-ts': '0.99.0', 'openapi-fetch': '0.17.0', typescript: '5.9.3' };

const FOLDER = path.join(import.meta.dirname, '../../.cache/bench-sdk');

/**
 * Folder of an installed peer. The first time, npm installs all of them into `.cache/bench-sdk`.
 * @throws {Error} with npm's words when it cannot.
 */
export async function peer(name: keyof typeof PEERS): Promise<string> {
  const manifest = JSON.stringify({ private: true, dependencies: PEERS });
  const done = path.join(FOLDER, 'installed.json');
  if ((await readFile(done, 'utf8').catch(() => undefined)) !== manifest) {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(path.join(FOLDER, 'package.json'), manifest);
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund'], { cwd: FOLDER });
    await writeFile(done, manifest);
  }
  return path.join(FOLDER, 'node_modules', name);
}
