import type { Parameter } from '#kernel/contract/operation.ts';
import type { ProblemItem } from '#kernel/http/problems/problem.ts';
import type { JudgedRequest } from '#kernel/contract/ports.ts';

/** One failure as express-openapi-validator reports it. */
export interface Objection {
  /** `/query/limit`, `/body/title`. */
  readonly path: string;
  readonly message: string;
}

/** One failure as this runtime reports it; refusals without entries have their own code. */
export type Refusal = Pick<ProblemItem, 'parameter' | 'pointer'> & {
  readonly code: string;
  readonly limit?: unknown;
};

/** A way in which the two readers differ on purpose: one of them is stricter. */
export type IntendedDifference = {
  readonly name: string;
  /** Why this runtime reads it as it does. */
  readonly reason: string;
} & (
  | { readonly stricter: 'runtime'; readonly explains: (refusal: Refusal, judged: JudgedRequest) => boolean }
  | {
      readonly stricter: 'validator';
      readonly explains: (objection: Objection, judged: JudgedRequest) => boolean;
    }
);

const hasCode =
  (...codes: readonly string[]) =>
  ({ code }: Refusal): boolean =>
    codes.includes(code);

/** A parameter of the operation that an objection is about, and that is written in one of the given ways. */
const isParameter =
  (matches: (parameter: Parameter) => boolean) =>
  ({ path }: Objection, { operation }: JudgedRequest): boolean => {
    const [, location, name] = /^[./](query|path|params|headers|cookies)[./]([^/.]+)/.exec(path) ?? [];
    return operation.parameters.some(
      (parameter) =>
        parameter.name.toLowerCase() === name?.toLowerCase() &&
        // It says `query` of parameters in a path, too.
        (location === 'query' || location === LOCATIONS[parameter.in] || location === parameter.in) &&
        matches(parameter),
    );
  };

