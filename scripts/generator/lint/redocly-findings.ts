import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locatePointer } from '../load/cursor.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** Redocly's rules that say only what is wrong, with what to do about it. */
const SENTENCES: Readonly<Record<string, string>> = {
  'info-license': 'info needs a license; add its name and identifier',
  'no-empty-servers': 'each file names the servers; add them as in specs/openapi.yaml',
  'operation-operationId': 'the operation needs an operationId in camelCase, such as listRecipes',
  'operation-summary': 'the operation needs a summary: what it does, in a few words',
  'operation-singular-tag': 'an operation has exactly one tag; name the one of its module',
  'operation-tag-defined': "the operation's tag is not declared; add it to the tags of this file",
  'operation-2xx-response': 'the operation says nothing of success; add its 2xx response',
  'operation-4xx-response': 'the operation says nothing of failure; add its 4xx responses',
  'tag-description': 'the tag needs a description of what its operations share',
  'parameter-description': 'the parameter needs a description',
  'no-path-trailing-slash': 'a path does not end in a slash; remove it',
};

/** Rules that ours report better, with the reason. */
const COVERED = new Set(['no-unresolved-refs', 'bundler']);

/** What one JSON document of the output holds, of what is read here. */
interface Report {
  readonly problems?: readonly Problem[];
}

interface Problem {
  readonly ruleId: string;
  readonly message: string;
  readonly location: readonly {
    readonly source: { readonly ref: string };
    readonly pointer?: string;
    readonly start?: { readonly line: number; readonly col: number };
  }[];
}

/**
 * Reads what `redocly lint --format=json` printed: one JSON document per file, one after the other.
 *
 * @throws {SyntaxError} when the output is something else
 */
export function readRedoclyFindings(specs: SpecSet, output: string): readonly Diagnostic[] {
  const problems = output
    .split(/(?<=^\})(?=\s*\{)/m)
    .filter((text) => text.trim() !== '')
    .flatMap((text) => {
      const report: Report = JSON.parse(text);
      return report.problems ?? [];
    });
  return problems.flatMap((problem) => toDiagnostic(specs, problem) ?? []);
}

function toDiagnostic(specs: SpecSet, { ruleId, message, location }: Problem): Diagnostic | undefined {
  const [place] = location;
  const file = place?.source.ref;
  if (COVERED.has(ruleId) || file === undefined || specs.brokenFiles.has(file)) return undefined;
  const pointer = (place?.pointer ?? '').replace(/^#\/?$|^#/, '');
  const document = specs.documents.get(file);
  const at =
    document?.places.byPointer.has(pointer) === true
      ? locatePointer(document, pointer)
      : { file, line: place?.start?.line ?? 1, column: place?.start?.col ?? 1, pointer };
  return { rule: ruleId.replace(/^rule\//, ''), message: SENTENCES[ruleId] ?? sentence(message), at };
}

function sentence(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(line) ? `${line.charAt(0).toLowerCase()}${line.slice(1)}` : line;
}
