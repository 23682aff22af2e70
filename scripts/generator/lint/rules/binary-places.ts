import { bodyKind } from '../../contract/media-type.ts';
import { isBinary } from '../../contract/resolve-schema.ts';
import { child } from '../../load/cursor.ts';
import type { SpecSet } from '../../load/spec-set.ts';
import { findWires } from '../../contract/find-wires.ts';
import { componentAt, componentKey } from '../../contract/resolver.ts';
import type { Rule } from '../rule.ts';
import type { Visit } from '../../load/walk-document.ts';

/** Octets stand in multipart parts and in bodies that are not JSON; JSON carries text. */
export const binaryPlaces: Rule = {
  name: 'binary-places',
  *check({ specs, visits }) {
    for (const visit of visits) {
      const { kind, cursor } = visit;
      if (kind !== 'schema' || !isBinary(cursor.value)) continue;
      if (isInJson(specs, visit)) {
        yield {
          at: child(cursor, 'format') ?? child(cursor, 'contentMediaType') ?? cursor,
          message: 'JSON cannot carry octets; use contentEncoding: base64, or a multipart or binary body',
        };
      }
    }
  },
};

/** Whether the schema's outermost place is JSON: a JSON media type, a parameter, or a component that JSON reaches. */
function isInJson(specs: SpecSet, visit: Visit): boolean {
  let at: Visit | undefined = visit;
  while (at !== undefined) {
    if (at.kind === 'mediaType') return ['json', 'problem', 'form'].includes(bodyKind(at.key));
    if (at.kind === 'parameter' || at.kind === 'header') return true;
    const named = componentAt(at.cursor);
    if (named !== undefined)
      return (findWires(specs).get(componentKey(named.home, named.component)) ?? 'part') === 'json';
    at = at.parent;
  }
  return false;
}
