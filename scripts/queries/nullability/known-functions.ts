import type { FunctionFacts } from '../catalogue/catalogue.ts';

/**
 * What a function of PostgreSQL gives for arguments that are not null.
 * `total`: never null then · `never-null`: not even for null arguments · `partial`: null for some · `first`: null exactly when
 * its first argument is · `all`: null when every argument is · `unknown`: not listed here, or the author's own.
 */
export type FunctionBehaviour = 'total' | 'never-null' | 'partial' | 'first' | 'all' | 'unknown';

/**
 * Source: PostgreSQL 18 documentation, chapter 9, and the functions' sources (PG_RETURN_NULL). `claims.db.test.ts` calls every overload
 * of each with values that functions stumble over.
 */
const TOTAL = words(`
  lower upper initcap casefold length char_length character_length octet_length bit_length btrim ltrim rtrim lpad rpad repeat
  replace translate reverse left right substr substring overlay position strpos starts_with ascii chr md5 sha224 sha256 sha384
  sha512 crc32 crc32c encode decode convert convert_from convert_to to_hex to_bin to_oct quote_ident quote_literal split_part
  regexp_replace regexp_split_to_array regexp_count regexp_like regexp_instr normalize is_normalized unistr bit_count get_bit get_byte
  set_bit set_byte textcat like notlike like_escape similar_to_escape text bpchar varchar name parse_ident
  abs ceil ceiling floor round trunc sign sqrt cbrt exp ln log log10 power pow mod gcd lcm div factorial random random_normal
  degrees radians pi sin cos tan asin acos atan atan2 sinh cosh tanh width_bucket trim_scale erf erfc numeric_inc
  int2 int4 int8 float4 float8 numeric money
  now clock_timestamp statement_timestamp transaction_timestamp timeofday age date_trunc date_bin justify_days justify_hours
  justify_interval isfinite make_date make_time make_timestamp make_timestamptz make_interval timezone to_timestamp to_date
  date timestamp timestamptz time timetz interval date_add date_subtract
  gen_random_uuid uuidv4 uuidv7
  cardinality trim_array array_sample array_shuffle array_sort array_reverse array_larger array_smaller
  array_to_json row_to_json to_json to_jsonb jsonb_set jsonb_insert jsonb_pretty jsonb_strip_nulls json_strip_nulls jsonb_typeof
  json_typeof jsonb_array_length json_array_length jsonb_concat jsonb_delete jsonb_delete_path jsonb_object json_object
  jsonb_path_query_array jsonb_exists jsonb_exists_any jsonb_exists_all jsonb_contains jsonb_contained
  to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_rank_cd ts_headline setweight numnode
  querytree tsvector_to_array array_to_tsvector strip tsvector_concat tsquery_and tsquery_or tsquery_not tsquery_phrase ts_delete
  ts_filter isempty multirange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange lower_inc upper_inc lower_inf upper_inf range_merge
  host family masklen netmask network broadcast hostmask abbrev set_masklen inet_same_family inet_merge
  nextval currval lastval setval version current_database session_user current_user getdatabaseencoding pg_backend_pid
  txid_current pg_current_xact_id pg_column_size hashtext hashtextextended pg_sleep pg_advisory_xact_lock
  pg_try_advisory_xact_lock bool boollt overlaps enum_first enum_last enum_range array_to_string
`);

const NEVER_NULL = words(`
  concat num_nulls num_nonnulls quote_nullable jsonb_build_object jsonb_build_array json_build_object json_build_array pg_typeof
  array_append array_prepend array_fill set_config int4range int8range numrange tsrange tstzrange daterange
`);

/** The rest is options, separators or things to look for; null there does not make the result null. */
const FIRST = words(`concat_ws format array_remove array_replace array_positions`);

const PARTIAL = words(`
  array_length array_ndims array_dims array_lower array_upper array_position regexp_match regexp_substr uuid_extract_timestamp
  uuid_extract_version jsonb_extract_path jsonb_extract_path_text json_extract_path json_extract_path_text jsonb_path_query_first
  jsonb_path_exists jsonb_path_match jsonb_path_exists_opr jsonb_path_match_opr scale min_scale to_number to_char extract
  date_part jsonb_object_field jsonb_object_field_text jsonb_array_element jsonb_array_element_text json_object_field
  json_object_field_text json_array_element json_array_element_text current_schema obj_description col_description
  inet_client_addr inet_server_addr nullif pg_get_serial_sequence to_regclass to_regtype jsonb_set_lax
`);

const EXCEPTIONS: Readonly<Record<string, FunctionBehaviour>> = {
  // substring(text from pattern) finds nothing
  'substring(text, text)': 'partial',
  'substring(text, text, text)': 'partial',
  // an unbounded or empty range
  'lower(anyrange)': 'partial',
  'upper(anyrange)': 'partial',
  'lower(anymultirange)': 'partial',
  'upper(anymultirange)': 'partial',
  'to_char(numeric, text)': 'total',
  'to_char(integer, text)': 'total',
  'to_char(bigint, text)': 'total',
  'to_char(real, text)': 'total',
  'to_char(double precision, text)': 'total',
  // a time of day is never infinite
  'extract(text, time without time zone)': 'total',
  'extract(text, time with time zone)': 'total',
  // infinity has no time of day
  'time(timestamp without time zone)': 'partial',
  'time(timestamp with time zone)': 'partial',
  'timetz(timestamp with time zone)': 'partial',
  'current_setting(text)': 'total',
  'string_to_array(text, text)': 'first',
  'array_to_string(anyarray, text, text)': 'unknown',
  'enum_range(anyenum, anyenum)': 'never-null',
  'array_cat(anycompatiblearray, anycompatiblearray)': 'all',
  // JSON null becomes null (PostgreSQL 18)
  'bool(jsonb)': 'partial',
  'int2(jsonb)': 'partial',
  'int4(jsonb)': 'partial',
  'int8(jsonb)': 'partial',
  'float4(jsonb)': 'partial',
  'float8(jsonb)': 'partial',
  'numeric(jsonb)': 'partial',
};

