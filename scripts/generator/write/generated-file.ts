/** One file of the generator's output, before it is on disk. */
export interface GeneratedFile {
  /** Path relative to the project root, with forward slashes: `generated/ticket/schemas.ts`. */
  readonly path: string;
  /** Whole text, header line included; ends in a newline. */
  readonly text: string;
}
