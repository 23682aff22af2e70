import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ifMatch, ifNoneMatch } from './conditional.ts';

test('entity tags are taken from a string or from a result', () => {
  assert.deepEqual(ifMatch('"v3"'), { 'if-match': '"v3"' });
  assert.deepEqual(ifNoneMatch({ headers: { etag: 'W/"v3"' } }), { 'if-none-match': 'W/"v3"' });
  assert.deepEqual(ifMatch('*'), { 'if-match': '*' });
});

test('what is no entity tag is refused before it is sent', () => {
  for (const tag of ['v3', '', '"v3', '"a"b"', '"a"\r\n']) {
    assert.throws(() => ifMatch(tag), /an entity tag stands in double quotes/, tag);
  }
});

test('a response without an ETag is refused for what it lacks', () => {
  // The types say that it is there; a result that is kept, or made by hand, may know better.
  const kept: { headers: { etag: string } } = JSON.parse('{ "headers": {} }');
  assert.throws(() => ifMatch(kept), { name: 'TypeError', message: /^the response had no ETag header/ });
});
