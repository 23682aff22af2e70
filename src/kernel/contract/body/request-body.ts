import type { IncomingMessage } from 'node:http';
import type { Reason } from '#kernel/domain/error-code.ts';
import { ProtocolError, ContractError } from '#kernel/http/problems/protocol-error.ts';
import type { BinaryStream, UploadedFile } from '../body.ts';
import { decodeScalar, decodeUrlText, splitPairs, TextError } from '../decode/decode-text.ts';
import { describeTextFailure, escapePointer, FORBIDDEN_NAMES, parseJsonText } from '../decode/json-text.ts';
import type { BodyField, BodyFields } from '../validation/body-fields.ts';
import { mediaTypesMeet, parseMediaType, type ChosenContent } from './content-negotiation.ts';
import { MultipartError, decodeUtf8, splitMultipart, type Part } from './multipart.ts';

/** The refusal of a body that is longer than `limitBytes`; the connection cannot be used for anything after it. */
export function bodyTooLarge(limitBytes: number): ProtocolError {
  return new ProtocolError(413, 'body-too-large', `The body is larger than ${limitBytes} bytes.`, {
    headers: { connection: 'close' },
  });
}

/** The client went away before its body was complete: no one is there to read an answer. */
export function bodyIncomplete(cause: unknown): ProtocolError {
  return new ProtocolError(400, 'body-incomplete', 'The body ended before it was complete.', {
    cause,
    headers: { connection: 'close' },
  });
}

/**
 * Reads a whole body.
 *
 * @throws {ProtocolError} 413 as soon as more than `limitBytes` have come; 400 when the body breaks off.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const settle = (finish: () => void): void => {
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('error', onBreak);
      request.off('close', onBreak);
      finish();
    };
    const onData = (chunk: Buffer): void => {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) {
        settle(() => reject(bodyTooLarge(limitBytes)));
        request.pause();
      } else chunks.push(chunk);
    };
    const onEnd = (): void => {
      const [only] = chunks;
      settle(() => resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)));
    };
    const onBreak = (error?: Error): void => settle(() => reject(bodyIncomplete(error)));
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('error', onBreak);
    request.on('close', onBreak);
  });
}

/**
 * A body as a stream that is read only as fast as its consumer takes it. It fails with the same errors as `readBody`.
 */
export function streamBody(request: IncomingMessage, limitBytes: number): BinaryStream {
  const chunks = request.iterator({ destroyOnReturn: false });
  let sizeBytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next: IteratorResult<unknown> = await chunks.next();
          if (next.done === true) {
            controller.close();
            return;
          }
          if (!(next.value instanceof Uint8Array)) throw new TypeError('A request gives bytes.');
          sizeBytes += next.value.byteLength;
          if (sizeBytes > limitBytes) controller.error(bodyTooLarge(limitBytes));
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(bodyIncomplete(error));
        }
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Empty ones included: each costs an object and a validation, however short it is. */
export const MAX_FORM_FIELDS = 1000;

const PLUS = 0x2b;
const SPACE = 0x20;

/**
 * Turns a body's bytes into the value that is validated. A body of octets has no value here: it is streamed.
 *
 * @throws {ContractError} when the body is malformed.
 */
export function parseBody(bytes: Buffer, chosen: ChosenContent, fields: BodyFields | null): unknown {
  switch (chosen.content.kind) {
    case 'json':
    case 'problem':
      return parseJson(decodeText(bytes));
    case 'text':
      // The text is the value: a U+FEFF at its beginning is content (RFC 3629 section 6).
      return decodeText(bytes, { ignoreBOM: true });
    case 'form':
      return parseForm(bytes, fields);
    case 'multipart':
      return parseMultipart(bytes, chosen, fields);
    case 'binary':
      throw new Error('A body of octets is streamed, never parsed.');
    default:
      return chosen.content.kind satisfies never;
  }
}

/** UTF-8. A byte order mark in front is dropped (RFC 8259 section 8.1), unless it is to be ignored, and so stays as text. */
function decodeText(bytes: Buffer, options: { readonly ignoreBOM?: true } = {}): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { ...options, fatal: true }).decode(bytes);
  } catch (error) {
    throw new ContractError([{ pointer: '', code: 'encoding', detail: 'is not valid UTF-8' }], {
      cause: error,
    });
  }
  // JSON text cannot hold U+0000 unescaped; the check is for text and forms, and costs next to nothing.
  const failure = describeTextFailure(text);
  if (failure !== undefined)
    throw new ContractError([{ pointer: '', code: 'forbiddenCharacter', detail: failure }]);
  return text;
}

function parseJson(text: string): unknown {
  const result = parseJsonText(text);
  if (result.ok) return result.value;
  const { pointer, detail, reason } = result.failure;
  throw new ContractError([{ ...reason, pointer: pointer.toWellFormed().slice(0, 1024), detail }]);
}

function parseForm(bytes: Buffer, fields: BodyFields | null): unknown {
  const text = decodeText(plusToSpace(bytes));
  if (text.split('&', MAX_FORM_FIELDS + 1).length > MAX_FORM_FIELDS) {
    throw new ContractError([
      {
        pointer: '',
        code: 'maxFields',
        limit: MAX_FORM_FIELDS,
        detail: `must not have more than ${MAX_FORM_FIELDS} fields`,
      },
    ]);
  }
  const form = new FieldCollector(fields);
  try {
    for (const { name, rawValue } of splitPairs(text, '&', decodeSpaced))
      form.addText(name, decodeSpaced(rawValue));
  } catch (error) {
    if (error instanceof TextError)
      throw new ContractError([{ ...error.reason, pointer: '', detail: error.message }], { cause: error });
    throw error;
  }
  return form.value;
}

