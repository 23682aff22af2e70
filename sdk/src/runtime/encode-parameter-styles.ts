import { items, text, type ParameterEncoder } from './encode-parameter.ts';

/** Names and values of an object, without the members that are undefined. */
const members = (value: unknown): [name: string, value: unknown][] =>
  Object.entries(Object(value)).filter(([, member]) => member !== undefined);

/** An object as `R,100,G,200`. */
const flat = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? members(value).flat() : items(value);

/** Query arrays joined by `separator`, which is itself encoded unless it is a comma. */
const joined =
  (separator: string): ParameterEncoder =>
  (name, value) => {
    const values = flat(value);
    return values.length === 0 ? '' : `${text(name)}=${values.map(text).join(separator)}`;
  };

/** Query, `style: form, explode: false`: `ids=1,2`. */
export const formJoined: ParameterEncoder = /* @__PURE__ */ joined(',');

/** Query, `style: spaceDelimited, explode: false`: `ids=1%202`. */
export const spaceDelimited: ParameterEncoder = /* @__PURE__ */ joined('%20');

/** Query, `style: pipeDelimited, explode: false`: `ids=1%7C2`. */
export const pipeDelimited: ParameterEncoder = /* @__PURE__ */ joined('%7C');

/** Query, `style: form, explode: true`, objects: `R=100&G=200`; the parameter's own name is not sent. */
export const formObject: ParameterEncoder = (_name, value) =>
  members(value)
    .flatMap(([key, member]) => items(member).map((item) => `${text(key)}=${text(item)}`))
    .join('&');

/** Query, `style: deepObject`: `color[R]=100&color[tag]=a&color[tag]=b`, brackets encoded. */
export const deepObject: ParameterEncoder = (name, value) =>
  members(value)
    .flatMap(([key, member]) => items(member).map((item) => `${text(`${name}[${key}]`)}=${text(item)}`))
    .join('&');

/** Path or header, `style: simple, explode: false`, objects: `R,100,G,200`, encoded for a path. */
export const simpleObject: ParameterEncoder = (_name, value) => flat(value).map(text).join();

/** Path, `style: simple, explode: true`, objects: `R=100,G=200`. */
export const simpleExploded: ParameterEncoder = (_name, value) =>
  members(value)
    .map(([key, member]) => `${text(key)}=${text(member)}`)
    .join();

/** Header, `style: simple, explode: false`, objects: `R,100,G,200`, not encoded. */
export const headerObject: ParameterEncoder = (_name, value) => flat(value).join();

/** Header, `style: simple, explode: true`, objects: `R=100,G=200`, not encoded. */
export const headerExploded: ParameterEncoder = (_name, value) =>
  members(value)
    .map((member) => member.join('='))
    .join();

/** Path, `style: label, explode: false`: `.a,b`. */
export const label: ParameterEncoder = (_name, value) => `.${flat(value).map(text).join()}`;

/** Path, `style: label, explode: true`: `.a.b`, `.R=100.G=200`. */
export const labelExploded: ParameterEncoder = (_name, value) =>
  exploded(
    value,
    (item) => `.${text(item)}`,
    (key, member) => `.${text(key)}=${text(member)}`,
  );

/** Path, `style: matrix, explode: false`: `;ids=a,b`. */
export const matrix: ParameterEncoder = (name, value) => `;${text(name)}=${flat(value).map(text).join()}`;

/** Path, `style: matrix, explode: true`: `;ids=a;ids=b`, `;R=100;G=200`. */
export const matrixExploded: ParameterEncoder = (name, value) =>
  exploded(
    value,
    (item) => `;${text(name)}=${text(item)}`,
    (key, member) => `;${text(key)}=${text(member)}`,
  );

function exploded(
  value: unknown,
  ofItem: (item: unknown) => string,
  ofMember: (key: string, member: unknown) => string,
): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? members(value)
        .map(([key, member]) => ofMember(key, member))
        .join('')
    : items(value).map(ofItem).join('');
}

/** Query parameter with `content: application/json`. */
export const jsonInQuery: ParameterEncoder = (name, value) => `${text(name)}=${text(JSON.stringify(value))}`;

/** Header parameter with `content: application/json`; characters outside ASCII are escaped, as headers need it. */
export const jsonInHeader: ParameterEncoder = (_name, value) =>
  JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Path parameter with `content: application/json`. */
export const jsonInPath: ParameterEncoder = (_name, value) => text(JSON.stringify(value));
