import assert from 'node:assert/strict';
import { applyWaivers } from '../../sql/waivers.ts';
import { QUERY_RULE_NAMES, lintQuery } from '../lint/lint-query.ts';
import { parseQueryFile } from '../parse/parse-query-file.ts';

/** What is wrong with one query of module `ticket`, as `rule line:column`; line 2 is the statement's first. */
export function lintText(statement: string): readonly string[] {
  const { queries, diagnostics } = parseQueryFile(
    'sql/ticket/tickets.sql',
    `/* @name FindThing */\n${statement};\n`,
  );
  assert.deepEqual(diagnostics, []);
  return queries
    .flatMap((query) =>
      applyWaivers({ findings: lintQuery(query), waivers: query.waivers, rules: QUERY_RULE_NAMES }),
    )
    .map(({ rule, at }) => `${rule} ${at.line}:${at.column}`);
}
