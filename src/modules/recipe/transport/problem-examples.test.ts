import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import contract from '#generated/recipe/contract.json' with { type: 'json' };
import type { DomainError } from '#kernel/domain/domain-error.ts';
import { toProblem } from '#kernel/http/problems/to-problem.ts';
import {
  InvalidRecipeError,
  NotRecipeAuthorError,
  RecipeNotFoundError,
  RecipeVersionMismatchError,
} from '../domain/errors.ts';

const { responses } = contract.components;

suite('the examples of problems in specs/common are what this module sends', () => {
  const table: readonly (readonly [keyof typeof responses, DomainError])[] = [
    ['Forbidden', new NotRecipeAuthorError()],
    ['NotFound', new RecipeNotFoundError()],
    ['PreconditionFailed', new RecipeVersionMismatchError()],
    ['UnprocessableContent', new InvalidRecipeError([])],
  ];
  for (const [name, error] of table) {
    test(name, () => {
      const { example } = responses[name].content['application/problem+json'];
      const { problem } = toProblem(error, { requestId: example.requestId, instance: '' });
      assert.deepEqual({ ...example }, problem);
    });
  }
});
