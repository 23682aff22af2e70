import { relative } from 'node:path';
import { env } from 'node:process';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import { isOfSubtests } from './run-record.ts';

/** What Node's permission model says when a unit test opens, starts or writes something. */
const NO_ACCESS = 'ERR_ACCESS_DENIED';

/**
 * A reporter for `node --test` that says each failure as it happens and one line for each finished file. How many files
 * there are comes in `TEST_FILES`.
 *
 * @yields lines for a terminal or a log.
 */
// eslint-disable-next-line import/no-default-export -- Node loads a reporter by its default export
export default async function* reportProgress(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const total = env['TEST_FILES'] ?? '?';
  /** File to the names of the tests around the one that runs. */
  const names = new Map<string, string[]>();
  let finished = 0;
  for await (const event of events) {
    if (event.type === 'test:start') {
      const path = names.get(event.data.file ?? '') ?? [];
      names.set(event.data.file ?? '', [...path.slice(0, event.data.nesting), event.data.name]);
    } else if (event.type === 'test:fail') {
      const { error } = event.data.details;
      // A suite fails with its tests; those are said already.
      if (isOfSubtests(error) || event.data.todo !== undefined) continue;
      const { file = '', line = 0, nesting, name } = event.data;
      const around = (names.get(file) ?? []).slice(0, nesting);
      yield `\n✖ ${[...around, name].join(' > ')}\n  ${relative('.', file)}:${String(line)}\n${indent(describe(error))}\n`;
    } else if (event.type === 'test:stderr' || event.type === 'test:stdout') {
      yield event.data.message;
    } else if (event.type === 'test:summary' && event.data.file !== undefined) {
      finished += 1;
      const { success, duration_ms, file, counts } = event.data;
      const place = `[${String(finished).padStart(total.length)}/${total}]`;
      const seconds = `${(duration_ms / 1000).toFixed(1).padStart(5)} s`;
      const count = `${String(counts.tests)} ${counts.tests === 1 ? 'test' : 'tests'}`;
      yield `${place} ${success ? '✔' : '✖'} ${seconds}  ${relative('.', file)} (${count})\n`;
    }
  }
}

function describe(error: Error): string {
  const cause: unknown = error.cause instanceof Error ? error.cause : error;
  const isDenied = cause instanceof Error && 'code' in cause && cause.code === NO_ACCESS;
  const advice = isDenied ? 'A unit test does no I/O; one that must is named x.io.test.ts.\n' : '';
  return advice + (typeof error.cause === 'string' ? error.cause : inspect(cause, { depth: 8 }));
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
