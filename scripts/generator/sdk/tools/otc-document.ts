import type { JsonObject, JsonValue } from '../../contract/contract.ts';
import { followReference, isArray, isObject, objectAt, textMember } from '../../load/json-value.ts';
import { escapeUnprintable } from '../../print/escape.ts';
import { threeZeroView } from '../three-zero-view.ts';
import { mapOperations } from './tool-document.ts';

/**
 * The document that openapi-typescript-codegen is given. It knows OpenAPI 3.0; it takes parameters of a path and of its operations,
 * and parameters and schemas of one name, for the same thing twice; and it puts names and values between quotes as they
 * are. So each operation has its own parameters here, and names and values are written as between single quotes.
 */
export function otcDocument(document: JsonObject): JsonObject {
  const { components, ...rest } = ownParameters(threeZeroView(document));
  const { parameters: _parameters, ...others } = isObject(components) ? components : {};
  return asObject(quoted({ ...rest, components: others }));
}

/** Parameters of the path that an operation does not state itself are stated in it, references followed. */
function ownParameters(document: JsonObject): JsonObject {
  const listed = (holder: JsonObject): readonly JsonObject[] =>
    (isArray(holder['parameters']) ? holder['parameters'] : []).map((parameter) =>
      followReference(parameter, document),
    );
  const merged = mapOperations(document, (operation, { item }) => {
    const parameters = new Map([...listed(item), ...listed(operation)].map((each) => [placeOf(each), each]));
    return { ...operation, parameters: [...parameters.values()] };
  });
  const paths = Object.entries(objectAt(merged, 'paths')).map(([path, item]) => {
    const { parameters: _parameters, ...rest } = asObject(item);
    return [path, rest] as const;
  });
  return { ...merged, paths: Object.fromEntries(paths) };
}

function placeOf(parameter: JsonObject): string {
  return `${textMember(parameter, 'in') ?? ''} ${textMember(parameter, 'name') ?? ''}`;
}

/** Names and values as the tool must print them: it escapes a quote in values of an enumeration, and nothing else. */
function quoted(value: JsonValue, key = ''): JsonValue {
  if (isArray(value)) {
    if (key === 'enum') return value.map((item) => (typeof item === 'string' ? withoutQuote(item) : item));
    return value.map((item) =>
      key === 'required' && typeof item === 'string' ? withQuote(item) : quoted(item),
    );
  }
  if (isObject(value)) {
    const named = /^(properties|paths|content)$/.test(key);
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        named ? withQuote(name) : name,
        quoted(item, named ? '' : name),
      ]),
    );
  }
  return typeof value === 'string' && /^(name|default|url|version)$/.test(key) ? withQuote(value) : value;
}

function withQuote(text: string): string {
  return withoutQuote(text).replaceAll("'", String.raw`\'`);
}

function withoutQuote(text: string): string {
  return escapeUnprintable(text.replaceAll('\\', String.raw`\\`));
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
