import path from 'node:path';

import type { Fingerprint } from './cache/fingerprint.ts';
import { cachedStage, type Moment, type StageResult } from './cache/result-cache.ts';
import {
  contractFingerprint,
  printedFingerprint,
  queryFingerprint,
  SDK_MANIFEST,
} from './cache/stage-inputs.ts';
import type { JsonObject } from '../generator/contract/contract.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { GeneratedFile } from '../generator/write/generated-file.ts';

/** The published document. */
const PUBLISHED = 'generated/openapi.json';

/** The rules of the house, also for projects elsewhere: the tests'. */
const REDOCLY_CONFIG = path.resolve(import.meta.dirname, '..', '..', 'redocly.yaml');

/** Told what each stage took; `--verbose` prints it. */
export type StageTimer = <T>(stage: string, work: () => Promise<T>) => Promise<T>;

/** The sources as files, or everything that is wrong with them. */
export type Expected = StageResult<Diagnostic>;

/** Puts work off until a run is over: it remembers results for the next one. */
type Later = (work: () => Promise<void>) => void;

/** How to run the stages. */
export interface StageOptions {
  readonly root: string;
  readonly useCache: boolean;
  readonly time: StageTimer;
  readonly later: Later;
}

/**
 * The generator up to the point where it would write: sources to files. What tools print of the published document is a
 * stage of its own, `printedFiles`, which nobody who edits a contract waits for.
 */
export async function ownFiles(options: StageOptions): Promise<Expected> {
  return bothHalves(contractFiles(options), queryFiles(options));
}

/** The files of all stages, side by side as far as none waits for another. */
export async function allFiles(options: StageOptions): Promise<Expected> {
  const contract = contractFiles(options);
  const printed = async (): Promise<Expected> => {
    const made = await contract;
    return made.ok
      ? { ok: true, files: [...made.files, ...(await printedFiles(made.files, options))] }
      : made;
  };
  return bothHalves(printed(), queryFiles(options));
}

async function bothHalves(contract: Promise<Expected>, queries: Promise<Expected>): Promise<Expected> {
  const halves = await Promise.all([contract, queries]);
  const diagnostics = halves.flatMap((half) => (half.ok ? [] : half.diagnostics));
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return { ok: true, files: halves.flatMap((half) => (half.ok ? half.files : [])) };
}

/**
 * What orval and openapi-typescript-codegen print of the published document, which is among `files`.
 *
 * @throws {Error} when a tool cannot read it.
 */
export async function printedFiles(
  files: readonly GeneratedFile[],
  { root, useCache, time, later }: StageOptions,
): Promise<readonly GeneratedFile[]> {
  const text = files.find((file) => file.path === PUBLISHED)?.text;
  if (text === undefined) throw new Error(`${PUBLISHED} is not among the generated files`);
  const compute = async (): Promise<Expected> => {
    const { printByTools } = await import('../generator/sdk/tools/print-by-tools.ts');
    const published: JsonObject = JSON.parse(text);
    return { ok: true, files: await printByTools({ published, packageJson: SDK_MANIFEST }) };
  };
  const takeFingerprint = (moment: Moment): Promise<Fingerprint> => printedFingerprint(text, moment);
  const result = await time('orval and OTC', () =>
    useCache ? cachedStage({ root, name: 'printed', takeFingerprint, compute, later }) : compute(),
  );
  return result.ok ? result.files : [];
}

/** Computes what comes of specs/ and forgets it: the runs to come find all that they need loaded. */
export async function warmUp(root: string): Promise<void> {
  await contractFiles({ root, useCache: false, time: (_stage, work) => work(), later: () => {} });
}

function contractFiles({ root, useCache, time, later }: StageOptions): Promise<Expected> {
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

function queryFiles({ root, useCache, time, later }: StageOptions): Promise<Expected> {
  const compute = async (): Promise<Expected> => {
    const { generateQueries } = await import('../queries/generate/generate-queries.ts');
    return time('type sql/', () => generateQueries({ root }));
  };
  const takeFingerprint = (moment: Moment): Promise<Fingerprint> => queryFingerprint(root, moment);
  return time('queries', () =>
    useCache ? cachedStage({ root, name: 'queries', takeFingerprint, compute, later }) : compute(),
  );
}
