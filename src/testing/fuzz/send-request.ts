import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';
import type { FuzzRequest } from './request-arbitrary.ts';

/** A whole answer. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What only the run knows. */
export interface FuzzTarget {
  readonly origin: string;
  readonly agent: Agent;
  readonly tokens: Readonly<Record<'good' | 'other' | 'bad', string>>;
  /** Ids of what was created so far. */
  readonly known: readonly string[];
}

/** Sends a request as it is, without a client that mends it. */
export function sendFuzzRequest(target: FuzzTarget, fuzz: FuzzRequest): Promise<FuzzAnswer> {
  const { operation, contentType, accept, credentials } = fuzz;
  const headers: Record<string, string> = { accept: headerText(accept) };
  for (const [name, value] of Object.entries(fuzz.headers)) headers[name] = headerText(textOf(value));
  if ('If-Match' in fuzz.headers && fuzz.version !== undefined) headers['If-Match'] = fuzz.version;
  if (credentials !== 'none') headers['authorization'] = `Bearer ${target.tokens[credentials]}`;
  const body = fuzz.body === undefined || operation.method === 'get' ? undefined : encodeBody(fuzz);
  if (body !== undefined) headers['content-type'] = headerText(contentType);
  const { hostname, port } = new URL(target.origin);
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      {
        hostname,
        port,
        agent: target.agent,
        method: operation.method.toUpperCase(),
        path: targetOf(fuzz, target.known),
        headers,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function encodeBody({ contentType, body }: FuzzRequest): string {
  if (contentType.startsWith('text/')) return textOf(body);
  if (contentType.includes('urlencoded') && typeof body === 'object' && body !== null) {
    return new URLSearchParams(
      Object.entries(body).map(([name, value]): [string, string] => [name, textOf(value)]),
    ).toString();
  }
  return JSON.stringify(body);
}

function targetOf({ operation, path, query, known }: FuzzRequest, ids: readonly string[]): string {
  const id = known === undefined ? undefined : ids[known % Math.max(ids.length, 1)];
  const pathname = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encode(id ?? textOf(path[name])),
  );
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => `${encode(name)}=${encode(textOf(item))}`),
  );
  return pairs.length === 0 ? pathname : `${pathname}?${pairs.join('&')}`;
}

/** Longer targets are the parser's to refuse, not the operation's. */
function encode(text: string): string {
  return encodeURIComponent(text.slice(0, 600).toWellFormed());
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** What may stand in a header at all; the rest is for the corpora of raw messages. */
function headerText(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 600);
}
