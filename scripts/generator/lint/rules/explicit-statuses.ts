import type { Rule } from '../rule.ts';

/** Responses have a status each: a handler's answer is a union by status, which `default` and ranges cannot be part of. */
export const explicitStatuses: Rule = {
  name: 'explicit-statuses',
  *check({ visits }) {
    for (const { kind, cursor, key, parent } of visits) {
      if (kind === 'response' && parent?.kind === 'responses' && /^(default|[1-5]xx)$/i.test(key)) {
        yield {
          at: cursor,
          message: `"${key}" stands for several statuses; write a response for each status`,
        };
      }
    }
  },
};
