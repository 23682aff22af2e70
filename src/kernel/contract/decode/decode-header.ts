import type { Parameter } from '../operation.ts';
import { decodeList } from './decode-list.ts';
import { acceptText, TextError } from './url-text.ts';

/**
 * Decodes a header parameter, style `simple`. Header text is not percent-decoded; several lines of a list are one list
 * (RFC 9110 section 5.3), several lines of anything else are refused.
 *
 * @throws {TextError} when the header cannot be decoded.
 */
export function decodeHeaderParameter(lines: readonly string[], parameter: Parameter): unknown {
  const isList = parameter.decode.kind === 'array' || parameter.decode.kind === 'object';
  if (lines.length > 1 && !isList) throw new TextError('must occur once');
  return decodeList(
    {
      raw: lines.join(','),
      separator: /[ \t]*,[ \t]*/,
      membersHaveEquals: parameter.explode,
      decodeText: acceptText,
    },
    parameter.decode,
  );
}
