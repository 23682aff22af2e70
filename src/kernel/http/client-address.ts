import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const MAPPED = /^::ffff:(?=\d+\.)/i;
/** Proxies append; entries further back than this are not believed. */
const MAX_HOPS = 32;
/** Addresses whose lookup is remembered. */
const MAX_KNOWN = 1000;

/** The proxies whose `X-Forwarded-*` headers are believed; those of any other peer are not. */
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

/**
 * The address that a request came from. Behind trusted proxies it is the last entry of `X-Forwarded-For` that none of
 * them is: everything before it was written by the client and may be a lie.
 */
export function clientAddress(request: IncomingMessage, proxies: TrustedProxies): string {
  let address = plain(request.socket.remoteAddress ?? '');
  if (!proxies.has(address)) return address;
  const hops = (request.headersDistinct['x-forwarded-for'] ?? []).join(',').split(',').slice(-MAX_HOPS);
  for (const hop of hops.toReversed()) {
    const next = plain(hop.trim());
    if (isIP(next) === 0) return address;
    address = next;
    if (!proxies.has(address)) return address;
  }
  return address;
}

/** Whether the client's own connection is encrypted, as far as a trusted proxy says so. */
export function isForwardedTls(request: IncomingMessage, proxies: TrustedProxies): boolean {
  return (
    request.headers['x-forwarded-proto'] === 'https' && proxies.has(plain(request.socket.remoteAddress ?? ''))
  );
}

/** What an address is counted as: one IPv6 subscriber has 2^64 addresses at least, so the network is counted. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - start.length - end.length }, () => '0');
  const groups = [...start, ...zeros, ...end].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** IPv4 addresses of a socket that also takes IPv6 look like `::ffff:192.0.2.1`. */
function plain(address: string): string {
  return address.replace(MAPPED, '');
}
