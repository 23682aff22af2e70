import type { Clock } from './clock.ts';

/** Where the ids of new things come from; a port, so that tests decide what they are. */
export interface Ids {
  next(): string;
}

/**
 * Ids that begin with the millisecond they were made in, the rest random: they sort by the time they were made, which
 * keeps an index on them dense. Source: RFC 9562, section 5.7.
 */
export class UuidV7Ids implements Ids {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): string {
    const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(16)).buffer);
    bytes.writeUIntBE(this.#clock.now().getTime(), 0, 6);
    bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
}
