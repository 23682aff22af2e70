import { OPERATIONS, type Operation } from './options.ts';

/**
 * Most CPU that this API may take for a request, as a multiple of what Fastify with one log line takes for it in the same run.
 * Ratios and never times: a slower machine slows both.
 */
export const LIMITS: Readonly<Record<Operation, number>> = { get: 1.7, list: 1.7, post: 1.7 };

/**
 * What is over its limit, a sentence each; an operation that was not measured is.
 *
 * @param ratios of CPU a request, ours to Fastify's.
 */
export function findExcesses(
  ratios: Readonly<Record<Operation, number | undefined>>,
  limits: Readonly<Record<Operation, number>> = LIMITS,
): readonly string[] {
  return OPERATIONS.flatMap((operation) => {
    const ratio = ratios[operation];
    const limit = limits[operation];
    if (ratio === undefined || Number.isNaN(ratio)) return [`${operation}: there is nothing to compare`];
    return ratio > limit
      ? [`${operation}: ours takes ${ratio.toFixed(2)} times the CPU of Fastify; the limit is ${limit}`]
      : [];
  });
}
