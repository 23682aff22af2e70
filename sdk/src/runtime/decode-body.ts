import type { OctetDecoder, OctetView } from './platform-types.ts';

/** Reads the body of a response. */
export interface BodyReader {
  /** All of it, bounded by the client's limit. */
  readonly chunks: () => Promise<readonly OctetView[]>;
  /** Its body is without a limit of its size or time. */
  readonly response: Response;
  /** What the caller ends the call by. */
  readonly signal: AbortSignal | null | undefined;
}

/** How the body of one status of an operation becomes `data`. */
export interface BodyDecoder {
  /** The media types that it reads; a response of another one is an `UnexpectedResponseError`. */
  readonly accepts: RegExp;
  /** @throws when the text is not what its media type says. */
  read(body: BodyReader, mediaType: string): unknown;
}

/** `application/json` and `+json`: parsed. */
export const json: BodyDecoder = { accepts: /[/+]json$/, read: parse };

/** `application/problem+json` (RFC 9457), and nothing else: what a gateway says in JSON is not the API's problem. */
export const problem: BodyDecoder = { accepts: /^application\/problem\+json$/, read: parse };

/** `text/*`: a string, in the charset that the response says. A U+FEFF in front is content (RFC 3629 section 6). */
export const text: BodyDecoder = {
  accepts: /^text\//,
  read: async ({ chunks, response }) => {
    const charset = /;\s*charset="?([^";\s]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];
    return textOf(await chunks(), new TextDecoder(charset, { fatal: true, ignoreBOM: true }));
  },
};

/** `text/event-stream`: the stream, which `cancel()` or the signal of the call ends; it may never end by itself. */
export const eventStream: BodyDecoder = {
  accepts: /^text\/event-stream$/,
  read: ({ response, signal }) =>
    (signal ? response.body?.pipeThrough(new TransformStream(), { signal }) : response.body) ??
    new ReadableStream({ start: (events) => events.close() }),
};

/** Any media type: a `Blob`. */
export const blob: BodyDecoder = {
  accepts: /^/,
  read: async (body, type) => new Blob([...(await body.chunks())], { type }),
};

/** No content: undefined, whatever comes. */
export const empty: BodyDecoder = { accepts: /^/, read: () => undefined };

/** Several media types of one status: the first decoder that accepts what came. */
export const either = (...decoders: readonly BodyDecoder[]): BodyDecoder => ({
  accepts: new RegExp(decoders.map((decoder) => decoder.accepts.source).join('|')),
  read: (body, mediaType) =>
    decoders.find((decoder) => decoder.accepts.test(mediaType))?.read(body, mediaType),
});

async function parse(body: BodyReader): Promise<unknown> {
  return JSON.parse(textOf(await body.chunks(), new TextDecoder('utf-8', { fatal: true })));
}

/** The text of a body; `decoder` says what becomes of octets that are none. */
export function textOf(chunks: readonly OctetView[], decoder: OctetDecoder): string {
  const texts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
  return texts.join('') + decoder.decode();
}
