import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { child, descend, items, locate, locateKey, members, rootCursor } from '../load/cursor.ts';
import type { Cursor } from '../load/cursor.ts';
import type { SourceDocument } from '../load/source-document.ts';
import { walkDocument } from '../load/walk-document.ts';

/**
 * Ids of operations, names of components and names of tags are keys of the tools' tables. One that every JavaScript object
 * has already (`toString`, `constructor`) is found there before it is put there: Redocly's join ends without a place.
 */
export function checkNames(document: SourceDocument): readonly Diagnostic[] {
  const root = rootCursor(document);
  const found: Diagnostic[] = [];
  const check = (noun: string, name: unknown, at: Cursor, onKey: boolean): void => {
    if (typeof name !== 'string' || !(name in Object.prototype)) return;
    found.push({
      rule: 'inherited-name',
      message: `"${name}" cannot name ${noun}: it is a member of every JavaScript object; choose another name`,
      at: onKey ? locateKey(at) : locate(at),
    });
  };
  for (const { kind, cursor } of walkDocument(document)) {
    const id = kind === 'operation' ? child(cursor, 'operationId') : undefined;
    if (id !== undefined) check('an operation', id.value, id, false);
    for (const tag of kind === 'operation' ? items(child(cursor, 'tags')) : []) {
      check('a tag', tag.value, tag, false);
    }
  }
  for (const tag of items(child(root, 'tags'))) {
    const name = child(tag, 'name');
    if (name !== undefined) check('a tag', name.value, name, false);
  }
  for (const [, entries] of members(descend(root, 'components'))) {
    for (const [name, cursor] of members(entries)) check('a component', name, cursor, true);
  }
  return found;
}
