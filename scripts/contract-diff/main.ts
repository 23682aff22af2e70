import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { errorCode } from '../diagnostics/error-code.ts';
import { formatDiagnostic } from '../diagnostics/sort-diagnostics.ts';
import type { SpecSet } from '../generator/load/spec-set.ts';
import { GitError, lastRelease } from '../git/commits.ts';
import { ACCEPTED_FILE, acceptChanges } from './accepted-changes.ts';
import { compareContracts } from './compare-documents.ts';
import { formatChanges, FORMATS, type Format } from './format-changes.ts';
import { loadBase, loadDocument, loadHead, UnreadableContractError } from './load-contracts.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const USAGE = `Usage: npm run contract:diff -- [--base <git ref>] [--format ${FORMATS.join('|')}]
       npm run contract:diff -- --base-file <document> --head-file <document> [--format ...]

Without --base it is the last release: the newest tag v*.
`;

/** Where a run reads and writes. */
export interface Surroundings {
  readonly root: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

interface Options {
  readonly base?: string | undefined;
  readonly baseFile?: string | undefined;
  readonly headFile?: string | undefined;
  readonly format: Format;
}

/** `npm run contract:diff`. Exit codes: 0 nothing breaks that was not accepted, 1 something does, 2 it could not be compared. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const options = readOptions(args);
  if (typeof options === 'string') {
    stderr(`${options}\n${USAGE}`);
    return 2;
  }
  try {
    const { base, head, name, acceptedText } = await load(options, surroundings);
    const changes = compareContracts(base, head, surroundings.today);
    const { accepted, diagnostics } = acceptChanges(changes, acceptedText, surroundings.today);
    stdout(formatChanges({ changes, accepted, base: name }, options.format));
    for (const diagnostic of diagnostics) stderr(`${formatDiagnostic(diagnostic)}\n`);
    const isBroken = changes.some((change) => change.breaking && !accepted.has(change));
    if (isBroken && options.baseFile === undefined) {
      stderr(
        `Mend the contract, or accept the break with its reason in ${ACCEPTED_FILE} (see CONTRIBUTING.md).\n`,
      );
    }
    return isBroken || diagnostics.length > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof UnreadableContractError) {
      for (const diagnostic of error.diagnostics) stderr(`${formatDiagnostic(diagnostic)}\n`);
      stderr(`${error.message}\n`);
      return 2;
    }
    if (error instanceof GitError) {
      stderr(`${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

async function load(
  { base, baseFile, headFile }: Options,
  { root }: Surroundings,
): Promise<{
  readonly base: SpecSet;
  readonly head: SpecSet;
  readonly name: string;
  readonly acceptedText: string;
}> {
  if (baseFile !== undefined && headFile !== undefined) {
    return {
      base: await loadDocument(baseFile),
      head: await loadDocument(headFile),
      name: baseFile,
      acceptedText: '',
    };
  }
  const name = base ?? (await lastRelease(root));
  return {
    base: await loadBase(root, name),
    head: loadHead(root),
    name,
    acceptedText: await readAccepted(root),
  };
}

async function readAccepted(root: string): Promise<string> {
  try {
    return await readFile(join(root, ACCEPTED_FILE), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        base: { type: 'string' },
        'base-file': { type: 'string' },
        'head-file': { type: 'string' },
        format: { type: 'string', default: 'text' },
      },
    });
    const { base, format } = values;
    const baseFile = values['base-file'];
    const headFile = values['head-file'];
    const known = FORMATS.find((name) => name === format);
    if (known === undefined) return `There is no format ${format}.`;
    if ((baseFile === undefined) !== (headFile === undefined))
      return '--base-file and --head-file go together.';
    if (base !== undefined && baseFile !== undefined)
      return 'Compare with a commit or with a file, not with both.';
    return { base, baseFile, headFile, format: known };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

if (import.meta.main) {
  process.exitCode = await main(argv.slice(2), {
    root: ROOT,
    today: new Date().toISOString().slice(0, 10),
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  });
}
