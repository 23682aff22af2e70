import { child, descend, items, members, type Cursor } from '../../load/cursor.ts';
import { isArray, member, textMember, pointerTokens } from '../../load/json-value.ts';
import { followReference } from '../../load/references.ts';
import { type Finding, type Rule, type RuleInput } from '../rule.ts';
import { conjuncts, referenced } from '../schema-parts.ts';

/**
 * Each alternative of a discriminated `oneOf` requires the discriminating property and fixes its value to the one the
 * mapping gives it: only then do validation and types agree about which alternative a value is.
 */
export const discriminatorValues: Rule = {
  name: 'discriminator-values',
  *check(input) {
    for (const { kind, cursor, parent } of input.visits) {
      if (kind !== 'discriminator' || parent === undefined) continue;
      const property = textMember(cursor.value, 'propertyName');
      const alternatives = [...items(child(parent.cursor, 'oneOf')), ...items(child(parent.cursor, 'anyOf'))];
      if (property === undefined) continue;
      if (alternatives.length === 0) {
        yield { at: cursor, message: 'a discriminator needs alternatives beside it; list them under oneOf' };
      }
      for (const alternative of alternatives) yield* checkAlternative(input, cursor, alternative, property);
    }
  },
};

function* checkAlternative(
  { specs }: RuleInput,
  discriminator: Cursor,
  alternative: Cursor,
  property: string,
): Generator<Finding, void, undefined> {
  const schema = referenced(specs, alternative) ?? alternative;
  const parts = conjuncts(specs, schema);
  const isRequired = parts.some((part) => {
    const required = member(part.value, 'required');
    return isArray(required) && required.includes(property);
  });
  const stated = parts.flatMap((part) => descend(part, 'properties', property) ?? []);
  const values = valuesOf(stated.flatMap((each) => conjuncts(specs, each)));
  if (values === undefined || !isRequired) {
    yield {
      at: alternative,
      message: `this alternative must require "${property}" and fix its value with const`,
    };
    return;
  }
  const wanted = mappedValues(specs, discriminator, schema);
  if (wanted.length > 0 && values.some((each) => typeof each !== 'string' || !wanted.includes(each))) {
    yield {
      at: alternative,
      message: `the discriminator maps ${wanted.map((each) => JSON.stringify(each)).join(', ')} to this alternative, whose "${property}" is ${values.map((each) => JSON.stringify(each)).join(', ')}; make them agree`,
    };
  }
}

/** The values that all of some schemas allow; undefined when none of them lists any. */
function valuesOf(schemas: readonly Cursor[]): readonly unknown[] | undefined {
  const lists = schemas.flatMap(({ value }): readonly (readonly unknown[])[] => {
    const constant = member(value, 'const');
    const values = member(value, 'enum');
    return [...(constant === undefined ? [] : [[constant]]), ...(isArray(values) ? [values] : [])];
  });
  return lists.length === 0
    ? undefined
    : lists.reduce((all, list) => all.filter((each) => list.includes(each)));
}

/** The values that lead to a schema: its mapping entries, or the name of its component. */
function mappedValues(specs: RuleInput['specs'], discriminator: Cursor, schema: Cursor): readonly string[] {
  const mapped = members(child(discriminator, 'mapping')).flatMap(([value, target]) => {
    if (typeof target.value !== 'string') return [];
    const ref = target.value.includes('#') ? target.value : `#/components/schemas/${target.value}`;
    const found = followReference(specs, discriminator, ref);
    return found.kind === 'found' && found.cursor.value === schema.value ? [value] : [];
  });
  if (mapped.length > 0) return mapped;
  const [components, schemas, name] = pointerTokens(schema.pointer);
  return components === 'components' && schemas === 'schemas' && name !== undefined ? [name] : [];
}
