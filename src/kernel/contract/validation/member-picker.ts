import { arrayAt, isJsonObject, objectAt, type JsonObject } from './json-document.ts';
import type { MemberRules } from './member-rules.ts';

/** Gives what of a value may be sent: the value itself when that is all of it, else a copy without the rest. */
type Picker = (value: unknown) => unknown;

const keep: Picker = (value) => value;

const DROPPED = Symbol('dropped');
/** In the place of a member's picker: the member goes. */
const drop: Picker = () => DROPPED;

/**
 * Takes out of the bodies of responses what the contract does not declare: members that `additionalProperties` or `unevaluatedProperties`
 * forbid, and write-only ones. What a schema leaves open stays. Of `anyOf` and `oneOf` a member stays that one of the schemas lets
 * stay.
 */
export class MemberPicker {
  readonly #rules: MemberRules;
  readonly #bodies = new Map<number, Picker>();
  readonly #targets = new Map<string, Picker>();

  constructor(rules: MemberRules) {
    this.#rules = rules;
    for (const [reference, rule] of Object.entries(rules.targets)) {
      this.#targets.set(reference, this.#compile(rule));
    }
    for (const [index, rule] of Object.entries(rules.bodies)) {
      this.#bodies.set(Number(index), this.#compile(rule));
    }
  }

  /** @param index of the response's shape. */
  pick(index: number, body: unknown): unknown {
    return (this.#bodies.get(index) ?? keep)(body);
  }

  #compile(rule: unknown): Picker {
    if (!isJsonObject(rule)) return keep;
    const steps = [
      ...(typeof rule['$ref'] === 'string' ? [this.#reference(rule['$ref'])] : []),
      ...arrayAt(rule, 'allOf').map((part) => this.#compile(part)),
      this.#alternatives(arrayAt(rule, 'anyOf')),
      this.#alternatives(arrayAt(rule, 'oneOf')),
      this.#condition(rule),
      ...Object.entries(objectAt(rule, 'dependentSchemas')).map(([name, part]) =>
        this.#when((value) => Object.hasOwn(value, name), this.#compile(part), keep),
      ),
      this.#members(rule),
      this.#items(rule),
    ].filter((step) => step !== keep);
    if (steps.length === 0) return keep;
    return (value) => steps.reduce((picked, step) => step(picked), toPlain(value));
  }

  /** Looked up when it is used, so that a schema may lead to itself. */
  #reference(reference: string): Picker {
    return (value) => (this.#targets.get(reference) ?? keep)(value);
  }

  #alternatives(rules: readonly unknown[]): Picker {
    const pickers = rules.filter((rule) => rule !== false).map((rule) => this.#compile(rule));
    if (pickers.length === 0 || pickers.includes(keep)) return keep;
    return (value) =>
      union(
        value,
        pickers.map((pick) => pick(value)),
      );
  }

  #condition(rule: JsonObject): Picker {
    const [then, otherwise] = [this.#compile(rule['then']), this.#compile(rule['else'])];
    const { if: condition } = rule;
    if (condition === undefined || (then === keep && otherwise === keep)) return keep;
    const holds = scalarCondition(condition);
    return holds === undefined
      ? this.#alternatives([rule['then'] ?? true, rule['else'] ?? true])
      : this.#when(holds, then, otherwise);
  }

  #when(holds: (value: JsonObject) => boolean, then: Picker, otherwise: Picker): Picker {
    return (value) => (!hasMembers(value) ? value : holds(value) ? then(value) : otherwise(value));
  }

  #members(rule: JsonObject): Picker {
    const compile = (part: unknown): Picker => (part === false ? drop : this.#compile(part));
    const named = new Map(
      Object.entries(objectAt(rule, 'properties')).map(([name, part]) => [name, compile(part)]),
    );
    const patterns = Object.entries(objectAt(rule, 'patternProperties')).map(
      ([pattern, part]) => [new RegExp(pattern, 'u'), compile(part)] as const,
    );
    const other = compile(rule['additionalProperties'] ?? true);
    const declared = rule['unevaluatedProperties'] === false ? this.#declared(rule) : undefined;
    const all = [...named.values(), ...patterns.map(([, pick]) => pick), other];
    if (declared === undefined && all.every((pick) => pick === keep)) return keep;
    return (value) => {
      if (!hasMembers(value)) return value;
      return pickMembers(value, (name, member) => {
        const own = named.get(name);
        // Most schemas have no patterns.
        const matching =
          patterns.length === 0 ? patterns : patterns.filter(([pattern]) => pattern.test(name));
        if (own === undefined && matching.length === 0) {
          return declared?.(name) === false ? DROPPED : other(member);
        }
        return matching.reduce(
          (picked, [, pick]) => (picked === DROPPED ? picked : pick(picked)),
          (own ?? keep)(member),
        );
      });
    };
  }

  /** Whether a schema, or one that speaks of the same value, says something of a member. Source: JSON Schema 2020-12, section 11.3. */
  #declared(rule: JsonObject): (name: string) => boolean {
    const names = new Set<string>();
    const patterns: RegExp[] = [];
    let isOpen = false;
    const seen = new Set<unknown>();
    const collect = (part: unknown): void => {
      if (!isJsonObject(part) || seen.has(part)) return;
      seen.add(part);
      for (const name of Object.keys(objectAt(part, 'properties'))) names.add(name);
      for (const pattern of Object.keys(objectAt(part, 'patternProperties'))) {
        patterns.push(new RegExp(pattern, 'u'));
      }
      isOpen ||= [part['additionalProperties'], part['unevaluatedProperties']].some(
        (others) => others !== undefined && others !== false,
      );
      if (typeof part['$ref'] === 'string') collect(this.#rules.targets[part['$ref']]);
      const parts = [
        ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => arrayAt(part, keyword)),
        ...['if', 'then', 'else'].map((keyword) => part[keyword]),
        ...Object.values(objectAt(part, 'dependentSchemas')),
      ];
      for (const each of parts) collect(each);
    };
    collect(rule);
    return (name) => isOpen || names.has(name) || patterns.some((pattern) => pattern.test(name));
  }

  #items(rule: JsonObject): Picker {
    const first = arrayAt(rule, 'prefixItems').map((part) => this.#compile(part));
    const others = this.#compile(rule['items']);
    if ([...first, others].every((pick) => pick === keep)) return keep;
    return (value) => {
      if (!Array.isArray(value)) return value;
      const items: readonly unknown[] = value;
      const picked = items.map((item, index) => (first[index] ?? others)(item));
      return picked.every((item, index) => item === items[index]) ? items : picked;
    };
  }
}

/** As `isJsonObject`: one of its own, so that a request goes through one file less. */
function hasMembers(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that `JSON.stringify` writes in the place of one with a `toJSON`, a `Date` for example. */
function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('toJSON' in value)) return value;
  return typeof value.toJSON === 'function' ? (value.toJSON('') as unknown) : value;
}

