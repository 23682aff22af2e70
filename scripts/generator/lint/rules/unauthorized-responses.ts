import { child, descend, items, rootCursor } from '../../load/cursor.ts';
import { isObject } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** An operation that takes a token says what happens without a good one: it has a response 401. */
export const unauthorizedResponses: Rule = {
  name: 'unauthorized-responses',
  *check({ document, visits }) {
    const inherited = child(rootCursor(document), 'security');
    for (const { kind, cursor } of visits) {
      if (kind !== 'operation') continue;
      const requirements = items(child(cursor, 'security') ?? inherited);
      const takesToken = requirements.some(({ value }) => isObject(value) && Object.keys(value).length > 0);
      if (takesToken && descend(cursor, 'responses', '401') === undefined) {
        yield {
          at: child(cursor, 'responses') ?? cursor,
          message: 'this operation takes a token; add the response 401',
        };
      }
    }
  },
};
