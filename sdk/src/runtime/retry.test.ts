import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { retryAfterMs, retryDelay } from './retry.ts';

const NOW = Date.UTC(2026, 0, 1);
const clock = { now: () => NOW, random: () => 0.5 };

function read(value: string, date?: string): number {
  return retryAfterMs(new Headers({ 'retry-after': value, ...(date !== undefined && { date }) }), NOW);
}

suite('Retry-After', () => {
  test('is seconds, or a date', () => {
    assert.equal(read('7'), 7000);
    assert.equal(read(new Date(NOW + 9000).toUTCString()), 9000);
  });

  test('of several lines is the longest of them', () => {
    for (const value of ['1, 2', '2,1', '2, 2', '0, 2 ,1']) assert.equal(read(value), 2000, value);
  });

  test('as a date is counted from the clock of the server, where it says what time it has', () => {
    const serverNow = NOW - 3_600_000;
    const date = new Date(serverNow).toUTCString();
    assert.equal(read(new Date(serverNow + 5000).toUTCString(), date), 5000);
  });

  test('that is past, or no such value, is nothing', () => {
    for (const value of [new Date(NOW - 9000).toUTCString(), 'soon', '-5', '1.5', '']) {
      assert.equal(read(value), 0, value);
    }
    assert.equal(retryAfterMs(new Headers(), NOW), 0);
  });
});

suite('the delay before a retry', () => {
  test('is a random part of a bound that doubles up to a maximum', () => {
    const policy = { retries: 9, baseDelayMs: 100, maxDelayMs: 500 };
    const delays = [0, 1, 2, 3, 4].map((done) => retryDelay(policy, done, undefined, clock));
    assert.deepEqual(delays, [50, 100, 200, 250, 250]);
  });

  test('is added to what the server asks for', () => {
    const response = new Response(null, { status: 503, headers: { 'retry-after': '2' } });
    assert.equal(retryDelay({ baseDelayMs: 100 }, 0, response, clock), 2050);
  });

  test('is none when the server asks for more than the limit', () => {
    const response = new Response(null, { status: 429, headers: { 'retry-after': '31' } });
    assert.equal(retryDelay({}, 0, response, clock), undefined);
    assert.notEqual(retryDelay({ maxRetryAfterMs: 31_000 }, 0, response, clock), undefined);
  });

  test('is none after the last retry', () => {
    assert.equal(retryDelay({ retries: 2 }, 2, undefined, clock), undefined);
    assert.equal(retryDelay({ retries: 0 }, 0, undefined, clock), undefined);
  });

  test('exists for 408, 429, 502, 503 and 504 only', () => {
    const retried = Array.from({ length: 400 }, (_, index) => index + 200).filter(
      (status) => retryDelay({}, 0, new Response(null, { status }), clock) !== undefined,
    );
    assert.deepEqual(retried, [408, 429, 502, 503, 504]);
  });
});
