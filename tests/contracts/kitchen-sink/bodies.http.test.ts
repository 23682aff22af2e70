import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { call, requestOf, sendRaw, type Answer } from '../../kit/call.ts';
import { THING_ID } from './handlers.ts';
import { startKitchenSink } from './start-kitchen-sink.ts';

const api = await startKitchenSink();
after(() => api[Symbol.asyncDispose]());

function post(
  path: string,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(api, path, { method: 'POST', body, headers: { 'content-type': contentType, ...headers } });
}

function pointers({ text }: Answer): readonly string[] {
  const problem: { errors?: { pointer: string }[] } = JSON.parse(text);
  return (problem.errors ?? []).map(({ pointer }) => pointer);
}

suite('JSON bodies', () => {
  test('are validated, completed by defaults, and answered with their headers', async () => {
    const answer = await call(api, '/things', { method: 'POST', json: { title: 'Pan', secret: 'x' } });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.headers.get('location'), `/things/${THING_ID}`);
    assert.equal(answer.headers.get('etag'), '"1"');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.deepEqual(JSON.parse(answer.text), { id: THING_ID, title: 'Pan', count: 1 });
  });

  const refused: readonly (readonly [string, string, readonly string[]])[] = [
    ['a wrong type', '{"title":5}', ['/title']],
    ['a missing property', '{}', ['/title']],
    ['an unknown property', '{"title":"a","owner":"me"}', ['/owner']],
    ['a read-only property', `{"title":"a","id":"${THING_ID}"}`, ['/id']],
    [
      'a nested read-only property',
      `{"title":"a","parent":{"title":"b","id":"${THING_ID}"}}`,
      ['/parent/id'],
    ],
    ['a number as text', '{"title":"a","count":"5"}', ['/count']],
    ['an instant that is none', '{"title":"a","madeAt":"2024-02-30T00:00:00Z"}', ['/madeAt']],
    ['a property twice', '{"title":"a","title":"b"}', ['/title']],
    ['__proto__', '{"title":"a","__proto__":{}}', ['/__proto__']],
    ['U+0000', '{"title":"a\\u0000"}', ['/title']],
    ['a lone surrogate', '{"title":"\\ud800"}', ['/title']],
    ['an integer beyond 2^53-1', '{"title":"a","count":9007199254740993}', ['/count']],
    ['an integer beyond 2^53-1 with an exponent', '{"title":"a","count":1e20}', ['/count']],
    ['text that is no JSON', '{"title":', ['/title']],
    ['an array', '[]', ['']],
    ['null', 'null', ['']],
  ];
  for (const [what, body, expected] of refused) {
    test(`are refused with ${what}`, async () => {
      const answer = await post('/things', 'application/json', body);
      assert.equal(answer.status, 400, answer.text);
      assert.deepEqual(pointers(answer), expected);
    });
  }

  test('are refused when they are not UTF-8', async () => {
    const answer = await post('/things', 'application/json', Buffer.from('{"title":"\xff"}', 'latin1'));
    assert.equal(answer.status, 400);
  });

  test('may be nested to a bound only', async () => {
    assert.equal(
      (await post('/any-json', 'application/json', '['.repeat(5000) + ']'.repeat(5000))).status,
      400,
    );
    const answer = await post('/any-json', 'application/json', '[[[{"a":[1.5,null,"é😀"]}]]]');
    assert.equal(answer.text, '[[[{"a":[1.5,null,"é😀"]}]]]');
  });

  test('may start with a byte order mark', async () => {
    assert.equal((await post('/things', 'application/json', '\ufeff{"title":"a"}')).status, 201);
  });

  test('of one of several shapes are told what their shape lacks', async () => {
    const answer = await post('/shapes', 'application/json', '{"kind":"circle","side":1}');
    assert.deepEqual(
      pointers(answer).toSorted((a, b) => (a < b ? -1 : 1)),
      ['/radius', '/side'],
    );
    assert.equal((await post('/shapes', 'application/json', '{"kind":"square","side":1}')).status, 200);
  });

  // @requirement 73
  test('get a small answer however much is wrong', async () => {
    const wrong = JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`p${i}`, i])));
    const answer = await post('/things', 'application/json', wrong);
    assert.equal(answer.status, 400);
    assert.ok(answer.text.length < 16_000);
  });

  // @requirement 73
  test('get a small answer however long the names are that are wrong', async () => {
    for (const unit of ['~', '/', '"', '\u0001', '字', '😀', '\u007f']) {
      // Together just short enough for a full report.
      const length = Math.floor(790 / (Buffer.byteLength(JSON.stringify(unit)) - 2));
      const names = Array.from({ length: 20 }, (_, index) => `${index}${unit.repeat(length)}`);
      const answer = await call(api, '/things', {
        method: 'POST',
        json: Object.fromEntries(names.map((name) => [name, 1])),
      });
      assert.equal(answer.status, 400);
      assert.equal(pointers(answer).length, 20, unit);
      assert.ok(Buffer.byteLength(answer.text) < 16_000, `${unit}: ${Buffer.byteLength(answer.text)}`);
    }
  });

  test('merge patches keep null and get no defaults', async () => {
    const answer = await call(api, `/things/${THING_ID}`, {
      method: 'PATCH',
      body: '{"note":null}',
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    assert.deepEqual(requestOf(answer), { path: { thingId: THING_ID }, body: { note: null } });
    const plain = await call(api, `/things/${THING_ID}`, { method: 'PATCH', json: {} });
    assert.equal(plain.status, 415);
    assert.equal(plain.headers.get('accept'), 'application/merge-patch+json');
  });

  test('may be left out where they are optional', async () => {
    assert.deepEqual(requestOf(await call(api, '/optional-body', { method: 'PUT' })), {});
    const given = await call(api, '/optional-body', { method: 'PUT', json: { text: 'a' } });
    assert.deepEqual(requestOf(given), { body: { text: 'a' } });
    assert.equal((await call(api, '/optional-body', { method: 'PUT', json: {} })).status, 400);
    assert.equal((await call(api, '/things', { method: 'POST' })).status, 400);
  });
});

