import type { Rule } from '../rule.ts';

/** Responses have a final status each: a handler's answer is a union by status, which `default` and ranges cannot be part of. */
export const explicitStatuses: Rule = {
  name: 'explicit-statuses',
  *check({ visits }) {
    for (const { kind, cursor, key, parent } of visits) {
      if (kind !== 'response' || parent?.kind !== 'responses') continue;
      if (/^(default|[1-5]xx)$/i.test(key)) {
        yield {
          at: cursor,
          message: `"${key}" stands for several statuses; write a response for each status`,
        };
      } else if (/^1\d\d$/.test(key)) {
        // RFC 9110 section 15.2: the final response is still to come.
        yield {
          at: cursor,
          message: `${key} is no answer to a request, only news of one to come; remove it`,
        };
      }
    }
  },
};
