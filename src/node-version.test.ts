import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { nodeVersionProblem } from './node-version.ts';

suite('nodeVersionProblem', () => {
  for (const version of ['24.14.1', '24.14.2', '24.15.0', '25.0.0', '26.10.0', process.versions.node]) {
    test(`has none with ${version}`, () => {
      assert.equal(nodeVersionProblem(version), undefined);
    });
  }
  for (const version of ['20.20.2', '22.99.99', '24.14.0', '24.13.9', '24.0.0']) {
    test(`refuses ${version}`, () => {
      assert.equal(
        nodeVersionProblem(version),
        `The API needs Node.js 24.14.1 or later; this is ${version}.`,
      );
    });
  }
});
