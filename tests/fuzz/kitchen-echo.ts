import { isJsonObject } from '#kernel/contract/validation/json-document.ts';
import type { ReadEcho } from './echo-oracle.ts';

/** Operations of the kitchen sink whose answer is the body that they were given. */
const BODY_ECHOES = new Set([
  'echoText',
  'echoOctets',
  'echoPicture',
  'echoAnyJson',
  'echoShape',
  'createNote',
]);

/** What a handler of the kitchen sink was given: most of them say so as `request` of their answer. */
export const readKitchenEcho: ReadEcho = ({ id }, { headers, body }) => {
  const isJson = headers['content-type'] === 'application/json';
  const value: unknown = isJson ? JSON.parse(body.toString()) : body.toString();
  if (BODY_ECHOES.has(id)) {
    const isBytes = id === 'echoOctets' || id === 'echoPicture';
    return { body: isBytes ? body.toString('latin1') : value };
  }
  if (!isJsonObject(value) || typeof value['request'] !== 'string' || value['request'] === '')
    return undefined;
  const request: unknown = JSON.parse(value['request'], (_, member: unknown) =>
    // A file is known by its bytes.
    isJsonObject(member) && 'filename' in member ? member['content'] : member,
  );
  return isJsonObject(request) ? request : undefined;
};
