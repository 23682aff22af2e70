import type { JsonObject } from '../../contract/contract.ts';
import type { Facts, Limits } from './form-facts.ts';

/** What is known of a value that one input element asks for. */
export type InputFacts = Exclude<Facts, { readonly kind: 'list' | 'component' | 'object' }>;

/**
 * What HTML says of a value (HTML Living Standard section 4.10.5.3): never less than the contract allows, apart from
 * `maxlength`, which counts UTF-16 units where the contract counts code points. What HTML has no word for is left out.
 */
export function fieldAttributes(facts: InputFacts, isRequired: boolean): JsonObject {
  const required = isRequired && !facts.nullable;
  switch (facts.kind) {
    case 'text': {
      const { minLength = 0, maxLength, pattern } = facts.limits;
      const html = typeof pattern === 'string' ? htmlPattern(pattern) : undefined;
      return {
        required: required && !allowsEmpty(minLength, pattern),
        ...(minLength === 0 ? {} : { minLength }),
        ...(maxLength === undefined ? {} : { maxLength }),
        ...(html === undefined ? {} : { pattern: html }),
      };
    }
    case 'number':
      return { required, ...numberAttributes(facts.limits) };
    case 'choice':
    case 'file':
      return { required };
    // A box that must be ticked is something else than a value that must be there.
    case 'boolean':
    case 'other':
      return { required: false };
    default:
      return facts.kind satisfies never;
  }
}

/** Whether a field left empty is a value: then it may not be asked for. */
function allowsEmpty(minLength: Limits[string], pattern: Limits[string] | undefined): boolean {
  if (typeof minLength === 'number' && minLength > 0) return false;
  const expression = typeof pattern === 'string' ? compiled(pattern, 'u') : undefined;
  return expression === undefined || expression.test('');
}

/**
 * A pattern of JSON Schema, which may match anywhere, as one of HTML, which matches the whole value and has the flag `v`
 * (HTML section 4.10.5.3.6). `undefined` when it does not compile with that flag.
 */
function htmlPattern(pattern: string): string | undefined {
  if (compiled(pattern, 'u') === undefined) return undefined;
  const whole = isWhole(pattern) ? pattern : String.raw`[\s\S]*(?:${pattern})[\s\S]*`;
  return compiled(`^(?:${whole})$`, 'v') === undefined ? undefined : whole;
}

/** True for `^...$` without alternatives outside of parentheses: it matches the whole value or nothing. */
function isWhole(pattern: string): boolean {
  if (!pattern.startsWith('^') || !/(?<!\\)(?:\\\\)*\$$/.test(pattern)) return false;
  let depth = 0;
  let isClass = false;
  for (const [token] of pattern.matchAll(/\\.|./gsu)) {
    if (isClass) isClass = token !== ']';
    else if (token === '[') isClass = true;
    else if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (token === '|' && depth === 0) return false;
  }
  return true;
}

function compiled(pattern: string, flags: 'u' | 'v'): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/**
 * `step` is counted from `min`, so `min` is the first value that is allowed. Numbers that are multiples of nothing have
 * the step `any`; without it, HTML would allow whole numbers alone.
 */
function numberAttributes(limits: Limits): JsonObject {
  const { multipleOf } = limits;
  const step = typeof multipleOf === 'number' ? multipleOf : undefined;
  const min = nearest(bound(limits, 'minimum', 1), step, 1);
  const max = nearest(bound(limits, 'maximum', -1), step, -1);
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    step: step ?? 'any',
  };
}

interface Bound {
  readonly value: number;
  readonly isExclusive: boolean;
}

/** The stricter of a bound and its exclusive form; `sign` is 1 for a minimum and -1 for a maximum. */
function bound(limits: Limits, name: 'minimum' | 'maximum', sign: 1 | -1): Bound | undefined {
  const inclusive = limits[name];
  const exclusive = limits[name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'];
  if (
    typeof exclusive === 'number' &&
    !(typeof inclusive === 'number' && sign * inclusive > sign * exclusive)
  )
    return { value: exclusive, isExclusive: true };
  return typeof inclusive === 'number' ? { value: inclusive, isExclusive: false } : undefined;
}

/** The value nearest to a bound that is allowed; the bound itself where there is no nearest one. */
function nearest(given: Bound | undefined, step: number | undefined, sign: 1 | -1): number | undefined {
  if (given === undefined || step === undefined) return given?.value;
  const count = given.value / step;
  const whole = Math.round(count);
  // 0.07 / 0.01 is not quite 7.
  const isMultiple = Math.abs(count - whole) < 1e-9 * Math.max(1, Math.abs(count));
  if (isMultiple && !given.isExclusive) return given.value;
  const next = isMultiple ? whole + sign : Math.round(sign * Math.ceil(sign * count));
  return Number((next * step).toPrecision(15)) + 0;
}
