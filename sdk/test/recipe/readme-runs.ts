import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { transform } from 'esbuild';

import { bundleModule } from '../bundle-module.ts';
import type { ConsumerProject } from '../consumer-project.ts';
import type { Example } from '../readme-examples.ts';
import type { Order } from './run-example.ts';

/** What an example did. */
export interface Run {
  /** What it wrote to the console. */
  readonly said: string;
  /** `GET /recipes?limit=10 200` and so on, as the API answered them. */
  readonly requests: readonly string[];
}

/** Longer than any example takes on a busy machine: an example that hangs is ended. */
const LIMIT_MS = 60_000;

/**
 * Runs an example in a process of its own.
 *
 * @throws {Error} when it is no module, throws, leaves a rejection unhandled or does not end; the message has the line in the README.
 */
export async function runExample(
  project: ConsumerProject,
  example: Example,
  settings: Pick<Order, 'scene' | 'origin' | 'token' | 'expiredToken'>,
): Promise<Run> {
  const place = `sdk/README.md:${example.line}: the example of “${example.title}” (${settings.scene})`;
  const file = path.join(project.folder, `example-${example.line}.js`);
  const framework = /@chompardo\/sdk\/(svelte)'/.exec(example.text)?.[1];
  try {
    await writeFile(file, await compile(example));
    if (framework !== undefined) await writeFile(file, await bundleExample(file, framework));
  } catch (error) {
    throw new Error(`${place} is no module: ${String(error)}`, { cause: error });
  }
  const order: Order = { installed: project.installed, file, title: example.title, ...settings };
  const child = fork(path.join(import.meta.dirname, 'run-example.ts'), [JSON.stringify(order)], {
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: LIMIT_MS,
  });
  const requests: string[] = [];
  child.on('message', (request) => {
    if (typeof request === 'string') requests.push(request);
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The example has no output.');
  const [said, complaints, ended] = await Promise.all([text(stdout), text(stderr), once(child, 'close')]);
  const [code, signal] = ended.map(String);
  if (code !== '0') {
    const how = code === 'null' ? `was ended by ${signal}` : `failed with code ${code}`;
    throw new Error(`${place} ${how} after ${requests.join(', ') || 'no request'}:\n${complaints}`);
  }
  return { said: said + complaints, requests };
}

/**
 * An example in one file with its framework, because Node.js gets another build of it, or cannot load it; with what it takes to run
 * it in an app.
 */
function bundleExample(file: string, framework: string): Promise<string> {
  const app = path.join(import.meta.dirname, 'apps', `${framework}.ts`);
  const contents = [
    `export * from ${JSON.stringify(file)};`,
    `export * from ${JSON.stringify(app)};`,
    `export { createClient, setDefaultClient } from '@chompardo/sdk';`,
  ].join('\n');
  return bundleModule({ contents, resolveDir: path.dirname(file) });
}

/** The example as JavaScript whose lines are those of the README, for stack traces. */
async function compile({ line, language, text: source }: Example): Promise<string> {
  const { code } = await transform('\n'.repeat(line) + source, {
    loader: language === 'tsx' ? 'tsx' : 'ts',
    jsx: 'automatic',
    format: 'esm',
    target: 'node22',
    sourcefile: 'README.md',
    sourcemap: 'inline',
  });
  return code;
}
