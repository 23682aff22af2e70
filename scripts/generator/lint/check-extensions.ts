import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { locate, locateKey, members } from '../load/cursor.ts';
import { EXTENSIONS, type Extension } from '../load/extensions.ts';
import { OPENAPI_OBJECTS } from '../load/openapi-objects.ts';
import { walkDocument } from '../load/walk-document.ts';
import type { SourceDocument } from '../load/source-document.ts';

const KNOWN = new Map<string, Extension>(Object.entries(EXTENSIONS));

/** Members that are looked at where they are read: what they must be depends on more than their value. */
const READ_ELSEWHERE = new Set(['x-name', 'x-lint-waivers', 'x-security-reason']);

/**
 * Every `x-` member of ours stands where it is read, with a value that is understood there. One that nothing reads would have no
 * effect, and its author would not learn of it.
 */
export function checkExtensions(document: SourceDocument): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { kind, cursor } of walkDocument(document)) {
    for (const [name, node] of members(cursor)) {
      const extension = KNOWN.get(name);
      if (extension === undefined || READ_ELSEWHERE.has(name)) continue;
      const { of, must, schema } = extension;
      if (of !== 'every' && !of.includes(kind)) {
        const owners = of.map((each) => OPENAPI_OBJECTS[each].noun).join(' or ');
        const message = `${name} says nothing of ${OPENAPI_OBJECTS[kind].noun}; move it to ${owners}`;
        found.push({ rule: 'extension-place', message, at: locateKey(node) });
      } else if (!ajv.validate(schema, node.value)) {
        found.push({ rule: 'extension-value', message: `${name} must be ${must}`, at: locate(node) });
      }
    }
  }
  return found;
}

const ajv = new Ajv({ strict: false, ownProperties: true });
addFormats.default(ajv, ['date']);
