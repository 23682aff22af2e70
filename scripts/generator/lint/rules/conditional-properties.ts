import { child, items, members } from '../../load/cursor.ts';
import type { Cursor } from '../../load/cursor.ts';
import type { Visit } from '../../load/walk-document.ts';
import type { Finding, Rule } from '../rule.ts';
import { listedProperties } from '../schema-parts.ts';

/** Keywords whose schemas check a value without describing it: types are made from the schema around them. */
const CHECKS = new Set(['if', 'then', 'else', 'not', 'dependentSchemas']);
/** Places in which a schema describes the value of the schema around it. */
const SAME_VALUE = new Set([...CHECKS, 'allOf', 'oneOf', 'anyOf']);

/**
 * A property that only a condition names is in no type, and handlers and clients never see it: it stands under
 * `properties` of the schema around the condition too.
 */
export const conditionalProperties: Rule = {
  name: 'conditional-properties',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      if (kind !== 'schema') continue;
      const named = isConditional(visit) ? members(child(cursor, 'properties')) : dependencies(cursor);
      if (named.length === 0) continue;
      const listed = listedProperties(specs, describing(visit));
      yield* named.filter(([name]) => !listed.has(name)).map(([name, at]) => finding(name, at));
    }
  },
};

/** The names of `dependentRequired`, with where each stands. */
function dependencies(schema: Cursor): readonly (readonly [string, Cursor])[] {
  const stated = members(child(schema, 'dependentRequired'));
  const required = stated
    .flatMap(([, names]) => items(names))
    .map((each): readonly [string, Cursor] => [typeof each.value === 'string' ? each.value : '', each]);
  return [...stated, ...required];
}

function finding(name: string, at: Cursor): Finding {
  return {
    at,
    message: `only a condition names the property "${name}", so no type has it; list it under properties too`,
  };
}

function isConditional(visit: Visit): boolean {
  let at: Visit | undefined = visit;
  while (at?.kind === 'schema' && SAME_VALUE.has(at.member)) {
    if (CHECKS.has(at.member)) return true;
    at = at.parent;
  }
  return false;
}

/** The outermost schema that describes the same value. */
function describing(visit: Visit): Cursor {
  let at = visit;
  while (SAME_VALUE.has(at.member) && at.parent?.kind === 'schema') at = at.parent;
  return at.cursor;
}
