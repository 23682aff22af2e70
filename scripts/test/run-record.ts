import { relative, resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

/** What a run of tests came to. */
export interface RunRecord {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** `file:line name` of each test that failed. */
  readonly failures: readonly string[];
  /** How long each file took; empty when all ran in one process. */
  readonly files: readonly { readonly file: string; readonly durationMs: number }[];
}

export const NOTHING: RunRecord = { passed: 0, failed: 0, skipped: 0, failures: [], files: [] };

/**
 * A reporter for `node --test` that sends a {@link RunRecord} to the parent process at the end. It writes nothing: under Node's
 * permission model it could not.
 *
 * @yields nothing to print.
 */
// eslint-disable-next-line import/no-default-export -- Node loads a reporter by its default export
export default async function* recordRun(events: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  const files: RunRecord['files'][number][] = [];
  for await (const event of events) {
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { name, file, skip, details, line } = event.data;
      // Without any test of the wanted name Node counts the file itself as one that passes.
      const isFile = file !== undefined && resolve(name) === file;
      if (event.type === 'test:fail' && !isOfSubtests(event.data.details.error)) {
        counts.failed += 1;
        failures.push(`${relative('.', file ?? '')}:${String(line ?? 0)} ${name}`);
      } else if (event.type === 'test:pass' && !isFile && details.type !== 'suite') {
        counts[skip === undefined ? 'passed' : 'skipped'] += 1;
      }
    } else if (event.type === 'test:summary' && event.data.file !== undefined) {
      files.push({ file: relative('.', event.data.file), durationMs: event.data.duration_ms });
    }
  }
  const record: RunRecord = { ...counts, failures, files };
  process.send?.(JSON.stringify(record));
  yield '';
}

/** Whether a suite failed only since tests in it did. */
export function isOfSubtests(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed';
}

/** The record that a message of the reporter holds. */
export function readRecord(message: unknown): RunRecord {
  const record: RunRecord = JSON.parse(String(message));
  return record;
}

/** Several runs as one. */
export function addRecords(records: readonly RunRecord[]): RunRecord {
  return records.reduce(
    (sum, record) => ({
      passed: sum.passed + record.passed,
      failed: sum.failed + record.failed,
      skipped: sum.skipped + record.skipped,
      failures: [...sum.failures, ...record.failures],
      files: [...sum.files, ...record.files],
    }),
    NOTHING,
  );
}

/** The last lines of a run: what failed, the slowest files of a long run, and the counts. */
export function describeRun({ passed, failed, skipped, failures, files }: RunRecord): readonly string[] {
  const shown = 10;
  const slowest = files.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, shown);
  return [
    ...(failures.length === 0 ? [] : ['', 'What failed:', ...failures.map((failure) => `  ${failure}`)]),
    ...(files.length <= shown
      ? []
      : [
          'The slowest files:',
          ...slowest.map(
            ({ file, durationMs }) => `${(durationMs / 1000).toFixed(1).padStart(7)} s  ${file}`,
          ),
        ]),
    `${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`,
  ];
}
