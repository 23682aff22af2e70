import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { UuidV7Ids } from './ids.ts';

suite('UuidV7Ids', () => {
  test('ids hold the millisecond, the version and the variant of RFC 9562', () => {
    // The timestamp of the example in RFC 9562, appendix A.6.
    const ids = new UuidV7Ids({ now: () => new Date('2022-02-22T19:22:22.000Z') });
    assert.match(ids.next(), /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('ids of one millisecond differ, and later ones sort after earlier ones', () => {
    let milliseconds = Date.UTC(2026, 0, 1);
    const ids = new UuidV7Ids({ now: () => new Date((milliseconds += 1)) });
    const made = Array.from({ length: 1000 }, () => ids.next());
    assert.deepEqual(made, made.toSorted());
    const frozen = new UuidV7Ids({ now: () => new Date(0) });
    assert.equal(new Set(Array.from({ length: 1000 }, () => frozen.next())).size, 1000);
  });
});
