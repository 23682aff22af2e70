import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';

const ROOT = new URL('../', import.meta.url);
const NUMBERS = Array.from({ length: 78 }, (_, index) => index + 1);
const STATE = /^(?:held|not applicable|open|refused: .+)$/;
/** `path/x.test.ts: `title``, several of them separated by semicolons. */
const PROOF = /(?<file>[\w./-]+\.test\.ts): `(?<title>[^`]+)`/g;

interface Row {
  readonly number: number;
  readonly requirement: string;
  readonly state: string;
  readonly proof: string;
}

const table = await readFile(new URL('docs/requirements.md', ROOT), 'utf8');
const rows: readonly Row[] = table
  .split('\n')
  .filter((line) => /^\| +\d+ +\|/.test(line))
  .map((line) => {
    const [number, requirement = '', state = '', proof = ''] = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'));
    return { number: Number(number), requirement, state, proof };
  });

/** A title as its source writes it, in whichever quotes. */
function hasTitle(source: string, title: string): boolean {
  return [`'${title.replaceAll("'", String.raw`\'`)}'`, `"${title}"`, `\`${title}\``].some((literal) =>
    source.includes(literal),
  );
}

suite('the table of requirements', () => {
  test('has each number once, in order, with a known state', () => {
    assert.deepEqual(
      rows.map(({ number }) => number),
      NUMBERS,
    );
    for (const { number, requirement, state } of rows) {
      assert.ok(requirement.length > 0, `${number} says nothing`);
      assert.match(state, STATE, `${number}`);
    }
  });

  test('names a test for every requirement that is held, and each is in its file', async () => {
    const missing: string[] = [];
    for (const { number, state, proof } of rows) {
      const proofs = [...proof.matchAll(PROOF)];
      if (state === 'held' && proofs.length === 0) missing.push(`${number} names no test`);
      for (const { groups } of proofs) {
        const { file = '', title = '' } = groups ?? {};
        const source = await readFile(new URL(file, ROOT), 'utf8').catch(() => '');
        if (!hasTitle(source, title)) missing.push(`${number}: ${file} has no test "${title}"`);
      }
    }
    assert.deepEqual(missing, []);
  });
});
