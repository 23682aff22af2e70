import { bodyKind } from '../../contract/media-type.ts';
import { child } from '../../load/cursor.ts';
import { textMember } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** JSON bodies have a schema with a name: it becomes the name of the type that handlers and the SDK use. */
export const namedBodySchemas: Rule = {
  name: 'named-body-schemas',
  *check({ visits }) {
    for (const { kind, cursor, key, parent } of visits) {
      if (kind !== 'mediaType' || (parent?.kind !== 'requestBody' && parent?.kind !== 'response')) continue;
      const body = bodyKind(key);
      if (body !== 'json' && body !== 'problem') continue;
      const schema = child(cursor, 'schema');
      if (schema === undefined) {
        yield {
          at: cursor,
          message: `the ${key} body needs a schema; refer to one under components/schemas`,
        };
      } else if (textMember(schema.value, '$ref') === undefined) {
        yield {
          at: schema,
          message: 'the schema of a JSON body needs a name; move it to components/schemas and refer to it',
        };
      }
    }
  },
};
