import type * as z from 'zod';

/** The type of a schema that refers to itself. */
export type SchemaType<T> = z.ZodType<T, T>;
