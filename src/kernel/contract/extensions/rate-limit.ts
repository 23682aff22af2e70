import type { Operation } from '../operation.ts';
import type { Quota } from '../ports.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * The quota that an operation has of its own beside the general one, from `x-rate-limit: { requests: 10, windowSeconds: 60 }`;
 * undefined when it has none.
 *
 * @throws {Error} when the extension is malformed.
 */
export function ownQuota({ id, extensions }: Operation): Quota | undefined {
  const value = extensions['x-rate-limit'];
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null && 'requests' in value && 'windowSeconds' in value) {
    const { requests, windowSeconds } = value;
    if (isCount(windowSeconds) && windowSeconds > SECONDS_PER_DAY) {
      throw new Error(`The window of x-rate-limit of operation ${id} must be a day (86400 seconds) at most.`);
    }
    if (isCount(requests) && isCount(windowSeconds)) return { requests, windowSeconds };
  }
  throw new Error(`x-rate-limit of operation ${id} must be like { requests: 10, windowSeconds: 60 }.`);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
