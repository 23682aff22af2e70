import type { SourceDocument } from './source-document.ts';

/** The sources of one contract, parsed. */
export interface SpecSet {
  /** Every document, by file. Files with broken text are not here. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** Files that exist and could not be parsed; findings about references to them would only repeat that. */
  readonly brokenFiles: ReadonlySet<string>;
  /** The folder of the specs, relative to the project's, with forward slashes: `specs`. */
  readonly folder: string;
  /** `openapi.yaml` of that folder; an external document is its own root. */
  readonly root: SourceDocument | undefined;
  /** Sorted by name. */
  readonly modules: readonly ModuleSource[];
  /** True for the project's own specs, which may reference each other; false for one external document. */
  readonly project: boolean;
}

export interface ModuleSource {
  readonly name: string;
  readonly document: SourceDocument;
}
