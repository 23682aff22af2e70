/** Server-sent events from a handler through the server to the SDK's reader: the bytes that were written, as soon as they were, to the end. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';

import { createContractApp } from '../../../src/kernel/app/contract-app.ts';
import { serveTestApp, testDefaults } from '../../../tests/kit/app.ts';
import { createFakeAuthenticators } from '../../../tests/kit/fake-authenticators.ts';
import { createClient } from '../../src/runtime/client.ts';
import { operation, type Operation } from '../../src/runtime/operation.ts';
import type { Reply, Results } from '../../src/runtime/result.ts';
import { compileModule } from './compiled-module.ts';

const CONTRACT = `security: []
paths:
  /events:
    get:
      operationId: watch
      responses:
        '200':
          description: Events.
          content: { 'text/event-stream; charset=utf-8': { schema: { type: string } } }
`;

/** All that an event stream may hold. Source: HTML standard section 9.2.5. */
const PIECES: readonly string[] = [
  '\ufeff',
  ': a comment\n\n',
  'data: one\n\n',
  'data: two\ndata: lines\n\n',
  'event: named\r\nid: 1\r\nretry: 10\r\ndata: crlf\r\n\r\n',
  'data: cr\r\r',
  'id\ndata\n\n',
  'data:  two spaces, ä and 🍅\n\n',
  'data: {"a":"\\n"}\n\n',
  'nofield\n\n',
];

const { binding, descriptors } = await compileModule(CONTRACT);
const descriptor = descriptors.get('watch');
assert.ok(descriptor);
const watch =
  operation<Operation<Readonly<Record<string, never>>, Results<{ 200: Reply<ReadableStream<Uint8Array>> }>>>(
    descriptor,
  );

/** What the handler answers the next call. */
let answer: ReadableStream<Uint8Array>;
const folder = await mkdtemp(join(tmpdir(), 'events-'));
for (const file of ['openapi.json', 'openapi.yaml'])
  await writeFile(join(folder, file), JSON.stringify(binding.document));
const api = await serveTestApp(
  await createContractApp({
    ...testDefaults(),
    authenticators: createFakeAuthenticators(),
    database: { ping: () => Promise.resolve() },
    documents: pathToFileURL(`${folder}/`),
    modules: [{ ...binding, handlers: { watch: () => Promise.resolve({ status: 200, body: answer }) } }],
  }),
);
after(async () => {
  await api[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
const client = createClient({ baseUrl: api.origin });

/** A stream that is written to from outside, and tells when its reader has gone. */
function written(): {
  readonly stream: ReadableStream<Uint8Array>;
  readonly to: ReadableStreamDefaultController<Uint8Array>;
  readonly gone: Promise<unknown>;
} {
  const gone = Promise.withResolvers<unknown>();
  let to: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      to = controller;
    },
    cancel: (reason) => gone.resolve(reason),
  });
  assert.ok(to);
  return { stream, to, gone: gone.promise };
}

async function open(options: { readonly signal?: AbortSignal } = {}): Promise<ReadableStream<Uint8Array>> {
  const result = await watch({}, { client, ...options });
  assert.equal(result.status, 200);
  return result.data;
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

suite('an event stream', () => {
  test('arrives byte for byte, whatever is in it and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 20 }),
        async (pieces, lengths) => {
          const bytes = Buffer.from(pieces.join(''));
          const { stream, to } = written();
          answer = stream;
          let at = 0;
          for (let index = 0; at < bytes.byteLength; index += 1) {
            const length = 1 + (lengths[index % lengths.length] ?? 0);
            to.enqueue(bytes.subarray(at, at + length));
            at += length;
          }
          to.close();
          assert.deepEqual(await readAll(await open()), bytes);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is open before its first event, and each event is there before the next is written', async () => {
    const { stream, to } = written();
    answer = stream;
    const reader = (await open()).getReader();
    for (const text of ['data: 1\n\n', 'data: half of', ' an event\n\n']) {
      to.enqueue(Buffer.from(text));
      const { value } = await reader.read();
      assert.equal(Buffer.from(value ?? []).toString(), text);
    }
    to.close();
    assert.equal((await reader.read()).done, true);
  });

  test('that breaks off in an event fails, and does not look as if it had ended', async () => {
    const { stream, to } = written();
    answer = stream;
    const reader = (await open()).getReader();
    to.enqueue(Buffer.from('data: half'));
    assert.equal(Buffer.from((await reader.read()).value ?? []).toString(), 'data: half');
    to.error(new Error('the source is gone'));
    await assert.rejects(reader.read());
  });

  test('that its reader cancels ends in the handler', async () => {
    const { stream, to, gone } = written();
    answer = stream;
    const events = await open();
    to.enqueue(Buffer.from('data: 1\n\n'));
    const reader = events.getReader();
    await reader.read();
    await reader.cancel();
    assert.match(String(await gone), /client went away/);
  });

  test('that a signal aborts fails for its reader, and ends in the handler', async () => {
    const { stream, to, gone } = written();
    answer = stream;
    const controller = new AbortController();
    const reader = (await open({ signal: controller.signal })).getReader();
    to.enqueue(Buffer.from('data: 1\n\n'));
    await reader.read();
    controller.abort(new Error('enough'));
    await assert.rejects(reader.read(), /enough/);
    assert.match(String(await gone), /client went away/);
  });
});
