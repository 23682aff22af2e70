import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MAX_PARTS, MultipartError, splitMultipart } from './multipart.ts';

function body(...parts: readonly string[]): Buffer {
  return Buffer.from(`${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`);
}

function disposition(parameters: string): Buffer {
  return body(`Content-Disposition: form-data${parameters}\r\n\r\ntext`);
}

/** A body of so many fields. */
function partsOf(count: number): Buffer {
  const field = 'Content-Disposition: form-data; name="a"\r\n\r\nx';
  return body(...Array.from({ length: count }, () => field));
}

suite('splitMultipart', () => {
  for (const [what, parameters, name, filename] of [
    ['a name', '; name="photo"', 'photo', undefined],
    ['names in any case and order', '; FileName="a.png"; NAME=photo', 'photo', 'a.png'],
    ['quotes that are escaped', String.raw`; name="a\"b"; filename="c%22d"`, 'a"b', 'c"d'],
    [
      'a file name that looks like a name',
      '; filename="a; name=evil; x"; name="photo"',
      'photo',
      'a; name=evil; x',
    ],
    ['a name that looks like a file name', '; name="a; filename=x"', 'a; filename=x', undefined],
    ['a parameter whose name ends in name', '; othername="evil"; name="photo"', 'photo', undefined],
    ['a path before the file name', String.raw`; name="p"; filename="..\\..\\etc/passwd"`, 'p', 'passwd'],
  ] as const) {
    test(`reads ${what}`, () => {
      const [part, ...rest] = splitMultipart(disposition(parameters), 'b');
      assert.deepEqual([part?.name, part?.filename, rest.length], [name, filename, 0]);
      assert.equal(part?.content.toString(), 'text');
    });
  }

  test('reads as many parts as a form may have', () => {
    assert.equal(splitMultipart(partsOf(MAX_PARTS), 'b').length, MAX_PARTS);
  });

  for (const [what, bytes] of [
    ['no name', disposition('; filename="a"')],
    ['no end', Buffer.from('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ntext')],
    ['no beginning', Buffer.from('text')],
    ['more parts than a form may have', partsOf(MAX_PARTS + 1)],
    ['a part whose headers are too long', disposition(`; name="${'a'.repeat(9000)}"`)],
  ] as const) {
    // @requirement 74, 76
    test(`refuses a body with ${what}`, () => {
      assert.throws(() => splitMultipart(bytes, 'b'), MultipartError);
    });
  }
});
