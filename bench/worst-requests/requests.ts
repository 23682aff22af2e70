const MEGABYTE = 1024 * 1024;
/** The headers of one request may have 16 KiB together; the other headers need some of that. */
const HEADER_ROOM = 15_000;

/** A request that costs as much as the limits allow. */
export interface WorstRequest {
  readonly name: string;
  readonly message: Buffer;
}

/** Requests to the kitchen sink with the default body limit of a megabyte: the most expensive one of each kind. */
export function createWorstRequests(): readonly WorstRequest[] {
  return [
    json('20,000 values', `[${list(19_999, (index) => index)}]`),
    json('10,000 names in one object', `{${list(9999, (index) => `"name${index}":${index}`)}}`),
    json('values beyond the bound', `[${list(MEGABYTE / 2 - 2, () => 1)}]`),
    json('escapes only', `"${String.raw`\u0061`.repeat(MEGABYTE / 6 - 2)}"`),
    json('names of escapes', `{"${String.raw`\u0061`.repeat(MEGABYTE / 6 - 4)}":1}`),
    json('a long number', '1'.repeat(MEGABYTE - 1)),
    json('a long fraction', `0.${'1'.repeat(MEGABYTE - 10)}`),
    json('white space', `${' '.repeat(MEGABYTE - 2)}1`),
    json('depth', `${'['.repeat(64)}${']'.repeat(64)}`),
    json('many deep values', `[${list(300, () => `${'['.repeat(60)}${']'.repeat(60)}`)}]`),
    json('a text of a megabyte', `"${'é'.repeat(MEGABYTE / 2 - 2)}"`),
    json('unknown properties', `{${list(9990, (index) => `"p${index}":${index}`)}}`, '/things'),
    json('a full report', `{${list(1300, (index) => `"p${index}":1`)}}`, '/things'),
    json('nested failures', nested(60), '/things'),
    json('one of several shapes', `{"kind":"circle",${list(1300, (index) => `"p${index}":1`)}}`, '/shapes'),
    body('a form of 1,000 fields', '/form', FORM, `name=a&${list(999, () => 'tags=%C3%A9', '&')}`),
    body('a form of empty fields', '/form', FORM, '&'.repeat(MEGABYTE - 1)),
    body('a form of one list', '/form', FORM, `name=a&${'tags=x&'.repeat(MEGABYTE / 7 - 2)}`),
    body('a form of escapes', '/form', FORM, `name=${'%41'.repeat(MEGABYTE / 3 - 4)}`),
    body(
      'a form of unknown names',
      '/form',
      FORM,
      list(120_000, (index) => `f${index}=`, '&'),
    ),
    body('a form of spaces', '/form', FORM, `name=${'+'.repeat(MEGABYTE - 6)}`),
    multipart(
      '200 parts',
      list(199, (index) => part(`f${index}`, 'x'), ''),
    ),
    multipart(
      'parts without end',
      list(12_000, (index) => part(`f${index}`, 'x'), ''),
    ),
    multipart('near misses of the boundary', part('caption', '\r\n--'.repeat(MEGABYTE / 4 - 100))),
    multipart(
      'long part headers',
      list(120, () => part(`a";${'x="\\";'.repeat(1300)}`, 'x'), ''),
    ),
    body('a text', '/text', 'text/plain', 'é'.repeat(MEGABYTE / 2)),
    get('a long path', `/${'a/'.repeat(HEADER_ROOM / 2)}`),
    get('many names in the query', `/headers?${list(2400, (index) => `n${index}`, '&')}`),
    get('a long list in the query', `/query-styles?formList=${'1,'.repeat(HEADER_ROOM / 2 - 50)}1`),
    get('members in brackets', `/query-styles?${list(900, (index) => `deep[m${index}]=1`, '&')}`),
    get('escapes in the query', `/query-styles?reserved=${'%41'.repeat(HEADER_ROOM / 3 - 50)}`),
    get('a long cookie', '/cookie-styles', `Cookie: ${list(1800, (index) => `c${index}=1`, ';')}`),
    get('a long list of tags', '/headers', `If-None-Match: ${list(1800, (index) => `"${index}"`)}`),
    get('gaps between tags', '/headers', `If-None-Match: ${' ,'.repeat(HEADER_ROOM / 2)}x`),
    get('a long Accept', '/headers', `Accept: ${list(200, () => 'a/b')}`),
    get('a long Content-Type', '/headers', `Content-Type: a/b${';a=b'.repeat(HEADER_ROOM / 4)}`),
    get('a long token', '/headers', `Authorization: Bearer ${'a'.repeat(HEADER_ROOM)}`),
  ];
}

const FORM = 'application/x-www-form-urlencoded';

function list(count: number, item: (index: number) => unknown, separator = ','): string {
  return Array.from({ length: count }, (_, index) => String(item(index))).join(separator);
}

function nested(depth: number): string {
  return depth === 0 ? '{"x":1}' : `{"title":5,"count":"a","y":1,"parent":${nested(depth - 1)}}`;
}

function json(name: string, text: string, path = '/any-json'): WorstRequest {
  return body(`JSON: ${name}`, path, 'application/json', text);
}

function multipart(name: string, parts: string): WorstRequest {
  return body(`multipart: ${name}`, '/photos', 'multipart/form-data; boundary=B', `${parts}--B--\r\n`);
}

function part(name: string, content: string): string {
  return `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
}

function body(name: string, path: string, contentType: string, content: string): WorstRequest {
  const bytes = Buffer.from(content);
  const headers = [`Content-Type: ${contentType}`, `Content-Length: ${bytes.byteLength}`];
  return { name, message: Buffer.concat([head(`POST ${path}`, headers), bytes]) };
}

function get(name: string, target: string, ...headers: readonly string[]): WorstRequest {
  return { name, message: head(`GET ${target}`, headers) };
}

function head(start: string, headers: readonly string[]): Buffer {
  const credentials = headers.some((line) => line.startsWith('Authorization'))
    ? []
    : ['Authorization: Bearer ann'];
  const lines = [`${start} HTTP/1.1`, 'Host: bench', 'Connection: close', ...credentials, ...headers];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
}
