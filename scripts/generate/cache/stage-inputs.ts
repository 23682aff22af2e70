import path from 'node:path';

import { fingerprint, type Fingerprint, type Inputs } from './fingerprint.ts';
import type { Moment } from './result-cache.ts';

/** The project that holds this generator; in tests another one is generated. */
const GENERATOR_ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

/** The SDK's manifest: it names the versions of the frameworks that tools print for. */
export const SDK_MANIFEST = path.join(GENERATOR_ROOT, 'sdk', 'package.json');

/**
 * Sources and tools of each stage, as paths of the project that holds the generator. A test follows the imports of
 * each stage and fails when one leads out of its list.
 */
export const STAGE_SOURCES = {
  contract: [
    'scripts/diagnostics',
    'scripts/generate',
    'scripts/generator',
    'redocly.yaml',
    'package-lock.json',
    'node_modules/.package-lock.json',
  ],
  printed: [
    'scripts/diagnostics',
    'scripts/generate',
    'scripts/generator',
    'sdk/package.json',
    'sdk/src/services',
    'sdk/src/svelte',
    'sdk/src/swr',
    'sdk/src/vue',
    'package-lock.json',
    'node_modules/.package-lock.json',
  ],
  queries: [
    'scripts/diagnostics',
    'scripts/generate',
    'scripts/generator',
    'scripts/migrations',
    'scripts/postgres',
    'scripts/process',
    'scripts/queries',
    'scripts/sql',
    'src/kernel/database',
    'package-lock.json',
    'node_modules/.package-lock.json',
  ],
} as const;

/** True for files beside the sources that no stage runs: tests and their data. */
export function isBesideSources(relativePath: string): boolean {
  return /\.(test|types)\.ts$|\.md$|(^|\/)testdata\//.test(relativePath);
}

/** Of the SDK's sources, what is written by hand decides which names a contract may use. */
function isPrintedOrTest(relativePath: string): boolean {
  return /^sdk\/src\/(generated|testing)\//.test(relativePath) || isBesideSources(relativePath);
}

/** What the contract of the project at `root` is compiled and emitted from. */
export function contractFingerprint(root: string, moment: Moment): Promise<Fingerprint> {
  return stageFingerprint(
    'contract',
    { root, paths: ['specs', 'sdk/src'], isIgnored: isPrintedOrTest },
    moment,
  );
}

/** What the queries of the project at `root` are typed from. */
export function queryFingerprint(root: string, moment: Moment): Promise<Fingerprint> {
  return stageFingerprint('queries', { root, paths: ['sql', 'migrations'] }, moment);
}

/** What tools print of a published document with this text is made from. */
export function printedFingerprint(text: string, moment: Moment): Promise<Fingerprint> {
  return stageFingerprint('printed', undefined, moment, text);
}

type Stage = keyof typeof STAGE_SOURCES;

/** The generator's own sources as this process found them: what is loaded stays loaded, whatever becomes of the files. */
const loadedSources = new Map<Stage, Promise<Fingerprint>>();

async function stageFingerprint(
  stage: Stage,
  project: Inputs | undefined,
  moment: Moment,
  ...texts: readonly string[]
): Promise<Fingerprint> {
  const [own, sources] = await Promise.all([
    fingerprint(project === undefined ? [] : [project], [
      process.version,
      process.platform,
      process.arch,
      ...texts,
    ]),
    moment === 'after' ? sourceFingerprint(stage) : loadedFingerprint(stage),
  ]);
  return { key: `${own.key}-${sources.key}`, stamp: `${own.stamp}-${sources.stamp}` };
}

function loadedFingerprint(stage: Stage): Promise<Fingerprint> {
  const known = loadedSources.get(stage) ?? sourceFingerprint(stage);
  loadedSources.set(stage, known);
  return known;
}

function sourceFingerprint(stage: Stage): Promise<Fingerprint> {
  return fingerprint([{ root: GENERATOR_ROOT, paths: STAGE_SOURCES[stage], isIgnored: isBesideSources }]);
}
