import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { corpusCase } from '../../generator/testing/corpus.ts';
import type { Output } from '../run.ts';

/** What a run said, line by line. */
export interface RecordedOutput extends Output {
  readonly said: string[];
  readonly complained: string[];
}

/** An output that keeps what it is given. */
export function recordOutput(): RecordedOutput {
  const said: string[] = [];
  const complained: string[] = [];
  return { said, complained, out: (line) => void said.push(line), err: (line) => void complained.push(line) };
}

/** A small project of its own in a temporary folder: the specs of a case of the corpus, nothing generated yet. */
export class SampleProject implements AsyncDisposable {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(caseName: string): Promise<SampleProject> {
    const root = await mkdtemp(path.join(os.tmpdir(), 'sample-project-'));
    await cp(path.join(corpusCase(caseName).root, 'specs'), path.join(root, 'specs'), { recursive: true });
    return new SampleProject(root);
  }

  /** Absolute path of a file of the project. */
  path(relative: string): string {
    return path.join(this.root, relative);
  }

  /** Every file of the project but the cache, with its text and the time it was last written. */
  async snapshot(): Promise<Readonly<Record<string, readonly [string, number]>>> {
    const entries = await readdir(this.root, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(this.path('.cache')))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted();
    const contents = await Promise.all(
      files.map(async (file) => [await readFile(file, 'utf8'), (await stat(file)).mtimeMs] as const),
    );
    return Object.fromEntries(
      files.map((file, index) => [path.relative(this.root, file), contents[index] ?? ['', 0]]),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
