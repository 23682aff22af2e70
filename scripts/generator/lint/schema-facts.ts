import type { JsonValue } from '../contract/contract.ts';
import { isArray, member } from '../load/json-value.ts';

/** The types a schema names. */
export function typesOf(value: JsonValue): readonly string[] {
  const type = member(value, 'type');
  if (typeof type === 'string') return [type];
  return isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

/** Whether a schema names a type, alone or among others. */
export function hasType(value: JsonValue, type: string): boolean {
  return typesOf(value).includes(type);
}

/** Whether a schema lists its values: then no other bound is needed. */
export function isFixed(value: JsonValue): boolean {
  return member(value, 'const') !== undefined || member(value, 'enum') !== undefined;
}
