import type { Diagnostic, JsonValue } from '../contract/contract.ts';
import type { LoadedSpecs } from '../load/load-specs.ts';
import { applyWaivers } from './apply-waivers.ts';
import { checkDocuments } from './check-documents.ts';
import { checkHouseStyle } from './check-house-style.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { readRedoclyFindings } from './redocly-findings.ts';
import { redoclyJoin, redoclyLint } from './redocly.ts';
import type { RedoclyJoin } from './redocly.ts';

/** What linting gives: all findings, whether a contract can be resolved at all, and the document that was joined. */
export interface LintedSpecs {
  /** Findings about the structure: while there are any, nothing can be resolved. */
  readonly structural: readonly Diagnostic[];
  /** Findings about the house style, waivers applied. */
  readonly style: () => Promise<readonly Diagnostic[]>;
  readonly joined: () => Promise<Joined>;
}

/** What Redocly joined, or that it could not. */
export type Joined =
  | { readonly ok: true; readonly document: JsonValue }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * Lints the project's specs. Redocly's two runs start here and go on while the caller resolves; nothing is left running
 * once both `style` and `joined` were awaited.
 */
export function lintSpecs(root: string, { specs }: LoadedSpecs): LintedSpecs {
  const structural = checkDocuments(specs);
  const files = [
    ...(specs.root === undefined ? [] : [specs.root]),
    ...specs.modules.map((each) => each.document),
  ].map(({ file }) => file);
  // Redocly would look for a URL on the network, and what has no sound structure cannot be joined.
  const runnable = files.length > 0 && !structural.some(({ rule }) => rule === 'unresolved-ref');
  const joinable = runnable && structural.length === 0 && specs.brokenFiles.size === 0;
  const lintRun = runnable ? lintText(root, files) : Promise.resolve('');
  const joinRun = joinable
    ? redoclyJoin(root, files)
    : Promise.resolve<RedoclyJoin>({ ok: false, printed: '' });
  // Both are awaited below; until then a failure must not count as unhandled.
  lintRun.catch(() => {});
  joinRun.catch(() => {});
  const house = checkHouseStyle(specs, HOUSE_RULES);
  return {
    structural,
    style: async () => {
      const redocly = structuralOnce(readLint(specs, await lintRun), structural);
      return applyWaivers(specs, [...house, ...redocly]);
    },
    joined: () => readJoin(joinRun),
  };

  function readLint(set: LoadedSpecs['specs'], text: string): readonly Diagnostic[] {
    try {
      return readRedoclyFindings(set, text);
    } catch {
      // A document that breaks the tool has findings of ours; without any, this one stands.
      return structural.length > 0
        ? []
        : [failure('redocly', `Redocly could not lint the specs: ${firstLine(text)}`)];
    }
  }
}

async function lintText(root: string, files: readonly string[]): Promise<string> {
  const { stdout, stderr } = await redoclyLint(root, files);
  return stdout.trim() === '' ? stderr : stdout;
}

async function readJoin(run: Promise<RedoclyJoin>): Promise<Joined> {
  const joined = await run;
  if (!joined.ok) {
    return {
      ok: false,
      diagnostic: failure('join', `the modules cannot be joined: ${firstLine(joined.printed)}`),
    };
  }
  const document: JsonValue = JSON.parse(joined.text);
  return { ok: true, document };
}

/** Where Redocly and our shape rules say the same of one line, ours stay: they say what to do. */
function structuralOnce(
  redocly: readonly Diagnostic[],
  structural: readonly Diagnostic[],
): readonly Diagnostic[] {
  const lines = new Set(structural.map(({ at }) => `${at.file}:${at.line}`));
  return redocly.filter(({ rule, at }) => rule !== 'struct' || !lines.has(`${at.file}:${at.line}`));
}

function failure(rule: string, message: string): Diagnostic {
  return { rule, message, at: { file: 'specs/openapi.yaml', line: 1, column: 1, pointer: '' } };
}

function firstLine(text: string): string {
  const lines = text.split('\n').map((line) => line.replaceAll(/[^\u0020-\u007e]/g, ' ').trim());
  return (
    lines
      .filter((line) => line !== '')
      .slice(0, 2)
      .join(' ') || 'it printed nothing'
  );
}
