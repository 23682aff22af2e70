/** What became of one task of a run. */
export interface TaskResult {
  readonly task: string;
  /** `cached`: green before, and nothing that it reads has changed since. */
  readonly state: 'passed' | 'cached' | 'failed';
  readonly durationMs: number;
}

/** What npm prints before a script, and turbo before a task. */
const HEADER = /^(?:> |cache (?:miss|hit|bypass), )/;

/**
 * A line that a failed task printed, out of turbo's JSON lines (`--json --output-logs=errors-only`); undefined for turbo's own
 * words and the headers of npm.
 */
export function readOutputLine(line: string): { readonly task: string; readonly text: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  const { source, text }: { source?: unknown; text?: unknown } = JSON.parse(line);
  if (typeof source !== 'string' || typeof text !== 'string') return undefined;
  if (!source.startsWith('//#') || HEADER.test(text)) return undefined;
  return { task: taskName(source), text };
}

/** The tasks of a run, by name, out of the summary that turbo writes (`--summarize`). */
export function readSummary(text: string): readonly TaskResult[] {
  const { tasks }: { tasks: readonly SummarizedTask[] } = JSON.parse(text);
  return tasks
    .map(({ taskId, cache, execution }): TaskResult => {
      const durationMs = (execution?.endTime ?? 0) - (execution?.startTime ?? 0);
      // A task without an execution did not run: one that it depends on failed.
      const isGreen = execution?.exitCode === 0;
      const state = cache.status === 'HIT' ? 'cached' : isGreen ? 'passed' : 'failed';
      return { task: taskName(taskId), state, durationMs };
    })
    .toSorted((a, b) => a.task.localeCompare(b.task));
}

interface SummarizedTask {
  readonly taskId: string;
  readonly cache: { readonly status: 'HIT' | 'MISS' };
  readonly execution?: { readonly startTime: number; readonly endTime: number; readonly exitCode: number };
}

function taskName(id: string): string {
  return id.slice(id.indexOf('#') + 1);
}
