import { child, items, rootCursor } from '../../load/cursor.ts';
import { isObject, textMember } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** Every operation of a module asks for a token; one that does not says why in `x-security-reason`. */
export const authenticatedOperations: Rule = {
  name: 'authenticated-operations',
  *check({ document, visits }) {
    const inherited = child(rootCursor(document), 'security');
    for (const { kind, cursor } of visits) {
      if (kind !== 'operation') continue;
      const stated = child(cursor, 'security') ?? inherited;
      const requirements = items(stated);
      const isOpen =
        requirements.length === 0 ||
        requirements.some(({ value }) => isObject(value) && Object.keys(value).length === 0);
      const reason = textMember(cursor.value, 'x-security-reason');
      if (isOpen && (reason === undefined || reason.trim() === '')) {
        yield {
          at: child(cursor, 'security') ?? cursor,
          message:
            'this operation can be called without a token; require one, or say why not in x-security-reason',
        };
      }
      if (!isOpen && reason !== undefined) {
        yield {
          at: child(cursor, 'x-security-reason') ?? cursor,
          message: 'this operation requires a token; remove x-security-reason',
        };
      }
    }
  },
};
