import { child } from '../../load/cursor.ts';
import { textMember } from '../../load/json-value.ts';
import type { Rule } from '../rule.ts';

/** Paths are served as they stand: a base path of `servers` would send clients, the reference page among them, to nothing. */
export const servedAtRoot: Rule = {
  name: 'served-at-root',
  *check({ visits }) {
    for (const { kind, cursor, parent } of visits) {
      if (kind !== 'server' || parent?.kind !== 'openapi') continue;
      const path = basePath(textMember(cursor.value, 'url') ?? '/');
      if (path === '/') continue;
      yield {
        at: child(cursor, 'url') ?? cursor,
        message: `paths are served at "/", and this sends clients below "${path}"; write "${path}" into the paths, or waive this where a proxy takes it away`,
      };
    }
  },
};

/** What stands before each path; variables stand for themselves. */
function basePath(url: string): string {
  const local = url.replace(/^[a-z][a-z0-9+.-]*:(?=\/\/)/i, '').replace(/^\/\/[^/?#]*/, '');
  const { pathname } = new URL(local.replaceAll(/[{}]/g, ''), 'http://host.invalid/');
  return pathname.replace(/(?<=.)\/+$/, '');
}
