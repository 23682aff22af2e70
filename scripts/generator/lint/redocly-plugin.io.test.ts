import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { loadSpecs } from '../load/load-specs.ts';
import { runRedocly } from '../testing/run-redocly.ts';
import { SERVER_RUNTIME } from '../contract/server-runtime.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { ownFindings } from './own-findings.ts';

const TESTDATA = path.join(import.meta.dirname, '..', 'testdata');
const MODULE = path.join('specs', 'ticket', 'openapi.yaml');
/** Cases whose module Redocly cannot read, so that no rule is asked, and those where it would fetch a URL. */
const UNREAD = new Set([
  'ref-circle',
  'ref-unresolved',
  'ref-url-in-example',
  'shape-root-sequence',
  'yaml-control-character',
  'yaml-duplicate-key',
  'yaml-empty',
  'yaml-syntax',
  'yaml-tab',
  'yaml-two-documents',
  'yaml-unknown-tag',
]);

/** What `redocly lint --format=json` prints for one document. */
interface Report {
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly {
      readonly source: { readonly ref: string };
      readonly start: { readonly line: number; readonly col: number };
    }[];
  }[];
}

suite('npx redocly lint prints what npm run generate says', () => {
  let folder: string;
  let cases: readonly string[];
  let printed: ReadonlyMap<string, readonly string[]>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'redocly-plugin-'));
    const names = await readdir(path.join(TESTDATA, 'rejected'));
    for (const name of names) {
      await cp(path.join(TESTDATA, 'rejected-base'), path.join(folder, name), { recursive: true });
      await cp(path.join(TESTDATA, 'rejected', name, 'specs'), path.join(folder, name, 'specs'), {
        recursive: true,
      });
    }
    cases = names.filter((name) => !UNREAD.has(name)).toSorted();
    printed = await lint(
      folder,
      cases.map((name) => path.join(name, MODULE)),
    );
  });
  after(() => rm(folder, { recursive: true }));

  test('the same findings of the house rules, in every rejected case', () => {
    for (const name of cases) {
      const expected = ownFindings(loadSpecs(path.join(folder, name)), SERVER_RUNTIME)
        .found.filter(({ rule, at }) => isHouseRule(rule) && isTold(at.file))
        .map(line);
      assert.deepEqual(printed.get(name) ?? [], expected.toSorted(), name);
    }
  });

  test('each house rule finds something there', () => {
    const seen = new Set([...printed.values()].flat().map((each) => each.split(' ')[1]));
    assert.deepEqual(
      HOUSE_RULES.map(({ name }) => name).filter((name) => !seen.has(`${name}:`)),
      [],
    );
  });
});

function isHouseRule(rule: string): boolean {
  return HOUSE_RULES.some(({ name }) => name === rule);
}

/** A finding is told with the document that it is in; one in specs/common with each. */
function isTold(file: string): boolean {
  return file === 'specs/ticket/openapi.yaml' || file.startsWith('specs/common/');
}

function line({ rule, message, at }: Diagnostic): string {
  return `${at.file}:${at.line}:${at.column} ${rule}: ${message}`;
}

/** Findings of the house rules that the command line prints for documents, by the case's name, sorted. */
async function lint(
  folder: string,
  documents: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const output = await runRedocly(folder, ['lint', ...documents, '--format=json', '--max-problems=100000']);
  const reports = output
    .split(/(?<=^\})(?=\s*\{)/m)
    .filter((text) => text.trim() !== '')
    .map((text): Report => JSON.parse(text));
  const found = new Map<string, string[]>();
  for (const { ruleId, message, location } of reports.flatMap(({ problems }) => problems)) {
    const [place] = location;
    const rule = ruleId.replace(/^house\//, '');
    if (place === undefined || !isHouseRule(rule)) continue;
    const [name = '', ...rest] = place.source.ref.split('/');
    const lines = found.get(name) ?? [];
    lines.push(`${rest.join('/')}:${place.start.line}:${place.start.col} ${rule}: ${message}`);
    found.set(name, lines);
  }
  return new Map([...found].map(([name, lines]) => [name, lines.toSorted()]));
}
