import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locate, startOfLine } from '../../sql/source-text.ts';
import type { MigrationText } from './migration-text.ts';
import { SAFE_WAYS } from './safe-ways.ts';

/**
 * squawk's rules that do not fit here, each by decision: the runner sets both time-outs and wraps what can be undone, whole
 * numbers are sized by their meaning, transactions and CONCURRENTLY have a rule here, and names have theirs.
 */
const NOT_OURS = [
  'require-lock-timeout',
  'require-statement-timeout',
  'require-timeout-settings',
  'prefer-robust-stmts',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'ban-concurrent-index-creation-in-transaction',
] as const;

/** The names of squawk's rules that a waiver may name are those it reports; these are left out of any run. */
export const SQUAWK_RULES_LEFT_OUT: ReadonlySet<string> = new Set(NOT_OURS);

/**
 * What squawk finds unsafe in the up parts. A down part undoes, so that dropping is its work.
 *
 * @throws when squawk is not installed for this platform or does not answer in JSON.
 */
export async function runSquawk(migrations: readonly MigrationText[]): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const isOutside of [false, true]) {
    const batch = migrations.filter(({ isOutsideTransaction }) => isOutsideTransaction === isOutside);
    if (batch.length > 0) {
      found.push(...(await runBatch(batch, isOutside)));
    }
  }
  return found;
}

async function runBatch(
  migrations: readonly MigrationText[],
  isOutside: boolean,
): Promise<readonly Diagnostic[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chompardo-squawk-'));
  try {
    const paths: string[] = [];
    for (const [index, { source, up }] of migrations.entries()) {
      const path = join(folder, `${index}.sql`);
      // Lines above the up part stay, empty, so that places are those of the file. squawk's own comments mean nothing here.
      const above = source.text.slice(0, up.start).replaceAll(/[^\n]/g, ' ');
      const text = source.text.slice(up.start, up.end).replaceAll('squawk-ignore', 'squawk ignore');
      await writeFile(path, above + text);
      paths.push(path);
    }
    const transaction = isOutside ? '--no-assume-in-transaction' : '--assume-in-transaction';
    const output = await squawk([
      '--reporter',
      'json',
      '--pg-version',
      '18',
      transaction,
      ...NOT_OURS.flatMap((rule) => ['--exclude', rule]),
      ...paths,
    ]);
    return toFindings(output).flatMap(({ path, line, column, rule, message, help }) => {
      const migration = migrations[paths.indexOf(path)];
      if (migration === undefined) {
        return [];
      }
      const way = SAFE_WAYS[rule] ?? help;
      const lineStart = startOfLine(migration.source.text, line + 1);
      return [
        {
          rule,
          message: [message, way]
            .filter((part) => part !== '')
            .map((part) => part.replace(/[^.!?…]$/, '$&.'))
            .join(' '),
          at: locate(migration.source, lineStart + column),
        },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program that the package names in its `bin`. */
function squawkProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('squawk-cli/package.json');
  const { bin }: { readonly bin: { readonly squawk: string } } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), bin.squawk);
}

async function squawk(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [squawkProgram(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let problems = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problems += text));
  await once(child, 'close');
  // 1 is "found something"; without JSON nothing was checked.
  if (!output.trimStart().startsWith('[')) {
    throw new Error(
      `squawk did not check the migrations: ${(problems || output).trim().split('\n')[0] ?? 'it said nothing'}`,
    );
  }
  return output;
}

interface SquawkFinding {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
  readonly help: string;
}

function toFindings(output: string): readonly SquawkFinding[] {
  const parsed: unknown = JSON.parse(output);
  return (Array.isArray(parsed) ? parsed : []).map((item: unknown): SquawkFinding => {
    const field = (key: string): unknown =>
      typeof item === 'object' && item !== null ? Reflect.get(item, key) : undefined;
    const text = (key: string): string => {
      const value = field(key);
      return typeof value === 'string' ? value : '';
    };
    return {
      path: text('file'),
      line: Number(field('line')),
      column: Number(field('column')),
      rule: text('rule_name'),
      message: text('message'),
      help: text('help'),
    };
  });
}
