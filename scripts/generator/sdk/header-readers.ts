import type { Operation, Schema } from '../contract/contract.ts';

/** What the text of a response header becomes. */
export type HeaderReader = 'string' | 'number' | 'boolean';

/**
 * How each declared response header of an operation is read, by name. A header that two responses describe with
 * different types stays text.
 */
export function headerReaders(operation: Operation): ReadonlyMap<string, HeaderReader> {
  const readers = new Map<string, HeaderReader>();
  for (const header of operation.responses.flatMap((response) => response.headers)) {
    const reader = readerOf(header.schema);
    const known = readers.get(header.name) ?? reader;
    readers.set(header.name, known === reader ? reader : 'string');
  }
  return readers;
}

function readerOf(schema: Schema): HeaderReader {
  return schema.kind === 'number' || schema.kind === 'boolean' ? schema.kind : 'string';
}
