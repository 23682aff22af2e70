import { useEffect, type ReactElement } from 'react';

import { createStore, useStore } from './store.ts';

/** A short message at the foot of the page, with at most one thing to do about it. */
export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface ShownToast extends Toast {
  readonly id: number;
}

const LIFETIME_MS = 7000;

const toasts = createStore<readonly ShownToast[]>([]);
let lastId = 0;

/** Shows a message; returns its id, for taking it away early. */
export function showToast(toast: Toast): number {
  lastId += 1;
  toasts.set([...toasts.get(), { ...toast, id: lastId }]);
  return lastId;
}

/** Takes a message away. */
export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
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

function ToastView({ toast }: { readonly toast: ShownToast }): ReactElement {
  const { id, text, action } = toast;
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(id), LIFETIME_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="toast">
      <p>{text}</p>
      {action && (
        <button type="button" className="toast__action" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