suite('other bodies', () => {
  test('text comes and goes as text', async () => {
    const answer = await post('/text', 'text/plain; charset=UTF-8', 'Grüße 😀');
    assert.equal(answer.text, 'Grüße 😀');
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal((await post('/text', 'text/plain', '')).status, 200);
    // Reading it as a text drops U+FEFF; its three bytes are there.
    const marked = await post('/text', 'text/plain', '\ufeffa');
    assert.equal(marked.headers.get('content-length'), '4');
    assert.equal((await post('/text', 'text/plain', 'a\u0000')).status, 400);
    assert.equal((await post('/text', 'text/plain', 'a'.repeat(101))).status, 400);
  });

  test('forms are typed by the contract', async () => {
    const form = 'name=a+b%26&size=5&isHot=true&tags=x&tags=y';
    const answer = await post('/form', 'application/x-www-form-urlencoded', form);
    assert.deepEqual(requestOf(answer), { body: { name: 'a b&', size: 5, isHot: true, tags: ['x', 'y'] } });
    for (const [wrong, pointer] of [
      ['size=5', '/name'],
      ['name=a&size=5.5', '/size'],
      ['name=a&name=b', '/name'],
      ['name=a&x=1', '/x'],
      ['name=a&__proto__=1', '/__proto__'],
      ['name=%ff', ''],
    ] as const) {
      const refused = await post('/form', 'application/x-www-form-urlencoded', wrong);
      assert.equal(refused.status, 400);
      assert.deepEqual(pointers(refused), [pointer]);
    }
  });

  // @requirement 38, 74
  test('forms are refused with more fields than a form may have, empty ones included', async () => {
    const type = 'application/x-www-form-urlencoded';
    assert.equal((await post('/form', type, `name=a${'&'.repeat(999)}`)).status, 200);
    for (const more of ['&'.repeat(1000), '&tags=x'.repeat(1000)]) {
      const refused = await post('/form', type, `name=a${more}`);
      assert.equal(refused.status, 400);
      assert.deepEqual(JSON.parse(refused.text).errors, [
        { pointer: '', code: 'maxFields', limit: 1000, detail: 'must not have more than 1000 fields' },
      ]);
    }
  });

  test('multipart bodies hold files and typed fields', async () => {
    const form = new FormData();
    form.set('cover', new File([new Uint8Array([0, 255])], '../../a "b".png', { type: 'image/png' }));
    form.append('more', new File(['1'], 'one.txt'));
    form.append('more', new File([''], 'two.txt', { type: 'text/plain' }));
    form.set('caption', 'Grüße');
    form.set('size', '5');
    form.set('color', '{"R":1,"G":2}');
    const answer = await call(api, '/photos', { method: 'POST', body: form });
    assert.deepEqual(requestOf(answer), {
      body: {
        cover: { filename: 'a "b".png', contentType: 'image/png', sizeBytes: 2, content: '\x00\xff' },
        more: [
          { filename: 'one.txt', contentType: 'application/octet-stream', sizeBytes: 1, content: '1' },
          { filename: 'two.txt', contentType: 'text/plain', sizeBytes: 0, content: '' },
        ],
        caption: 'Grüße',
        size: 5,
        color: { R: 1, G: 2 },
      },
    });
  });

  test('multipart bodies are refused when they break the contract', async () => {
    const cover = new File(['1'], 'a.png');
    const wrong: readonly (readonly [Record<string, string | File>, string])[] = [
      [{ caption: 'a' }, '/cover'],
      [{ cover: 'text' }, '/cover'],
      [{ cover, caption: new File(['1'], 'b') }, '/caption'],
      [{ cover, size: 'x' }, '/size'],
      [{ cover, other: 'x' }, '/other'],
      [{ cover, color: '{' }, '/color'],
    ];
    for (const [parts, pointer] of wrong) {
      const form = new FormData();
      for (const [name, value] of Object.entries(parts)) form.set(name, value);
      const answer = await call(api, '/photos', { method: 'POST', body: form });
      assert.equal(answer.status, 400, answer.text);
      assert.deepEqual(pointers(answer), [pointer]);
    }
  });

  // @requirement 76
  test('multipart bodies are refused when they are truncated or malformed', async () => {
    const part = '--B\r\nContent-Disposition: form-data; name="caption"\r\n\r\nhello';
    for (const [contentType, body] of [
      ['multipart/form-data; boundary=B', part],
      ['multipart/form-data; boundary=B', `${part}\r\n--B`],
      ['multipart/form-data; boundary=B', 'nothing'],
      ['multipart/form-data; boundary=B', '--B\r\nX: y\r\n\r\n1\r\n--B--'],
      ['multipart/form-data; boundary=B', '--B\r\n\r\n1\r\n--B--'],
      ['multipart/form-data; boundary=B', '--B--'],
      ['multipart/form-data', `${part}\r\n--B--`],
    ] as const) {
      assert.equal((await post('/photos', contentType, body)).status, 400, body);
    }
  });

  test('octets stream in and out, however they are cut', async () => {
    const bytes = Buffer.alloc(3_000_000, 'chompardo');
    const response = await api.fetch('/octets', {
      method: 'POST',
      token: 'ann',
      body: bytes,
      headers: { 'content-type': 'application/octet-stream' },
    });
    assert.equal(response.status, 200);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
  });

  test('octets of a media range keep their type', async () => {
    const answer = await post('/pictures', 'IMAGE/PNG', 'png');
    assert.equal(answer.text, 'png');
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.equal((await post('/pictures', 'video/mp4', 'x')).status, 415);
  });

  test('one of several media types is named to the handler', async () => {
    const json = await post('/notes', 'application/json', '{"text":"a"}');
    assert.deepEqual([json.headers.get('content-type'), json.text], ['application/json', '{"text":"a"}']);
    const text = await post('/notes', 'text/plain', 'a');
    assert.deepEqual([text.headers.get('content-type'), text.text], ['text/plain; charset=utf-8', 'a']);
  });

  test('the type that the client likes best is named to the handler, and caches are told', async () => {
    const note = (accept: string): Promise<Answer> =>
      post('/notes', 'application/json', '{"text":"a"}', { accept });
    for (const [accept, type] of [
      ['*/*', 'application/json'],
      ['text/plain', 'text/plain; charset=utf-8'],
      ['application/json;q=0.5, text/*', 'text/plain; charset=utf-8'],
    ] as const) {
      const { status, headers } = await note(accept);
      assert.deepEqual([status, headers.get('content-type'), headers.get('vary')], [200, type, 'Accept']);
    }
    const refused = await note('text/html');
    assert.deepEqual([refused.status, refused.headers.get('vary')], [406, 'Accept']);
    // A handler that does not look at it has a defect, which tests find.
    assert.equal((await post('/notes', 'text/plain', 'a', { accept: 'application/json' })).status, 500);
    assert.equal((await post('/things', 'application/json', '{"title":"a"}')).headers.get('vary'), null);
  });
});

