import { navigate, usePlace } from './navigation.tsx';

/**
 * A whole number that stands in the query of the address, so that it survives reloading and can be shared; `own` when it
 * does not stand there, or is out of bounds. Setting it changes the address, without a step for the back button.
 */
export function useSearchNumber(
  name: string,
  own: number,
  bounds: { readonly min: number; readonly max: number },
): readonly [number, (next: number) => void] {
  const { path, search } = usePlace();
  const isWithin = (value: number): boolean =>
    Number.isInteger(value) && value >= bounds.min && value <= bounds.max;
  const asked = Number(new URLSearchParams(search).get(name) ?? '');
  const set = (next: number): void => {
    if (!isWithin(next)) return;
    const query = new URLSearchParams(search);
    if (next === own) query.delete(name);
    else query.set(name, String(next));
    const text = query.toString();
    navigate(text === '' ? path : `${path}?${text}`, { replace: true });
  };
  return [isWithin(asked) ? asked : own, set];
}
