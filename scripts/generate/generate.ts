import path from 'node:path';

import type { Fingerprint } from './cache/fingerprint.ts';
import { cachedStage, type Moment, type StageResult } from './cache/result-cache.ts';
import { contractFingerprint, queryFingerprint } from './cache/stage-inputs.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { planWrites, type WritePlan } from '../generator/write/plan-writes.ts';
import { readOwned } from '../generator/write/read-owned.ts';

/** The rules of the house, also for projects elsewhere: the tests'. */
const REDOCLY_CONFIG = path.resolve(import.meta.dirname, '..', '..', 'redocly.yaml');

/** Told what each stage took; `--verbose` prints it. */
export type StageTimer = <T>(stage: string, work: () => Promise<T>) => Promise<T>;

/** The sources as files, or everything that is wrong with them. */
export type Expected = StageResult<Diagnostic>;

/**
 * A plan to bring the disk up to the sources, or everything that is wrong with them. `keep` remembers the results for the
 * next run, once this one has told or written its own.
 */
export type Generation = { readonly keep: () => Promise<void> } & (
  | { readonly ok: true; readonly plan: WritePlan }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
);

/**
 * The generator up to the point where it would write: sources to files to plan. `generate` and `--check` differ in
 * what they do with the plan.
 */
export async function generate(options: {
  readonly root: string;
  readonly useCache: boolean;
  readonly time: StageTimer;
}): Promise<Generation> {
  const postponed: (() => Promise<void>)[] = [];
  const later = (work: () => Promise<void>): void => void postponed.push(work);
  const keep = async (): Promise<void> => {
    await Promise.all(postponed.map((work) => work()));
  };
  const [contract, queries] = await Promise.all([contractFiles(options, later), queryFiles(options, later)]);
  if (!contract.ok || !queries.ok) {
    const diagnostics = [contract, queries].flatMap((stage) => (stage.ok ? [] : stage.diagnostics));
    return { ok: false, diagnostics, keep };
  }
  const actual = await options.time('read generated/', () => readOwned(options.root));
  return { ok: true, plan: planWrites([...contract.files, ...queries.files], actual), keep };
}

/** Computes what comes of specs/ and forgets it: the runs to come find all that they need loaded. */
export async function warmUp(root: string): Promise<void> {
  await contractFiles({ root, useCache: false, time: (_stage, work) => work() }, () => {});
}

type StageOptions = Parameters<typeof generate>[0];
type Later = (work: () => Promise<void>) => void;

function contractFiles({ root, useCache, time }: StageOptions, later: Later): Promise<Expected> {
  const compute = async (): Promise<Expected> => {
    // Loaded only when needed: a run that finds its results in the cache starts no compiler.
    const { compile } = await import('../generator/compile.ts');
    return time('compile specs/', () => compile({ root, redoclyConfig: REDOCLY_CONFIG }));
  };
  const takeFingerprint = (moment: Moment): Promise<Fingerprint> => contractFingerprint(root, moment);
  return time('contract', () =>
    useCache ? cachedStage({ root, name: 'contract', takeFingerprint, compute, later }) : compute(),
  );
}

function queryFiles({ root, useCache, time }: StageOptions, later: Later): Promise<Expected> {
  const compute = async (): Promise<Expected> => {
    const { generateQueries } = await import('../queries/generate/generate-queries.ts');
    return time('type sql/', () => generateQueries({ root }));
  };
  const takeFingerprint = (moment: Moment): Promise<Fingerprint> => queryFingerprint(root, moment);
  return time('queries', () =>
    useCache ? cachedStage({ root, name: 'queries', takeFingerprint, compute, later }) : compute(),
  );
}
