import type { Rule } from './rule.ts';
import { applicableKeywords } from './rules/applicable-keywords.ts';
import { authenticatedOperations } from './rules/authenticated-operations.ts';
import { binaryPlaces } from './rules/binary-places.ts';
import { boundedArrays } from './rules/bounded-arrays.ts';
import { boundedIntegers } from './rules/bounded-integers.ts';
import { boundedStrings } from './rules/bounded-strings.ts';
import { closedAllOf } from './rules/closed-all-of.ts';
import { closedRequestObjects } from './rules/closed-request-objects.ts';
import { conditionalProperties } from './rules/conditional-properties.ts';
import { definedRequired } from './rules/defined-required.ts';
import { discriminatorValues } from './rules/discriminator-values.ts';
import { distinctPaths } from './rules/distinct-paths.ts';
import { enforcedFormats } from './rules/enforced-formats.ts';
import { exactNumbers } from './rules/exact-numbers.ts';
import { explicitStatuses } from './rules/explicit-statuses.ts';
import { namedBodySchemas } from './rules/named-body-schemas.ts';
import { namedReferences } from './rules/named-references.ts';
import { oneDirection } from './rules/one-direction.ts';
import { oneWayRequired } from './rules/one-way-required.ts';
import { orderedBounds } from './rules/ordered-bounds.ts';
import { problemResponses } from './rules/problem-responses.ts';
import { readableValues } from './rules/readable-values.ts';
import { safePatterns } from './rules/safe-patterns.ts';
import { sameServers } from './rules/same-servers.ts';
import { schemaTypes } from './rules/schema-types.ts';
import { servedAtRoot } from './rules/served-at-root.ts';
import { servedOnly } from './rules/served-only.ts';
import { trueDefaults } from './rules/true-defaults.ts';
import { uniqueTags } from './rules/unique-tags.ts';
import { wholeTuples } from './rules/whole-tuples.ts';

/** The house style, beside what `redocly.yaml` asks for. A new rule is a file, its test, and a line here. */
export const HOUSE_RULES: readonly Rule[] = [
  applicableKeywords,
  authenticatedOperations,
  binaryPlaces,
  boundedArrays,
  boundedIntegers,
  boundedStrings,
  closedAllOf,
  closedRequestObjects,
  conditionalProperties,
  definedRequired,
  discriminatorValues,
  distinctPaths,
  enforcedFormats,
  exactNumbers,
  explicitStatuses,
  namedBodySchemas,
  namedReferences,
  oneDirection,
  oneWayRequired,
  orderedBounds,
  problemResponses,
  readableValues,
  safePatterns,
  sameServers,
  schemaTypes,
  servedAtRoot,
  servedOnly,
  trueDefaults,
  uniqueTags,
  wholeTuples,
];
