import { canonicalMediaType } from '../../contract/media-type.ts';
import { child, descend, members } from '../../load/cursor.ts';
import { textMember } from '../../load/json-value.ts';
import { followReference } from '../../load/references.ts';
import { behind } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Every error is the shared problem document: RFC 9457 as application/problem+json, `Problem` of specs/common. */
export const problemResponses: Rule = {
  name: 'problem-responses',
  *check({ specs, visits }) {
    for (const { kind, cursor, key, parent } of visits) {
      if (kind !== 'response' || parent?.kind !== 'responses' || !/^[45]/.test(key)) continue;
      const response = behind(specs, cursor);
      if (response === undefined) continue;
      const content = members(child(response, 'content'));
      const [only] = content;
      if (
        only === undefined ||
        content.length > 1 ||
        canonicalMediaType(only[0]) !== 'application/problem+json'
      ) {
        yield {
          at: cursor,
          message: `the response ${key} must have application/problem+json as its one media type`,
        };
        continue;
      }
      const schema = descend(only[1], 'schema');
      const ref = schema === undefined ? undefined : textMember(schema.value, '$ref');
      const target =
        schema === undefined || ref === undefined ? undefined : followReference(specs, schema, ref);
      const isProblem =
        target?.kind === 'found' &&
        target.cursor.pointer === '/components/schemas/Problem' &&
        target.cursor.document.home === 'common';
      if (target?.kind !== 'broken-file' && !isProblem) {
        yield {
          at: cursor,
          message: `the response ${key} must have the schema Problem of ${specs.folder}/common`,
        };
      }
    }
  },
};
