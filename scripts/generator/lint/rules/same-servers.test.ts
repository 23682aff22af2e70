import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findings } from '../../testing/spec-set.ts';
import { sameServers } from './same-servers.ts';

test('servers that differ from the root are found', () => {
  const text = `servers: [{ url: /v2 }]
`;
  const others = {
    'openapi.yaml': `servers: [{ url: / }]
`,
  };
  assert.deepEqual(findings(sameServers, text, others), ['same-servers at 1:1']);
});

test('the same servers are fine', () => {
  const text = `servers: [{ url: / }]
`;
  const others = {
    'openapi.yaml': `servers: [{ url: / }]
`,
  };
  assert.deepEqual(findings(sameServers, text, others), []);
});

test('servers of a path or an operation are found', () => {
  const text = `paths:
  /a:
    servers: [{ url: /b }]
    get: { servers: [{ url: /c }] }
`;
  assert.deepEqual(findings(sameServers, text, { 'openapi.yaml': 'servers: [{ url: / }]' }), [
    'same-servers at 3:5',
    'same-servers at 4:12',
  ]);
});
