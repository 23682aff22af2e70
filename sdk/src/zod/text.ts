import * as z from 'zod';

/**
 * A text of so many characters. The contract counts code points (JSON Schema validation, section 6.3.1), Zod by itself
 * counts UTF-16 units: to it an emoji is two.
 */
export function text(least: number, most: number): z.ZodString {
  return z.string().check((context) => {
    const { value } = context;
    const length = Array.from(value).length;
    const common = { origin: 'string', inclusive: true, input: value } as const;
    if (length < least) context.issues.push({ code: 'too_small', minimum: least, ...common });
    if (length > most) context.issues.push({ code: 'too_big', maximum: most, ...common });
  });
}
