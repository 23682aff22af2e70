import { addRuntimeResponses } from '../contract/add-runtime-responses.ts';
import type { ServerRuntime } from '../contract/server-runtime.ts';
import { resolveContract, type ResolvedContract } from '../contract/resolve-contract.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { LoadedSpecs } from '../load/load-specs.ts';
import type { SpecSet } from '../load/spec-set.ts';
import { checkDocuments, VERSION_RULE } from './check-documents.ts';
import { checkHouseStyle } from './check-house-style.ts';
import { checkLimits } from './check-limits.ts';
import { checkStart } from './check-start.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { readWaivers } from './waivers.ts';
import type { Waivers } from '../../diagnostics/waivers.ts';

/**
 * Findings of the resolver about what OpenAPI allows and has a meaning for: it goes on with that. All others leave nothing to
 * generate from.
 */
const WAIVABLE: ReadonlySet<string> = new Set(['ignored-header', 'media-type-parameters']);

/** What our own checks say of sources, beside the rules of Redocly. */
export interface OwnFindings {
  readonly found: readonly Diagnostic[];
  /** The waivers of the sources; those that our findings needed are used. */
  readonly waivers: Waivers;
  /** Files of a version that is not supported: nothing else that could be said of them would be true. */
  readonly misread: ReadonlySet<string>;
  /** What the sources mean; absent while their structure is wrong. */
  readonly resolved: ResolvedSpecs | undefined;
}

/** Sources with what the compiler adds to them, and what they mean. */
export interface ResolvedSpecs extends ResolvedContract {
  readonly specs: SpecSet;
}

/**
 * Runs the structural checks, the resolver and the house rules over loaded sources: everything wrong at once.
 *
 * @param claimed names that no type takes
 */
export function ownFindings(
  { specs, diagnostics }: LoadedSpecs,
  runtime: ServerRuntime,
  claimed?: ReadonlySet<string>,
): OwnFindings {
  const structural = [...diagnostics, ...checkDocuments(specs)];
  const resolved = structural.length === 0 ? resolveSpecs(specs, runtime, claimed) : undefined;
  const waivers = readWaivers(specs);
  const misread = new Set(structural.filter(({ rule }) => rule === VERSION_RULE).map(({ at }) => at.file));
  const style = checkHouseStyle(specs, HOUSE_RULES).filter(
    (each) => !misread.has(each.at.file) && !waivers.silences(each),
  );
  const meanings = (resolved?.diagnostics ?? []).filter(
    (each) => !WAIVABLE.has(each.rule) || !waivers.silences(each),
  );
  return { found: [...structural, ...meanings, ...style], waivers, misread, resolved };
}

function resolveSpecs(
  stated: SpecSet,
  runtime: ServerRuntime,
  claimed: ReadonlySet<string> | undefined,
): ResolvedSpecs {
  const { specs, diagnostics } = addRuntimeResponses(stated, runtime);
  const resolved = resolveContract(specs, claimed);
  const found = [
    ...diagnostics,
    ...resolved.diagnostics,
    ...checkStart(specs, resolved, runtime),
    ...checkLimits(specs, runtime.limits),
  ];
  return { ...resolved, specs, diagnostics: found };
}
