import { resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

/**
 * A reporter for `node --test` that writes one number: how many tests ran and were not skipped. A name pattern that
 * matches nothing is a success to Node, which then counts the file itself as a test.
 *
 * @yields the number, at the end.
 */
// eslint-disable-next-line import/no-default-export -- Node loads a reporter by its default export
export default async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let count = 0;
  for await (const event of events) {
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { name, file, skip, details } = event.data;
      const isFile = file !== undefined && resolve(name) === file;
      if (!isFile && skip === undefined && details.type !== 'suite') {
        count += 1;
      }
    }
  }
  yield String(count);
}
