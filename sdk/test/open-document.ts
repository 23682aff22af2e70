import { Window } from 'happy-dom';

/** Makes a document for libraries that look for one: as little of a browser as they need. */
export function openDocument(): void {
  const window = new Window({ url: 'http://localhost/' });
  const { document, Node, Element, HTMLElement, Text, Comment, HTMLMediaElement } = window;
  Object.assign(globalThis, {
    window,
    document,
    Node,
    Element,
    HTMLElement,
    Text,
    Comment,
    HTMLMediaElement,
  });
}
