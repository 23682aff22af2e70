import { relative, resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

/** What a run of tests came to. */
export interface RunRecord {
  /** Tests that ran and were not skipped. A name pattern that matches nothing is a success to Node. */
  readonly count: number;
  /** How long each file took. */
  readonly files: readonly { readonly file: string; readonly durationMs: number }[];
}

/**
 * A reporter for `node --test` that writes a {@link RunRecord}.
 *
 * @yields the record as JSON, at the end.
 */
// eslint-disable-next-line import/no-default-export -- Node loads a reporter by its default export
export default async function* recordRun(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let count = 0;
  const files: RunRecord['files'][number][] = [];
  for await (const event of events) {
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { name, file, skip, details } = event.data;
      // Without any test of the wanted name Node counts the file itself as one.
      const isFile = file !== undefined && resolve(name) === file;
      if (!isFile && skip === undefined && details.type !== 'suite') {
        count += 1;
      }
    } else if (event.type === 'test:summary' && event.data.file !== undefined) {
      files.push({ file: relative('.', event.data.file), durationMs: event.data.duration_ms });
    }
  }
  const record: RunRecord = { count, files };
  yield JSON.stringify(record);
}

/** The lines that name the slowest files, slowest first; none for a run of few files. */
export function describeSlowest(files: RunRecord['files']): readonly string[] {
  const shown = 10;
  if (files.length <= shown) return [];
  const slowest = files.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, shown);
  return [
    'The slowest files:',
    ...slowest.map(({ file, durationMs }) => `${(durationMs / 1000).toFixed(1).padStart(7)} s  ${file}`),
  ];
}
