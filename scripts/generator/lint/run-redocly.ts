import type { JsonValue } from '../contract/contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { VERSION_RULE } from './check-documents.ts';
import { OUTSIDE_RULE, URL_RULE } from './check-references.ts';
import { readRedoclyFindings } from './redocly-findings.ts';
import { redoclyJoin, redoclyLint } from './redocly.ts';

/** A bundled tool's source line, shown by a crash, may be megabytes long. */
const MAX_GIST_LENGTH = 300;

/** Rules whose findings keep Redocly from the specs: it would fetch, open or misread something. */
const BARRED_BY = new Set([OUTSIDE_RULE, URL_RULE, VERSION_RULE]);

/** What Redocly joined, or that it could not. */
export type Joined =
  | { readonly ok: true; readonly document: JsonValue }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * Findings of Redocly's own rules about every file that a contract starts from. Redocly fetches URLs and opens
 * any file, so specs with a `$ref` out of `specs/` are not given to it; nor are those of a version that it reads by other rules.
 */
export async function lintWithRedocly(
  root: string,
  specs: SpecSet,
  structural: readonly Diagnostic[],
): Promise<readonly Diagnostic[]> {
  const files = entryFiles(specs);
  if (files.length === 0 || structural.some(({ rule }) => BARRED_BY.has(rule))) return [];
  const { stdout, stderr } = await redoclyLint(root, files);
  try {
    return readRedoclyFindings(specs, stdout.trim() === '' ? stderr : stdout);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // A document that breaks the tool has findings of ours; without any, this one stands.
    return [failure('redocly', `Redocly could not lint the specs: ${gist(stderr)}`)];
  }
}

/** Joins the modules with Redocly, in the order of their names. */
export async function joinWithRedocly(root: string, specs: SpecSet): Promise<Joined> {
  const joined = await redoclyJoin(root, entryFiles(specs));
  if (!joined.ok) {
    return {
      ok: false,
      diagnostic: failure('join', `the modules cannot be joined: ${gist(joined.printed)}`),
    };
  }
  const document: JsonValue = JSON.parse(joined.text);
  return { ok: true, document };
}

function entryFiles(specs: SpecSet): readonly string[] {
  const documents = specs.modules.map((module) => module.document);
  return [...(specs.root === undefined ? [] : [specs.root]), ...documents].map(({ file }) => file);
}

function failure(rule: string, message: string): Diagnostic {
  return { rule, message, at: { file: 'specs/openapi.yaml', line: 1, column: 1, pointer: '' } };
}

/** What a foreign tool printed, in one line: the error of a crash, or else how the output begins. */
function gist(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.replaceAll(/[^\u0020-\u007e]/g, ' ').trim())
    .filter((line) => line !== '');
  const said = lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines.slice(0, 2).join(' ');
  return said === '' ? 'it printed nothing' : said.slice(0, MAX_GIST_LENGTH);
}
