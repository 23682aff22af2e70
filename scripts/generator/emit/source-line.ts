import type { SourcePointer } from '../../diagnostics/diagnostic.ts';

/** Where emitted code comes from: `Source: specs/ticket/openapi.yaml#/paths/~1tickets/post`. */
export function sourceLine(at: SourcePointer): string {
  return `Source: ${at.file}#${at.pointer}`;
}
