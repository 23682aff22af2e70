import type { HttpMethod } from './contract.ts';

/** The methods of a path item that are served. Source: OpenAPI 3.1 section 4.8.9; TRACE is refused. */
export const HTTP_METHODS: readonly HttpMethod[] = [
  'get',
  'put',
  'post',
  'delete',
  'patch',
  'options',
  'head',
];

/** Whether a member of a path item is an operation. */
export function isHttpMethod(name: string): name is HttpMethod {
  return (HTTP_METHODS as readonly string[]).includes(name);
}
