import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { compileCache } from '../../tests/kit/compile-cache.ts';

const CLI = path.join(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');

/** What of a contract a client notices. */
type Impact = 'major' | 'minor' | 'patch';

interface Report {
  readonly changes: readonly {
    readonly impact: Impact;
    readonly verdicts?: readonly { readonly impact: Impact; readonly message: string }[];
    readonly path: string;
  }[];
}

/** What Redocly says that breaks clients of `released` when they meet `current`, a sentence for each place. */
export async function breakingChanges(released: string, current: string): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'contracts-'));
  try {
    const config = path.join(folder, 'redocly.yaml');
    const output = path.join(folder, 'report.json');
    await writeFile(config, 'extends: [diff-recommended]\n');
    await promisify(execFile)(
      process.execPath,
      [CLI, 'diff', released, current, '--config', config, '--format=json', '--fail-on=none', '-o', output],
      // The tool asks for a home at its start, and is to report nothing to anybody.
      {
        env: {
          ...compileCache,
          HOME: folder,
          REDOCLY_TELEMETRY: 'off',
          REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
        },
      },
    );
    const { changes }: Report = JSON.parse(await readFile(output, 'utf8'));
    return changes
      .filter(({ impact }) => impact === 'major')
      .map(
        ({ path: place, verdicts = [] }) =>
          verdicts.find(({ impact }) => impact === 'major')?.message ?? `${place} has changed.`,
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether a version may break clients of another (semver.org, item 4: before 1.0 a minor version may). */
export function mayBreak(released: string, current: string): boolean {
  const [oldMajor = 0, oldMinor = 0] = released.split('.').map(Number);
  const [major = 0, minor = 0] = current.split('.').map(Number);
  return major > oldMajor || (major === 0 && oldMajor === 0 && minor > oldMinor);
}

/** What is wrong with the version of `current`, in a sentence; undefined when it is right. */
export async function faultOfVersion(released: string, current: string): Promise<string | undefined> {
  const [before, after] = await Promise.all([versionOf(released), versionOf(current)]);
  if (mayBreak(before, after)) return undefined;
  const breaking = await breakingChanges(released, current);
  if (breaking.length === 0) return undefined;
  const next = before.startsWith('0.') ? 'minor (before 1.0)' : 'major';
  return (
    `The contract breaks clients of ${before} and its info.version is ${after}: raise the ${next} version in ` +
    `specs/openapi.yaml, or keep what they rely on.\n${breaking.map((one) => `- ${one}`).join('\n')}`
  );
}

async function versionOf(file: string): Promise<string> {
  const { info }: { info: { version: string } } = JSON.parse(await readFile(file, 'utf8'));
  return info.version;
}
