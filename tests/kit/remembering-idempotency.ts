import type { PreparedResponse } from '#kernel/contract/respond/send-response.ts';
import type { IdempotencyStore, IdempotentCall } from '#kernel/contract/ports.ts';
import { IdempotencyKeyReusedError } from '#kernel/idempotency/errors.ts';

/** Remembers the answers to requests with an `Idempotency-Key` in memory. */
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
