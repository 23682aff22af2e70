/**
 * The schema of extensions, which modules share: it is on every connection's search path, so that their operators are found. In a
 * module's schema `=` of a type such as citext would not be, and texts be compared instead.
 */
export const EXTENSIONS_SCHEMA = 'public';

/** The schema that a module owns: `meal-plan` has `meal_plan`. */
export function schemaOfModule(module: string): string {
  return module.replaceAll('-', '_');
}
