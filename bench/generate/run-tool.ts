import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import type { Tool } from './tools.ts';

/** One run of a tool, in processes of its own. */
export interface Run {
  /** From its start until it has ended. */
  readonly wallMs: number;
  /** User and system, of the process, its threads and the children that it waited for. */
  readonly cpuMs: number;
  /** Most memory that the process had resident at one time, and as much of each Node.js process that it started. */
  readonly peakBytes: number;
  /** Of the files that it wrote. */
  readonly writtenBytes: number;
}

/** After this long a run has failed. */
const TIMEOUT_MS = 300_000;
/** `CI` and the like keep the tools from asking the network for news. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  CI: 'true',
  NO_COLOR: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  NODE_OPTIONS: `--import=${new URL('usage.mjs', import.meta.url).href}`,
};

/**
 * Has a tool make a client of a document, in a folder that is removed again.
 *
 * @returns the run, or what the tool says of why there is no client.
 */
export async function runTool(tool: Tool, document: string): Promise<Run | string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-generate-'));
  const out = path.join(folder, 'out');
  try {
    await mkdir(out);
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...tool.command(document, out)], {
      cwd: folder,
      env: { ...ENVIRONMENT, HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    });
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    await once(child, 'close');
    const wallMs = performance.now() - startedAt;
    const writtenBytes = await sizeOf(out);
    if (child.exitCode !== 0 || writtenBytes === 0) return reasonIn((await said).toReversed().join('\n'));
    return { wallMs, ...(await usageOf(folder, child.pid)), writtenBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `usage.mjs` wrote: the CPU time of the first process has that of its children. */
async function usageOf(folder: string, pid: number | undefined): Promise<Pick<Run, 'cpuMs' | 'peakBytes'>> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('usage-'));
  const usages = await Promise.all(
    names.map(async (name): Promise<Usage> => JSON.parse(await readFile(path.join(folder, name), 'utf8'))),
  );
  const first = usages.find((usage) => usage.pid === pid);
  if (first === undefined) throw new Error(`a process wrote nothing of what it used to ${folder}`);
  return { cpuMs: first.cpuMs, peakBytes: usages.reduce((sum, { peakBytes }) => sum + peakBytes, 0) };
}

interface Usage {
  readonly pid: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(path.join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a tool says from the line on that names an error, or its last line. */
function reasonIn(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const from = lines.findIndex((line) => /error|fail/i.test(line));
  const reason = from < 0 ? (lines.at(-1) ?? 'it said nothing') : lines.slice(from, from + 3).join(' ');
  return reason.replaceAll(/\s+/g, ' ').trim();
}
