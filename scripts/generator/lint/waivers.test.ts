import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkHouseStyle } from './check-house-style.ts';
import { boundedStrings } from './rules/bounded-strings.ts';
import { specSet } from '../testing/spec-set.ts';
import { readWaivers } from './waivers.ts';

function lines(ticket: string): readonly string[] {
  const specs = specSet({ 'ticket/openapi.yaml': ticket });
  const waivers = readWaivers(specs);
  const style = checkHouseStyle(specs, [boundedStrings]).filter((each) => !waivers.silences(each));
  return [...style, ...waivers.findings()].map(({ rule, at }) => `${rule} at ${at.line}`);
}

test('a waiver with a reason silences its rule at its node and below, nowhere else', () => {
  const text = `components:
  schemas:
    A:
      x-lint-waivers: { bounded-strings: The gateway bounds it. }
      type: object
      properties: { a: { type: string } }
    B: { type: string }
`;
  assert.deepEqual(lines(text), ['bounded-strings at 7']);
});

test('a waiver that silences nothing, for another rule or no rule, is a finding', () => {
  const text = `components:
  schemas:
    A: { type: string, maxLength: 3, x-lint-waivers: { bounded-strings: Old. } }
    B: { type: boolean, x-lint-waivers: { no-such-rule: Old. } }
`;
  assert.deepEqual(lines(text), ['unused-waiver at 3', 'unused-waiver at 4']);
});

test('a waiver needs words', () => {
  const text = `components:
  schemas:
    A: { type: string, x-lint-waivers: { bounded-strings: '' } }
    B: { type: string, maxLength: 3, x-lint-waivers: bounded-strings }
`;
  assert.deepEqual(lines(text), ['waiver-reason at 3', 'waiver-reason at 4']);
});

test('the rules about what a document is cannot be waived', () => {
  const specs = specSet({ 'ticket/openapi.yaml': 'x-lint-waivers: { struct: Please. }\n' });
  const at = { file: 'specs/ticket/openapi.yaml', line: 1, column: 1, pointer: '' };
  assert.equal(readWaivers(specs).silences({ rule: 'struct', message: 'wrong', at }), false);
});
