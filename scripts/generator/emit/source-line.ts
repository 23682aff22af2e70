import type { SourcePointer } from '../../diagnostics/diagnostic.ts';

/** Where emitted code comes from: `Source: specs/recipe/openapi.yaml#/paths/~1recipes/post`. */
export function sourceLine(at: SourcePointer): string {
  return `Source: ${at.file}#${at.pointer}`;
}
