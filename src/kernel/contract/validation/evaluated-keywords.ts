import { _, Name, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { EVALUATED } from './schema-views.ts';

/**
 * Declares what is known of evaluated properties and items before any branch of a schema is tried, so that a branch adds to it. Ajv declares it
 * in the first branch that it tries: what a `$ref` or `allOf` beside the branches evaluated was lost when that one failed.
 */
export const TRACK_EVALUATED = {
  keyword: EVALUATED,
  before: '$ref',
  schemaType: 'boolean',
  code(context: KeywordCxt): void {
    const { it } = context;
    context.mergeEvaluated({ ...it, props: {}, items: 0 }, Name);
  },
} as const satisfies CodeKeywordDefinition;

/**
 * `if`, `then` and `else`, with what the condition looked at: members that it knows count as evaluated where it holds, and only there. Ajv's own
 * keyword counts them whether it holds or not, and passes over a condition without branches.
 *
 * Source: JSON Schema 2020-12 sections 10.2.2 and 11.
 */
export const IF = {
  keyword: 'if',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  error: { message: 'must match the schema of its condition' },
  code(context: KeywordCxt): void {
    const { gen, parentSchema } = context;
    const holds = gen.name('_valid');
    const condition = context.subschema(
      { keyword: 'if', compositeRule: true, createErrors: false, allErrors: false },
      holds,
    );
    context.reset();
    context.mergeValidEvaluated(condition, holds);
    const valid = gen.let('valid', true);
    for (const [keyword, when] of [
      ['then', holds],
      ['else', _`!${holds}`],
    ] as const) {
      if (parentSchema[keyword] === undefined) continue;
      gen.if(when, () => {
        const branchValid = gen.name('_valid');
        const branch = context.subschema({ keyword }, branchValid);
        gen.assign(valid, branchValid);
        context.mergeValidEvaluated(branch, branchValid);
      });
    }
    context.pass(valid, () => {
      context.error(true);
    });
  },
} as const satisfies CodeKeywordDefinition;
