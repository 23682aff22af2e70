import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { uniqueTags } from './unique-tags.ts';

test('a tag of another module is found', () => {
  const text = `tags:
  - { name: Tickets, description: Mine. }
  - { name: Other, description: Mine. }
`;
  const others = {
    'pantry/openapi.yaml': `tags: [{ name: Tickets, description: Theirs. }]
`,
  };
  assert.deepEqual(findings(uniqueTags, text, others), ['unique-tags at 2:5']);
});

test('tags of its own are fine', () => {
  const text = `tags: [{ name: Tickets, description: Mine. }]
`;
  const others = {
    'pantry/openapi.yaml': `tags: [{ name: Pantry, description: Theirs. }]
`,
  };
  assert.deepEqual(findings(uniqueTags, text, others), []);
});
