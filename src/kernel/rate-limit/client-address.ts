import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TrustedProxies } from './trusted-proxies.ts';

const MAPPED = /^::ffff:(?=\d+\.)/i;
/** Proxies append; what lies further back than this many of them is nobody's to believe. */
const MAX_HOPS = 32;

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
