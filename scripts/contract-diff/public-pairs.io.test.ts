/** Public pairs of documents; their authors say which change between the two breaks. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';

import { compareContracts } from './compare-documents.ts';
import { loadDocument } from './load-contracts.ts';
import { TODAY } from './testing/documents.ts';

const PAIRS = resolve(import.meta.dirname, '../../../shared/corpus/oasdiff');
const skip = existsSync(PAIRS) ? false : 'the public pairs are not on this machine';

interface Pair {
  readonly base: string;
  readonly revision: string;
  readonly changes: readonly string[];
}

/**
 * Changes that the pairs' authors call harmless, or warn of at most, and that break somebody all the same. Each with the rules that
 * say so here, and why.
 */
const BREAKS_ALL_THE_SAME: Readonly<Record<string, readonly [rules: string, why: string]>> = {
  APIGlobalSecurityAddedCheck: ['request-security-tightened', 'callers without credentials got in before'],
  RequestPropertyPatternChanged: [
    'response-pattern-generalized',
    'the same component is answered too, and a reader who checks the pattern refuses new values',
  ],
  RequestParameterMaxLengthSet: ['request-max-length-added', 'longer text was accepted before'],
  RequestParameterPropertyTypeChanged: ['request-type-widened', 'the argument of the SDK was a number'],
  RequestParameterTypeGeneralized: [
    'request-type-changed',
    'the argument of the SDK was one value, and is a list',
  ],
  RequestBodyDefaultValueChanged: [
    'request-default-changed,request-media-type-removed',
    'who leaves the value out means another one; and the pair takes a media type away',
  ],
  RequestPropertyMaxLengthSet: ['request-max-length-added', 'longer text was accepted before'],
  RequestBodyMaxSet: ['request-maximum-added', 'greater numbers were accepted before'],
  RequestPropertyMaxSet: ['request-maximum-added', 'greater numbers were accepted before'],
  RequestBodyTypeCompatible: ['request-type-changed', 'an XML element with children is no text'],
  ResponseBodyTypeCompatible: ['response-type-changed', 'an XML element with children is no text'],
  ResponseBodyDiscriminatorPropertyNameChanged: [
    'response-property-removed',
    'the member that told the alternatives apart is gone under its name',
  ],
  ResponseBodyAnyOfAdded: ['response-alternative-added', 'values come that no reader knows, as with oneOf'],
};

function readPairs(kind: 'breaking' | 'notBreaking'): readonly Pair[] {
  if (skip !== false) return [];
  const index: Readonly<Record<typeof kind, readonly Pair[]>> = JSON.parse(
    readFileSync(join(PAIRS, 'index.json'), 'utf8'),
  );
  return index[kind];
}

async function breakingRules({ base, revision }: Pair): Promise<readonly string[]> {
  const [before, after] = await Promise.all([base, revision].map((file) => loadDocument(join(PAIRS, file))));
  assert.ok(before !== undefined && after !== undefined);
  const changes = compareContracts(before, after, TODAY).filter(({ breaking }) => breaking);
  for (const { at, operation, message } of changes) {
    assert.ok(at.line >= 1 && at.pointer !== '', message);
    assert.ok(operation !== '' || /server/.test(message), message);
  }
  return [...new Set(changes.map(({ rule }) => rule))].toSorted();
}

suite('every pair that breaks is said to break', { skip }, () => {
  for (const pair of readPairs('breaking')) {
    test(`${pair.changes.join(', ')} (${pair.base})`, async () => {
      assert.notDeepEqual(await breakingRules(pair), []);
    });
  }
});

suite('a pair that does not break is not said to, but for another break in it', { skip }, () => {
  for (const pair of readPairs('notBreaking')) {
    const [name = ''] = pair.changes;
    const [rules = '', why = ''] = BREAKS_ALL_THE_SAME[name] ?? [];
    test(`${pair.changes.join(', ')}${why === '' ? '' : `: ${why}`}`, async () => {
      assert.equal((await breakingRules(pair)).join(), rules);
    });
  }

  test('and no other is named', () => {
    const names = new Set(readPairs('notBreaking').flatMap(({ changes }) => changes));
    assert.deepEqual(
      Object.keys(BREAKS_ALL_THE_SAME).filter((name) => !names.has(name)),
      [],
    );
  });
});
