import type { ReactElement } from 'react';

import { focusHeading } from '../app/navigation.tsx';
import { createStore, useStore } from './store.ts';

/** A short message at the foot of the page, with at most one thing to do about it. */
export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Called once when the message goes, unless its action was taken. */
  readonly onGone?: () => void;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const LIFETIME_MS = 7000;

const toasts = createStore<readonly ShownToast[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let lastId = 0;

/** Shows a message for some seconds; longer while the pointer or the focus is on it. Returns its id. */
export function showToast(toast: Toast): number {
  lastId += 1;
  toasts.set([...toasts.get(), { ...toast, id: lastId }]);
  letGo(lastId);
  return lastId;
}

/** Takes a message away. */
export function dismissToast(id: number): void {
  take(id)?.onGone?.();
}

function take(id: number): ShownToast | undefined {
  hold(id);
  const toast = toasts.get().find((shown) => shown.id === id);
  toasts.set(toasts.get().filter((shown) => shown !== toast));
  return toast;
}

/** It stays while the pointer or the focus is on it, so that there is time to read and to press its button (WCAG 2.2, 2.2.1). */
function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function letGo(id: number): void {
  hold(id);
  timers.set(
    id,
    setTimeout(() => dismissToast(id), LIFETIME_MS),
  );
}

/** Where messages are shown; screen readers say new ones. */
export function Toasts(): ReactElement {
  const shown = useStore(toasts);
  return (
    <section className="toasts" aria-label="Messages" aria-live="polite">
      {shown.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastView({ toast: { id, text, action } }: { readonly toast: ShownToast }): ReactElement {
  return (
    <div
      className="toast"
      onPointerEnter={() => hold(id)}
      onPointerLeave={() => letGo(id)}
      onFocus={() => hold(id)}
      onBlur={() => letGo(id)}
    >
      <p>{text}</p>
      {action && (
        <button
          type="button"
          className="toast__action"
          onClick={() => {
            focusHeading();
            take(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}
