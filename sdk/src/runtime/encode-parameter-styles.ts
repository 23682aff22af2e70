import { headerList, headerText, items, plain, refuse, type ParameterEncoder } from './encode-parameter.ts';
import type { CookieWriter, GivenParameters, QueryWriter } from './descriptor.ts';
import { jsonText } from './json-text.ts';

/** The query of an operation. */
export const queryOf = (encoders: Readonly<Record<string, ParameterEncoder>>): QueryWriter => {
  const write = (given: GivenParameters): string => {
    let query = '';
    given(encoders, (written) => {
      query += (query ? '&' : '?') + written;
    });
    return query;
  };
  return Object.assign(write, { encoders });
};

/** Names and values of an object's members as text, each item of a list for itself; undefined members are left out. */
function pairs(name: string, style: string, value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(Object(value)).flatMap(([key, member]: [string, unknown]) => {
    if (member === undefined) return [];
    if (/^(?:__proto__|constructor)$/.test(key)) refuse(name, style, { [key]: member });
    const values = items(member);
    if (values.length === 0) refuse(name, style, { [key]: member });
    return values.map((item) => [plain(name, style, key), plain(name, style, item)] as const);
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The texts that one value is made of: `R`, `100`, `G`, `200` of an object. */
function texts(name: string, style: string, value: unknown, separator: string): readonly string[] {
  const all = isObject(value)
    ? pairs(name, style, value).flat()
    : items(value).map((item) => plain(name, style, item));
  if (Array.isArray(value) && all.length === 1 && all[0] === '') {
    refuse(name, style, value);
  }
  assertNone(name, style, all, separator);
  return all;
}

/** Where it is not encoded, or read after it was decoded, a separator in a text would end the text. */
function assertNone(name: string, style: string, all: readonly string[], separator: string): void {
  const wrong = separator ? all.find((each) => each.includes(separator)) : undefined;
  if (wrong !== undefined) refuse(name, style, wrong, `, which has its separator`);
}

/** `name=value` of each member of an object, encoded and joined. */
function exploded(
  name: string,
  style: string,
  value: unknown,
  { between, separator = '', nameOf = (key) => key }: ExplodedStyle,
): string {
  const all = pairs(name, style, value);
  assertNone(name, style, all.flat(), separator);
  const written = all.map(([key, each]) => `${encodeURIComponent(nameOf(key))}=${encodeURIComponent(each)}`);
  return written.length > 0 ? written.join(between) : refuse(name, style, value);
}

interface ExplodedStyle {
  readonly between: string;
  /** What no text may have. */
  readonly separator?: string;
  readonly nameOf?: (key: string) => string;
}

/** Query arrays and objects joined by `separator`, which is read after decoding unless it is a comma. */
const joined =
  (style: string, separator: string): ParameterEncoder =>
  (name, value) =>
    `${encodeURIComponent(name)}=${texts(name, style, value, separator === ',' ? '' : separator)
      .map(encodeURIComponent)
      .join(separator === ',' ? ',' : encodeURIComponent(separator))}`;

/** Query, `style: form, explode: false`: `ids=1,2`. */
export const formJoined: ParameterEncoder = /* @__PURE__ */ joined('form', ',');

/** Query, `style: spaceDelimited, explode: false`: `ids=1%202`. */
export const spaceDelimited: ParameterEncoder = /* @__PURE__ */ joined('spaceDelimited', ' ');

/** Query, `style: pipeDelimited, explode: false`: `ids=1%7C2`. */
export const pipeDelimited: ParameterEncoder = /* @__PURE__ */ joined('pipeDelimited', '|');

/** Query, `style: form, explode: true`, objects: `R=100&G=200`; the parameter's own name is not sent. */
export const formObject: ParameterEncoder = (name, value) => exploded(name, 'form', value, { between: '&' });

/**
 * `formObject` of an object that may have any member, beside other parameters: their names are not free. A name that ends in
 * `[` stands for all that begin so.
 */
export const formObjectBeside =
  (...others: readonly string[]): ParameterEncoder =>
  (name, value) => {
    for (const key of Object.keys(Object(value))) {
      if (others.some((other) => (other.endsWith('[') ? key.startsWith(other) : key === other))) {
        refuse(name, 'form', key, ', the name of another parameter');
      }
    }
    return formObject(name, value);
  };

/** Query, `style: deepObject`: `color[R]=100&color[tag]=a&color[tag]=b`, brackets encoded. */
export const deepObject: ParameterEncoder = (name, value) =>
  exploded(name, 'deepObject', value, { between: '&', nameOf: (key) => `${name}[${key}]` });

/** Path, `style: simple, explode: false`, objects: `R,100,G,200`. */
export const simpleObject: ParameterEncoder = (name, value) =>
  texts(name, 'simple', value, '').map(encodeURIComponent).join() || refuse(name, 'simple', value);

/** Path, `style: simple, explode: true`, objects: `R=100,G=200`. */
export const simpleExploded: ParameterEncoder = (name, value) =>
  exploded(name, 'simple', value, { between: ',' });

/** Header, `style: simple, explode: false`, objects: `R,100,G,200`, not encoded. */
export const headerObject: ParameterEncoder = (name, value) =>
  headerList(name, pairs(name, 'simple', value).flat());

/** Header, `style: simple, explode: true`, objects: `R=100,G=200`, not encoded. */
export const headerExploded: ParameterEncoder = (name, value) =>
  pairs(name, 'simple', value)
    .map(([key, each]) => {
      if (key.includes('=')) refuse(name, 'simple', key, ' as a name');
      return `${headerText(name, key, ',')}=${headerText(name, each, ',')}`;
    })
    .join();

/** Path, `style: label, explode: false`: `.a,b`. */
export const label: ParameterEncoder = (name, value) =>
  labelled(name, texts(name, 'label', value, '').map(encodeURIComponent).join());

/** Path, `style: label, explode: true`: `.a.b`, `.R=100.G=200`. */
export const labelExploded: ParameterEncoder = (name, value) =>
  labelled(
    name,
    isObject(value)
      ? exploded(name, 'label', value, { between: '.', separator: '.' })
      : texts(name, 'label', value, '.').map(encodeURIComponent).join('.'),
  );

/** A segment of dots alone would be taken for a step in the path. */
function labelled(name: string, written: string): string {
  return /^\.?$/.test(written)
    ? refuse(name, 'label', written, ': the segment would be . or ..')
    : `.${written}`;
}

/** Path, `style: matrix, explode: false`: `;ids=a,b`. */
export const matrix: ParameterEncoder = (name, value) =>
  `;${encodeURIComponent(name)}=${texts(name, 'matrix', value, '').map(encodeURIComponent).join()}`;

/** Path, `style: matrix, explode: true`: `;ids=a;ids=b`, `;R=100;G=200`. */
export const matrixExploded: ParameterEncoder = (name, value) =>
  isObject(value)
    ? `;${exploded(name, 'matrix', value, { between: ';' })}`
    : items(value)
        .map((item) => `;${encodeURIComponent(name)}=${encodeURIComponent(plain(name, 'matrix', item))}`)
        .join('') || refuse(name, 'matrix', value);

/** Query parameter with `content: application/json`. */
export const jsonInQuery: ParameterEncoder = (name, value) =>
  `${encodeURIComponent(name)}=${encodeURIComponent(jsonText(value))}`;

/** Header parameter with `content: application/json`; characters outside ASCII are escaped, as headers need it. */
export const jsonInHeader: ParameterEncoder = (_name, value) =>
  jsonText(value).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Path parameter with `content: application/json`. */
export const jsonInPath: ParameterEncoder = (_name, value) => encodeURIComponent(jsonText(value));

/** Path, before fixed text that another parameter follows: `{name}.{extension}`. The text ends the value. */
export const before =
  (separator: string, encode: ParameterEncoder): ParameterEncoder =>
  (name, value) => {
    const written = encode(name, value);
    if (`${written}${separator}`.indexOf(separator, 1) !== written.length) {
      refuse(name, 'simple', value, `: "${separator}" ends it in the path`);
    }
    return written;
  };

/** Path, beside other paths of the contract that the value would spell: `search` in `/recipes/{id}` reaches `/recipes/search`. */
export const beside =
  (paths: string, encode: ParameterEncoder): ParameterEncoder =>
  (name, value) => {
    const written = encode(name, value);
    return new RegExp(`^(?:${paths})$`).test(written)
      ? refuse(name, 'simple', value, ', which makes it another path of the contract')
      : written;
  };

/** What a name of a cookie is made of. Source: RFC 6265 section 4.1.1, RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The cookies of an operation, put into one header. */
export const cookiesOf =
  (encoders: Readonly<Record<string, ParameterEncoder>>): CookieWriter =>
  (given, headers) =>
    given(encoders, (written) => {
      headers['cookie'] = headers['cookie'] ? `${headers['cookie']}; ${written}` : written;
    });

/**
 * A query's encoder for cookies: pairs are joined by `; ` (RFC 6265 section 4.2.1), and names stand as they are. Browsers
 * send the cookies that they have, and take none from a program.
 */
export const inCookie =
  (encode: ParameterEncoder): ParameterEncoder =>
  (name, value) =>
    encode(name, value)
      .split('&')
      .map((pair) => {
        const at = pair.indexOf('=');
        const key = decodeURIComponent(pair.slice(0, at));
        if (!TOKEN.test(key)) refuse(name, 'form', key, ' as the name of a cookie');
        return key + pair.slice(at);
      })
      .join('; ');
