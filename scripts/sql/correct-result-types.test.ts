import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CheckedQuery } from './check-queries.ts';
import { correctNullability } from './correct-result-types.ts';

const CHECKED: CheckedQuery = {
  file: 'sql/recipe/recipes.sql',
  name: 'FindRecipe',
  shape: 'row-or-none',
  columns: [
    { name: 'id', type: 'uuid', isNullable: true },
    { name: 'total', type: 'bigint', isNullable: false },
    { name: 'note', type: 'text', isNullable: false },
  ],
  parameterTypes: [],
  checksum: '',
};

suite('the correction of described columns', () => {
  test('puts the proven nullability in place of what PgTyped supposes', () => {
    const description = {
      paramMetadata: { params: [] },
      returnTypes: [
        { returnName: 'id', type: 'uuid', nullable: false },
        { returnName: 'total', type: 'int8' },
        { returnName: 'note!', type: 'text', nullable: true },
      ],
    };
    assert.deepEqual(correctNullability(description, CHECKED), {
      paramMetadata: { params: [] },
      returnTypes: [
        { returnName: 'id', type: 'uuid', nullable: true },
        { returnName: 'total', type: 'int8', nullable: false },
        { returnName: 'note!', type: 'text', nullable: false },
      ],
    });
  });
  test('is not given for another query', () => {
    assert.throws(() => correctNullability({ returnTypes: [{ returnName: 'id' }] }, CHECKED), RangeError);
  });
});
