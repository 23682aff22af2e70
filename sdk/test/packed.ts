import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The SDK's folder. */
export const SDK = path.join(import.meta.dirname, '..');
/** What the project has installed. */
export const NODE_MODULES = path.join(SDK, '..', 'node_modules');

/** The package as it would be published, in a temporary folder that is removed at the end of its scope. */
export interface Packed extends AsyncDisposable {
  /** A folder for whatever is made with it. */
  readonly root: string;
  readonly tarball: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
}

/** Compiles and packs the package as `npm run sdk:pack` does, without touching the project. */
export async function pack(): Promise<Packed> {
  const root = await mkdtemp(path.join(tmpdir(), 'sdk-packed-'));
  const folder = path.join(root, 'package');
  await mkdir(folder);
  for (const name of ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'src']) {
    await cp(path.join(SDK, name), path.join(folder, name), { recursive: true });
  }
  const config = path.join(SDK, 'tsconfig.build.json');
  await tool('typescript', 'tsc', ['-p', config, '--outDir', path.join(folder, 'dist')]);
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', root], folder);
  const report: Report | readonly Report[] = JSON.parse(stdout);
  const first = reports(report)[0];
  if (first === undefined) throw new Error(`npm packed nothing: ${stdout}`);
  return {
    root,
    tarball: path.join(root, first.filename.replace('@', '').replace('/', '-')),
    files: first.files.map((file) => file.path),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

interface Report {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm 11 gives a list, later ones a record by name. */
function reports(report: Report | readonly Report[]): readonly Report[] {
  if (Array.isArray(report)) return report as readonly Report[];
  return 'filename' in report ? [report] : Object.values(report);
}

/** Runs npm without the registry. */
export function npm(args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  return run('npm', [...args, '--offline', '--no-audit', '--no-fund', '--update-notifier=false'], { cwd });
}

/** Runs a tool of the project; gives what it says. @throws {Error} with what it says when it fails. */
export async function tool(name: string, bin: string, args: readonly string[], cwd = SDK): Promise<string> {
  const folder = path.join(NODE_MODULES, name);
  const manifest: { bin: string | Record<string, string> } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = typeof manifest.bin === 'string' ? manifest.bin : (manifest.bin[bin] ?? '');
  try {
    const { stdout } = await run(process.execPath, [path.join(folder, file), ...args], { cwd });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`${name} says: ${said}`, { cause: error });
  }
}