const LOCATIONS = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** Everything in which the two readers may disagree. A test shows of each that they still do. */
export const INTENDED_DIFFERENCES: readonly IntendedDifference[] = [
  {
    name: 'characters',
    reason:
      'PostgreSQL stores no U+0000, and no reader agrees with another on a lone surrogate or on bytes that are not UTF-8.',
    stricter: 'runtime',
    explains: hasCode('encoding', 'forbiddenCharacter'),
  },
  {
    name: 'members named twice',
    reason: 'Readers differ in which of two members counts (RFC 8259 section 4).',
    stricter: 'runtime',
    explains: hasCode('duplicateProperty'),
  },
  {
    name: 'names of prototypes',
    reason: '`__proto__` as a member is an attack on code that copies members.',
    stricter: 'runtime',
    explains: hasCode('forbiddenName'),
  },
  {
    name: 'numbers beyond a double',
    reason: 'What JavaScript would read is another number than the client wrote (RFC 8259 section 6).',
    stricter: 'runtime',
    explains: ({ code, limit }) =>
      code === 'unsafeInteger' ||
      code === 'numberOverflow' ||
      ((code === 'maximum' || code === 'minimum') && Math.abs(Number(limit)) === Number.MAX_SAFE_INTEGER),
  },
  {
    name: 'numbers as texts',
    reason:
      'A number in a parameter or a form is written as in JSON: no hexadecimal, no spaces, no leading zeros, no Infinity.',
    stricter: 'runtime',
    explains: ({ code, limit, parameter }, { kind }) =>
      code === 'type' &&
      (parameter !== undefined || kind === 'form' || kind === 'multipart') &&
      Array.isArray(limit) &&
      limit.some((type) => type === 'integer' || type === 'number'),
  },
  {
    name: 'ceilings',
    reason: 'What reading a body costs is limited, whatever its schema says.',
    stricter: 'runtime',
    explains: hasCode('maxDepth', 'maxValues', 'maxFields', 'body-too-large'),
  },
  {
    name: 'styles as declared',
    reason: 'A text without the separators of its style was written for another style.',
    stricter: 'runtime',
    explains: hasCode('parameterStyle'),
  },
  {
    name: 'names of prototypes in parameters',
    reason:
      'The validator leaves `deep[__proto__]` out without a word; here it is a member that the schema does not have.',
    stricter: 'runtime',
    explains: ({ code, parameter }, { operation }) =>
      code === 'unknownProperty' &&
      operation.parameters.some(({ name, style }) => name === parameter && style === 'deepObject'),
  },
  {
    name: 'members of exploded objects',
    reason:
      'An object that takes other members takes every name of the query that no parameter has; the validator looks at listed ones only.',
    stricter: 'runtime',
    explains: ({ parameter }, { operation }) =>
      operation.parameters.some(
        ({ name, in: location, style, explode, decode }) =>
          name === parameter &&
          location === 'query' &&
          style === 'form' &&
          explode &&
          decode.kind === 'object',
      ),
  },
  {
    name: 'files and fields',
    reason:
      'A part is a file where the schema has octets, and a field where it does not; the validator takes either.',
    stricter: 'runtime',
    explains: hasCode('fileExpected', 'fieldExpected'),
  },
  {
    name: 'a required body',
    reason:
      'A body that is required is required when its schema requires nothing, too, and no bytes are no JSON.',
    stricter: 'runtime',
    explains: ({ code }, { body }) => code === 'body-required' || (code === 'malformedJson' && isBlank(body)),
  },
  {
    name: 'styles that the validator cannot read',
    reason:
      'It reads neither label nor matrix, and no objects or exploded lists outside of form and deepObject.',
    stricter: 'validator',
    explains: isParameter(
      ({ in: location, style, decode }) =>
        style === 'label' ||
        style === 'matrix' ||
        (decode.kind !== 'scalar' &&
          (location === 'header' || location === 'cookie' || location === 'path')) ||
        (decode.kind === 'object' && (style === 'spaceDelimited' || style === 'pipeDelimited')),
    ),
  },
  {
    name: 'empty lists',
    reason: 'A name without a value is a list without items.',
    stricter: 'validator',
    explains: (objection, judged) =>
      objection.message === 'must be array' &&
      isParameter(({ in: location, decode }) => location === 'query' && decode.kind === 'array')(
        objection,
        judged,
      ),
  },
  {
    name: 'JSON in a part',
    reason:
      'A field of type object is JSON text (OpenAPI 3.1 section 4.8.15); the validator reads it only where the schema stands in place.',
    stricter: 'validator',
    explains: ({ message }, { kind }) => kind === 'multipart' && /must be (?:object|array)/.test(message),
  },
  {
    name: 'lists of one item in a deepObject',
    reason: 'One item of a list is a list (RFC 3986 leaves it open, the schema does not).',
    stricter: 'validator',
    explains: isParameter(({ style }) => style === 'deepObject'),
  },
  {
    name: 'null as a text',
    reason: '`null` in a query is the value null where the schema has no texts.',
    stricter: 'validator',
    explains: (objection, judged) =>
      /must be .*null/.test(objection.message) && isParameter(() => true)(objection, judged),
  },
  {
    name: 'no bytes are no body',
    reason: 'An optional body of no bytes was left out (RFC 9112 section 6.3).',
    stricter: 'validator',
    explains: (_objection, { operation, body }) =>
      operation.body?.required === false && body.byteLength === 0,
  },
];

function isBlank(body: Uint8Array): boolean {
  return new TextDecoder().decode(body).trim() === '';
}

/**
 * Whether the given differences explain everything in which two readings differ: each failure that one reader found and the other did not.
 *
 * @param objections of express-openapi-validator; none when it accepts the request.
 */
export function isIntended(
  differences: readonly IntendedDifference[],
  judged: JudgedRequest,
  objections: readonly Objection[],
): boolean {
  if (judged.refusal === undefined) {
    return objections.every((objection) =>
      differences.some((each) => each.stricter === 'validator' && each.explains(objection, judged)),
    );
  }
  const { errors, code } = judged.refusal;
  return (errors.length > 0 ? errors : [{ code }]).every((refusal) =>
    differences.some((each) => each.stricter === 'runtime' && each.explains(refusal, judged)),
  );
}
