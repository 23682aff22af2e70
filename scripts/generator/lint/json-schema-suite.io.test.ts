/**
 * The JSON Schema Test Suite (draft 2020-12) against the checks that requests go through. Its schemas stand in contracts as an author would
 * write them. What lint refuses cannot be unenforced; of all else each case is held, or is of a difference that is listed with its reason.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, suite, test } from 'node:test';

import { parseJsonText } from '#kernel/contract/decode/json-text.ts';
import { compileWhenAsked } from '#kernel/contract/validation/compile-checks.ts';
import { CHECKS_FILE, compiledContract } from '#kernel/contract/validation/compiled-contract.ts';
import { printChecks } from '#kernel/contract/validation/print-checks.ts';
import { findFailures, type CompiledContract } from '#kernel/contract/validation/shape-checks.ts';
import { PROJECT } from '../testing/check-types.ts';
import { DIFFERENCES, REFUSALS, type Difference } from '../testing/json-schema-differences.ts';
import { moduleOf, readSuite, refusalsOf, type SuiteFile } from '../testing/json-schema-suite.ts';

const SUITE = path.resolve(PROJECT, '../shared/corpus/json-schema-test-suite/tests/draft2020-12');
const isAbsent = !existsSync(SUITE) && 'the JSON Schema Test Suite is not on this machine';
const files = isAbsent === false ? await readSuite(SUITE) : [];

const DOCUMENT = path.join(PROJECT, 'docs/json-schema.md');
const REWRITE = 'UPDATE_CORPUS=1 npm test -- json-schema-suite';
const REJECTED = path.join(PROJECT, 'scripts/generator/testdata/rejected');
// oxlint-disable-next-line node/no-process-env -- a switch of the test run, not configuration
const UPDATE = process.env['UPDATE_CORPUS'] === '1';

interface Entry {
  readonly file: string;
  readonly title: string;
}

/** Cases by what they are of: a rule of lint, or a difference. */
const refused = new Map<string, Entry[]>();
const different = new Map<Difference, Entry[]>();
/** Cases that are neither held nor listed. */
const wrong: string[] = [];
let held = 0;

/** Whether a request with this body is valid: its text is read, and the checks of both extents agree. */
function takes(contract: CompiledContract, operation: string, data: unknown): boolean {
  const read = parseJsonText(JSON.stringify(data));
  if (!read.ok) return false;
  const index = contract.operations.get(operation)?.requests[0]?.index ?? assert.fail(operation);
  const [all = true, first = true] = (['all', 'first'] as const).map((extent) => {
    const shape = { path: {}, query: {}, headers: {}, cookies: {}, body: structuredClone(read.value) };
    return findFailures(contract.checks(index, extent), shape).length === 0;
  });
  assert.equal(first, all);
  return all;
}

async function judge({ name, groups }: SuiteFile, folder: string): Promise<void> {
  const accepted = groups.filter(({ description, schema, tests }) => {
    const [refusal] = refusalsOf(schema);
    if (refusal === undefined) return true;
    assert.ok(refusal.rule in REFUSALS, `${name}, ${description}: ${refusal.rule}: ${refusal.message}`);
    // At the schema, not at the file.
    assert.ok(refusal.at.line > 1, description);
    push(refused, refusal.rule, { file: name, title: `${description} (${String(tests.length)})` });
    return false;
  });
  const module = moduleOf(
    name.replaceAll(/\W/g, '-'),
    accepted.map(({ schema }) => schema),
  );
  const asked = compileWhenAsked(module);
  await mkdir(path.join(folder, module.name));
  await writeFile(path.join(folder, module.name, CHECKS_FILE), printChecks(module));
  const printed = await compiledContract({ ...module, handlers: {} }, pathToFileURL(`${folder}/`));
  for (const [index, { description, tests }] of accepted.entries()) {
    for (const { description: title, data, valid } of tests) {
      const isTaken = takes(asked, `c${String(index)}`, data);
      const place = `${name}, ${description}: ${title}`;
      assert.equal(takes(printed, `c${String(index)}`, data), isTaken, `${place}, as printed`);
      if (isTaken === valid) {
        held += 1;
        continue;
      }
      const difference = DIFFERENCES.find(
        (each) => each.files.test(name) && each.cases?.test(title) !== false,
      );
      if (difference === undefined || (difference.isLooser === true) !== isTaken)
        wrong.push(`${place}: ${isTaken ? 'is taken' : 'is refused'}`);
      else push(different, difference, { file: name, title });
    }
  }
}

