import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lintQuery } from '../lint/lint-query.ts';
import { parseQueryFile } from './parse-query-file.ts';

const FILE = 'sql/ticket/tickets.sql';

suite('a file of queries', () => {
  test('gives each query its name, place and numbered parameters', () => {
    const text = `/* @name FindTicket */
SELECT id FROM ticket.tickets WHERE id = :id! AND title = :title AND author <> :id!;

/*
  @name InsertTags
  @param rows -> ((ticketId!, tag)...)
  @param ids -> (...)
  @param pair -> (left!, right!)
*/
INSERT INTO ticket.tags VALUES :rows, :pair RETURNING id IN :ids;
`;
    const { queries, diagnostics } = parseQueryFile(FILE, text);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      queries.map(({ name, module, at, statement, parameters }) => ({
        name,
        module,
        place: `${at.line}:${at.column}`,
        statement: statement.replaceAll(/ +/g, ' '),
        parameters: parameters.map((parameter) => `${parameter.name}${parameter.isRequired ? '!' : ''}`),
      })),
      [
        {
          name: 'FindTicket',
          module: 'ticket',
          place: '2:1',
          statement: 'SELECT id FROM ticket.tickets WHERE id = $1 AND title = $2 AND author <> $1 ',
          parameters: ['id!', 'title'],
        },
        {
          name: 'InsertTags',
          module: 'ticket',
          place: '10:1',
          statement: 'INSERT INTO ticket.tags VALUES ($1,$2), ($4,$5) RETURNING id IN ($3)',
          parameters: ['rows.ticketId!', 'rows.tag', 'ids!', 'pair.left!', 'pair.right!'],
        },
      ],
    );
  });
  test('knows the place of every character behind a parameter, in LF and CRLF files', () => {
    for (const lineEnd of ['\n', '\r\n']) {
      const text = ['/* @name X */', 'SELECT :a!::text,', "  :longer::text, 'é', missing FROM t;", ''].join(
        lineEnd,
      );
      const [query] = parseQueryFile(FILE, text).queries;
      const at = query!.locate(query!.statement.indexOf('missing'));
      assert.deepEqual([at.line, at.column], [3, 23]);
    }
  });
  test('says where it stops making sense', () => {
    const { queries, diagnostics } = parseQueryFile(FILE, '/* @name X */\nSELECT 1;\n\nSELECT 2;\n');
    assert.deepEqual(queries, []);
    assert.equal(diagnostics[0]?.rule, 'query-name');
    assert.equal(diagnostics[0]?.at.line, 4);
  });
  test('refuses a name given twice', () => {
    const { diagnostics } = parseQueryFile(FILE, '/* @name X */\nSELECT 1;\n/* @name X */\nSELECT 2;\n');
    assert.deepEqual(
      diagnostics.map(({ rule, at }) => `${rule} ${at.line}`),
      ['query-name 4'],
    );
  });
  test('says what PostgreSQL cannot read, and where', () => {
    const [query] = parseQueryFile(FILE, '/* @name X */\nSELECT id\nFORM ticket.tickets;\n').queries;
    const found = lintQuery(query!);
    assert.deepEqual(
      found.map(({ rule, at }) => `${rule} ${at.line}:${at.column}`),
      ['query-syntax 3:6'],
    );
  });
});
