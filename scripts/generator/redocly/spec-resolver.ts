import path from 'node:path';

import { BaseResolver, type Document, ResolveError, Source } from '@redocly/openapi-core';

import type { SourceDocument } from '../load/source-document.ts';
import type { SpecSet } from '../load/spec-set.ts';

/** Knows what it was given and nothing else: Redocly opens no file and fetches no URL through it. */
class SpecResolver extends BaseResolver {
  override loadExternalRef(absoluteRef: string): Promise<Source> {
    return Promise.reject(new ResolveError(new Error(`${absoluteRef} is not one of the specs`)));
  }
}

/**
 * What Redocly reads instead of the disk: the documents of a set, as the rest of the compiler reads them.
 *
 * @param root the folder that the files of the set are relative to
 * @param read gives a document's data; what changes the data, as bundling does, needs a copy
 */
export function specResolver(
  root: string,
  specs: SpecSet,
  read: (document: SourceDocument) => unknown,
): BaseResolver {
  const resolver = new SpecResolver();
  for (const document of specs.documents.values()) {
    const absoluteRef = absoluteFile(root, document.file);
    const entry: Document = { source: new Source(absoluteRef, document.text), parsed: read(document) };
    resolver.cache.set(absoluteRef, Promise.resolve(entry));
  }
  return resolver;
}

/** The path that Redocly knows a file of a set by. */
export function absoluteFile(root: string, file: string): string {
  return path.resolve(root, file);
}
