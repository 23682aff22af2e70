import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call } from '../kit/call.ts';
import { startKitchenSink } from '../contracts/kitchen-sink/start-kitchen-sink.ts';

const api = await startKitchenSink();
after(() => api[Symbol.asyncDispose]());

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const MULTIPART_TYPE = 'multipart/form-data; boundary=B';

function field(name: string): string {
  return `--B\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n{"polluted":1}\r\n--B--\r\n`;
}

const BODIES: readonly (readonly [path: string, contentType: string, body: string])[] = [
  ['/any-json', JSON_TYPE, '{"__proto__":{"polluted":1}}'],
  ['/any-json', JSON_TYPE, '{"\\u005f_proto__":{"polluted":1}}'],
  ['/any-json', JSON_TYPE, '[[{"a":{"__proto__":{"polluted":1}}}]]'],
  ['/any-json', JSON_TYPE, '{"__proto__":null}'],
  ['/any-json', JSON_TYPE, '{"constructor":{"prototype":{"polluted":1}}}'],
  ['/any-json', JSON_TYPE, '{"a":1,"a":{"__proto__":{"polluted":1}}}'],
  ['/things', JSON_TYPE, '{"title":"a","__proto__":{"polluted":1}}'],
  ['/things', JSON_TYPE, '{"title":"a","parent":{"title":"b","constructor":{"polluted":1}}}'],
  ['/form', FORM_TYPE, 'name=a&__proto__=1'],
  ['/form', FORM_TYPE, 'name=a&__proto__[polluted]=1'],
  ['/form', FORM_TYPE, 'name=a&constructor[prototype][polluted]=1'],
  ['/form', FORM_TYPE, 'name=a&tags[__proto__]=1'],
  ['/photos', MULTIPART_TYPE, field('__proto__')],
  ['/photos', MULTIPART_TYPE, field('__proto__[polluted]')],
];

const TARGETS = [
  '/query-styles?__proto__=1',
  '/query-styles?__proto__[polluted]=1',
  '/query-styles?constructor[prototype][polluted]=1',
  '/query-styles?deep[__proto__]=1',
  '/query-styles?deep[__proto__][polluted]=1',
  '/query-styles?deep[constructor]=1',
  '/query-styles?formColor=__proto__,1',
  '/query-styles?document=%7B%22__proto__%22%3A%7B%22polluted%22%3A1%7D%7D',
  '/query-rest?own=x&__proto__=1',
];

suite('names that reach the prototype of objects', () => {
  // @requirement 70
  test('are 400 wherever they stand, and reach nothing', async () => {
    const before = Reflect.ownKeys(Object.prototype);
    for (const [path, contentType, body] of BODIES) {
      const answer = await call(api, path, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
      });
      assert.equal(answer.status, 400, `${path} ${body}: ${answer.text}`);
    }
    for (const target of TARGETS) {
      const answer = await call(api, target);
      assert.equal(answer.status, 400, `${target}: ${answer.text}`);
    }
    assert.deepEqual(Reflect.ownKeys(Object.prototype), before);
    // What another request is answered shows whether objects have come to have more members than were sent.
    const echo = await call(api, '/any-json', { method: 'POST', json: { a: {} } });
    assert.equal(echo.text, '{"a":{}}');
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});
