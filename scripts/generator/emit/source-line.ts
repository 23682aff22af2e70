import type { SpecPointer } from '../contract/contract.ts';

/** Where emitted code comes from: `Source: specs/recipe/openapi.yaml#/paths/~1recipes/post`. */
export function sourceLine(at: SpecPointer): string {
  return `Source: ${at.file}#${at.pointer}`;
}
