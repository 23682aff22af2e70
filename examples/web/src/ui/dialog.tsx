import { useEffect, useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react';

/**
 * A modal dialog, open while it is rendered. Escape calls `onCancel`, or does nothing without it. An element with
 * `data-first-focus` gets the focus, else the first that can have it.
 */
export function Dialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly onCancel?: () => void;
  readonly isWide?: boolean;
}): ReactElement {
  const { title, children, onCancel, isWide = false } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    // The browser's own modal: it keeps the focus inside and gives it back afterwards.
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
  }, []);
  // While it is still in the document: a dialog that is not cannot give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'dialog dialog--wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onCancel?.();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
