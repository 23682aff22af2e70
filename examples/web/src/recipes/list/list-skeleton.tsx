import type { ReactElement } from 'react';

const CARDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The outline of a list that is on its way. After some seconds it says so. */
export function ListSkeleton(): ReactElement {
  return (
    <div role="status">
      <span className="visually-hidden">Loading</span>
      <div className="grid" aria-hidden="true">
        {CARDS.map((card) => (
          <div key={card} className="card skeleton">
            <div className="skeleton__art" />
            <div className="skeleton__line skeleton__line--title" />
            <div className="skeleton__line" />
            <div className="skeleton__line skeleton__line--short" />
          </div>
        ))}
      </div>
      <p className="slow-note">This takes longer than usual: the network seems slow.</p>
    </div>
  );
}
