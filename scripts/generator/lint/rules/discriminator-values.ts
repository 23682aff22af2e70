import { child, descend, items, members, type Cursor } from '../../load/cursor.ts';
import { isArray, member, textMember, pointerTokens } from '../../load/json-value.ts';
import { followReference } from '../../load/references.ts';
import { behind, type Finding, type Rule, type RuleInput } from '../rule.ts';

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
  const schema = behind(specs, alternative);
  if (schema === undefined) return;
  const stated = descend(schema, 'properties', property);
  const value = stated === undefined ? undefined : behind(specs, stated);
  const required = member(schema.value, 'required');
  const values = valuesOf(value);
  if (values === undefined || !isArray(required) || !required.includes(property)) {
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

function valuesOf(schema: Cursor | undefined): readonly unknown[] | undefined {
  const constant = member(schema?.value, 'const');
  if (constant !== undefined) return [constant];
  const values = member(schema?.value, 'enum');
  return isArray(values) ? values : undefined;
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
