/**
 * Things in a Map: the part of a repository that is the same for every kind of thing, without a database. Extend it with the
 * module's own lists, implement the module's port, and hold both to one suite of tests.
 */
export class InMemoryRepository<Thing extends { readonly id: string }> {
  readonly #things = new Map<string, Thing>();
  readonly #lostRace: () => Error;

  /** @param lostRace what a change of a thing that is no longer there is refused with. */
  constructor(lostRace: () => Error) {
    this.#lostRace = lostRace;
  }

  async find(id: string): Promise<Thing | undefined> {
    return this.#things.get(id);
  }

  async insert(thing: Thing): Promise<void> {
    this.#things.set(thing.id, thing);
  }

  async update(id: string, change: (thing: Thing | undefined) => Thing): Promise<Thing> {
    const changed = change(this.#things.get(id));
    if (!this.#things.has(id)) throw this.#lostRace();
    this.#things.set(id, changed);
    return changed;
  }

  async remove(id: string, check: (thing: Thing | undefined) => Thing): Promise<void> {
    check(this.#things.get(id));
    this.#things.delete(id);
  }

  /** All of them, in the order in which they were first inserted. */
  protected get all(): readonly Thing[] {
    return [...this.#things.values()];
  }
}
