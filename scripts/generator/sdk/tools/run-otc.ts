import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { JsonObject } from '../../contract/contract.ts';
import { otcDocument } from './otc-document.ts';
import { OTC_ROOT } from './printed-paths.ts';

/** What `request` is made with; the text below imports it. */
export const OTC_REQUEST = 'sdk/src/services/request.ts';

/** The tool's `request` option: a file that it takes in place of its own `core/request.ts`. */
const REQUEST = `import * as operations from '../../index.ts';
import { requestOf } from '../../../services/request.ts';
import { ApiError } from './ApiError.ts';
import type { ApiRequestOptions } from './ApiRequestOptions.ts';
import { CancelablePromise } from './CancelablePromise.ts';
import type { OpenAPIConfig } from './OpenAPI.ts';

const send = /* @__PURE__ */ requestOf(operations);

/** Sends a request through the runtime of the SDK. */
export const request = <T>(config: OpenAPIConfig, options: ApiRequestOptions): CancelablePromise<T> =>
  new CancelablePromise<T>((resolve, reject, onCancel) => {
    const call = send<T, ApiRequestOptions>(config, options, (result, message) => new ApiError(options, result, message));
    onCancel(call.cancel);
    call.body.then(resolve, reject);
  });
`;

/**
 * Has openapi-typescript-codegen print its services below `folder`, each file at its path of the project.
 *
 * @throws {Error} when it cannot read the document.
 */
export async function runOtc(document: JsonObject, folder: string): Promise<void> {
  const { generate } = await import('openapi-typescript-codegen');
  const request = path.join(folder, 'request.ts');
  await writeFile(request, REQUEST);
  await generate({
    input: otcDocument(document),
    output: path.join(folder, ...OTC_ROOT.split('/')),
    useUnionTypes: true,
    request,
  });
}
