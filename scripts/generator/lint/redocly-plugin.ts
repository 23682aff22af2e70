import path from 'node:path';

import { type Oas3Rule, type Plugin, Source } from '@redocly/openapi-core';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import { loadSpecs, SPECS_FOLDER } from '../load/load-specs.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { SERVER_RUNTIME } from '../contract/server-runtime.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { ownFindings } from './own-findings.ts';

/** Where the plugin's rule `contract` puts what the compiler refuses for another reason than the style of the house. */
const CONTRACT = 'contract';

const NAMES: ReadonlySet<string> = new Set(HOUSE_RULES.map(({ name }) => name));

/**
 * The house rules as rules of Redocly, for `redocly lint` and for editors: `house/<rule>` says of a spec what the compiler
 * says, in the same words at the same place, waivers applied. `house/contract` is what the compiler refuses beyond them.
 * Redocly is asked about documents; what a file of `specs/common` has is told with each document.
 */
// oxlint-disable-next-line no-default-export -- what Redocly loads of a plugin's file
export default function housePlugin(): Plugin {
  const names = [...NAMES, CONTRACT];
  return {
    id: 'house',
    rules: { oas3: Object.fromEntries(names.map((name) => [name, ruleOf(name)])) },
    configs: {
      recommended: { rules: Object.fromEntries(names.map((name) => [`house/${name}`, 'error' as const])) },
    },
  };
}

function ruleOf(name: string): Oas3Rule {
  return () => ({
    Root: {
      leave(_root, context) {
        const { location } = context;
        const findings = findingsOf(location.source);
        for (const { rule, message, at } of findings.found) {
          if ((NAMES.has(rule) ? rule : CONTRACT) !== name) continue;
          const source = findings.sourceOf(at.file);
          context.report({
            message,
            location: { source, pointer: undefined, start: { line: at.line, col: at.column } },
          });
        }
      },
    },
  });
}

interface Findings {
  readonly found: readonly Diagnostic[];
  readonly sourceOf: (file: string) => Source;
}

/** One run asks once for each rule; the next run reads a source of its own. */
const remembered = new WeakMap<Source, Findings>();

function findingsOf(source: Source): Findings {
  const known = remembered.get(source) ?? computeFindings(source);
  remembered.set(source, known);
  return known;
}

function computeFindings(source: Source): Findings {
  const root = projectOf(source.absoluteRef);
  if (root === undefined) return { found: [], sourceOf: () => source };
  const file = path.relative(root, source.absoluteRef).split(path.sep).join('/');
  const loaded = loadSpecs(root, SPECS_FOLDER, new Map([[file, source.body]]));
  const { found, waivers, misread } = ownFindings(loaded, SERVER_RUNTIME);
  // Waivers of Redocly's own rules are used by its findings, which are not known here.
  const waived = waivers.findings().filter(({ rule, about }) => rule !== 'unused-waiver' || NAMES.has(about));
  const here = [...found, ...waived.filter(({ at }) => !misread.has(at.file))].filter(
    ({ at }) => at.file === file || loaded.specs.documents.get(at.file)?.home === 'common',
  );
  return {
    found: sortDiagnostics(here),
    sourceOf: (each) => (each === file ? source : sourceAt(root, loaded.specs, each)),
  };
}

/** The folder that holds the specs which a file is one of; undefined for other files. */
function projectOf(absoluteFile: string): string | undefined {
  const folders = path.dirname(absoluteFile).split(path.sep);
  const at = folders.lastIndexOf(SPECS_FOLDER);
  return at === -1 ? undefined : folders.slice(0, at).join(path.sep);
}

function sourceAt(root: string, specs: SpecSet, file: string): Source {
  return new Source(path.join(root, file), specs.documents.get(file)?.text ?? '');
}
