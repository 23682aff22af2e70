import { suite } from 'node:test';
import { InMemoryRecipeRepository } from './in-memory-recipe-repository.ts';
import { testRecipeRepository } from './recipe-repository-suite.ts';

suite('InMemoryRecipeRepository', () => {
  testRecipeRepository(async () => new InMemoryRecipeRepository());
});
