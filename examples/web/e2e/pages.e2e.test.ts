/** Every page in each of its states: checked by axe, with screenshots. */
import assert from 'node:assert/strict';
import { after, suite, test, type TestContext } from 'node:test';

import type { Page } from 'playwright-core';

import {
  createRecipe,
  getRecipe,
  ifMatch,
  unwrap,
  updateRecipe,
  type Recipe,
} from '../../../sdk/src/index.ts';
import { endSession, openApp, openBrowser, reasonToSkip, VIEWPORTS, type Visit } from './browser.ts';
import { startKitchen } from './kitchen.ts';
import { COLOUR_RULES, look } from './look.ts';

const COOK = { email: 'vera@example.com', password: 'correct-horse' };
const GUEST = { email: 'nora@example.com', password: 'correct-horse' };
const skip = reasonToSkip() ?? false;

suite(
  'every page, in light and dark, wide and narrow, without a fault that axe finds:',
  { skip },
  async () => {
    const resources = new AsyncDisposableStack();
    after(() => resources.disposeAsync());
    const kitchen = resources.use(await startKitchen());
    const browser = await openBrowser();
    resources.defer(() => browser.close());
    const open = (context: TestContext, visit?: Visit): Promise<Page> =>
      openApp(context, browser, kitchen.origin, visit);
    let recipes: readonly Recipe[] | undefined;
    /** The kitchen is empty before the first test that wants a recipe. */
    const stocked = async (title: string): Promise<Recipe> => {
      recipes ??= await kitchen.stock(COOK);
      const found = recipes.find((recipe) => recipe.title === title);
      assert.ok(found, title);
      return found;
    };

    test('signing up and in', async (context) => {
      const page = await open(context);
      await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
      await look(page, 'sign-in');
      await page.getByLabel('E-mail').fill(GUEST.email);
      await page.getByLabel('Password').fill('wrong-horse');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
      await look(page, 'sign-in-refused');
      await page.getByRole('button', { name: 'Create an account' }).click();
      await page.getByRole('heading', { name: 'Start your kitchen' }).waitFor();
      await look(page, 'sign-up');
      await page.getByLabel('Your name').fill('Nora');
      await page.getByLabel('E-mail').fill('nora@example');
      await page.getByLabel('Password').fill(GUEST.password);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByText('This is no e-mail address.').waitFor();
      assert.ok(await page.getByLabel('E-mail').evaluate((field) => field === document.activeElement));
      await look(page, 'sign-up-refused');
      await page.getByLabel('Your name').fill('Nora');
      await page.getByLabel('E-mail').fill(GUEST.email);
      await page.getByLabel('Password').fill(GUEST.password);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByRole('heading', { name: 'Your kitchen is still empty' }).waitFor();
      await look(page, 'empty-kitchen');
    });

    test('the list', async (context) => {
      const { title } = await stocked('Soup of roasted tomatoes');
      const page = await open(context, { as: COOK });
      await page.getByRole('link', { name: title }).waitFor();
      await look(page, 'list');
      await page.getByRole('button', { name: 'quick' }).click();
      await page.getByRole('button', { name: 'Mine' }).click();
      await page.getByRole('heading', { level: 1, name: 'My recipes' }).waitFor();
      await look(page, 'list-narrowed');
      await page.goto('/?q=zzz');
      await page.getByRole('heading', { name: 'Nothing like that on the shelf' }).waitFor();
      await look(page, 'nothing-found');
      await page.route('**/api/recipes?*', () => {});
      await page.goto('/');
      await page.locator('.skeleton').first().waitFor();
      await look(page, 'list-loading');
      await page.unrouteAll();
      await page.route('**/api/recipes?*', (route) => route.abort());
      await page.goto('/');
      await page.getByRole('heading', { name: 'The recipes did not arrive' }).waitFor();
      await look(page, 'list-failed');
      await page.unrouteAll();
      await page.goto('/');
      await page.getByRole('article').first().waitFor();
      await page.route('**/api/recipes?*', () => {});
      await page.getByRole('searchbox').fill('soup');
      await page.getByText('The kitchen takes its time.').waitFor();
      await look(page, 'list-slow');
      await kitchen.clientOf(GUEST);
      const guest = await open(context, { as: GUEST });
      await guest.getByRole('link', { name: title }).click();
      await guest.getByText('By another cook').waitFor();
      await look(guest, 'recipe-of-another');
      await guest.getByRole('link', { name: 'More of theirs' }).click();
      await guest.getByRole('button', { name: 'One cook’s' }).waitFor();
      await look(guest, 'list-of-another');
    });

    test('a recipe', async (context) => {
      const { id } = await stocked('Soup of roasted tomatoes');
      const page = await open(context, { as: COOK, at: `/recipes/${id}?servings=6` });
      await page.getByText('2.25 kg ripe tomatoes').waitFor();
      await page.getByLabel('2.25 kg ripe tomatoes').check();
      await look(page, 'recipe');
      await page.goto(`/recipes/${id}/cook`);
      await page.getByText('Step 1 of 4').waitFor();
      await look(page, 'cook');
      await page.goto(`/recipes/${id}/cook?step=4`);
      await page.getByRole('button', { name: 'Done, enjoy!' }).waitFor();
      await look(page, 'cook-last-step');

      await page.route('**/api/recipes/*', () => {});
      await page.goto(`/recipes/${id}`);
      await page.locator('.skeleton').first().waitFor();
      await look(page, 'recipe-loading');
      await page.unrouteAll();
      await page.route('**/api/recipes/*', (route) => route.abort());
      await page.goto(`/recipes/${id}`);
      await page.getByRole('heading', { name: 'The recipe did not arrive' }).waitFor();
      await look(page, 'recipe-failed');
      await page.unrouteAll();
      await page.goto(`/recipes/${crypto.randomUUID()}`);
      await page.getByRole('heading', { name: 'This recipe is not here' }).waitFor();
      await look(page, 'recipe-missing');
      await page.goto('/nowhere');
      await page.getByRole('heading', { name: 'Nothing is cooking here' }).waitFor();
      await look(page, 'not-found');
    });

    test('a recipe with words that are longer than the screen', async (context) => {
      const client = await kitchen.clientOf(GUEST);
      const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(3);
      const body = {
        title: long,
        description: long,
        servings: 1000,
        prepMinutes: 1440,
        tags: [long.slice(0, 40), `${long.slice(0, 39)}x`],
        ingredients: [{ quantity: '123456789.123456789', unit: long.slice(0, 40), name: long, note: long }],
        steps: [long],
      };
      const { id } = await unwrap(createRecipe({ body }, { client }));
      const page = await open(context, { as: GUEST });
      await page.getByRole('link', { name: long }).waitFor();
      await look(page, 'long-list');
      await page.getByRole('link', { name: long }).click();
      await page.getByRole('heading', { level: 1, name: long }).waitFor();
      await look(page, 'long-recipe');
      await page.goto(`/recipes/${id}/cook`);
      await page.getByText('Step 1 of 1').waitFor();
      await look(page, 'long-cook');
      await page.getByRole('link', { name: 'Stop cooking' }).click();
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByLabel('Title').waitFor();
      await look(page, 'long-edit');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Undo' }).focus();
      await look(page, 'long-deleted');
    });

    test('the form', async (context) => {
      const { id, title } = await stocked('Soup of roasted tomatoes');
      const page = await open(context, { as: COOK, at: '/recipes/new' });
      await page.getByLabel('Title').waitFor();
      await look(page, 'new');
      await page.getByRole('button', { name: 'Save recipe' }).click();
      await page.getByRole('heading', { name: 'This cannot be kept yet' }).waitFor();
      await look(page, 'new-with-errors');
      await page.getByLabel('Title').fill('Soup');
      await page.getByLabel('Servings').fill('four');
      await page.getByLabel('Preparation').fill('soon');
      const salt = page.getByRole('group', { name: 'Ingredient 1' });
      await salt.getByLabel('Quantity').fill('2-3');
      await salt.getByLabel('Name').fill('tomatoes');
      await salt.getByLabel('Name').press('Enter');
      const next = page.getByRole('group', { name: 'Ingredient 2' }).getByLabel('Quantity');
      assert.ok(await next.evaluate((field) => field === document.activeElement), 'Enter goes on');
      const top = (label: string): Promise<number> =>
        page.getByLabel(label, { exact: true }).evaluate((field) => field.getBoundingClientRect().top);
      await page.getByRole('button', { name: 'Save recipe' }).click();
      await page.getByText('Minutes such as 90').first().waitFor();
      assert.equal(await top('Servings'), await top('Cooking'), 'an error moves no field beside it');
      await look(page, 'new-with-wrong-numbers');
      page.once('dialog', (asking) => void asking.accept());
      await page.reload();
      await page.getByLabel('Title').waitFor();
      assert.equal(await page.getByLabel('Title').inputValue(), 'Soup', 'a reload loses nothing');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('dialog', { name: 'Give up what you have written?' }).waitFor();
      await look(page, 'discard');
      await page.getByRole('button', { name: 'Keep writing' }).click();
      assert.equal(await page.getByLabel('Title').inputValue(), 'Soup');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('heading', { level: 1, name: 'What shall we cook?' }).waitFor();
      await page.goto(`/recipes/${id}/edit`);
      await page.getByLabel('Title').waitFor();
      await look(page, 'edit');
      await page.getByLabel('Title').fill('Soup of the day');
      await page.getByRole('link', { name: 'Chompardo, all recipes' }).click();
      await page.getByRole('link', { name: title }).click();
      await page.getByRole('link', { name: 'Go on editing' }).waitFor();
      await look(page, 'recipe-with-unsaved-changes');
      await page.getByRole('link', { name: 'Go on editing' }).click();
      await page.getByRole('button', { name: 'Start over' }).waitFor();
      await look(page, 'edit-resumed');

      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('alert', { name: 'It could not be saved' }).waitFor();
      await look(page, 'edit-offline');
      await page.context().setOffline(false);
      await page.route(`**/api/recipes/${id}`, (route) =>
        route.request().method() === 'PUT' ? undefined : route.continue(),
      );
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('Saving your changes…').waitFor();
      await look(page, 'recipe-saving');

      await kitchen.clientOf(GUEST);
      const guest = await open(context, { as: GUEST, at: `/recipes/${id}/edit` });
      await guest.getByRole('heading', { name: 'This recipe is not yours to change' }).waitFor();
      await look(guest, 'edit-not-yours');
    });

    test('dialogs and messages', async (context) => {
      const { id, title } = await stocked('Salmon on braised fennel');
      const page = await open(context, { as: COOK, at: `/recipes/${id}/edit` });
      const client = await kitchen.clientOf(COOK);
      await page.getByLabel('Title').fill('Soup of mine');
      await page.getByLabel('Step 2', { exact: true }).fill('Roast for 50 minutes at least.');
      const read = await getRecipe({ recipeId: id }, { client });
      assert.equal(read.status, 200);
      const { ingredients, steps } = read.data;
      const body = { ingredients: ingredients.slice(1), steps: [...steps, 'Eat it.'] };
      await unwrap(updateRecipe({ recipeId: id, body, ...ifMatch(read) }, { client }));
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('dialog', { name: 'Someone changed this recipe' }).waitFor();
      await look(page, 'conflict');
      await page.getByRole('button', { name: 'Reload theirs' }).click();
      await page.getByText('You see the newest version.').waitFor();
      await page.getByRole('link', { name: 'Cancel' }).click();

      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Undo' }).focus();
      await look(page, 'deleted');
      await page.getByRole('button', { name: 'Undo' }).click();

      await page.getByRole('link', { name: title }).click();
      await page.getByLabel('Who may read it').waitFor();
      await endSession(page, kitchen);
      await page.getByLabel('Who may read it').selectOption('private');
      await page.getByRole('dialog', { name: 'Are you still there?' }).waitFor();
      await look(page, 'sign-in-again');
    });

    test('when nobody answers', async (context) => {
      const { id } = await stocked('Soup of roasted tomatoes');
      const page = await open(context, { as: COOK });
      await page.getByRole('article').first().waitFor();
      await page.context().setOffline(true);
      await page.getByText('You are offline.').waitFor();
      await look(page, 'offline');
      await page.context().setOffline(false);
      kitchen.gate.close();
      try {
        await page.goto(`/recipes/${id}`);
        await page.getByText('The kitchen does not answer.').waitFor();
        await look(page, 'api-down');
      } finally {
        kitchen.gate.open();
      }
      await page.route('**/api/auth/**', (route) => route.abort());
      await page.goto('/');
      await page.getByRole('heading', { name: 'The kitchen door does not answer' }).waitFor();
      await look(page, 'identity-down');
      await page.unrouteAll();
      await page.route('**/api/auth/**', () => {});
      await page.goto('/');
      await page.locator('.skeleton').first().waitFor();
      await look(page, 'opening');
    });

    test('a fault that shows in one size or one scheme alone is found', async (context) => {
      const page = await (await open(context)).context().newPage();
      const show = (css: string, html: string): Promise<void> =>
        page.setContent(`<!doctype html><html lang="en"><title>Planted</title>
          <style>:root { color-scheme: light dark } .planted { display: none } ${css}</style>
          <main><h1>Planted</h1>${html}</main>`);
      const button = '<button class="planted"></button>';
      const dim = 'p { color: light-dark(#000, #444); background: light-dark(#fff, #222) }';
      await show(dim.replace('#444', '#fff'), '<p>Words.</p>');
      await look(page, 'planted');
      const used = await page.evaluate(async () => {
        const results = await window.axe?.run(document);
        const all = [results?.violations, results?.passes, results?.incomplete, results?.inapplicable];
        return all.flatMap((part) => part ?? []).filter(({ tags }) => tags.includes('cat.color'));
      });
      const ids = new Set(used.map(({ id }) => id));
      assert.deepEqual([...ids].toSorted(), COLOUR_RULES, 'the rules of axe for colours');
      for (const [css, html, found] of [
        [dim, '<p>Words.</p>', /^planted, desktop, dark\ncolor-contrast/],
        [
          '@media (prefers-color-scheme: dark) { .planted { display: block } }',
          button,
          /^planted, desktop, dark\nbutton-name/,
        ],
        [
          '@media (width < 350px) { .planted { display: block } }',
          button,
          /^planted, narrow, light\nbutton-name/,
        ],
        ['@media (350px < width < 400px) { main { width: 500px } }', '', /^planted, phone, light: wider/],
      ] as const) {
        await show(css, html);
        await assert.rejects(look(page, 'planted'), { message: found });
        await page.setViewportSize(VIEWPORTS.desktop);
      }
    });
  },
);
