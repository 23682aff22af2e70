import assert from 'node:assert/strict';
import type { Client } from 'pg';
import { loadQueryTrees } from '../tree/load-query-tree.ts';
import type { QueryTree } from '../tree/load-query-tree.ts';

/** The tree of one statement that fits the schema. */
export async function loadQueryTree(client: Client, text: string): Promise<QueryTree> {
  const [tree] = await loadQueryTrees(client, [text]);
  if (tree instanceof Error) throw tree;
  assert.ok(tree !== undefined);
  return tree;
}
