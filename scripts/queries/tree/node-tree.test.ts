import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  nodeChild,
  nodeChildren,
  nodeFlag,
  nodeLists,
  nodeNumber,
  nodeNumbers,
  nodeText,
} from './node-fields.ts';
import { firstQuery } from './first-query.ts';
import { parseNodeTree } from './node-tree.ts';

suite('the text of a node tree', () => {
  test('is read field by field', () => {
    const query = firstQuery(
      String.raw`(({QUERY :commandType 1 :hasAggs true :utilityStmt <> :name a\ b\(\{\"x :empty "" :odd :x :set (b 3 4)
        :list ({VAR :varno 2 :varnullingrels (b)} {CONST :constvalue 4 [ 1 0 0 0 ] :constisnull false})
        :lists (({A :n 1} {A :n 2}) ({A :n 3}))}))`,
    );
    assert.equal(nodeNumber(query, 'commandType'), 1);
    assert.equal(nodeFlag(query, 'hasAggs'), true);
    assert.equal(nodeChild(query, 'utilityStmt'), null);
    assert.equal(nodeText(query, 'name'), 'a b({"x');
    assert.equal(nodeText(query, 'empty'), '');
    assert.equal(nodeText(query, 'odd'), ':x');
    assert.deepEqual(nodeNumbers(query, 'set'), [3, 4]);
    const [variable, constant] = nodeChildren(query, 'list');
    assert.deepEqual(nodeNumbers(variable!, 'varnullingrels'), []);
    assert.equal(nodeText(constant!, 'constvalueBytes'), '1 0 0 0');
    assert.deepEqual(
      nodeLists(query, 'lists').map((list) => list.length),
      [2, 1],
    );
  });
  test('is refused when it is cut off or not one', () => {
    for (const text of ['', '(', '{QUERY', '{QUERY :a 1', '{QUERY a}', '{QUERY :a 1}}', '({A :b 4 [ 1 })']) {
      assert.throws(() => parseNodeTree(text), SyntaxError, text);
    }
    assert.throws(() => firstQuery('<>'), SyntaxError);
  });
});
