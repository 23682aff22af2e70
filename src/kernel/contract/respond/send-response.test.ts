import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { sendResponse } from './send-response.ts';

/** What a response is told, in order. */
class ToldResponse extends EventEmitter {
  readonly told: string[] = [];
  statusCode = 0;
  readonly destroyed = false;
  readonly headersSent = false;
  setHeader(name: string): void {
    this.told.push(name);
  }
  flushHeaders(): void {
    this.told.push('flush');
  }
  write(chunk: Uint8Array): boolean {
    this.told.push(Buffer.from(chunk).toString());
    return true;
  }
  end(): void {
    this.told.push('end');
  }
}

async function toldOf(contentType: string): Promise<readonly string[]> {
  const response = new ToldResponse();
  const first = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await first.promise;
      controller.enqueue(Buffer.from('data: 1\n\n'));
      controller.close();
    },
  });
  const request: Partial<IncomingMessage> = { method: 'GET' };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sending looks at no more of it
  const message = request as IncomingMessage;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nor of this
  const target = response as unknown as ServerResponse;
  const sent = sendResponse(message, target, { status: 200, headers: {}, contentType, body });
  await new Promise((resolve) => setImmediate(resolve));
  response.told.push('first chunk');
  first.resolve();
  await sent;
  return response.told;
}

suite('a stream', () => {
  test('of events begins before the first event is there', async () => {
    const told = await toldOf('text/event-stream');
    assert.deepEqual(told, ['content-type', 'flush', 'first chunk', 'data: 1\n\n', 'end']);
  });

  test('of anything else begins with its first chunk, so that one that fails at once is a problem', async () => {
    assert.deepEqual(await toldOf('application/pdf'), ['first chunk', 'content-type', 'data: 1\n\n', 'end']);
  });
});
