import type { Parameter } from '../operation.ts';
import { decodeList } from './decode-list.ts';
import { decodeScalar } from './scalar.ts';
import { buildObject, decodeJson } from './structure.ts';
import { decodeUrlText, groupPairs, splitPairs, TextError } from './url-text.ts';

/**
 * Decodes a path parameter from its raw segment: styles `simple`, `label` and `matrix`. Source: OpenAPI 3.1 section
 * 4.8.12.6 and RFC 6570 sections 3.2.2, 3.2.5, 3.2.7.
 *
 * @throws {TextError} when the segment does not have the style's form.
 */
export function decodePathParameter(raw: string, parameter: Parameter): unknown {
  if (parameter.style === 'label') return decodeLabel(raw, parameter);
  if (parameter.style === 'matrix') return decodeMatrix(raw, parameter);
  return decodeList(
    { raw, separator: ',', membersHaveEquals: parameter.explode, decodeText },
    parameter.decode,
  );
}

function decodeLabel(raw: string, parameter: Parameter): unknown {
  if (!raw.startsWith('.')) throw new TextError({ code: 'parameterStyle' }, 'must start with "."');
  return decodeList(
    {
      raw: raw.slice(1),
      separator: parameter.explode ? '.' : ',',
      membersHaveEquals: parameter.explode,
      decodeText,
    },
    parameter.decode,
  );
}

function decodeMatrix(raw: string, { name, explode, decode }: Parameter): unknown {
  if (!raw.startsWith(';')) throw new TextError({ code: 'parameterStyle' }, 'must start with ";"');
  const pairs = splitPairs(raw.slice(1), ';');
  if (decode.kind === 'object' && explode) {
    return buildObject(
      pairs.map((pair) => [pair.name, decodeText(pair.rawValue)] as const),
      decode,
    );
  }
  const groups = groupPairs(pairs);
  const values = groups.get(name);
  if (values === undefined || groups.size > 1)
    throw new TextError({ code: 'parameterStyle' }, `must have the form ";${name}=value"`);
  if (decode.kind === 'array' && explode) {
    return values.map((value) => decodeScalar(decodeText(value), decode.items));
  }
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw new TextError({ code: 'repeated' }, 'must occur once');
  if (decode.kind === 'json') return decodeJson(decodeText(value));
  return decodeList({ raw: value, separator: ',', membersHaveEquals: false, decodeText }, decode);
}

function decodeText(raw: string): string {
  return decodeUrlText(raw, 'plus');
}
