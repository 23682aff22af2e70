import { child, rootCursor } from '../../load/cursor.ts';
import { sameJson } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** Modules name the servers of the root document: all of them are served by one API. */
export const sameServers: Rule = {
  name: 'same-servers',
  *check({ specs, document, visits }) {
    for (const { kind, cursor } of visits) {
      const servers = kind === 'path' || kind === 'operation' ? child(cursor, 'servers') : undefined;
      if (servers === undefined) continue;
      yield { at: servers, onKey: true, message: 'a path has no servers of its own here; remove them' };
    }
    if (specs.root === undefined || !specs.modules.some((module) => module.document === document)) return;
    const wanted = child(rootCursor(specs.root), 'servers');
    const stated = child(rootCursor(document), 'servers');
    if (wanted !== undefined && stated !== undefined && !sameJson(wanted.value, stated.value)) {
      yield {
        at: stated,
        message: `the servers differ from those of ${specs.root.file}; copy them from there`,
      };
    }
  },
};
