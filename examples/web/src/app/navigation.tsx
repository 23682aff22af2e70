import {
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
  type ComponentProps,
  type MouseEvent,
  type ReactElement,
  type RefObject,
} from 'react';

const CHANGED = 'app:navigated';

/** Path and query of the page, as `location.pathname` and `location.search` say them. */
export interface Place {
  readonly path: string;
  readonly search: string;
}

/** Goes to a path of the app; `replace` keeps the back button where it leads. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  const isOtherPage = new URL(to, window.location.href).pathname !== window.location.pathname;
  if (options.replace === true) window.history.replaceState(null, '', to);
  else window.history.pushState(null, '', to);
  if (isOtherPage) window.scrollTo(0, 0);
  window.dispatchEvent(new Event(CHANGED));
}

/** The path of the page, for what is no component. */
export function currentPath(): string {
  return window.location.pathname;
}

/** Where the app is; renders again when that changes. */
export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  const split = href.indexOf('?');
  return split === -1
    ? { path: href, search: '' }
    : { path: href.slice(0, split), search: href.slice(split) };
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('popstate', onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener('popstate', onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

/** A link within the app: a plain anchor that does not load the page again. */
export function Link({
  href,
  onClick,
  ...rest
}: ComponentProps<'a'> & { readonly href: string }): ReactElement {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}

let isFirstPage = true;

/**
 * Names the page in the tab, and gives the focus to its heading: screen readers then say that it is another page.
 * The first page leaves the focus where the browser puts it.
 */
export function usePageTitle(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Chompardo`;
  }, [title]);
  // Before other effects: a dialog or a summary of errors that comes with the page takes the focus from the heading.
  useLayoutEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return heading;
}

/** Gives the focus to the heading of the page, when the element that has it is about to go. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('h1[tabindex]')?.focus({ preventScroll: true });
}
