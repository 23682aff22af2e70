/** Runs a function in a component of Svelte; bundled with an example of the README. */
import { QueryClient } from '@tanstack/svelte-query';
import { flushSync, mount, unmount, type Component } from 'svelte';

import { UNTIMED } from '../bindings/untimed.ts';
import app from './app.svelte';

/** Runs `setup` in the script of a component, with a cache of its own. */
export function inApp<T>(setup: () => T): { readonly view: T; readonly end: () => void } {
  const made: T[] = [];
  const queryClient = new QueryClient({ defaultOptions: UNTIMED });
  const props = { queryClient, setup: () => made.push(setup()) };
  const mounted = mount(app as Component<typeof props>, { target: document.body, props });
  flushSync();
  const [view] = made;
  if (view === undefined) throw new Error('the component has not run');
  return { view, end: () => void unmount(mounted) };
}