/** Among bytes, because replacing each of a million in a text takes a hundred times as long. */
function plusToSpace(bytes: Buffer): Buffer {
  const spaced = Buffer.from(bytes);
  for (let at = 0; at < spaced.length; at += 1) if (spaced[at] === PLUS) spaced[at] = SPACE;
  return spaced;
}

/** What stands for a space is one already. */
function decodeSpaced(raw: string): string {
  return decodeUrlText(raw, 'plus');
}

function parseMultipart(bytes: Buffer, { mediaType }: ChosenContent, fields: BodyFields | null): unknown {
  const form = new FieldCollector(fields);
  try {
    for (const part of splitMultipart(bytes, mediaType.parameters.get('boundary') ?? '')) addPart(form, part);
  } catch (error) {
    if (error instanceof MultipartError)
      throw new ProtocolError(400, 'malformed-multipart', error.message, { cause: error });
    throw error;
  }
  return form.value;
}

/**
 * Judges a part by its field and by its own media type, which is text when it says none and has no file name; a name alone does not
 * make a file of a text. Source: RFC 7578 sections 4.2 and 4.4, OpenAPI 3.1 section 4.8.15.
 */
function addPart(form: FieldCollector, part: Part): void {
  const { name, contentType, filename } = part;
  const stated = contentType || (filename === undefined ? 'text/plain' : 'application/octet-stream');
  const mediaType = parseMediaType(stated);
  if (mediaType === undefined) throw new MultipartError("A part's Content-Type is no media type.");
  const { essence, parameters } = mediaType;
  const field = form.fieldOf(name);
  if (field.kind === 'file') {
    form.addFile(name, toFile(part, essence, field.mediaType));
    return;
  }
  const isJson = /[/+]json$/.test(essence);
  if (!isJson && !essence.startsWith('text/'))
    throw invalid(name, { code: 'fieldExpected' }, 'must be a field, not a file');
  if (!/^utf-?8$/i.test(parameters.get('charset') ?? 'utf-8'))
    throw invalid(name, { code: 'encoding' }, 'must be in UTF-8');
  const text = decodeUtf8(part.content);
  if (isJson) form.addJson(name, text.replace(/^\ufeff/, ''));
  else form.addText(name, text);
}

function toFile(
  { name, filename, contentType, content }: Part,
  essence: string,
  wanted = '*/*',
): UploadedFile {
  if (filename === undefined && contentType === '')
    throw invalid(name, { code: 'fileExpected' }, 'must be a file');
  const isUnknown = essence === 'application/octet-stream';
  if (!isUnknown && !wanted.split(',').some((type) => mediaTypesMeet(type.trim(), essence)))
    throw invalid(name, { code: 'fileExpected' }, `must be a file of type ${wanted}`);
  return {
    filename: filename ?? '',
    contentType: contentType === '' ? 'application/octet-stream' : contentType,
    sizeBytes: content.byteLength,
    content: new Uint8Array(content.buffer, content.byteOffset, content.byteLength),
  };
}

/** Gathers fields into an object, typed as the contract says. */
class FieldCollector {
  readonly value: Record<string, unknown> = {};
  readonly #fields: BodyFields;

  constructor(fields: BodyFields | null) {
    this.#fields = fields ?? { fields: new Map(), other: { kind: 'scalar', types: ['string'] } };
  }

  fieldOf(name: string): BodyField {
    return this.#fields.fields.get(name) ?? this.#fields.other;
  }

  addText(name: string, text: string): void {
    const field = this.fieldOf(name);
    switch (field.kind) {
      case 'scalar':
        this.#set(name, decodeScalar(text, field.types), false);
        break;
      case 'array':
        this.#set(name, decodeScalar(text, field.items), true);
        break;
      case 'json':
        this.addJson(name, text);
        break;
      case 'file':
        throw invalid(name, { code: 'fileExpected' }, 'must be a file');
    }
  }

  addFile(name: string, file: UploadedFile): void {
    const field = this.fieldOf(name);
    this.#set(name, file, field.kind === 'file' && field.array);
  }

  /** An array is either one JSON array or one field an item. Where items may be arrays, it is the latter unless it is empty. */
  addJson(name: string, text: string): void {
    const result = parseJsonText(text);
    if (!result.ok) throw invalid(name, result.failure.reason, result.failure.detail);
    const { value } = result;
    const field = this.fieldOf(name);
    if (!(field.kind === 'array' || (field.kind === 'json' && field.array))) {
      this.#set(name, value, false);
      return;
    }
    const isNested = field.kind === 'json' && field.nested;
    const isWhole = Array.isArray(value) && (!isNested || value.length === 0);
    const items: readonly unknown[] = isWhole ? value : [value];
    if (items.length === 0 && !Object.hasOwn(this.value, name)) this.#begin(name, []);
    for (const item of items) this.#set(name, item, true);
  }

  #set(name: string, value: unknown, isArray: boolean): void {
    const present = Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    if (isArray && Array.isArray(present)) present.push(value);
    else if (present === undefined) this.#begin(name, isArray ? [value] : value);
    else throw invalid(name, { code: 'repeated' }, 'must occur once');
  }

  #begin(name: string, value: unknown): void {
    if (FORBIDDEN_NAMES.has(name)) {
      throw invalid(name, { code: 'forbiddenName' }, 'is a name that is not allowed');
    }
    this.value[name] = value;
  }
}

function invalid(name: string, reason: Reason, detail: string): ContractError {
  return new ContractError([{ ...reason, pointer: `/${escapePointer(name).slice(0, 128)}`, detail }]);
}
