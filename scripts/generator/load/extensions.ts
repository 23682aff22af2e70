import type { ObjectKind } from './openapi-objects.ts';

/** A member of ours in an OpenAPI object. Unlike the members of OpenAPI these have no other description than here and in the docs. */
export interface Extension {
  /** The objects it may stand in; `every` for all of them. */
  readonly of: readonly ObjectKind[] | 'every';
  /** What it means, in a sentence. */
  readonly description: string;
  /** What its value must be, in JSON Schema (draft 7, which editors know). */
  readonly schema: Readonly<Record<string, unknown>>;
}

const DAY = { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` };
const NAME = { type: 'string', pattern: '^[A-Za-z_$][A-Za-z0-9_$]*$' };
const COUNT = { type: 'integer', minimum: 1 };

/** Every `x-` member that the compiler or the contract runtime reads. `docs/contract-extensions.md` describes them. */
export const EXTENSIONS: Readonly<Record<`x-${string}`, Extension>> = {
  'x-required-scopes': {
    of: ['operation'],
    description: 'Scopes added to every alternative of `security`.',
    schema: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[!#-[\\]-~]+$' } },
  },
  'x-rate-limit': {
    of: ['operation'],
    description: 'How often each caller may call this operation; the window is a day at most.',
    schema: {
      type: 'object',
      required: ['requests', 'windowSeconds'],
      additionalProperties: false,
      properties: { requests: COUNT, windowSeconds: { ...COUNT, maximum: 86_400 } },
    },
  },
  'x-deprecated-since': {
    of: ['operation'],
    description: 'The day since which the operation is deprecated; needs `deprecated: true`.',
    schema: DAY,
  },
  'x-sunset': {
    of: ['operation'],
    description: 'The day from which the deprecated operation may be gone (`Sunset`, RFC 8594).',
    schema: DAY,
  },
  'x-deprecation-link': {
    of: ['operation'],
    description: 'Where to read about the deprecation: `Link` with `rel="deprecation"`.',
    schema: { type: 'string', format: 'uri' },
  },
  'x-max-body-bytes': {
    of: ['operation'],
    description: 'The longest body of this operation, instead of `BODY_LIMIT_BYTES`.',
    schema: COUNT,
  },
  'x-security-reason': {
    of: ['operation'],
    description: 'Why this operation can be called without a token.',
    schema: { type: 'string', minLength: 1 },
  },
  'x-pagination': {
    of: ['operation'],
    description:
      'Names of the cursor parameter and of the properties of a page, where they are not `cursor`, `items` and `nextCursor`.',
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { cursor: { type: 'string' }, items: { type: 'string' }, next: { type: 'string' } },
    },
  },
  'x-name': {
    of: ['operation', 'schema'],
    description: 'The name in generated code, where the one from the contract is taken or impossible.',
    schema: NAME,
  },
  'x-enum-varnames': {
    of: ['schema'],
    description: 'Names of the values of `enum`, in their order, for the SDK.',
    schema: { type: 'array', items: NAME },
  },
  'x-lint-waivers': {
    of: 'every',
    description: 'Rules that are silent here and below, each with its reason.',
    schema: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
  },
};

/** The extensions that may stand in an object of a kind. */
export function extensionsOf(kind: ObjectKind): readonly (readonly [name: string, extension: Extension])[] {
  return Object.entries(EXTENSIONS).filter(([, { of }]) => of === 'every' || of.includes(kind));
}
