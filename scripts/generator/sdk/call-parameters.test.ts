import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Operation, Parameter, ParameterLocation } from '../contract/contract.ts';
import { callParameters, pathWithKeys } from './call-parameters.ts';

function operationWith(
  path: string,
  parameters: readonly [place: ParameterLocation, name: string][],
): Operation {
  const operation: Pick<Operation, 'path'> & { parameters: readonly Partial<Parameter>[] } = {
    path,
    parameters: parameters.map(([place, name]) => ({
      in: place,
      name,
      key: place === 'header' ? name.toLowerCase() : name,
    })),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rest of an operation has no part in this
  return operation as Operation;
}

function keys(...parameters: [ParameterLocation, string][]): readonly string[] {
  return callParameters(operationWith('/', parameters)).map(({ key }) => key);
}

suite('the keys of parameters', () => {
  test('are the names on the wire, in lower case for headers', () => {
    assert.deepEqual(keys(['query', 'maxTotal'], ['header', 'If-Match'], ['cookie', 'theme']), [
      'maxTotal',
      'if-match',
      'theme',
    ]);
  });

  test('say the place where a name is there twice; the path keeps its own', () => {
    assert.deepEqual(keys(['query', 'id'], ['path', 'id'], ['header', 'ID'], ['cookie', 'id']), [
      'idQuery',
      'id',
      'idHeader',
      'idCookie',
    ]);
  });

  test('leave the body its names', () => {
    assert.deepEqual(keys(['query', 'body'], ['query', 'contentType'], ['path', 'bodyQuery']), [
      'bodyQueryQuery',
      'contentTypeQuery',
      'bodyQuery',
    ]);
  });

  test('stand in the path', () => {
    const operation = operationWith('/a/{body}/b/{id}', [
      ['path', 'body'],
      ['path', 'id'],
    ]);
    assert.equal(pathWithKeys(operation, callParameters(operation)), '/a/{bodyPath}/b/{id}');
  });
});
