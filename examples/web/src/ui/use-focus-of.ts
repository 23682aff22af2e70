import { useEffect, useRef } from 'react';

/** Gives the focus to an element that the next rendering brings. */
export function useFocusOf(): (id: string) => void {
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    document.querySelector<HTMLElement>(`#${CSS.escape(wanted.current)}`)?.focus();
    wanted.current = undefined;
  });
  return (id) => {
    wanted.current = id;
  };
}
