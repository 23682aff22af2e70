import { pathSiblings } from '../../contract/path-siblings.ts';
import { child, members, rootCursor } from '../../load/cursor.ts';
import type { Rule } from '../rule.ts';

/**
 * The values of no parameters spell another path. The SDK refuses one value that would (`search` beside `/recipes/search`); where it takes
 * several at once, it cannot see it.
 */
export const distinctPaths: Rule = {
  name: 'distinct-paths',
  *check({ specs, document }) {
    const all = [...specs.documents.values()].flatMap((each) =>
      members(child(rootCursor(each), 'paths')).map(([path]) => path),
    );
    for (const [path, at] of members(child(rootCursor(document), 'paths'))) {
      const taken = pathSiblings(path, all).find(({ when }) => when === undefined || when.size > 1);
      if (taken === undefined) continue;
      const message = `some values of the parameters make this path ${taken.path}, which is another operation; give one of them fixed text of its own`;
      yield { at, onKey: true, message };
    }
  },
};
