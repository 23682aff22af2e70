/** What was asked for cannot be made; the message says why, and what to write instead. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
