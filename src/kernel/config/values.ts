import { isIP } from 'node:net';

/** Parsers of single values. Each answers the value, or a sentence saying what was expected; never the value in it. */

type Parsed<T> = { readonly value: T } | string;

/** Text without spaces at its ends and without control characters. */
export function parseText(text: string): Parsed<string> {
  return text.trim() !== text || /\p{Cc}/u.test(text)
    ? 'must have no spaces at its ends and no control characters'
    : { value: text };
}

/** A name or address to listen on. */
export function parseHost(text: string): Parsed<string> {
  return /^[A-Za-z0-9.:_-]{1,255}$/.test(text)
    ? { value: text }
    : 'must be a host name or an IP address, without a scheme and without a port';
}

/** A connection URL that names the host and the database. */
export function parseDatabaseUrl(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable =
    url !== undefined &&
    ['postgres:', 'postgresql:'].includes(url.protocol) &&
    (url.hostname !== '' || url.searchParams.has('host')) &&
    url.pathname.length > 1;
  return isUsable ? { value: text } : 'must be a URL like postgres://user:password@host:5432/database';
}

/** Where public keys come from. Plain http carries them unprotected, so it is for this machine only, unless allowed. */
export function parseJwksUrl(isPlainHttpAllowed: boolean): (text: string) => Parsed<string> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
      return 'must be a URL like https://id.example.com/api/auth/jwks';
    }
    if (url.username !== '' || url.password !== '') return 'must hold no user name and no password';
    if (url.protocol === 'http:' && !isPlainHttpAllowed && !isLoopback(url.hostname)) {
      return 'must be https, except on this machine (AUTH_JWKS_ALLOW_HTTP=true allows http inside a trusted network)';
    }
    return { value: text };
  };
}

/** An origin exactly as a browser sends it. Source: Fetch standard, section "Origin header". */
export function parseOrigin(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.origin === text
    ? { value: text }
    : 'must list origins like https://app.example.com, separated by commas; no path, no slash at the end, no *';
}

/** An IP address or a CIDR range. */
export function parseProxyRange(text: string): Parsed<string> {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const isPrefix = prefix === undefined || (/^(?:0|[1-9][0-9]{0,2})$/.test(prefix) && Number(prefix) <= bits);
  return version !== 0 && isPrefix && rest.length === 0
    ? { value: text }
    : 'must list IP addresses and ranges like 10.0.0.0/8, separated by commas';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.[0-9]{1,3}){3}$/.test(hostname);
}
