import { MCP_MUTATORS, MUTATORS } from '../emit-sdk-mutators.ts';
import { SDK_ROOT } from '../sdk-types.ts';

/** Where what orval prints stands. */
export const ORVAL_ROOT = `${SDK_ROOT}/orval`;

/** Where what openapi-typescript-codegen prints stands. */
export const OTC_ROOT = `${SDK_ROOT}/otc`;

/** Files of ours beside what orval prints: it imports them. */
const OURS = new Set([MUTATORS.path, MCP_MUTATORS.path]);

/** True for a file that a tool prints. */
export function isPrintedByTools(file: string): boolean {
  return !OURS.has(file) && [ORVAL_ROOT, OTC_ROOT].some((root) => file.startsWith(`${root}/`));
}
