import { child, items, locate, rootCursor } from '../../load/cursor.ts';
import { textMember } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** A tag belongs to one module: it groups that module's operations in the reference and the SDK. */
export const uniqueTags: Rule = {
  name: 'unique-tags',
  *check({ specs, document }) {
    for (const tag of items(child(rootCursor(document), 'tags'))) {
      const name = textMember(tag.value, 'name');
      for (const other of specs.modules) {
        if (other.document.file >= document.file) continue;
        const same = items(child(rootCursor(other.document), 'tags')).find(
          (each) => textMember(each.value, 'name') === name,
        );
        if (same === undefined || name === undefined) continue;
        const at = locate(same);
        yield {
          at: tag,
          message: `the tag "${name}" is also declared at ${at.file}:${at.line}; name each module's tags differently`,
        };
      }
    }
  },
};
