import { setImmediate as nextTurn } from 'node:timers/promises';

import type { PreparedResponse } from '#kernel/contract/respond/send-response.ts';
import type { IdempotencyStore, IdempotentCall } from '#kernel/contract/ports.ts';
import { IdempotencyKeyReusedError } from '#kernel/idempotency/errors.ts';
import type { Recipe } from '../../src/modules/recipe/domain/recipe.ts';
import { InMemoryRecipeRepository } from '../../src/modules/recipe/testing/in-memory-recipe-repository.ts';

/** Remembers answers in memory. */
export class RememberingIdempotency implements IdempotencyStore {
  readonly #answers = new Map<string, { fingerprint: Uint8Array; answer: PreparedResponse }>();

  async once(
    { key, subject, fingerprint }: IdempotentCall,
    work: () => Promise<PreparedResponse>,
  ): Promise<PreparedResponse> {
    const place = JSON.stringify([subject, key]);
    const earlier = this.#answers.get(place);
    if (earlier === undefined) {
      const answer = await work();
      this.#answers.set(place, { fingerprint, answer });
      return answer;
    }
    if (Buffer.compare(earlier.fingerprint, fingerprint) !== 0) throw new IdempotencyKeyReusedError();
    return earlier.answer;
  }
}

/** Remembers nothing: whatever is repeated is done again. */
export class ForgetfulIdempotency extends RememberingIdempotency {
  override once(_call: IdempotentCall, work: () => Promise<PreparedResponse>): Promise<PreparedResponse> {
    return work();
  }
}

/** Reads, waits and writes what it made of that, whoever wrote in between. */
export class LosingRepository extends InMemoryRecipeRepository {
  override async update(id: string, change: (recipe: Recipe | undefined) => Recipe): Promise<Recipe> {
    const before = await this.find(id);
    await nextTurn();
    const changed = change(before);
    await this.insert(changed);
    return changed;
  }
}

/** Writes a title before it knows whether it may. */
export class HastyRepository extends InMemoryRecipeRepository {
  override async update(id: string, change: (recipe: Recipe | undefined) => Recipe): Promise<Recipe> {
    const before = await this.find(id);
    if (before !== undefined) await this.insert({ ...before, title: `${before.title}!`.slice(0, 200) });
    return super.update(id, change);
  }
}

/** Checks, says that it removed the recipe, and keeps it. */
export class KeepingRepository extends InMemoryRecipeRepository {
  override async remove(id: string, check: (recipe: Recipe | undefined) => Recipe): Promise<void> {
    check(await this.find(id));
  }
}
