import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readTraceContext, splitTarget } from './exchange.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

suite('readTraceContext', () => {
  for (const header of [
    `00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-00`,
    `cc-${TRACE}-${SPAN}-01-what-the-future-adds`,
  ]) {
    // @requirement 61
    test(`continues ${header}`, () => {
      assert.deepEqual(readTraceContext(header), { traceId: TRACE, parentId: SPAN });
    });
  }

  for (const header of [
    undefined,
    '',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `0-${TRACE}-${SPAN}-01`,
    ` 00-${TRACE}-${SPAN}-01`,
  ]) {
    // @requirement 61
    test(`replaces ${header ?? 'a missing header'}`, () => {
      const { traceId, parentId } = readTraceContext(header);
      assert.match(traceId, /^[0-9a-f]{32}$/);
      assert.notEqual(traceId, TRACE);
      assert.equal(parentId, undefined);
    });
  }
});

suite('splitTarget', () => {
  const cases: readonly (readonly [string, readonly [string, string]])[] = [
    ['/a?b=c?d', ['/a', 'b=c?d']],
    ['/a', ['/a', '']],
    ['http://host/a?b', ['/a', 'b']],
    ['HTTP://host', ['/', '']],
    ['http://host?b', ['/', 'b']],
    ['*', ['*', '']],
    ['/a#b', ['/a#b', '']],
    ['//a', ['//a', '']],
  ];
  for (const [target, expected] of cases) {
    test(`splits ${target}`, () => assert.deepEqual(splitTarget(target), expected));
  }
});
