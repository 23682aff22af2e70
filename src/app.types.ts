// Compile-only: which lists of modules an app may serve. Each line under an expected error compiles when the type is too weak.

import type { ModuleName } from '#generated/modules.ts';
import type { ServedModule, ServedModules } from '#kernel/contract/module-binding.ts';

declare const meals: ServedModule<'meals'>;
declare const plans: ServedModule<'meal-plan'>;
declare const anyModule: ServedModule;
type Served = ServedModules<'meals' | 'meal-plan'>;

({ meals, 'meal-plan': plans }) satisfies Served;
// @ts-expect-error -- nobody serves the meal plan
({ meals }) satisfies Served;
// @ts-expect-error -- no spec has a module "pantry"
({ meals, 'meal-plan': plans, pantry: meals }) satisfies Served;
// @ts-expect-error -- one module in the place of another
({ meals, 'meal-plan': meals }) satisfies Served;
// @ts-expect-error -- a module that does not say which one it is
({ meals, 'meal-plan': anyModule }) satisfies Served;
// @ts-expect-error -- the modules of this project are not left out
({}) satisfies ServedModules<ModuleName>;
