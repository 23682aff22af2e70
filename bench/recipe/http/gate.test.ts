import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findExcesses, LIMITS } from './gate.ts';
import { cpuRatio } from './report.ts';
import type { Sample, Samples } from './measure.ts';

const LIMIT = { get: 1.5, list: 1.5, post: 2 };

suite('the gate', () => {
  test('lets ratios up to their limits pass', () => {
    assert.deepEqual(findExcesses({ get: 1.5, list: 0.9, post: 2 }, LIMIT), []);
    assert.deepEqual(findExcesses(LIMITS), []);
  });

  test('names each operation that is over its own limit', () => {
    assert.deepEqual(findExcesses({ get: 1.51, list: 1.5, post: 2.5 }, LIMIT), [
      'get: ours takes 1.51 times the CPU of Fastify; the limit is 1.5',
      'post: ours takes 2.50 times the CPU of Fastify; the limit is 2',
    ]);
  });

  test('does not pass what was not measured', () => {
    assert.deepEqual(findExcesses({ get: undefined, list: Number.NaN, post: 1 }, LIMIT), [
      'get: there is nothing to compare',
      'list: there is nothing to compare',
    ]);
  });

  test('compares rounds, so that a slow round of both changes nothing', () => {
    const samples: Samples = {
      get: {
        ours: [sample(150), sample(900), sample(160)],
        fastify: [sample(100), sample(600), sample(100)],
      },
      list: { ours: [sample(100)] },
      post: {},
    };
    assert.equal(cpuRatio(samples, 'get', 'fastify'), 1.5);
    assert.equal(cpuRatio(samples, 'list', 'fastify'), undefined);
    assert.equal(cpuRatio(samples, 'post', 'fastify'), undefined);
  });
});

function sample(serverMicroseconds: number): Sample {
  return {
    requestsPerSecond: 1,
    p50Ms: 1,
    p99Ms: 1,
    serverMicroseconds,
    databaseMicroseconds: 1,
    residentMegabytes: 1,
  };
}
