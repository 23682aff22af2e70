import { child } from '../../load/cursor.ts';
import { isObject, pointerTokens } from '../../load/json-value.ts';
import { followReference } from '../../load/references.ts';
import type { Rule } from '../rule.ts';

/**
 * A reference leads to a component: what is used in two places has a name. One that leads inside a component, or into a path, is
 * legal, and breaks when what stands around its target is changed.
 */
export const namedReferences: Rule = {
  name: 'named-references',
  *check({ specs, visits }) {
    for (const { cursor } of visits) {
      const at = child(cursor, '$ref');
      if (!isObject(cursor.value) || typeof at?.value !== 'string') continue;
      const target = followReference(specs, cursor, at.value);
      if (target.kind !== 'found') continue;
      const tokens = pointerTokens(target.cursor.pointer);
      if (tokens[0] === 'components' && tokens.length === 3) continue;
      yield {
        at,
        message: `"${at.value}" must lead to a component, such as #/components/schemas/Ticket; move what it refers to there`,
      };
    }
  },
};
