import type { Catalogue } from '../catalogue/catalogue.ts';
import type { QueryTree } from '../tree/load-query-tree.ts';
import { nodeText, resultColumns } from '../tree/node-fields.ts';
import { expressionVerdict } from './expressions.ts';
import type { Analysis } from './level.ts';
import { queryColumns } from './query-columns.ts';
import { notNull, nullable } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** A result column and whether it can be null. */
export interface ColumnVerdict extends Verdict {
  /** The name at run time, without a hint. */
  readonly name: string;
  /** `!` or `?` when the author decided; then the nullability is the author's. */
  readonly hint: '!' | '?' | null;
}

/**
 * Judges each result column of a statement that PostgreSQL analysed. Pure: the same tree and catalogue give the same verdicts.
 *
 * @param options.requiredParameters numbers of the parameters that are never null: `:x!`, and the elements of a spread.
 */
export function analyseNullability(options: {
  readonly tree: QueryTree;
  readonly catalogue: Catalogue;
  readonly requiredParameters: ReadonlySet<number>;
}): readonly ColumnVerdict[] {
  const { tree } = options;
  const verdicts = queryColumns(tree.query, null, toAnalysis(options));
  return resultColumns(tree.query).map((entry, index) => {
    const written = nodeText(entry, 'resname');
    const last = written.at(-1);
    const hint = last === '!' || last === '?' ? last : null;
    const verdict = verdicts[index] ?? { nullability: 'undecided', reason: 'nothing is known of it' };
    const { nullability, reason } = hint === null ? verdict : HINTED[hint];
    return { nullability, reason, name: hint === null ? written : written.slice(0, -1), hint };
  });
}

/** What the judgements on one statement share. */
export function toAnalysis(options: Parameters<typeof analyseNullability>[0]): Analysis {
  const { tree, catalogue, requiredParameters } = options;
  return {
    catalogue,
    parameters: new Map(
      tree.parameterTypes.map((_, index) => [
        index + 1,
        requiredParameters.has(index + 1)
          ? notNull('the parameter is required')
          : nullable('the parameter is optional'),
      ]),
    ),
    assumptions: new Map(),
    assumed: { count: 0 },
    views: new Map(),
    judge: expressionVerdict,
    judgeQuery: queryColumns,
  };
}

const HINTED = {
  '!': notNull('the author says so'),
  '?': nullable('the author says so'),
} as const;
