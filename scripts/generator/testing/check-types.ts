import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import path from 'node:path';

/** The project that the generator lives in; emitted trees below it resolve `#kernel/*` as its own code does. */
export const PROJECT = path.resolve(import.meta.dirname, '..', '..', '..');

/** The rules that Redocly applies to every spec, those of the corpus included. */
export const REDOCLY_CONFIG = path.join(PROJECT, 'redocly.yaml');

/** Runs the compiler on a `tsconfig.json`; gives what it says, empty when all is well. */
export async function checkTypes(tsconfig: string): Promise<string> {
  const compiler = path.join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
  const child = spawn(process.execPath, [compiler, '-p', tsconfig, '--pretty', 'false'], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return `${out}${err}`.trim();
}

/** Lines of emitted TypeScript that use `any` or `unknown` as a type. Comments and strings may say the words. */
export function looseTypes(source: string): readonly string[] {
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/'(?:\\.|[^'\\\n])*'/g, "''")
    .replaceAll(/\/\/.*$/gm, '');
  return code
    .split('\n')
    .filter((line) => /(?:[:<|&(,=[]|\bas|\breadonly)\s*(?:any|unknown)\b(?!\??:)/.test(line));
}
