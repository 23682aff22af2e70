/** Puts the keys of `apiKey` schemes that a client has into the headers of a request, and gives its URL with those of the query. */
export type KeyWriter = (
  url: string,
  headers: Headers,
  keyOf: (scheme: string) => string | undefined,
) => string;

/**
 * The writer of an operation that takes keys; `places` are those of its security schemes, by their names.
 * @throws {TypeError} when a key has characters that its place cannot carry. It is not in the message.
 */
export const apiKeys =
  (
    places: Readonly<Record<string, readonly [place: 'query' | 'header' | 'cookie', name: string]>>,
  ): KeyWriter =>
  (url, headers, keyOf) => {
    let target = url;
    for (const [scheme, [place, name]] of Object.entries(places)) {
      const key = keyOf(scheme);
      if (key === undefined) continue;
      // What a cookie may hold is what neither a header nor a cookie would change. Source: RFC 6265 section 4.1.1.
      if (place !== 'query' && !/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/.test(key)) {
        throw new TypeError(`the key ${scheme} has characters that no ${place} can carry`);
      }
      if (place === 'query') {
        target += `${target.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
      } else if (place === 'header') headers.set(name, key);
      else headers.set('cookie', [headers.get('cookie'), `${name}=${key}`].filter(Boolean).join('; '));
    }
    return target;
  };
