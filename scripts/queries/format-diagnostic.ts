import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** One line: `sql/recipe/recipes.sql:41:7 select-star: sentence`. */
export function formatDiagnostic({ rule, message, at }: Diagnostic): string {
  return `${at.file}:${at.line}:${at.column} ${rule}: ${message}`;
}
