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

/** The parameter of the operation that an objection is about. */
function parameterOf({ path }: Objection, { operation }: JudgedRequest): Parameter | undefined {
  const [, location, name] = /^[./](query|path|params|headers|cookies)[./]([^/.]+)/.exec(path) ?? [];
  return operation.parameters.find(
    (parameter) =>
      parameter.name.toLowerCase() === name?.toLowerCase() &&
      // It says `query` of parameters in a path, too.
      (location === 'query' || location === LOCATIONS[parameter.in] || location === parameter.in),
  );
}

const LOCATIONS = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;

const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Whether a parameter of a query is written in numbers that JSON has, and an integer without fraction and exponent. */
function isInPlainNumbers(name: string, types: readonly unknown[], { request }: JudgedRequest): boolean {
  const texts = new URL(request.url ?? '', 'http://localhost').searchParams.getAll(name);
  const pattern = types.includes('number') ? NUMBER : INTEGER;
  return (
    texts.length > 0 &&
    texts
      .flatMap((text) => text.split(/[,| ]/))
      .every((text) => pattern.test(text) && Number.isFinite(Number(text)))
  );
}

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
    explains: ({ code, limit, parameter }, judged) =>
      code === 'type' &&
      Array.isArray(limit) &&
      limit.some((type) => type === 'integer' || type === 'number') &&
      (parameter === undefined
        ? judged.kind === 'form' || judged.kind === 'multipart'
        : !isInPlainNumbers(parameter, limit, judged)),
  },
  {
    name: 'encodings of texts',
    reason: 'A contract that says contentEncoding means it; the validator reads it as a note.',
    stricter: 'runtime',
    explains: ({ code, limit }) => code === 'format' && /^base(?:64(?:url)?|32|16)$/.test(String(limit)),
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
    name: 'unknown names that begin with a bracket',
    reason: 'The validator looks at what stands before the first bracket, which is nothing here.',
    stricter: 'runtime',
    explains: ({ code, parameter }) => code === 'unknownParameter' && parameter?.startsWith('[') === true,
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
    explains: (objection, judged) => {
      const { in: location, style, decode } = parameterOf(objection, judged) ?? {};
      const isCompound = decode !== undefined && decode.kind !== 'scalar';
      return (
        style === 'label' ||
        style === 'matrix' ||
        (isCompound && location !== 'query') ||
        (decode?.kind === 'object' && (style === 'spaceDelimited' || style === 'pipeDelimited'))
      );
    },
  },
  {
    name: 'empty lists',
    reason: 'A name without a value is a list without items.',
    stricter: 'validator',
    explains: (objection, judged) => {
      const { name, in: location, decode } = parameterOf(objection, judged) ?? {};
      if (location !== 'query' || decode?.kind !== 'array' || objection.message !== 'must be array')
        return false;
      const { searchParams } = new URL(judged.request.url ?? '', 'http://localhost');
      return searchParams.get(name ?? '') === '';
    },
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
    explains: (objection, judged) =>
      objection.message === 'must be array' && parameterOf(objection, judged)?.style === 'deepObject',
  },
  {
    name: 'null as a text',
    reason: '`null` in a query is the value null where the schema has no texts.',
    stricter: 'validator',
    explains: (objection, judged) =>
      /must be .*null/.test(objection.message) && parameterOf(objection, judged) !== undefined,
  },
  {
    name: 'no bytes are no body',
    reason: 'An optional body of no bytes was left out (RFC 9112 section 6.3).',
    stricter: 'validator',
    explains: ({ path, message }, { operation, body }) =>
      operation.body?.required === false &&
      body.byteLength === 0 &&
      (path.startsWith('/body') || message.startsWith('unsupported media type')),
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
