import { arrayAt, isJsonObject, JsonDocument, objectAt, type JsonObject } from './json-document.ts';
import type { ShapeSchemas } from './shape-schemas.ts';

/**
 * What of a schema says which members a value may have: a JSON Schema of the keywords that decide it. `true` is a value that is sent as it
 * is, `false` a member that is never sent.
 */
export type MemberRule = boolean | JsonObject;

/** The rules of a module's responses. A table that can be printed; `MemberPicker` keeps to it. */
export interface MemberRules {
  /** By index of a response's shape. */
  readonly bodies: Readonly<Record<number, MemberRule>>;
  /** What `$ref` in a rule leads to. */
  readonly targets: Readonly<Record<string, MemberRule>>;
}

/** Keywords whose schemas speak of the same value. */
export const SAME_VALUE_LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const SAME_VALUE = ['then', 'else'] as const;
/** Keywords whose schemas speak of a member or an item. */
const INSIDE = ['additionalProperties', 'unevaluatedProperties', 'items'] as const;
const INSIDE_MAPS = ['properties', 'patternProperties'] as const;

/** Derives the rules from the schemas that responses are checked with, in which write-only properties are `false`. */
export function deriveMemberRules({ document, operations }: ShapeSchemas): MemberRules {
  const builder = new Builder(new JsonDocument(document));
  const bodies: Record<number, MemberRule> = {};
  for (const { responses } of operations.values()) {
    for (const index of responses.flatMap(({ contents }) => contents)) {
      const properties = objectAt(document.shapes[index], 'properties');
      bodies[index] ??= builder.inside(properties['body'] ?? true);
    }
  }
  return { bodies, targets: builder.targets };
}

class Builder {
  readonly #document: JsonDocument;
  readonly targets: Record<string, MemberRule> = {};

  constructor(document: JsonDocument) {
    this.#document = document;
  }

  /** The rule of a value; `true` when nothing of it can have to go. */
  inside(schema: unknown): MemberRule {
    if (schema === false) return false;
    return this.#narrows(schema, new Set()) ? this.#rule(schema) : true;
  }

  /** The rule of a schema that speaks of the same value as another: the names that it declares may be the other's. */
  #rule(schema: unknown): MemberRule {
    if (!isJsonObject(schema)) return schema !== false;
    const rule: Record<string, unknown> = {};
    if (typeof schema['$ref'] === 'string') {
      rule['$ref'] = schema['$ref'];
      this.#addTarget(schema['$ref']);
    }
    for (const keyword of SAME_VALUE_LISTS) {
      if (keyword in schema) rule[keyword] = arrayAt(schema, keyword).map((part) => this.#rule(part));
    }
    for (const keyword of SAME_VALUE) if (keyword in schema) rule[keyword] = this.#rule(schema[keyword]);
    if ('if' in schema) rule['if'] = schema['if'];
    if ('dependentSchemas' in schema) {
      rule['dependentSchemas'] = mapValues(objectAt(schema, 'dependentSchemas'), (part) => this.#rule(part));
    }
    for (const keyword of INSIDE) if (keyword in schema) rule[keyword] = this.inside(schema[keyword]);
    for (const keyword of INSIDE_MAPS) {
      if (keyword in schema)
        rule[keyword] = mapValues(objectAt(schema, keyword), (part) => this.inside(part));
    }
    if ('prefixItems' in schema) {
      rule['prefixItems'] = arrayAt(schema, 'prefixItems').map((part) => this.inside(part));
    }
    return rule;
  }

  #addTarget(reference: string): void {
    if (reference in this.targets) return;
    // Stands there already when the target leads to itself.
    this.targets[reference] = true;
    this.targets[reference] = this.#rule(this.#document.lookUp(reference));
  }

  /** Whether a value of the schema, or something in it, may have a member that has to go. */
  #narrows(schema: unknown, seen: Set<unknown>): boolean {
    if (!isJsonObject(schema) || seen.has(schema)) return false;
    seen.add(schema);
    if (schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false) return true;
    const members = INSIDE_MAPS.flatMap((keyword) => Object.values(objectAt(schema, keyword)));
    if (members.includes(false)) return true;
    const parts: readonly unknown[] = [
      ...(typeof schema['$ref'] === 'string' ? [this.#document.lookUp(schema['$ref'])] : []),
      ...SAME_VALUE_LISTS.flatMap((keyword) => arrayAt(schema, keyword)),
      ...[...SAME_VALUE, ...INSIDE].map((keyword) => schema[keyword]),
      ...Object.values(objectAt(schema, 'dependentSchemas')),
      ...arrayAt(schema, 'prefixItems'),
      ...members,
    ];
    return parts.some((part) => this.#narrows(part, seen));
  }
}

function mapValues(map: JsonObject, change: (value: unknown) => MemberRule): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}