/** Copies an object only when a member changes or goes. */
function pickMembers(object: JsonObject, pick: (name: string, member: unknown) => unknown): JsonObject {
  let copied: [string, unknown][] | undefined;
  const names = Object.keys(object);
  for (const [index, name] of names.entries()) {
    const member = object[name];
    const picked = pick(name, member);
    if (copied === undefined && picked !== member) {
      copied = names.slice(0, index).map((each) => [each, object[each]]);
    }
    if (picked !== DROPPED) copied?.push([name, picked]);
  }
  return copied === undefined ? object : Object.fromEntries(copied);
}

/** What at least one of several pickers left of a value. */
function union(whole: unknown, picked: readonly unknown[]): unknown {
  const value = toPlain(whole);
  if (picked.includes(value)) return value;
  if (Array.isArray(value)) {
    const lists = picked.filter((each): each is readonly unknown[] => Array.isArray(each));
    return value.map((item: unknown, index) =>
      union(
        item,
        lists.map((list) => list[index]),
      ),
    );
  }
  if (!hasMembers(value)) return value;
  const objects = picked.filter(hasMembers);
  return Object.fromEntries(
    Object.keys(value).flatMap((name) => {
      const kept = objects.filter((each) => Object.hasOwn(each, name)).map((each) => each[name]);
      return kept.length === 0 ? [] : [[name, union(value[name], kept)] as const];
    }),
  );
}

/** A condition on the values of some properties, as a discriminator is; undefined for any other. */
function scalarCondition(condition: unknown): ((value: JsonObject) => boolean) | undefined {
  if (!isJsonObject(condition)) return undefined;
  if (Object.keys(condition).some((keyword) => keyword !== 'properties' && keyword !== 'required'))
    return undefined;
  const allowed = Object.entries(objectAt(condition, 'properties')).map(([name, schema]) => {
    if (!isJsonObject(schema) || Object.keys(schema).length !== 1) return undefined;
    return [
      name,
      'const' in schema ? [schema['const']] : 'enum' in schema ? arrayAt(schema, 'enum') : undefined,
    ] as const;
  });
  const required = arrayAt(condition, 'required').map(String);
  const tests: (readonly [string, readonly unknown[]])[] = [];
  for (const each of allowed) {
    const [name, values] = each ?? [];
    if (name === undefined || values === undefined || values.some(isCompound)) return undefined;
    tests.push([name, values]);
  }
  return (value) =>
    required.every((name) => Object.hasOwn(value, name)) &&
    tests.every(([name, values]) => !Object.hasOwn(value, name) || values.includes(value[name]));
}

function isCompound(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
