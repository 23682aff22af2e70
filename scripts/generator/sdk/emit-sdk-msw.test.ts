import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compileTest } from '../testing/compile-test.ts';
import { emitSdkMsw } from './emit-sdk-msw.ts';

const parameter = (name: string): string =>
  `{ name: ${name}, in: path, required: true, schema: { type: string } }`;

test('handlers stand in the order in which the server looks paths up', async () => {
  const paths = ['/a/{x}/b', '/a/{x}', '/a/{x}.json', '/a/c', '/{y}/c'];
  const text = paths.map((path, index) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => parameter(name));
    return `  ${path}:\n    get: { operationId: op${String(index)}, parameters: [${names.join(', ')}], responses: { '204': { description: Done. } } }\n`;
  });
  const { contract } = await compileTest(`paths:\n${text.join('')}`);
  assert.ok(contract);
  const handlers = emitSdkMsw(contract).find(({ path }) => path.endsWith('generated/msw.ts'));
  const order = [...(handlers?.text.matchAll(/(op\d)Mock\(undefined/g) ?? [])].map(([, id]) => id);
  assert.deepEqual(order, ['op3', 'op2', 'op1', 'op0', 'op4']);
});
