/**
 * What an app ships for this contract with the SDK, and with other generators: `npm run bench:sdk`. Those that the
 * project does not depend on are installed the first time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { bundleEntry } from '../../sdk/test/bundle.ts';
import { type Candidate, CANDIDATES } from './candidates.ts';

async function measure(candidate: Candidate): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-sdk-'));
  try {
    const { one, all } = await candidate.prepare(folder);
    const sizes = [await bundleEntry(folder, one), await bundleEntry(folder, all)];
    return [...sizes.map(({ sizeBytes, gzipBytes }) => `${sizeBytes} / ${gzipBytes}`), candidate.lacks];
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [`not measured: ${reason}`, '', candidate.lacks];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints the table; sizes are bytes, minified / minified and compressed. */
async function main(): Promise<number> {
  process.stdout.write('| client | one operation | all operations | lacks |\n|---|---|---|---|\n');
  for (const candidate of CANDIDATES) {
    const cells = await measure(candidate);
    process.stdout.write(`| ${[candidate.name, ...cells].join(' | ')} |\n`);
  }
  return 0;
}

process.exitCode = await main();
