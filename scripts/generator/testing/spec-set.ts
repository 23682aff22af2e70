import type { SourceDocument } from '../load/source-document.ts';
import { parseSource } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { checkHouseStyle } from '../lint/check-house-style.ts';
import type { Rule } from '../lint/rule.ts';

/** Parses sources for a test: file below `specs/` to text. `openapi.yaml` alone stands for the root document. */
export function specSet(files: Readonly<Record<string, string>>): SpecSet {
  const documents = new Map<string, SourceDocument>();
  for (const [path, text] of Object.entries(files)) {
    const [folder = '', ...rest] = path.split('/');
    const { document, diagnostics } = parseSource(`specs/${path}`, rest.length === 0 ? '' : folder, text);
    if (document === undefined) throw new Error(`${path}: ${diagnostics[0]?.message ?? 'not parsed'}`);
    documents.set(`specs/${path}`, document);
  }
  return {
    folder: 'specs',
    documents,
    brokenFiles: new Set(),
    root: documents.get('specs/openapi.yaml'),
    modules: [...documents.values()]
      .filter(({ home }) => home !== '' && home !== 'common')
      .map((document) => ({ name: document.home, document })),
    project: true,
  };
}

/** What a rule finds in the file of the module `ticket`, as `rule at line:column`. */
export function findings(
  rule: Rule,
  ticket: string,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  const specs = specSet({ ...others, 'ticket/openapi.yaml': ticket });
  return checkHouseStyle(specs, [rule])
    .filter(({ at }) => at.file === 'specs/ticket/openapi.yaml')
    .map(({ rule: name, at }) => `${name} at ${at.line}:${at.column}`);
}
