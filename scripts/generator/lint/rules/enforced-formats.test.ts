import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findings } from '../../testing/spec-set.ts';
import { enforcedFormats } from './enforced-formats.ts';

const schema = (format: string): string =>
  `components:\n  schemas:\n    A: { type: string, maxLength: 9, format: ${format} }\n`;

suite('enforced-formats', () => {
  for (const format of ['idn-email', 'idn-hostname', 'iri', 'iri-reference']) {
    test(`refuses ${format}, which nothing checks`, () => {
      assert.deepEqual(findings(enforcedFormats, schema(format)), ['enforced-formats at 3:46']);
    });
  }

  test('takes what is checked, and names of the author', () => {
    for (const format of ['email', 'uri', 'relative-json-pointer', 'markdown', 'toString'])
      assert.deepEqual(findings(enforcedFormats, schema(format)), []);
  });
});
