import type { OperationDescriptor } from '../runtime/descriptor.ts';
import { mutatorOf, type Mutator, type PrintedOptions } from '../orval/mutator.ts';

export type { ErrorType, Mutator } from '../orval/mutator.ts';

/**
 * Makes orval's `mutator` of an operation for the MCP server. Its tools take header parameters among those of the query, where an
 * agent gives them; here they become headers.
 */
export function mcpMutatorOf(operation: { readonly descriptor: OperationDescriptor }): Mutator {
  const send = mutatorOf(operation);
  const { headers: declared, query } = operation.descriptor;
  return <T>(url: string, options: PrintedOptions): Promise<T> => {
    const [path = '', search] = url.split('?', 2);
    const headers: Record<string, string> = {};
    const kept = new URLSearchParams();
    for (const [name, value] of new URLSearchParams(search)) {
      const key = name.toLowerCase();
      if (declared?.[key] !== undefined && query?.encoders[name] === undefined) headers[key] = value;
      else kept.append(name, value);
    }
    const rest = kept.size === 0 ? path : `${path}?${kept.toString()}`;
    return send<T>(rest, { ...options, headers: { ...headers, ...options.headers } });
  };
}
