import { withRunLock } from './cache/run-lock.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { generate, type Generation, type StageTimer } from './generate.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import { applyWrites } from '../generator/write/apply-writes.ts';
import { isFresh, type WritePlan } from '../generator/write/plan-writes.ts';
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
}

/** 0: done or fresh. 1: the sources are wrong, or the disk is stale. Failures to do it at all are thrown. */
export type RunResult = 0 | 1;

/**
 * Brings `generated/` up to the sources, or says everything that is wrong with them and writes nothing. `onDone` is called
 * as soon as that is so; what is left then is to remember the results for the next run.
 */
export async function runWrite(options: RunOptions, onDone = (): void => {}): Promise<RunResult> {
  const { output, root } = options;
  const onWait = (): void => output.err('waiting for another generate to finish');
  return withRunLock(root, onWait, async () => {
    const startedAt = performance.now();
    const time = stageTimer(options);
    const generation = await generate({ ...options, time });
    const result = await write(generation, options, time);
    if (result === 0 && generation.ok)
      output.out(`generated: ${summary(generation.plan)} (${seconds(performance.now() - startedAt)})`);
    onDone();
    await time('keep', generation.keep);
    return result;
  });
}

async function write(
  generation: Generation,
  { root, output }: RunOptions,
  time: StageTimer,
): Promise<RunResult> {
  if (!generation.ok) return refuse(generation.diagnostics, output);
  const unowned = reportUnowned(generation.plan);
  for (const line of unowned) output.err(line);
  if (unowned.length > 0) return 1;
  await time('write', () => applyWrites(root, generation.plan));
  return 0;
}

/** Says how `generated/` differs from what the sources give. Changes nothing below the root but its `.cache/`. */
export async function runCheck(options: RunOptions): Promise<RunResult> {
  const { output } = options;
  const startedAt = performance.now();
  const generation = await generate({ ...options, time: stageTimer(options) });
  await generation.keep();
  if (!generation.ok) return refuse(generation.diagnostics, output);
  const findings = reportStale(generation.plan);
  for (const finding of findings) output.out(finding);
  if (!isFresh(generation.plan)) {
    output.err(`${String(findings.length)} of the generated files are not fresh; run npm run generate.`);
    return 1;
  }
  output.out(`fresh: ${summary(generation.plan)} (${seconds(performance.now() - startedAt)})`);
  return 0;
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
  const parts = counts.filter(([, count]) => count > 0).map(([word, count]) => `${String(count)} ${word}`);
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
