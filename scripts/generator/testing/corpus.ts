import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Compiled, compileContract } from '../contract/compile-contract.ts';
import { ANY_RUNTIME, SERVER_RUNTIME } from '../contract/server-runtime.ts';
import { readSdkSources, runtimeNames } from '../sdk/read-sdk-sources.ts';
import { PROJECT, REDOCLY_CONFIG } from './check-types.ts';

/** A contract of the corpus: a project of specs, and exactly what the compiler makes of it. */
export interface CorpusCase {
  readonly name: string;
  /** The folder that has `specs/`. */
  readonly root: string;
  /** The folder that has `generated/`. */
  readonly expected: string;
}

/** Contracts that prove one feature of the compiler each; nothing runs them. */
const FEATURES = path.join(PROJECT, 'scripts', 'generator', 'testdata', 'accepted');
/** Contracts that have handlers too: the tests of the runtime, the SDK, the mocks and the fuzzer run them. */
const SERVED = path.join(PROJECT, 'tests', 'contracts');

/** Those that have specs. */
const folders = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, 'specs')))
    .map(({ name }) => name)
    .toSorted();

/** Every contract of the corpus, sorted by folder and name. */
export const corpus: readonly CorpusCase[] = [
  ...folders(FEATURES).map((name) => {
    const root = path.join(FEATURES, name);
    return { name, root, expected: path.join(root, 'expected') };
  }),
  ...folders(SERVED).map((name) => {
    const root = path.join(SERVED, name);
    return { name, root, expected: root };
  }),
];

/** Cases about what the compiler adds to every operation; the others have the responses that they state. */
const COMPLETED: ReadonlySet<string> = new Set(['runtime-responses']);

/** The SDK of this project: names of its own stay what they are. */
const SDK_SOURCES = path.join(PROJECT, 'sdk', 'src');

/** Compiles a contract of the corpus. */
export async function compileCase({ name, root }: CorpusCase): Promise<Compiled> {
  const runtime = COMPLETED.has(name) ? SERVER_RUNTIME : ANY_RUNTIME;
  const claimed = runtimeNames(await readSdkSources(SDK_SOURCES));
  return compileContract({ root, redoclyConfig: REDOCLY_CONFIG, runtime, claimed });
}

/** @throws {Error} when the corpus has no contract of this name. */
export function corpusCase(name: string): CorpusCase {
  const found = corpus.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The corpus has no contract "${name}".`);
  return found;
}
