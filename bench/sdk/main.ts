/**
 * What an app ships for this contract with the SDK, and with other generators:
 * `npm run bench:sdk [-- --peers <folder>]`. The folder is a project with `openapi-fetch` and `@hey-api/openapi-ts`
 * installed, which this project does not depend on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { bundleEntry } from '../../sdk/test/bundle.ts';
import { type Candidate, CANDIDATES } from './candidates.ts';

async function measure(candidate: Candidate, peers: string | undefined): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-sdk-'));
  try {
    const { one, all } = await candidate.prepare(folder, peers);
    const sizes = [await bundleEntry(folder, one), await bundleEntry(folder, all)];
    return [...sizes.map(({ sizeBytes, gzipBytes }) => `${sizeBytes} / ${gzipBytes}`), candidate.lacks];
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [reason, '', candidate.lacks];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints the table; sizes are bytes, minified / minified and compressed. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { peers: { type: 'string' } } });
  process.stdout.write('| client | one operation | all operations | lacks |\n|---|---|---|---|\n');
  for (const candidate of CANDIDATES) {
    const cells = await measure(candidate, values.peers);
    process.stdout.write(`| ${[candidate.name, ...cells].join(' | ')} |\n`);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
