import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emitHandlers } from '../../../scripts/generator/emit/emit-handlers.ts';
import { emitSdkOperations } from '../../../scripts/generator/sdk/emit-sdk-operations.ts';
import { compileTest } from '../../../scripts/generator/testing/compile-test.ts';
import { eventStream } from '../../src/runtime/decode-body.ts';
import { compileModule } from './compiled-module.ts';

const CONTRACT = `paths:
  /events:
    get:
      operationId: watch
      responses:
        '200':
          description: Events.
          content: { 'text/event-stream; charset=utf-8': { schema: { type: string } } }
  /both:
    get:
      operationId: watchOrRead
      responses:
        '200':
          description: Events, or all of them.
          content:
            application/json: { schema: { type: object, properties: { a: { type: string } } } }
            text/event-stream: { schema: { type: string } }
`;

test('events are streams on both sides', async () => {
  const { binding, descriptors } = await compileModule(CONTRACT);
  assert.equal(binding.operations['watch']?.responses[0]?.content[0]?.kind, 'binary');
  assert.equal(descriptors.get('watch')?.responses['200'], eventStream);
  assert.ok(descriptors.get('watchOrRead')?.responses['200']?.accepts.test('text/event-stream'));
  const { contract } = await compileTest(CONTRACT);
  assert.ok(contract);
  const [handlers] = emitHandlers(contract);
  assert.match(
    handlers?.text ?? '',
    /WatchResponse =\s+\| \{ readonly status: 200; readonly body: BinaryContent \}/,
  );
  const [operations] = emitSdkOperations(contract);
  assert.match(operations?.text ?? '', /WatchResponse = Results<\{\s+200: Reply<EventStream>/);
});
