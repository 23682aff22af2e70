import type { DefinedError, ErrorObject } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Reason } from '#kernel/domain/error-code.ts';
import { escapePointer } from '../decode/json-text.ts';
import { failureReason, type OwnFailure } from './failure-reason.ts';
import { FORMATS } from './formats.ts';
import type { JsonObject } from './json-document.ts';

/** One failure of a request's shape. */
export interface ShapeFailure {
  /** JSON pointer from the shape's root. */
  readonly path: string;
  /** What was expected, in words that a client can act on; never holds values of the request. */
  readonly message: string;
  readonly reason: Reason;
}

const DOCUMENT = 'shapes';

/**
 * Says what is wrong with requests: place, sentence and reason of each failure. Express-openapi-validator keeps the
 * limits of what it reports to itself, so Ajv checks the same derived document (`validation-document.ts`) with the same options.
 */
export class ShapeReport {
  readonly #ajv: Ajv2020;
  readonly #checks = new Map<string, ValidateFunction>();

  constructor(document: JsonObject, { allErrors }: { readonly allErrors: boolean }) {
    this.#ajv = new Ajv2020({
      allErrors,
      strict: false,
      strictNumbers: true,
      validateSchema: false,
      useDefaults: true,
    });
    addFormats.default(this.#ajv, { mode: 'full' });
    for (const [name, format] of Object.entries(FORMATS)) this.#ajv.addFormat(name, format);
    this.#ajv.addSchema(document, DOCUMENT);
  }

  /** What is wrong with a request's shape. `path` is that of its path item in the document: `/` and a number. */
  check(path: string, shape: unknown): readonly ShapeFailure[] {
    let check = this.#checks.get(path);
    if (check === undefined) {
      check = this.#ajv.compile({ $ref: `${DOCUMENT}#/components/default${path}` });
      this.#checks.set(path, check);
    }
    if (check(shape)) return [];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Ajv's type of what its own keywords report
    return ((check.errors ?? []) as DefinedError[]).filter(isOwnFailure).map((error) => ({
      path: placeOf({ ...error, params: { ...error.params } }),
      message: sentenceOf(error),
      reason: failureReason(error),
    }));
  }
}

function isOwnFailure(error: DefinedError): error is OwnFailure {
  return error.keyword !== 'if' && error.keyword !== 'discriminator';
}

/** A property that is missing, or not to be there, is the place itself. */
function placeOf({ instancePath, params }: ErrorObject<string, Readonly<Record<string, unknown>>>): string {
  const name = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? `${instancePath}/${escapePointer(name)}` : instancePath;
}

function sentenceOf({ keyword, message = '', params }: OwnFailure): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    return 'is not a property of this object';
  }
  if (keyword === 'false schema') return 'must not be sent';
  if (keyword === 'enum') return `${message}: ${params.allowedValues.join(', ')}`;
  return message
    .replace('rfc3339-', '')
    .replace('must NOT have', 'must not have')
    .replace('NOT be valid', 'not be valid');
}