function push<K>(map: Map<K, Entry[]>, key: K, item: Entry): void {
  map.set(key, [...(map.get(key) ?? []), item]);
}

/** Entries, a file a line. */
function list(entries: readonly Entry[]): string {
  return [...Map.groupBy(entries, ({ file }) => file)]
    .map(([file, of]) => `- \`${file}\`: ${of.map(({ title }) => title).join('; ')}\n`)
    .join('');
}

/** The document: what is left out, from what the walk found. */
function printDocument(): string {
  const rules = Object.entries(REFUSALS).map(
    ([rule, what]) => `### ${rule}\n\nRefuses ${what}.\n\n${list(refused.get(rule) ?? [])}`,
  );
  const differences = DIFFERENCES.map(
    (each) =>
      `### ${each.what}\n\n${each.isLooser === true ? 'Taken, although the suite refuses it' : 'Refused, although the suite takes it'}: ${each.why}.\n\n${list(different.get(each) ?? [])}`,
  );
  return `# JSON Schema

Printed by \`${REWRITE}\`; that test fails when this page is out of date.

Schemas of a contract are JSON Schema 2020-12, the dialect of OpenAPI 3.1. The checks that requests go through, as they are compiled in
development and as the build prints them, are run over the [JSON Schema Test Suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite):
${String(held)} cases are judged as it asks. All that is left out is here.

## Refused by lint

A contract that says one of these is refused at its line, so that nothing in it goes unenforced. Each entry is a schema of the suite with
the number of its cases.

${rules.join('\n')}
## Judged otherwise

${differences.join('\n')}`;
}

suite('the JSON Schema Test Suite', { skip: isAbsent }, () => {
  let folder = '';
  after(() => rm(folder, { recursive: true, force: true }));

  test('is held, is refused by lint, or differs as listed', async () => {
    await mkdir(path.join(PROJECT, '.cache'), { recursive: true });
    // Below the root, whose package.json says where `#kernel` is.
    folder = await mkdtemp(path.join(PROJECT, '.cache', 'json-schema-suite-'));
    assert.ok(files.length > 60);
    for (const file of files) await judge(file, folder);
    assert.deepEqual(wrong, []);
    for (const rule of Object.keys(REFUSALS)) assert.ok(refused.has(rule), `${rule} refuses nothing`);
    for (const each of DIFFERENCES) assert.ok(different.has(each), `no case differs: ${each.what}`);
  });

  test('is left out as docs/json-schema.md says', async () => {
    if (UPDATE) await writeFile(DOCUMENT, printDocument());
    assert.equal(await readFile(DOCUMENT, 'utf8'), printDocument(), `out of date; run ${REWRITE}`);
  });
});

suite('what is left out of JSON Schema', () => {
  test('is refused in a rejected contract each', async () => {
    const cases = await readdir(REJECTED);
    const texts = await Promise.all(
      cases.map((name) => readFile(path.join(REJECTED, name, 'diagnostics.txt'), 'utf8')),
    );
    const rules = new Set(
      texts.flatMap((text) => [...text.matchAll(/:\d+:\d+ ([\w-]+):/g)].map(([, rule]) => rule)),
    );
    for (const rule of Object.keys(REFUSALS)) assert.ok(rules.has(rule), rule);
  });
});
