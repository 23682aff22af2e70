import type { ParameterDecoding } from '../operation.ts';
import { decodeScalar } from './scalar.ts';
import { buildObject, decodeJson, pairUp } from './structure.ts';

/** One raw text that holds a whole value, e.g. `3,4,5` of `/points/3,4,5`, and how its pieces are read. */
export interface ListText {
  readonly raw: string;
  /** What stands between items and, unless exploded, between names and values. */
  readonly separator: string | RegExp;
  /** `R=100,G=200` rather than `R,100,G,200`. */
  readonly membersHaveEquals: boolean;
  readonly decodeText: (raw: string) => string;
}

/**
 * Decodes the styles that put a whole value into one text. Pieces are split before they are percent-decoded, so an
 * encoded separator is data. An empty text is an empty list or object.
 *
 * @throws {TextError} when the text cannot be decoded.
 */
export function decodeList(list: ListText, decoding: ParameterDecoding): unknown {
  switch (decoding.kind) {
    case 'scalar':
      return decodeScalar(list.decodeText(list.raw), decoding.types);
    case 'json':
      return decodeJson(list.decodeText(list.raw));
    case 'array':
      return split(list).map((piece) => decodeScalar(list.decodeText(piece), decoding.items));
    case 'object': {
      if (!list.membersHaveEquals) return buildObject(pairUp(split(list).map(list.decodeText)), decoding);
      const members = split(list).map((piece) => {
        const equals = piece.indexOf('=');
        const [name, value] = equals === -1 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
        return [list.decodeText(name), list.decodeText(value)] as const;
      });
      return buildObject(members, decoding);
    }
    default:
      return decoding satisfies never;
  }
}

function split({ raw, separator }: ListText): string[] {
  return raw === '' ? [] : raw.split(separator);
}
