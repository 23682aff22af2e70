/** What of the JSON Schema Test Suite (draft 2020-12) is left out, and why. `docs/json-schema.md` is printed from it. */

/** Rules of lint that refuse what is not enforced, each with what it refuses. */
export const REFUSALS: Readonly<Record<string, string>> = {
  'unsupported-keyword':
    '`$id`, `$dynamicRef`, a `$schema` of another dialect, and `unevaluatedItems` beside `contains` or around an `items`: schemas are found by JSON pointers alone, and validators count the first items of an array only',
  'ref-url': '`$ref` to a URL: nothing is fetched',
  'ref-outside': '`$ref` to a file outside of `specs/`',
  'ref-kind': '`$ref` to what is no schema: a member of an unknown keyword, an example',
  'unresolved-ref': '`$ref` to an `$anchor`, or to nothing',
  'unknown-keyword': 'a keyword that JSON Schema 2020-12 does not have, as `dependencies` of older drafts',
  'invalid-schema': 'an empty `enum`, which no value satisfies',
  'yaml-key': 'a property named `__proto__`',
  'exact-numbers': 'a number beyond 2^53-1, which JavaScript reads as another one; may be waived',
  'true-defaults': 'a `default` that its own schema refuses, because defaults are filled in; may be waived',
  'readable-values':
    '`contentMediaType` of what is no file, `contentSchema`, and encodings that RFC 4648 does not have; may be waived',
  'enforced-formats': 'the formats `idn-email`, `idn-hostname`, `iri` and `iri-reference`; may be waived',
};

/** A kind of case that is judged otherwise than the suite asks, although lint accepts its schema. */
export interface Difference {
  readonly what: string;
  readonly why: string;
  /** Whether we take what the suite refuses. */
  readonly isLooser?: true;
  readonly files: RegExp;
  /** Descriptions of cases; when absent, any case of the files. */
  readonly cases?: RegExp;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'Formats are asserted',
    why: 'OpenAPI lets a `format` assert, and a contract that says one means it',
    files: /^format\.json$/,
    cases: / only an annotation by default$/,
  },
  {
    what: 'Encodings are asserted',
    why: 'a contract that says `contentEncoding` means it',
    files: /^content\.json$/,
    cases: /invalid base64/,
  },
  {
    what: 'Integers beyond 2^53-1 are refused',
    why: 'JavaScript would hand another number to the handler',
    files: /^optional\/(?:bignum|float-overflow)\.json$/,
  },
  {
    what: 'U+0000 in texts is refused',
    why: 'PostgreSQL stores none',
    files: /^(?:const|enum|optional\/format\/json-pointer)\.json$/,
    cases: /with nul$|control characters/,
  },
  {
    what: 'Properties named `__proto__`, `constructor` and `prototype` are refused',
    why: 'they are names that every JavaScript object has',
    files: /^required\.json$/,
    cases: /^all present$/,
  },
  {
    what: 'Leap seconds are refused',
    why: 'PostgreSQL and JavaScript store none',
    files: /^optional\/format\/date-time\.json$/,
    cases: /leap second/,
  },
  {
    what: 'Quoted local parts and literal addresses of e-mail addresses are refused',
    why: 'most mail systems take none, so that such an address is more often a mistake than meant',
    files: /^optional\/format\/email\.json$/,
    cases: /quoted string|address-literal/,
  },
  {
    what: 'What an A-label of a host name stands for is not looked into',
    why: '`hostname` is held to RFC 1123: letters, digits, hyphens and lengths. Which characters `xn--` labels may encode is a table of IDNA2008 that grows with Unicode; resolve the name where that matters',
    isLooser: true,
    files: /^optional\/format\/hostname\.json$/,
  },
];
