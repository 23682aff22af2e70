import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ContractError, ProtocolError } from '#kernel/http/problems/protocol-error.ts';
import { describeBodyFields } from '../validation/body-fields.ts';
import { JsonDocument } from '../validation/json-document.ts';
import { parseBody } from './request-body.ts';

const OBJECT = { type: 'object', properties: { a: { type: 'string' } } };
const SCHEMA = {
  type: 'object',
  anyOf: [{ required: ['text'] }, { properties: { late: { type: 'integer' } } }],
  allOf: [{ properties: { number: { minimum: 1 } } }, { $ref: '#/components/schemas/Shared' }],
  properties: {
    text: { type: 'string' },
    number: { type: 'integer' },
    words: { type: 'array', items: { type: 'string' } },
    pair: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'boolean' }] },
    meta: OBJECT,
    list: { type: 'array', items: OBJECT },
    lists: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
    file: { type: 'string', format: 'binary' },
    photo: { type: 'string', contentMediaType: 'image/png' },
    files: { type: 'array', items: { type: 'string', format: 'binary' } },
  },
};
const document = new JsonDocument({
  components: { schemas: { Shared: { properties: { flag: { type: 'boolean' } } } } },
});
const fields = describeBodyFields(document, SCHEMA);
const chosen = {
  content: { mediaType: 'multipart/form-data', kind: 'multipart' },
  index: 0,
  mediaType: { essence: 'multipart/form-data', parameters: new Map([['boundary', 'b']]) },
} as const;

function parse(...parts: readonly string[]): unknown {
  const body = `${parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--b--\r\n`;
  return JSON.parse(
    JSON.stringify(parseBody(Buffer.from(body), chosen, fields), (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'contentType' in value ? [value.contentType] : value,
    ),
  );
}

const JSON_PART = '\r\nContent-Type: application/json\r\n\r\n';
const BLOB = `; filename="blob"${JSON_PART}`;
const TEXT_BLOB = '; filename="blob"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n';
const PNG = '; filename="a.png"\r\nContent-Type: image/png\r\n\r\n';

suite('a part is judged by its field and its type', () => {
  const read: readonly (readonly [parts: readonly string[], value: unknown])[] = [
    [['name="text"\r\n\r\n5'], { text: '5' }],
    [[`name="text"${TEXT_BLOB}a`], { text: 'a' }],
    [[`name="text"${JSON_PART}"a\\nb"`], { text: 'a\nb' }],
    [['name="text"\r\nContent-Type: text/csv\r\n\r\na,b'], { text: 'a,b' }],
    [['name="number"\r\n\r\n5'], { number: 5 }],
    [['name="late"\r\n\r\n5'], { late: 5 }],
    [['name="flag"\r\n\r\ntrue'], { flag: true }],
    [[`name="number"${BLOB}null`], { number: null }],
    [['name="words"\r\n\r\na', 'name="words"\r\n\r\nb'], { words: ['a', 'b'] }],
    [[`name="words"${JSON_PART}["a","b"]`], { words: ['a', 'b'] }],
    [[`name="words"${JSON_PART}[]`], { words: [] }],
    [['name="pair"\r\n\r\n1', 'name="pair"\r\n\r\ntrue'], { pair: [1, true] }],
    [[`name="meta"${BLOB}{"a":"x"}`], { meta: { a: 'x' } }],
    [[`name="meta"${JSON_PART}{"a":"x"}`], { meta: { a: 'x' } }],
    [['name="meta"\r\n\r\n{"a":"x"}'], { meta: { a: 'x' } }],
    [[`name="meta"${BLOB}null`], { meta: null }],
    [[`name="meta"${BLOB}\ufeff{}`], { meta: {} }],
    [[`name="list"${BLOB}{"a":"x"}`, `name="list"${BLOB}{}`], { list: [{ a: 'x' }, {}] }],
    [[`name="list"${BLOB}[{"a":"x"},{}]`], { list: [{ a: 'x' }, {}] }],
    [[`name="list"${BLOB}[]`], { list: [] }],
    [[`name="lists"${BLOB}[1]`, `name="lists"${BLOB}[2]`], { lists: [[1], [2]] }],
    [[`name="lists"${BLOB}[]`], { lists: [] }],
    [[`name="file"${PNG}x`], { file: ['image/png'] }],
    [['name="file"\r\nContent-Type: image/png\r\n\r\nx'], { file: ['image/png'] }],
    [['name="file"; filename="a"\r\n\r\nx'], { file: ['application/octet-stream'] }],
    [[`name="file"${BLOB}{}`], { file: ['application/json'] }],
    [[`name="photo"${PNG}x`], { photo: ['image/png'] }],
    [['name="photo"; filename="a"\r\n\r\nx'], { photo: ['application/octet-stream'] }],
    [[`name="files"${PNG}x`, `name="files"${PNG}y`], { files: [['image/png'], ['image/png']] }],
    [['name="text"\r\nContent-Transfer-Encoding: 8bit\r\n\r\né'], { text: 'é' }],
  ];
  for (const [parts, value] of read) {
    test(`${JSON.stringify(parts)} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(parse(...parts), value);
    });
  }

  const refused: readonly (readonly [part: string, code: string])[] = [
    [`name="text"${PNG}x`, 'fieldExpected'],
    ['name="text"; filename="a.txt"\r\n\r\nx', 'fieldExpected'],
    [`name="meta"${PNG}{}`, 'fieldExpected'],
    ['name="file"\r\n\r\nx', 'fileExpected'],
    ['name="photo"; filename="a"\r\nContent-Type: text/html\r\n\r\nx', 'fileExpected'],
    ['name="text"\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nx', 'encoding'],
    [`name="meta"${BLOB}{`, 'malformedJson'],
  ];
  for (const [part, code] of refused) {
    test(`${JSON.stringify(part)} is refused as ${code}`, () => {
      assert.throws(
        () => parse(part),
        (error: unknown) => error instanceof ContractError && error.errors[0]?.code === code,
      );
    });
  }

  test('an encoding of its own, which would be taken for text, is refused', () => {
    for (const header of ['Content-Transfer-Encoding: base64', 'Content-Type: nothing']) {
      assert.throws(() => parse(`name="text"\r\n${header}\r\n\r\neA==`), ProtocolError);
    }
  });
});
