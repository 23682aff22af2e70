import type { DefinedError, ErrorObject } from 'ajv';
import type { Reason } from '#kernel/domain/error-code.ts';
import { escapePointer } from '../decode/json-text.ts';
import { failureReason, type OwnFailure } from './failure-reason.ts';
import type { MemberRules } from './member-rules.ts';
import type { OperationShapes } from './shape-schemas.ts';

/**
 * Looks for failures in a shape: all of them, or up to the first one, so that what a large invalid body costs is bounded by what a valid one
 * costs.
 */
export type Extent = 'all' | 'first';

/** A function that Ajv compiled from the schema of a shape; it leaves what it found in `errors`. */
export interface ShapeCheck {
  (shape: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

/** A module's contract, ready to check with. */
export interface CompiledContract {
  /** By operation id. */
  readonly operations: ReadonlyMap<string, OperationShapes>;
  /** The check of a shape, which was compiled before the start or is compiled when it is first asked for. */
  readonly checks: (index: number, extent: Extent) => ShapeCheck;
  /** Which members the bodies of responses may have. */
  readonly members: MemberRules;
}

/** One failure of a shape. */
export interface ShapeFailure {
  /** JSON pointer from the shape's root. */
  readonly path: string;
  /** What was expected, in words that a client can act on; never holds values of the request. */
  readonly message: string;
  readonly reason: Reason;
}

/** What is wrong with a shape; empty when it is valid. Applies defaults to it, in place. */
export function findFailures(check: ShapeCheck, shape: unknown): readonly ShapeFailure[] {
  if (check(shape)) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Ajv's type of what its own keywords report
  return ((check.errors ?? []) as DefinedError[]).filter(isOwnFailure).map((error) => ({
    path: placeOf({ ...error, params: { ...error.params } }),
    message: sentenceOf(error),
    reason: failureReason(error),
  }));
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
  if (keyword === 'enum') return `${message}: ${params.allowedValues.map(asText).join(', ')}`;
  return message
    .replace('rfc3339-', '')
    .replace('must NOT have', 'must not have')
    .replace('NOT be valid', 'not be valid')
    .replace(/\b1 properties\b/, '1 property')
    .replace(/\b1 (character|item)s\b/, '1 $1')
    .replace(/\b1 valid item\(s\)/, '1 valid item')
    .replace('item(s)', 'items');
}

/** A value that is allowed: texts that can be seen stand as they are, all else as JSON. */
function asText(value: unknown): string {
  return typeof value === 'string' && value.trim() !== '' ? value : JSON.stringify(value);
}
