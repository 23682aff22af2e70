import type { Content, Operation, ResponseDescription } from '../operation.ts';
import { mediaTypesMeet, parseMediaType } from '../body/media-type.ts';
import { ResponseError } from './response-error.ts';

/** What a handler returned, its types unknown to the runtime. */
export interface HandlerResponse {
  readonly status: number;
  readonly body: unknown;
  /** Names in lower case; undefined values are absent headers. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly contentType: string | undefined;
}

/** @throws {ResponseError} when a handler returned something else than a response. */
export function parseHandlerResponse(operation: Operation, value: unknown): HandlerResponse {
  if (typeof value !== 'object' || value === null || !('status' in value)) {
    throw new ResponseError(operation.id, 'the handler returned no response.');
  }
  const { status } = value;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new ResponseError(operation.id, 'the handler returned a status that is none.');
  }
  const headers: Record<string, unknown> = {};
  if ('headers' in value && typeof value.headers === 'object' && value.headers !== null) {
    for (const [name, header] of Object.entries(value.headers)) headers[name.toLowerCase()] = header;
  }
  const contentType =
    'contentType' in value && typeof value.contentType === 'string' ? value.contentType : undefined;
  return { status, body: 'body' in value ? value.body : undefined, headers, contentType };
}

/** The contract's description of a status: itself, else its range, else `default`; -1 when there is none. */
export function describingIndex(responses: readonly ResponseDescription[], status: number): number {
  const exact = responses.findIndex((response) => response.status === status);
  if (exact !== -1) return exact;
  const range = `${Math.trunc(status / 100)}XX`;
  const ranged = responses.findIndex((response) => response.status === range);
  return ranged === -1 ? responses.findIndex((response) => response.status === 'default') : ranged;
}

/**
 * The content that a response is an instance of, by the type that its handler named, or the only one there is. -1 when
 * the contract has no such content.
 */
export function contentIndex(contents: readonly Content[], contentType: string | undefined): number {
  if (contentType === undefined) return contents.length === 1 ? 0 : -1;
  const essence = parseMediaType(contentType)?.essence;
  if (essence === undefined) return -1;
  const exact = contents.findIndex(({ mediaType }) => mediaType === essence);
  return exact === -1 ? contents.findIndex(({ mediaType }) => mediaTypesMeet(mediaType, essence)) : exact;
}