suite('bodies are refused', () => {
  // @requirement 45
  test('415 for a type, charset or coding that the contract lacks', async () => {
    for (const headers of [
      { 'content-type': 'text/xml' },
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-type': 'application/json; charset' },
      { 'content-type': 'nonsense' },
      { 'content-type': 'application/*' },
    ]) {
      const refused = await call(api, '/things', { method: 'POST', body: '{"title":"a"}', headers });
      assert.equal(refused.status, 415);
      assert.match(JSON.parse(refused.text).detail, /This operation takes application\/json\.$/);
    }
    const coded = await post('/things', 'application/json', '{"title":"a"}', { 'content-encoding': 'gzip' });
    assert.equal(coded.status, 415);
    assert.equal(coded.headers.get('accept-encoding'), 'identity');
    const bytes = new Uint8Array(Buffer.from('{"title":"a"}'));
    assert.equal((await call(api, '/things', { method: 'POST', body: bytes })).status, 415);
  });

  // @requirement 45
  test('accepted in any case and with a charset of UTF-8', async () => {
    for (const type of [
      'APPLICATION/JSON; charset=UTF-8',
      'application/json;charset="utf-8"',
      'application/json;x=1',
    ]) {
      assert.equal((await post('/things', type, '{"title":"a"}')).status, 201, type);
    }
  });

  // @requirement 72
  test('413 at once for a Content-Length over the limit', async () => {
    const answer = await sendRaw(api, [
      'POST /things HTTP/1.1',
      'Host: x',
      'Authorization: Bearer ann',
      'Content-Type: application/json',
      'Content-Length: 100000000000',
      '',
      '{',
    ]);
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /\r\nconnection: close\r\n/i);
    assert.match(answer, /\/problems\/body-too-large/);
  });

  // @requirement 72
  test('413 for the limit of the operation, announced or chunked', async () => {
    const long = JSON.stringify({ title: 'a'.repeat(70_000) });
    assert.equal((await post('/things', 'application/json', long)).status, 413);
    const chunked = await sendRaw(api, [
      'POST /things HTTP/1.1',
      'Host: x',
      'Authorization: Bearer ann',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      '11170',
      'x'.repeat(70_000),
      '',
    ]);
    assert.match(chunked, /^HTTP\/1\.1 413 /);
  });

  test('an empty chunked body is no body', async () => {
    const answer = await sendRaw(api, [
      'PUT /optional-body HTTP/1.1',
      'Host: x',
      'Connection: close',
      'Authorization: Bearer ann',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      '0',
      '',
      '',
    ]);
    assert.match(answer, /^HTTP\/1\.1 200 /);
  });

  test('a client that asks before it uploads is told to go on only when its body will be read', async () => {
    const head = [
      'POST /text HTTP/1.1',
      'Host: x',
      'Connection: close',
      'Expect: 100-continue',
      'Content-Length: 2',
    ];
    const good = await sendRaw(api, [
      ...head,
      'Content-Type: text/plain',
      'Authorization: Bearer ann',
      '',
      'hi',
    ]);
    assert.match(good, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
    const refused = await sendRaw(api, [...head, 'Content-Type: text/plain', '', 'hi']);
    assert.match(refused, /^HTTP\/1\.1 401 /);
  });
});
