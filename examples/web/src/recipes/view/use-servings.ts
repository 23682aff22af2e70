import { navigate, usePlace } from '../../app/navigation.tsx';

/** The fewest and the most servings that the API scales to. */
export const SERVINGS = { min: 1, max: 1000 } as const;

/** The servings that the address asks for, else the recipe's own; setting them changes the address. */
export function useServings(own: number): readonly [number, (servings: number) => void] {
  const { path, search } = usePlace();
  const asked = Number(new URLSearchParams(search).get('servings') ?? '');
  const servings = isServings(asked) ? asked : own;
  return [
    servings,
    (next) => {
      if (isServings(next)) navigate(next === own ? path : `${path}?servings=${next}`, { replace: true });
    },
  ];
}

function isServings(value: number): boolean {
  return Number.isInteger(value) && value >= SERVINGS.min && value <= SERVINGS.max;
}
