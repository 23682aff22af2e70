import path from 'node:path';

import { fingerprint, type Fingerprint, type Inputs } from './fingerprint.ts';

/** The project that holds this generator; in tests another one is generated. */
const GENERATOR_ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

/**
 * Sources and tools of each stage, as paths of the project that holds the generator. A test follows the imports of
 * each stage and fails when one leads out of its list.
 */
export const STAGE_SOURCES = {
  contract: ['scripts/generator', 'redocly.yaml', 'node_modules/.package-lock.json'],
  queries: [
    'scripts/generator',
    'scripts/migrate',
    'scripts/postgres',
    'src/kernel/database',
    'node_modules/.package-lock.json',
  ],
} as const;

/** True for files beside the sources that no stage runs: tests and their data. */
export function isBesideSources(relativePath: string): boolean {
  return /\.(test|types)\.ts$|\.md$|(^|\/)testdata\//.test(relativePath);
}

/** What the contract of the project at `root` is compiled and emitted from. */
export function contractFingerprint(root: string): Promise<Fingerprint> {
  return fingerprint([{ root, paths: ['specs'] }, toolInputs('contract')], FACTS);
}

/** What the queries of the project at `root` are typed from. */
export function queryFingerprint(root: string): Promise<Fingerprint> {
  return fingerprint([{ root, paths: ['sql', 'migrations'] }, toolInputs('queries')], FACTS);
}

const FACTS: readonly string[] = [process.version, process.platform, process.arch];

function toolInputs(stage: keyof typeof STAGE_SOURCES): Inputs {
  return { root: GENERATOR_ROOT, paths: STAGE_SOURCES[stage], isIgnored: isBesideSources };
}
