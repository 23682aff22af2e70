/** `1 recipe`, `2 recipes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Minutes as people say them: `45 min`, `1 h 15 min`, `2 days`. */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  return [
    days > 0 ? count(days, 'day') : '',
    hours > 0 ? `${hours} h` : '',
    rest > 0 && days === 0 ? `${rest} min` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** A sentence that ends like one and begins like one. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const ending = /[.!?]$/.test(trimmed) ? '' : '.';
  return trimmed.slice(0, 1).toUpperCase() + trimmed.slice(1) + ending;
}
