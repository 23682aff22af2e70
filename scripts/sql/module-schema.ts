/** The schema that a module owns: `meal-plan` has `meal_plan`. */
export function schemaOfModule(module: string): string {
  return module.replaceAll('-', '_');
}
