import { createStore, useStore } from '../../ui/store.ts';

const ticked = createStore<ReadonlyMap<string, ReadonlySet<string>>>(new Map());

/** The ingredients that are ticked off, the same on the recipe's page and while cooking; and what ticks one on or off. */
export function useTicks(recipeId: string): readonly [ReadonlySet<string>, (line: string) => void] {
  const lines = useStore(ticked).get(recipeId) ?? new Set();
  return [
    lines,
    (line) => {
      const next = new Set(lines);
      if (!next.delete(line)) next.add(line);
      ticked.set(new Map(ticked.get()).set(recipeId, next));
    },
  ];
}

/** The dish is done: the next time starts with an empty table. */
export function clearTicks(recipeId: string): void {
  ticked.set(new Map(ticked.get()).set(recipeId, new Set()));
}
