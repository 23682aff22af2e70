import type { Diagnostic } from './diagnostic.ts';

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

/** What moves a terminal's cursor, ends a line or turns the direction of text: controls of Unicode, by escape only. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** `specs/ticket/openapi.yaml:41:7 rule-name: sentence`, in one line; messages quote sources, whose controls are escaped. */
export function formatDiagnostic({ at, rule, message }: Diagnostic): string {
  return `${at.file}:${at.line}:${at.column} ${rule}: ${message}`.replaceAll(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
