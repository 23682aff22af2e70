import assert from 'node:assert/strict';
import type { FuzzContract } from './fuzz-contract.ts';

/** Counts which answers each operation gave. */
export class Coverage {
  readonly #totals = new Map<number, number>();
  /** Operation id to the statuses of answers to its own method. */
  readonly #statuses: ReadonlyMap<string, Set<number>>;
  readonly #methods: ReadonlyMap<string, string>;

  constructor({ operations }: FuzzContract) {
    this.#statuses = new Map(operations.map(({ operation }) => [operation.id, new Set()]));
    this.#methods = new Map(
      operations.map(({ operation }) => [operation.id, operation.method.toUpperCase()]),
    );
  }

  count(operationId: string, method: string, status: number): void {
    this.#totals.set(status, (this.#totals.get(status) ?? 0) + 1);
    if (method === this.#methods.get(operationId)) this.#statuses.get(operationId)?.add(status);
  }

  get requests(): number {
    return [...this.#totals.values()].reduce((sum, count) => sum + count, 0);
  }

  /** `200 x 15, 404 x 2` over all operations. */
  get summary(): string {
    const sorted = [...this.#totals].toSorted(([one], [other]) => one - other);
    return sorted.map(([status, count]) => `${status} x ${count}`).join(', ');
  }

  /** Whether the operation did what it is there for, and refused to. */
  isComplete(operationId: string): boolean {
    return this.#lacks(operationId).length === 0;
  }

  /**
   * A fuzzer whose requests are all refused finds nothing in the handlers.
   *
   * @throws {AssertionError} when an operation never did what it is there for, or never refused.
   */
  assertComplete(): void {
    const lacking = [...this.#statuses.keys()].flatMap((id) => this.#lacks(id));
    assert.deepEqual(lacking, [], `operations that were not reached: ${lacking.join('; ')}`);
  }

  #lacks(operationId: string): string[] {
    const statuses = [...(this.#statuses.get(operationId) ?? [])];
    return [
      ...(statuses.some((status) => status < 300)
        ? []
        : [`${operationId} never succeeded (${statuses.join(', ')})`]),
      ...(statuses.some((status) => status >= 400) ? [] : [`${operationId} never refused`]),
    ];
  }
}
