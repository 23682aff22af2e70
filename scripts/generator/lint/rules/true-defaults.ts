import type { JsonValue } from '../../contract/contract.ts';
import { child } from '../../load/cursor.ts';
import { isArray, isObject, member, sameJson } from '../../load/json-value.ts';
import { holding, typesOf } from '../schema-parts.ts';
import type { Rule } from '../rule.ts';

/** A default passes its own schema: handlers are given it as if a client had sent it. */
export const trueDefaults: Rule = {
  name: 'true-defaults',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      const fallback = kind === 'schema' ? child(cursor, 'default') : undefined;
      if (fallback === undefined) continue;
      const [problem] = holding(specs, visit).flatMap(({ value }) => problemOf(value, fallback.value) ?? []);
      if (problem !== undefined)
        yield { at: fallback, message: `the default ${problem}; correct one of them` };
    }
  },
};

function problemOf(schema: JsonValue, value: JsonValue): string | undefined {
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return `is not of type ${types.join(' or ')}`;
  const values = member(schema, 'enum');
  if (isArray(values) && !values.some((each) => sameJson(each, value))) return 'is not in the enum';
  const constant = member(schema, 'const');
  if (constant !== undefined && !sameJson(constant, value)) return 'is not the const';
  const size = typeof value === 'string' ? Array.from(value).length : value;
  const [low, high] = typeof value === 'string' ? ['minLength', 'maxLength'] : ['minimum', 'maximum'];
  const minimum = member(schema, low ?? '');
  const maximum = member(schema, high ?? '');
  if (typeof size !== 'number') return undefined;
  const outside =
    (typeof minimum === 'number' && size < minimum) || (typeof maximum === 'number' && size > maximum);
  return outside ? 'is out of bounds' : undefined;
}

function isOfType(value: JsonValue, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return typeof value === type;
}
