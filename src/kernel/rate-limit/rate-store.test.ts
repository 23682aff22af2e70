import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MemoryRateStore } from './rate-store.ts';

suite('MemoryRateStore', () => {
  test('counts in windows that begin with the first request', () => {
    const store = new MemoryRateStore();
    assert.deepEqual(store.take('a', 1000, 5), { used: 1, resetMs: 1000 });
    assert.deepEqual(store.take('a', 1000, 205), { used: 2, resetMs: 800 });
    assert.deepEqual(store.take('b', 1000, 205), { used: 1, resetMs: 1000 });
    assert.deepEqual(store.take('a', 1000, 1005), { used: 1, resetMs: 1000 });
  });

  test('holds no more callers than it may, the newest windows', () => {
    const store = new MemoryRateStore(3);
    for (const key of ['a', 'b', 'c']) store.take(key, 1000, 0);
    store.take('a', 1000, 1000);
    store.take('d', 1000, 1000);
    assert.equal(store.size, 3);
    assert.equal(store.take('a', 1000, 1000).used, 2);
    assert.equal(store.take('b', 1000, 1000).used, 1);
  });
});
