import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

import { ApiError, CallError } from '../runtime/errors.ts';

/** What a mutator resolves to. */
interface Answered {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the contract makes of the data of an answer. */
type Structured =
  | { readonly success: true; readonly data: Record<string, unknown> | undefined }
  | { readonly success: false; readonly error: { readonly message: string } };

/** Headers that an agent needs for its next call. */
const TOLD = ['etag', 'location'] as const;

/**
 * Makes the result of a tool from the answer of the API: orval's `mcp.handler`. What the API refuses is an error of the tool with the
 * problem's title, its detail and each failing place, so that an agent can mend its call.
 */
export async function answer(
  fetcher: () => Promise<Answered>,
  _context: unknown,
  toStructuredContent: (data: unknown) => Structured,
): Promise<CallToolResult> {
  let answered;
  try {
    answered = await fetcher();
  } catch (error) {
    if (error instanceof CallError || error instanceof TypeError) return failure(error);
    throw error;
  }
  const { data, headers } = answered;
  const structured = toStructuredContent(data);
  if (!structured.success) {
    return failure(new Error(`The answer is not what the contract says: ${structured.error.message}`));
  }
  const told = TOLD.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`]));
  return {
    content: [JSON.stringify(data ?? null), ...told].map((text) => ({ type: 'text', text })),
    ...(structured.data === undefined ? {} : { structuredContent: structured.data }),
  };
}

function failure(error: Error): CallToolResult {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const said = [error.message, ...(problem === undefined ? [] : [JSON.stringify(problem)])];
  return { isError: true, content: said.map((text) => ({ type: 'text', text })) };
}
