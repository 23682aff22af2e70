import { child, descend, items, members, placeOf, type Cursor } from '../../load/cursor.ts';
import { isObject, member } from '../../load/json-value.ts';
import { bodyKind } from '../../contract/media-type.ts';
import { hasType, referenced } from '../schema-parts.ts';
import { type Finding, type Rule, type RuleInput } from '../rule.ts';

/**
 * Objects in requests are closed: a misspelt property is refused, not ignored. A map, which has names of its own,
 * gives the schema of its values and a largest number of them.
 */
export const closedRequestObjects: Rule = {
  name: 'closed-request-objects',
  *check(input) {
    const seen = new Set<string>();
    for (const { kind, cursor } of input.visits) {
      if (kind !== 'requestBody') continue;
      for (const [mediaType, media] of members(child(cursor, 'content'))) {
        const schema = descend(media, 'schema');
        if (schema !== undefined && bodyKind(mediaType) !== 'binary')
          yield* checkSchema(input, schema, false, seen);
      }
    }
  },
};

// `covered`: an enclosing schema closes the object that this one is part of.
function* checkSchema(
  input: RuleInput,
  cursor: Cursor,
  covered: boolean,
  seen: Set<string>,
): Generator<Finding, void, undefined> {
  const schema = cursor;
  const { value } = schema;
  const place = `${placeOf(schema)} ${String(covered)}`;
  if (!isObject(value) || seen.has(place)) return;
  seen.add(place);
  const closes = covered || member(value, 'unevaluatedProperties') === false;
  if (!closes) yield* checkObject(schema);
  // Beside other keywords a reference is one more part.
  const target = referenced(input.specs, schema);
  if (target !== undefined) yield* checkSchema(input, target, closes, seen);
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    for (const part of items(child(schema, keyword))) yield* checkSchema(input, part, closes, seen);
  }
  for (const keyword of ['properties', 'patternProperties']) {
    for (const [, each] of members(child(schema, keyword))) yield* checkSchema(input, each, false, seen);
  }
  for (const keyword of ['items', 'additionalProperties', 'unevaluatedProperties']) {
    const each = child(schema, keyword);
    if (each !== undefined) yield* checkSchema(input, each, false, seen);
  }
  for (const item of items(child(schema, 'prefixItems'))) yield* checkSchema(input, item, false, seen);
}

function* checkObject(schema: Cursor): Generator<Finding, void, undefined> {
  const { value } = schema;
  if (!hasType(value, 'object') && member(value, 'properties') === undefined) return;
  const further = child(schema, 'additionalProperties');
  const at = child(schema, 'type') ?? schema;
  if (further === undefined || further.value === true) {
    yield {
      at: further ?? at,
      message: 'this object of a request takes unknown properties; add additionalProperties: false',
    };
  } else if (isObject(further.value) && member(value, 'maxProperties') === undefined) {
    yield { at, message: 'this map of a request takes any number of properties; add maxProperties' };
  }
}
