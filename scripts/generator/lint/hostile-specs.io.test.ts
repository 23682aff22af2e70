import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileDocument } from '../contract/compile-contract.ts';
import type { JsonValue } from '../contract/contract.ts';
import { resolveContract } from '../contract/resolve-contract.ts';
import { pointerTokens, isArray, isObject } from '../load/json-value.ts';
import { corpusCase } from '../testing/corpus.ts';
import { parseSource, type SourceDocument } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { checkDocuments } from './check-documents.ts';
import { checkHouseStyle } from './check-house-style.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { formatDiagnostic, sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import { readWaivers } from './waivers.ts';

const SPECS = join(corpusCase('kitchen-sink').root, 'specs');
const MODULE = 'specs/kitchen/openapi.yaml';
/** Every so many nodes one is changed; all of them take minutes. Prime, so that all kinds of node have their turn. */
const STRIDE = 23;

const text = readFileSync(join(SPECS, 'kitchen', 'openapi.yaml'), 'utf8');
const module = parse(MODULE, 'kitchen', text);
const common = parse(
  'specs/common/components.yaml',
  'common',
  readFileSync(join(SPECS, 'common', 'components.yaml'), 'utf8'),
);
const root = parse('specs/openapi.yaml', '', readFileSync(join(SPECS, 'openapi.yaml'), 'utf8'));

function parse(file: string, home: string, source: string): SourceDocument {
  const { document } = parseSource(file, home, source);
  assert.ok(document);
  return document;
}

/** Every stage of ours that a project's specs go through, on one changed document. */
function findingsOf(document: SourceDocument): readonly string[] {
  const documents = new Map([root, common, document].map((each) => [each.file, each]));
  const specs: SpecSet = {
    folder: 'specs',
    documents,
    brokenFiles: new Set(),
    root,
    modules: [{ name: 'kitchen', document }],
    project: true,
  };
  const structural = checkDocuments(specs);
  const resolved = structural.length === 0 ? resolveContract(specs).diagnostics : [];
  const style = checkHouseStyle(specs, HOUSE_RULES);
  return sortDiagnostics([...structural, ...resolved, ...style, ...readWaivers(specs).findings()]).map(
    formatDiagnostic,
  );
}

function replaced(value: JsonValue, tokens: readonly string[], by: JsonValue): JsonValue {
  const [token, ...rest] = tokens;
  if (token === undefined) return by;
  if (isArray(value)) {
    return value.map((item, index) => (String(index) === token ? replaced(item, rest, by) : item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === token ? replaced(item, rest, by) : item]),
  );
}

test('a value of the wrong type at any node is a finding or harmless, never a crash', () => {
  const pointers = [...module.places.byPointer.keys()];
  assert.ok(pointers.length > 500, `the contract has only ${pointers.length} nodes`);
  const values: readonly JsonValue[] = [
    null,
    true,
    -1.5,
    'text',
    [],
    {},
    [{}],
    { $ref: '#/nowhere' },
    { $ref: 1 },
  ];
  let refused = 0;
  let tried = 0;
  for (const [index, pointer] of pointers.entries()) {
    if (index % STRIDE !== 0) continue;
    const by = values[(index / STRIDE) % values.length] ?? null;
    const value = replaced(module.value, pointerTokens(pointer), by);
    tried += 1;
    if (findingsOf({ ...module, value }).length > 0) refused += 1;
  }
  assert.ok(refused > tried / 2, `only ${refused} of ${tried} changes were found`);
});

test('a node that is missing is a finding or harmless, never a crash', () => {
  for (const [index, pointer] of [...module.places.byPointer.keys()].entries()) {
    if (index % STRIDE !== 1) continue;
    const tokens = pointerTokens(pointer);
    const last = tokens.at(-1);
    if (last === undefined) continue;
    const value = without(module.value, tokens);
    assert.ok(Array.isArray(findingsOf({ ...module, value })));
  }
});

function without(value: JsonValue, [token, ...rest]: readonly string[]): JsonValue {
  if (isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => String(index) !== token)
      : value.map((item, index) => (String(index) === token ? without(item, rest) : item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (key !== token) return [[key, item]];
      return rest.length === 0 ? [] : [[key, without(item, rest)]];
    }),
  );
}

test('a file cut off anywhere is read or has findings with a place, never a crash', async () => {
  const step = Math.max(1, Math.floor(text.length / 60));
  for (let length = 0; length < text.length; length += step) {
    const compiled = await compileDocument({
      file: 'cut.yaml',
      text: text.slice(0, length),
      moduleName: 'cut',
    });
    if (compiled.ok) continue;
    for (const line of compiled.diagnostics.map(formatDiagnostic)) {
      assert.match(line, /^cut\.yaml:[1-9]\d*:[1-9]\d* [\w-]+: \S/);
    }
  }
});

test('text that is no YAML at all has findings, never a crash', async () => {
  const texts = [
    '\u0000',
    '\uFEFF',
    '%YAML 9.9\n---\na: 1',
    '*a',
    '&a',
    '[',
    '{'.repeat(100_000),
    '- '.repeat(3000),
    '? : ?',
    '!!js/function x',
    'a: &a [*a, *a]',
    '"\uD800"',
  ];
  for (const hostile of texts) {
    const compiled = await compileDocument({ file: 'x.yaml', text: hostile, moduleName: 'x' });
    assert.equal(compiled.ok, false, JSON.stringify(hostile.slice(0, 20)));
  }
});

test('aliases that multiply end in a finding', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level += 1) {
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  const compiled = await compileDocument({ file: 'x.yaml', text: lines.join('\n'), moduleName: 'x' });
  assert.equal(compiled.ok, false);
  assert.match(
    compiled.ok ? '' : formatDiagnostic(compiled.diagnostics[0]!),
    /yaml-size: the document is too large/,
  );
});
