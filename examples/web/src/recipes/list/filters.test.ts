import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { resolveSdkSources } from '../../testing/sdk-sources.ts';

resolveSdkSources();
const { listRecipesDefaults, listRecipesFields } = await import('@chompardo/sdk/forms');
const { isNarrowed, listPath, NO_FILTERS, parseFilters, toListParams } = await import('./filters.ts');

suite('filters', () => {
  test('come back from the address as they went in', () => {
    const filters = {
      text: 'a & b',
      tags: ['one pan', 'quick'],
      maxMinutes: 30,
      isMine: true,
      author: undefined,
      sort: 'title',
    } as const;
    const { pathname, search } = new URL(listPath(filters), 'http://app.test');
    assert.equal(pathname, '/');
    assert.deepEqual(parseFilters(search), filters);
    assert.equal(listPath(NO_FILTERS), '/');
  });

  test('pass over what an address cannot mean', () => {
    assert.deepEqual(parseFilters('?max=-5&sort=colour&max=x'), NO_FILTERS);
    assert.deepEqual(parseFilters('?max=1e9'), NO_FILTERS);
    const { max } = listRecipesFields.maxTotalMinutes;
    assert.deepEqual(parseFilters(`?max=${max}`), { ...NO_FILTERS, maxMinutes: max });
    assert.deepEqual(parseFilters(`?max=${max + 1}`), NO_FILTERS);
  });

  test('send only what narrows', () => {
    const nothing = {
      sort: listRecipesDefaults.sort,
      q: undefined,
      tag: undefined,
      maxTotalMinutes: undefined,
      author: undefined,
    };
    assert.deepEqual(toListParams({ ...NO_FILTERS, text: '  ' }, 'ann'), nothing);
    assert.deepEqual(toListParams({ ...NO_FILTERS, isMine: true }, 'ann'), { ...nothing, author: 'ann' });
    assert.equal(isNarrowed({ ...NO_FILTERS, sort: 'title' }), false);
    assert.equal(isNarrowed({ ...NO_FILTERS, author: 'bob' }), true);
    assert.deepEqual(parseFilters(listPath({ ...NO_FILTERS, author: 'bob' }).slice(1)).author, 'bob');
    assert.equal(isNarrowed({ ...NO_FILTERS, tags: ['soup'] }), true);
  });
});
