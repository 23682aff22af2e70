import { randomUUID } from 'node:crypto';
import type { KitchenHandlers } from '../contracts/kitchen-sink/generated/kitchen/handlers.ts';
import { DomainError } from '#kernel/domain/domain-error.ts';
import { kitchenHandlers } from '../contracts/kitchen-sink/handlers.ts';

type NewThing = Parameters<KitchenHandlers['createThing']>[0]['body'];
type Thing = Extract<Awaited<ReturnType<KitchenHandlers['getThing']>>, { status: 200 }>['body'];

class ThingNotFoundError extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'thing-not-found';
}

/** Handlers of the kitchen sink that keep the things that they create; and give no status that the contract lacks, as `getStatus` does when asked to. */
export function createKeepingHandlers(): Partial<KitchenHandlers> {
  const things = new Map<string, { readonly thing: Thing; readonly version: number }>();
  const find = (id: string): { readonly thing: Thing; readonly version: number } => {
    const found = things.get(id);
    if (found === undefined) throw new ThingNotFoundError('There is no such thing.');
    return found;
  };
  return {
    async createThing({ body }) {
      const thing = toThing(body);
      things.set(thing.id, { thing, version: 1 });
      return { status: 201, body: thing, headers: { location: `/things/${thing.id}`, etag: '"1"' } };
    },
    async getThing({ path }) {
      const { thing, version } = find(path.thingId);
      return { status: 200, body: thing, headers: { etag: `"${version}"` } };
    },
    async updateThing({ path, body }) {
      const answer = { status: 200, body: { request: JSON.stringify({ path, body }) } } as const;
      const kept = things.get(path.thingId);
      // The contract has no 404 for a change of nothing.
      if (kept === undefined) return answer;
      const { thing, version } = kept;
      const { title = thing.title, count = thing.count } = body;
      const changed = { ...thing, title, ...(count === undefined ? {} : { count }) };
      things.set(thing.id, { thing: changed, version: version + 1 });
      return answer;
    },
    async deleteThing({ path }) {
      things.delete(find(path.thingId).thing.id);
      return { status: 204 };
    },
    async getStatus(request, context) {
      const { status: wanted } = request.query;
      const status = wanted === 409 || wanted === 500 ? 404 : wanted;
      return kitchenHandlers.getStatus({ ...request, query: { status } }, context);
    },
  };
}

/** Every thing has an id; none shows its secret. */
function toThing({ secret: _secret, parent, ...rest }: NewThing): Thing {
  return { ...rest, id: randomUUID(), ...(parent === undefined ? {} : { parent: toThing(parent) }) };
}
