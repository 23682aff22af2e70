/**
 * Attributes of an input for a text: `<input {...ticketContentFields.title} />`. HTML counts UTF-16 units where the
 * contract counts code points: a text of many emoji reaches `maxLength` before the API would refuse it.
 */
export interface TextField {
  /** True when the field cannot be left empty. */
  readonly required: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** For the whole value, as HTML has it; a `textarea` has no such attribute. */
  readonly pattern?: string;
}

/** Attributes of an `<input type="number">`. */
export interface NumberField {
  /** True when the field cannot be left empty. */
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  /** `any` for numbers that are multiples of nothing; counted from `min`. */
  readonly step: number | 'any';
}

/** Attributes of what has no limits: a `select`, a box to tick, a file. A box that may stay empty is not required. */
export interface ChoiceField {
  readonly required: boolean;
}

/** A list: how many items it has, and what each is. No attributes: HTML has no lists. */
export interface ListField {
  /** True when the list must be sent, and may not be `null`. */
  readonly required: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  /** An item that is there. */
  readonly item: Field;
}

/** An object within the object. No attributes: each of its fields has its own. */
export interface ObjectField {
  /** True when the object must be sent, and may not be `null`. */
  readonly required: boolean;
  /** Absent where an object leads back to itself, and where nothing is known of its members. */
  readonly fields?: Fields;
}

/** What is known of one member of a request. */
export type Field = TextField | NumberField | ChoiceField | ListField | ObjectField;

/** What is known of the members of an object by name. */
export interface Fields {
  readonly [name: string]: Field;
}
