import type { Operation, Parameter } from '../operation.ts';
import type { ProblemItem } from '#kernel/http/problems/problem.ts';
import {
  decodeHeaderParameter,
  decodePathParameter,
  decodeQueryParameter,
  type RawGroups,
} from './parameter-styles.ts';
import { groupPairs, splitPairs, TextError } from './decode-text.ts';

/** A request's parameters as text, before anything is decoded. */
export interface RawParameters {
  /** Raw segment text by the name in the path template. */
  readonly path: ReadonlyMap<string, string>;
  /** What follows `?`. */
  readonly query: string;
  /** Every line of a header; the name is in lower case. */
  readonly headerLines: (name: string) => readonly string[];
}

/** Values by location, then by key. Absent optional parameters are not there. */
export interface DecodedParameters {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
  readonly cookies: Record<string, unknown>;
}

/** What of an operation decides how its parameters are decoded; made once, at start-up. */
export interface ParameterPlan {
  readonly parameters: readonly Parameter[];
  readonly readsCookies: boolean;
  /** Query names that carry credentials (`apiKey` in `query`): known, though no parameter. */
  readonly credentialNames: readonly string[];
}

/**
 * Parameters in the order they are decoded: an exploded object that takes every name left over comes last, or it would
 * take other parameters' names.
 */
export function planParameters(operation: Operation, credentialNames: readonly string[]): ParameterPlan {
  return {
    parameters: [
      ...operation.parameters.filter((parameter) => !takesAnyName(parameter)),
      ...operation.parameters.filter(takesAnyName),
    ],
    readsCookies: operation.parameters.some((parameter) => parameter.in === 'cookie'),
    credentialNames,
  };
}

function takesAnyName({ decode, explode, style }: Parameter): boolean {
  return decode.kind === 'object' && decode.additional.length > 0 && explode && style !== 'deepObject';
}

/** Decodes every parameter; failures are collected in `errors`, one per parameter. */
export function decodeParameters(
  plan: ParameterPlan,
  raw: RawParameters,
  errors: ProblemItem[],
): DecodedParameters {
  const decoded: DecodedParameters = { path: {}, query: {}, headers: {}, cookies: {} };
  const query = queryGroups(raw.query, errors);
  const cookies = plan.readsCookies ? cookieGroups(raw) : new Map<string, string[]>();
  for (const parameter of plan.parameters) {
    // No parameter that takes every name left over is given a key.
    if (takesAnyName(parameter)) forget(plan.credentialNames, query);
    try {
      const value = decodeOne(parameter, raw, query, cookies);
      if (value !== undefined) decoded[GROUPS[parameter.in]][parameter.key] = value;
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      errors.push({ ...error.reason, detail: error.message, parameter: parameter.name });
    }
  }
  forget(plan.credentialNames, query);
  for (const name of query.keys()) {
    errors.push({
      code: 'unknownParameter',
      detail: 'is not a parameter of this operation',
      parameter: shorten(name),
    });
  }
  return decoded;
}

function forget(names: readonly string[], groups: RawGroups): void {
  for (const name of names) groups.delete(name);
}

/** The property of a handler's request that holds the parameters of a location. */
export const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

function decodeOne(parameter: Parameter, raw: RawParameters, query: RawGroups, cookies: RawGroups): unknown {
  switch (parameter.in) {
    case 'path':
      return decodePathParameter(raw.path.get(parameter.name) ?? '', parameter);
    case 'query':
      return decodeQueryParameter(query, parameter);
    case 'header': {
      const lines = raw.headerLines(parameter.name.toLowerCase());
      return lines.length === 0 ? undefined : decodeHeaderParameter(lines, parameter);
    }
    case 'cookie':
      return decodeQueryParameter(cookies, parameter);
    default:
      return parameter.in satisfies never;
  }
}

function queryGroups(text: string, errors: ProblemItem[]): RawGroups {
  if (text === '') return new Map();
  try {
    return groupPairs(splitPairs(text, '&'));
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    errors.push({ ...error.reason, detail: `a name in the query ${error.message}` });
    return new Map();
  }
}

/** Cookie pairs (RFC 6265 section 4.2). Their names are plain text; cookies that are not ours are not looked at. */
function cookieGroups(raw: RawParameters): RawGroups {
  const pairs = splitPairs(raw.headerLines('cookie').join(';'), ';', (name) => name.trim());
  return groupPairs(pairs.map(({ name, rawValue }) => ({ name, rawValue: rawValue.trim() })));
}

/** Names come from the client: long ones are cut so that the answer stays small. */
function shorten(name: string): string {
  return name.length <= 64 ? name : `${name.slice(0, 63)}…`;
}
