import { posix } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What a document may refer to. */
export interface Project {
  /** Whether a path from the root is a file or a folder. */
  readonly has: (path: string) => boolean;
  /** The anchors of a document by its path, such as `what-to-touch`; undefined for other files. */
  readonly anchorsOf: (path: string) => ReadonlySet<string> | undefined;
  /** The scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
}

const LINK = /\]\((?<target>[^()\s]+)\)/g;
const COMMAND = /\bnpm run (?:-s )?(?<script>[a-z][\w-]*(?::[\w-]+)*)/g;
/** A path in a code span, whole: no placeholder, no pattern. */
const PATH =
  /`(?<path>(?:src|scripts|specs|sql|sdk|tests|bench|docs|examples|migrations|\.ci|\.github|\.vscode)\/[\w./-]*)`/g;

/** Links, commands and paths of a Markdown document that lead nowhere. */
export function checkReferences(file: string, text: string, project: Project): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const here = posix.dirname(file);
  for (const [index, line] of text.split('\n').entries()) {
    const report = (rule: string, message: string, offset: number): void => {
      found.push({ rule, message, at: { file, line: index + 1, column: offset + 1, pointer: '' } });
    };
    for (const { groups, index: offset } of line.matchAll(LINK)) {
      const problem = checkLink(groups?.['target'] ?? '', here, file, project);
      if (problem !== undefined) report('dead-link', problem, offset);
    }
    for (const { groups, index: offset } of line.matchAll(COMMAND)) {
      const script = groups?.['script'] ?? '';
      if (!project.scripts.has(script))
        report('unknown-command', `package.json has no script ${script}`, offset);
    }
    for (const { groups, index: offset } of line.matchAll(PATH)) {
      const path = groups?.['path'] ?? '';
      if (!project.has(path) && !project.has(posix.join(here, path)))
        report('dead-path', `there is no ${path}`, offset);
    }
  }
  return found;
}

function checkLink(target: string, here: string, file: string, project: Project): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [relative = '', anchor] = target.split('#');
  const path = relative === '' ? file : posix.join(here, relative);
  if (!project.has(path)) return `there is no ${path}`;
  if (anchor === undefined || project.anchorsOf(path)?.has(anchor) !== false) return undefined;
  return `${path} has no heading #${anchor}`;
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text
    .split('\n')
    .flatMap((line) => /^#{1,6} (?<title>.+)$/.exec(line)?.groups?.['title'] ?? []);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
