/** What descriptors are made of, under one name: generated code refers to `$wire.json`, `$wire.form` and so on. */
export { apiKeys } from './api-keys.ts';
export { blob, either, empty, eventStream, json, problem, text } from './decode-body.ts';
export { binaryBody, bodyOf, jsonBody, textBody } from './encode-body.ts';
export { formBody, formWith } from './encode-form.ts';
export { multipartBody, multipartWith } from './encode-multipart.ts';
export { exact } from './encode-exact.ts';
export { form, header, headerText, simple } from './encode-parameter.ts';
export {
  before,
  beside,
  cookiesOf,
  deepObject,
  formJoined,
  formObject,
  formObjectBeside,
  headerExploded,
  headerObject,
  inCookie,
  jsonInHeader,
  jsonInPath,
  jsonInQuery,
  label,
  labelExploded,
  matrix,
  matrixExploded,
  pipeDelimited,
  queryOf,
  simpleExploded,
  simpleObject,
  spaceDelimited,
} from './encode-parameter-styles.ts';
export { operation } from './operation.ts';
export { addKey, withKey } from './idempotency-key.ts';
export { toBoolean, toNumber } from './response-header.ts';
