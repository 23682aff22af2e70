import { array, constant, constantFrom, nat, oneof, option, record, type Arbitrary } from 'fast-check';
import type { FuzzContract, FuzzOperation, Resource } from './fuzz-contract.ts';
import { bodyArbitrary } from './request-arbitrary.ts';

/** What `If-Match` says of a write. */
export type Condition = 'current' | 'stale' | 'any' | 'none';

/** One step in the life cycle of a resource. */
export type LifeCycleStep =
  | { readonly kind: 'read' }
  | {
      readonly kind: 'write';
      readonly how: 'replace' | 'patch';
      readonly condition: Condition;
      readonly body: unknown;
    }
  | { readonly kind: 'write-by-other'; readonly how: 'replace' | 'patch'; readonly body: unknown }
  /** Several write at once, from the version that all of them have read. */
  | { readonly kind: 'race'; readonly how: 'replace' | 'patch'; readonly bodies: readonly unknown[] }
  | { readonly kind: 'delete'; readonly condition: Condition };

/** A thing from its creation on. */
export interface LifeCycle {
  readonly body: unknown;
  /** How often the request that creates it is repeated, one after the other and all at once; 0 without a key. */
  readonly repeats: number;
  /** What else is sent with the key of the first request; undefined for nothing. */
  readonly otherBody: unknown;
  readonly steps: readonly LifeCycleStep[];
}

const CONDITIONS = constantFrom<Condition>('current', 'current', 'current', 'stale', 'any', 'none');

/** Lives of things of a resource: what its operations allow, in any order. */
export function lifeCycleArbitrary(
  contract: FuzzContract,
  resource: Resource & { readonly create: FuzzOperation },
): Arbitrary<LifeCycle> {
  const created = bodyArbitrary(contract, resource.create);
  const writes = (['replace', 'patch'] as const).flatMap((how): Arbitrary<LifeCycleStep>[] => {
    const described = resource[how];
    if (described === undefined) return [];
    const body = bodyArbitrary(contract, described);
    const write = { how: constant(how), body };
    return [
      record({ kind: constant('write' as const), condition: CONDITIONS, ...write }),
      record({ kind: constant('write-by-other' as const), ...write }),
      record({
        kind: constant('race' as const),
        how: constant(how),
        bodies: array(body, { minLength: 2, maxLength: 6 }),
      }),
    ];
  });
  const steps: Arbitrary<LifeCycleStep>[] = [constant({ kind: 'read' as const }), ...writes];
  if (resource.remove !== undefined) {
    steps.push(record({ kind: constant('delete' as const), condition: CONDITIONS }));
  }
  return record({
    body: created,
    repeats: oneof(constant(0), nat(4)),
    otherBody: option(created, { nil: undefined }),
    steps: array(oneof(...steps), { maxLength: 8 }),
  });
}
