import type { Diagnostic } from '../contract/contract.ts';

/** By file, line, column and rule, each finding once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .toSorted(
      (a, b) =>
        compare(a.at.file, b.at.file) ||
        a.at.line - b.at.line ||
        a.at.column - b.at.column ||
        compare(a.rule, b.rule) ||
        compare(a.message, b.message),
    )
    .filter((diagnostic) => {
      const line = formatDiagnostic(diagnostic);
      if (seen.has(line)) return false;
      seen.add(line);
      return true;
    });
}

/** `specs/recipe/openapi.yaml:41:7 rule-name: sentence`. */
export function formatDiagnostic({ at, rule, message }: Diagnostic): string {
  return `${at.file}:${at.line}:${at.column} ${rule}: ${message}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