/** What is known of a function; `unknown` for every one that is not PostgreSQL's own. */
export function functionBehaviour(called: FunctionFacts): FunctionBehaviour {
  if (called.schema !== 'pg_catalog') {
    return 'unknown';
  }
  const exception = EXCEPTIONS[`${called.name}(${called.arguments})`];
  if (exception !== undefined) {
    return exception;
  }
  if (isGeometric(called.arguments) || called.arguments.includes('xml')) {
    return 'unknown';
  }
  if (NEVER_NULL.has(called.name)) {
    return 'never-null';
  }
  if (FIRST.has(called.name)) {
    return 'first';
  }
  if (PARTIAL.has(called.name)) {
    return 'partial';
  }
  return TOTAL.has(called.name) || called.isCast ? 'total' : 'unknown';
}

/** Lines may not meet and points may have no nearest one: geometry is full of nulls. */
export function isGeometric(types: string): boolean {
  return /\b(?:point|line|lseg|box|path|polygon|circle)\b/.test(types);
}

/** A set-returning function's columns: which of them are never null. */
const SET_COLUMNS: Readonly<Record<string, readonly ('total' | 'partial')[]>> = {
  generate_series: ['total'],
  generate_subscripts: ['total'],
  jsonb_array_elements: ['total'],
  json_array_elements: ['total'],
  jsonb_array_elements_text: ['partial'],
  json_array_elements_text: ['partial'],
  jsonb_object_keys: ['total'],
  json_object_keys: ['total'],
  jsonb_each: ['total', 'total'],
  json_each: ['total', 'total'],
  jsonb_each_text: ['total', 'partial'],
  json_each_text: ['total', 'partial'],
  jsonb_path_query: ['total'],
  regexp_split_to_table: ['total'],
  regexp_matches: ['total'],
  unnest: ['partial'],
};

/** Functions that make a row of the columns that the query names, null where the JSON has nothing for one. */
export const MAKES_RECORDS: ReadonlySet<string> = words(`
  json_to_record json_to_recordset jsonb_to_record jsonb_to_recordset json_populate_record json_populate_recordset
  jsonb_populate_record jsonb_populate_recordset
`);

/** What is known of a set-returning function's columns; undefined when nothing is. */
export function setColumns(called: FunctionFacts): readonly ('total' | 'partial')[] | undefined {
  if (called.schema !== 'pg_catalog') {
    return undefined;
  }
  if (called.name === 'unnest' && called.arguments !== 'anyarray') {
    return called.arguments === 'anymultirange' ? ['total'] : undefined;
  }
  return SET_COLUMNS[called.name];
}

/** Aggregates that are not null once one argument was not. */
export const AGGREGATES_OF_PRESENT: ReadonlySet<string> = words(`
  sum min max avg bool_and bool_or every bit_and bit_or bit_xor string_agg range_agg range_intersect_agg any_value var_pop stddev_pop
`);

/** Ordered-set aggregates that are not null when what they order and their own arguments are not. */
export const ORDERED_AGGREGATES: ReadonlySet<string> = words(`percentile_cont percentile_disc mode`);

/** Aggregates that are not null once there was a row, also one of nulls. */
export const AGGREGATES_OF_ROWS: ReadonlySet<string> = words(`
  array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg json_agg_strict jsonb_agg_strict json_object_agg_strict
  jsonb_object_agg_strict json_object_agg_unique jsonb_object_agg_unique json_object_agg_unique_strict jsonb_object_agg_unique_strict
`);

/** Aggregates that are never null. */
export const AGGREGATES_NEVER_NULL: ReadonlySet<string> = words(
  `count regr_count rank dense_rank percent_rank cume_dist`,
);

/** Aggregates that are null for some values that are not. */
export const AGGREGATES_PARTIAL: ReadonlySet<string> = words(`
  variance var_samp stddev stddev_samp covar_samp covar_pop corr regr_avgx regr_avgy regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
  regr_syy
`);

/** Window functions that are never null. */
export const WINDOWS_NEVER_NULL: ReadonlySet<string> = words(
  `row_number rank dense_rank percent_rank cume_dist`,
);

/**
 * Operators of PostgreSQL that are never null for operands that are not; by name, geometry apart. Those that look into JSON
 * are in `PARTIAL_OPERATORS`.
 */
export const TOTAL_OPERATORS: ReadonlySet<string> = words(`
  = <> < <= > >= + - * / % ^ || ~~ !~~ ~~* !~~* ~ !~ ~* !~* @> <@ && & | # ~ << >> ? ?| ?& -|- &< &> |/ ||/ @ ^@ !! <-> #-
  <<= >>= ~<~ ~<=~ ~>~ ~>=~ *= *<> *< *> *<= *>=
`);

/** Operators that look for something that may not be there. */
export const PARTIAL_OPERATORS: ReadonlySet<string> = words(`-> ->> #> #>> @?`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
