/** Where the command speaks: lines without their line feed. */
export interface DevOutput {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}
