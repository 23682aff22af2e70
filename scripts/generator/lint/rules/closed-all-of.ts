import { child, items, members } from '../../load/cursor.ts';
import type { Cursor } from '../../load/cursor.ts';
import { member } from '../../load/json-value.ts';
import { behind } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { listedProperties, ownProperties, referenced } from '../schema-parts.ts';
import type { SpecSet } from '../../load/spec-set.ts';

/**
 * A schema that is closed with `additionalProperties: false` knows the properties beside it only. Where another schema
 * describes the same value and lists more, nothing passes both: the whole is closed with `unevaluatedProperties: false`.
 */
export const closedAllOf: Rule = {
  name: 'closed-all-of',
  *check({ specs, visits }) {
    for (const { kind, cursor } of visits) {
      if (kind !== 'schema') continue;
      const parts = items(child(cursor, 'allOf'));
      const target = referenced(specs, cursor);
      const groups = ['oneOf', 'anyOf'].map((keyword) => items(child(cursor, keyword)));
      const own = new Set(ownProperties(cursor));
      const always = [...parts, ...(target === undefined ? [] : [target])];

      if (isClosed(cursor) && refuses(cursor, names(specs, [...always, ...groups.flat()]))) {
        yield {
          at: child(cursor, 'additionalProperties') ?? cursor,
          message:
            'additionalProperties: false refuses what the other parts of this schema add; write unevaluatedProperties: false instead',
        };
      }
      for (const part of parts) {
        const others = always.filter((each) => each !== part);
        if (refusesBehind(specs, part, [...own, ...names(specs, [...others, ...groups.flat()])])) {
          yield {
            at: part,
            message:
              'this part of allOf has additionalProperties: false and refuses what the other parts add; close the whole with unevaluatedProperties: false instead',
          };
        }
      }
      for (const [index, alternatives] of groups.entries()) {
        const beside = [...own, ...names(specs, [...always, ...(groups[1 - index] ?? [])])];
        for (const alternative of alternatives) {
          if (!refusesBehind(specs, alternative, beside)) continue;
          yield {
            at: alternative,
            message:
              'this alternative has additionalProperties: false and refuses the properties beside it; close the whole with unevaluatedProperties: false instead',
          };
        }
      }
    }
  },
};

function names(specs: SpecSet, schemas: readonly Cursor[]): readonly string[] {
  return schemas.flatMap((each) => [...listedProperties(specs, each)]);
}

function isClosed(schema: Cursor): boolean {
  return member(schema.value, 'additionalProperties') === false;
}

/** Whether a closed schema lets none of its patterns and properties be one of the names. */
function refuses(schema: Cursor, listed: readonly string[]): boolean {
  if (members(child(schema, 'patternProperties')).length > 0) return false;
  const own = new Set(ownProperties(schema));
  return listed.some((name) => !own.has(name));
}

function refusesBehind(specs: SpecSet, part: Cursor, listed: readonly string[]): boolean {
  const schema = behind(specs, part);
  return schema !== undefined && isClosed(schema) && refuses(schema, listed);
}
