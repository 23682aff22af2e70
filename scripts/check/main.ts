import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { readOutputLine, readSummary, type TaskResult } from './turbo-output.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * `npm run check`: runs the tasks through turbo and prints what failed, then a line for each task. Exit codes: 0 all green,
 * 1 something failed, 2 turbo could not run.
 */
export async function main(tasks: readonly string[], root: string = ROOT): Promise<0 | 1 | 2> {
  const startedAt = performance.now();
  const runs = join(root, '.turbo', 'runs');
  await rm(runs, { recursive: true, force: true });
  await mkdir(runs, { recursive: true });
  const turbo = join(root, 'node_modules', '.bin', 'turbo');
  const flags = ['--continue', '--summarize', '--json', '--output-logs=errors-only'];
  const child = spawn(turbo, ['run', ...flags, ...tasks], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const output = readOutputLine(line);
    if (output === undefined) continue;
    if (output.task !== last) console.log(`\n✖ ${output.task}`);
    last = output.task;
    console.log(output.text);
  }
  await exited;
  const [summary] = await readdir(runs);
  if (summary === undefined) {
    console.error('The checks could not be run: turbo wrote no summary.');
    return 2;
  }
  const results = readSummary(await readFile(join(runs, summary), 'utf8'));
  if (last !== '') console.log();
  for (const result of results) console.log(describe(result));
  const failed = results.filter(({ state }) => state === 'failed').length;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${String(results.length - failed)} passed, ${String(failed)} failed (${seconds} s)`);
  return child.exitCode === 0 && failed === 0 ? 0 : 1;
}

function describe({ task, state, durationMs }: TaskResult): string {
  const mark = state === 'failed' ? '✖' : '✔';
  const took = state === 'cached' ? 'unchanged' : `${(durationMs / 1000).toFixed(1)} s`;
  return `${mark} ${task.padEnd(20)}${took.padStart(10)}`;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
