import type { Parameter } from '../operation.ts';
import { decodeList } from './decode-list.ts';
import { acceptText, TextError } from './url-text.ts';

/** Fields that RFC 9110, RFC 7239 and RFC 7240 define as lists, even where the contract types them as text. */
const LIST_FIELDS: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-encoding',
  'content-language',
  'forwarded',
  'if-match',
  'if-none-match',
  'prefer',
  'te',
  'via',
]);

/**
 * Decodes a header parameter, style `simple`. Header text is not percent-decoded; several lines of a list are one list
 * (RFC 9110 section 5.3), several lines of anything else are refused.
 *
 * @throws {TextError} when the header cannot be decoded.
 */
export function decodeHeaderParameter(lines: readonly string[], parameter: Parameter): unknown {
  const { decode, key } = parameter;
  const isList = decode.kind === 'array' || decode.kind === 'object' || LIST_FIELDS.has(key);
  if (lines.length > 1 && !isList) throw new TextError({ code: 'repeated' }, 'must occur once');
  return decodeList(
    {
      raw: lines.join(', '),
      separator: /[ \t]*,[ \t]*/,
      membersHaveEquals: parameter.explode,
      decodeText: acceptText,
    },
    decode,
  );
}
