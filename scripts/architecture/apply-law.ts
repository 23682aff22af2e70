import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { findFolderCircles } from './folder-circles.ts';
import { law } from './law.mjs';
import { visitUsingDeclarations } from './visit-using.ts';

visitUsingDeclarations();

/** One import that the law forbids. */
export interface LawViolation {
  readonly rule: string;
  readonly comment: string;
  readonly from: string;
  readonly to: string;
}

export interface LawReport {
  readonly violations: readonly LawViolation[];
  /** Source files that were parsed, relative to the tree's root: a check that saw nothing has checked nothing. */
  readonly files: readonly string[];
  readonly imports: number;
}

/**
 * Applies the dependency law to the tree below `root`.
 * @throws when dependency-cruiser cannot run.
 */
export async function applyLaw(root: string, folders: readonly string[]): Promise<LawReport> {
  const { options, forbidden } = law;
  const { output } = await cruise(
    [...folders],
    { ...options, baseDir: root, ruleSet: { forbidden }, validate: true },
    { ...options.enhancedResolveOptions },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text where a result was expected');
  return toReport(output);
}

function toReport(result: ICruiseResult): LawReport {
  const comments = new Map(law.forbidden.map((rule) => [rule.name, rule.comment]));
  const sources = result.modules.filter(
    (module) => !module.coreModule && !module.couldNotResolve && !module.source.includes('node_modules/'),
  );
  const cruised = result.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    comment: comments.get(rule.name) ?? '',
    from,
    to,
  }));
  return {
    violations: [...cruised, ...folderCircles(sources)],
    files: sources.map((module) => module.source),
    imports: sources.reduce((sum, module) => sum + module.dependencies.length, 0),
  };
}

function folderCircles(modules: ICruiseResult['modules']): LawViolation[] {
  const { name, comment, below, pathNot } = law.acyclicFolders;
  const isTest = new RegExp(pathNot);
  const imports = modules
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
    )
    .filter(({ from, to }) => !isTest.test(from) && !isTest.test(to));
  return below
    .flatMap((parent) => findFolderCircles(imports, parent))
    .map(({ from, to }) => ({ rule: name, comment, from, to }));
}
