import { BlockList, isIP } from 'node:net';

const MAX_KNOWN = 1000;

/** The proxies whose `X-Forwarded-*` headers are believed. Nobody else's are. */
export class TrustedProxies {
  readonly #list = new BlockList();
  /** Looking an address up costs microseconds, and most requests come from the same few proxies. */
  readonly #known = new Map<string, boolean>();
  readonly isEmpty: boolean;

  /** @param ranges addresses and CIDR ranges. */
  constructor(ranges: readonly string[]) {
    this.isEmpty = ranges.length === 0;
    for (const range of ranges) {
      const [address = '', prefix] = range.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (prefix === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(prefix), family);
    }
  }

  has(address: string): boolean {
    if (this.isEmpty) return false;
    let isTrusted = this.#known.get(address);
    if (isTrusted === undefined) {
      isTrusted = this.#look(address);
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(address, isTrusted);
    }
    return isTrusted;
  }

  #look(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }
}
