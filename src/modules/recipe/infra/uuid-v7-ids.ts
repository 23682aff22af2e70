import { randomBytes } from 'node:crypto';
import type { Clock } from '#kernel/domain/clock.ts';
import type { RecipeIds } from '../domain/recipe-repository.ts';

/** Ids that begin with the millisecond they were made in, the rest random. Source: RFC 9562, section 5.7. */
export class UuidV7Ids implements RecipeIds {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): string {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(this.#clock.now().getTime(), 0, 6);
    bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
}
