import { withRunLock } from './cache/run-lock.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { allFiles, ownFiles, printedFiles, type StageOptions, type StageTimer } from './generate.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { applyWrites } from '../generator/write/apply-writes.ts';
import { isPrintedByTools } from '../generator/sdk/tools/printed-paths.ts';
import type { GeneratedFile } from '../generator/write/generated-file.ts';
import { hasHeader } from '../generator/write/header.ts';
import { isFresh, planWrites, type WritePlan } from '../generator/write/plan-writes.ts';
import { readOwned } from '../generator/write/read-owned.ts';
import { reportUnowned, reportStale } from '../generator/write/report-stale.ts';

/** Where a run speaks; lines without their line feed. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** How to run; `root` is the folder that holds `specs/`, `sql/`, `migrations/` and `generated/`. */
export interface RunOptions {
  readonly root: string;
  readonly useCache: boolean;
  readonly isVerbose: boolean;
  readonly output: Output;
  /** False leaves what tools print of the published document to a later run; true when left out. */
  readonly isPrinting?: boolean;
}

/** 0: done or fresh. 1: the sources are wrong, or the disk is stale. Failures to do it at all are thrown. */
export type RunResult = 0 | 1;

/**
 * Brings `generated/` up to the sources, or says everything that is wrong with them and writes nothing. `onDone` is called
 * as soon as handlers, types and SDK are written; what is left then is what tools print of the published document, and
 * to remember the results for the next run.
 */
export async function runWrite(options: RunOptions, onDone = (): void => {}): Promise<RunResult> {
  const { output, root } = options;
  const onWait = (): void => output.err('waiting for another generate to finish');
  return withRunLock(root, onWait, async () => {
    const kept: (() => Promise<void>)[] = [];
    try {
      return await write(stageOptions(options, kept), options, onDone);
    } finally {
      await keep(options, kept);
    }
  });
}

/** True for a file that a tool printed. */
function isPrinted(file: GeneratedFile): boolean {
  return isPrintedByTools(file.path) && hasHeader(file.text);
}

async function write(stages: StageOptions, options: RunOptions, onDone: () => void): Promise<RunResult> {
  const startedAt = performance.now();
  const { output, isPrinting = true } = options;
  const { root, time } = stages;
  const own = await ownFiles(stages);
  if (!own.ok) {
    const result = refuse(own.diagnostics, output);
    onDone();
    return result;
  }
  const actual = await time('read generated/', () => readOwned(root));
  const plan = planWrites(
    own.files,
    actual.filter((file) => !isPrinted(file)),
  );
  const unowned = reportUnowned(plan);
  if (unowned.length > 0) {
    for (const line of unowned) output.err(line);
    onDone();
    return 1;
  }
  await time('write', () => applyWrites(root, plan));
  output.out(`generated: ${summary(plan)} (${seconds(performance.now() - startedAt)})`);
  onDone();
  if (!isPrinting) return 0;
  const printedAt = performance.now();
  const printed = planWrites(await printedFiles(own.files, stages), actual.filter(isPrinted));
  await time('write', () => applyWrites(root, printed));
  if (!isFresh(printed))
    output.out(`printed: ${summary(printed)} (${seconds(performance.now() - printedAt)})`);
  return 0;
}

/** Says how `generated/` differs from what the sources give. Changes nothing below the root but its `.cache/`. */
export async function runCheck(options: RunOptions): Promise<RunResult> {
  const { output, root } = options;
  const startedAt = performance.now();
  const kept: (() => Promise<void>)[] = [];
  const expected = await allFiles(stageOptions(options, kept));
  await keep(options, kept);
  if (!expected.ok) return refuse(expected.diagnostics, output);
  const plan = planWrites(expected.files, await readOwned(root));
  const findings = reportStale(plan);
  for (const finding of findings) output.out(finding);
  if (!isFresh(plan)) {
    output.err(`${String(findings.length)} of the generated files are not fresh; run npm run generate.`);
    return 1;
  }
  output.out(`fresh: ${summary(plan)} (${seconds(performance.now() - startedAt)})`);
  return 0;
}

function stageOptions(options: RunOptions, kept: (() => Promise<void>)[]): StageOptions {
  const { root, useCache } = options;
  return { root, useCache, time: stageTimer(options), later: (work) => void kept.push(work) };
}

/** Remembers the results of stages for the next run. */
async function keep(options: RunOptions, kept: readonly (() => Promise<void>)[]): Promise<void> {
  await stageTimer(options)('keep', () => Promise.all(kept.map((work) => work())));
}

function refuse(diagnostics: readonly Diagnostic[], output: Output): RunResult {
  for (const diagnostic of diagnostics) output.err(formatDiagnostic(diagnostic));
  const count = diagnostics.length === 1 ? '1 error' : `${String(diagnostics.length)} errors`;
  output.err(`${count}; nothing was written.`);
  return 1;
}

/** `3 updated, 1 removed, 24 unchanged`: the lists that are not empty. */
function summary(plan: WritePlan): string {
  const counts = [
    ['created', plan.create.length],
    ['updated', plan.update.length],
    ['removed', plan.remove.length],
    ['unchanged', plan.unchanged.length],
  ] as const;
  const parts = counts
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${String(number)} ${word}`);
  return parts.length === 0 ? 'nothing to emit' : parts.join(', ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function stageTimer({ isVerbose, output }: RunOptions): StageTimer {
  if (!isVerbose) return (_stage, work) => work();
  return async (stage, work) => {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      output.err(`  ${stage.padEnd(18)}${(performance.now() - startedAt).toFixed(0).padStart(6)} ms`);
    }
  };
}
