import type { Operation, ResponseStatus, Schema } from '../contract/contract.ts';

/** What the text of a response header becomes. */
export type HeaderReader = 'string' | 'number' | 'boolean';

/** How a response header of an operation is read. */
export interface ReadHeader {
  readonly reader: HeaderReader;
  /** The statuses whose responses must have it. */
  readonly required: readonly ResponseStatus[];
}

/**
 * How each declared response header of an operation is read, by name. A header that two responses describe with
 * different types stays text.
 */
export function headerReaders(operation: Operation): ReadonlyMap<string, ReadHeader> {
  const readers = new Map<string, ReadHeader>();
  for (const { status, headers } of operation.responses) {
    for (const header of headers) {
      const reader = readerOf(header.schema);
      const known = readers.get(header.name) ?? { reader, required: [] };
      readers.set(header.name, {
        reader: known.reader === reader ? reader : 'string',
        required: header.required ? [...known.required, status] : known.required,
      });
    }
  }
  return readers;
}

function readerOf(schema: Schema): HeaderReader {
  return schema.kind === 'number' || schema.kind === 'boolean' ? schema.kind : 'string';
}
