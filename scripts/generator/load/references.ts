import { posix } from 'node:path';
import { descend, rootCursor, type Cursor } from './cursor.ts';
import { textMember, pointerTokens } from './json-value.ts';
import type { SpecSet } from './spec-set.ts';

/** Where a `$ref` leads, or why it leads nowhere. */
export type Target =
  | { readonly kind: 'found'; readonly cursor: Cursor }
  /** The file exists and has its own diagnostics. */
  | { readonly kind: 'broken-file' }
  | { readonly kind: 'missing'; readonly why: string };

/** Whether a `$ref` would have to be fetched. */
export function isUrl(ref: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(ref);
}

/** Whether a `$ref` of a project's file leads to a file outside the folder of the specs. */
export function leavesSpecs(specs: SpecSet, from: Cursor, ref: string): boolean {
  const [path = ''] = splitOnce(ref, '#');
  return path.startsWith('/') || !fileOf(from, path).startsWith(`${specs.folder}/`);
}

/** The file that the part of a `$ref` before `#` names, from the project's root. */
function fileOf({ document }: Cursor, path: string): string {
  return path === '' ? document.file : posix.join(posix.dirname(document.file), decode(path));
}

/** Follows one `$ref` of the document that holds `from`. No network: a URL is missing. */
export function followReference(specs: SpecSet, from: Cursor, ref: string): Target {
  const [path = '', fragment = ''] = splitOnce(ref, '#');
  if (isUrl(path)) {
    return { kind: 'missing', why: 'only files of this project can be referenced, never a URL' };
  }
  const file = fileOf(from, path);
  if (specs.project && leavesSpecs(specs, from, ref)) {
    return { kind: 'missing', why: `only files under ${specs.folder}/ can be referenced` };
  }
  if (specs.brokenFiles.has(file)) return { kind: 'broken-file' };
  const document = file === from.document.file ? from.document : specs.documents.get(file);
  if (document === undefined) return { kind: 'missing', why: `there is no file ${file}` };
  const pointer = decode(fragment);
  if (pointer !== '' && !pointer.startsWith('/')) {
    return {
      kind: 'missing',
      why: 'anchors are not supported; use a JSON pointer such as #/components/schemas/Ticket',
    };
  }
  const cursor = descend(rootCursor(document), ...pointerTokens(pointer));
  return cursor === undefined
    ? { kind: 'missing', why: `there is no ${pointer} in ${file}` }
    : { kind: 'found', cursor };
}

/**
 * The node itself, behind any number of `$ref`s. For objects where a reference replaces the whole node (parameters,
 * responses...); a schema's `$ref` has siblings and is resolved with them.
 *
 * @throws {Error} when a reference leads nowhere or in a circle; the reference rules report both before
 */
export function dereference(specs: SpecSet, cursor: Cursor): Cursor {
  let at = cursor;
  for (let step = 0; step < 50; step += 1) {
    const ref = textMember(at.value, '$ref');
    if (ref === undefined) return at;
    const target = followReference(specs, at, ref);
    if (target.kind !== 'found') break;
    at = target.cursor;
  }
  throw new Error(`unresolved reference at ${cursor.document.file}#${cursor.pointer}`);
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
