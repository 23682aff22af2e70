/** What a cook does with the app, from the first visit on. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import { ingredientFields, listRecipesFields, recipeContentFields } from '../../../sdk/src/forms/index.ts';
import { getRecipe, listRecipes, unwrap } from '../../../sdk/src/index.ts';
import { openApp, openBrowser, reasonToSkip, signIn, untilSaved } from './browser.ts';
import { startKitchen } from './kitchen.ts';

const NEW_COOK = { email: 'nora@example.com', password: 'correct-horse' };
const COOK = { email: 'vera@example.com', password: 'correct-horse' };
const skip = reasonToSkip() ?? false;

suite('a cook', { skip }, async () => {
  const resources = new AsyncDisposableStack();
  after(() => resources.disposeAsync());
  const kitchen = resources.use(await startKitchen());
  const browser = await openBrowser();
  resources.defer(() => browser.close());

  test('signs up, writes a recipe, is told what is wrong where it is wrong, shares, scales and edits it', async (context) => {
    const page = await openApp(context, browser, kitchen.origin);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByLabel('Your name').fill('Nora');
    await page.getByLabel('E-mail').fill(NEW_COOK.email);
    await page.getByLabel('Password').fill(NEW_COOK.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    const search = await page.getByLabel('Search recipes').getAttribute('maxlength');
    assert.equal(search, String(listRecipesFields.q.maxLength));
    await page.getByRole('link', { name: 'Write the first recipe' }).click();

    const ingredient = page.getByRole('group', { name: 'Ingredient 1' });
    for (const [field, { maxLength }] of [
      [page.getByLabel('Title'), recipeContentFields.title],
      [page.getByLabel('Description'), recipeContentFields.description],
      [page.getByLabel('Tags'), recipeContentFields.tags.item],
      [ingredient.getByLabel('Quantity'), ingredientFields.quantity],
      [ingredient.getByLabel('Note'), ingredientFields.note],
      [page.getByLabel('Step 1', { exact: true }), recipeContentFields.steps.item],
    ] as const) {
      assert.equal(await field.getAttribute('maxlength'), String(maxLength));
    }
    for (const [label, { required }] of [
      ['Servings', recipeContentFields.servings],
      ['Preparation', recipeContentFields.prepMinutes],
      ['Cooking', recipeContentFields.cookMinutes],
    ] as const) {
      const field = page.getByLabel(label);
      assert.equal(await field.getAttribute('inputmode'), 'numeric');
      assert.equal(await field.getAttribute('aria-required'), required ? 'true' : null);
    }

    await ingredient.getByLabel('Quantity').fill('2-3');
    await page.getByLabel('Servings').fill('0');
    await page.getByLabel('Preparation').fill(String(recipeContentFields.prepMinutes.max + 1));
    await page.getByLabel('Cooking').fill('an hour');
    await page.getByRole('button', { name: 'Save recipe' }).click();
    await page.getByRole('heading', { name: 'This cannot be kept yet' }).waitFor();
    for (const [field, message] of [
      [page.getByLabel('Title'), 'Please fill this in.'],
      [
        page.getByLabel('Servings'),
        `Servings: A whole number, at least ${recipeContentFields.servings.min}.`,
      ],
      [page.getByLabel('Preparation'), `Preparation: At most ${recipeContentFields.prepMinutes.max}.`],
      [page.getByLabel('Cooking'), 'Cooking: Minutes such as 90, or hours such as 1 h 30.'],
      [ingredient.getByLabel('Name'), 'Name: Please fill this in.'],
      [
        ingredient.getByLabel('Quantity'),
        'Quantity: A number greater than zero, such as 2, 1.5 or ½. Words go into the unit or the note.',
      ],
      [page.getByLabel('Step 1', { exact: true }), 'Please fill this in.'],
    ] as const) {
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      const description = await field.getAttribute('aria-describedby');
      assert.equal(await page.locator(`[id="${description ?? ''}"]`).textContent(), message);
    }
    await page.getByRole('link', { name: 'Ingredient 1, quantity' }).click();
    assert.ok(
      await ingredient.getByLabel('Quantity').evaluate((element) => element === document.activeElement),
    );

    await page.getByLabel('Title').fill('Plum cake');
    await page.getByLabel('Servings').fill('8');
    await page.getByLabel('Preparation').fill('');
    await page.getByLabel('Cooking').fill('45');
    await ingredient.getByLabel('Quantity').fill('1½');
    await ingredient.getByLabel('Unit').fill('cups');
    await ingredient.getByLabel('Name').fill('flour');
    await page.getByLabel('Step 1', { exact: true }).fill('Bake it.');
    await page.getByLabel('Tags').fill('Sweet, baking,');
    await page.getByRole('button', { name: 'Save recipe' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plum cake' }).waitFor();

    await page.getByText('1 1/2', { exact: true }).waitFor({ state: 'attached' });
    for (let more = 0; more < 4; more += 1)
      await page.getByRole('button', { name: 'One serving more' }).click();
    await page.getByText('2 1/4', { exact: true }).waitFor({ state: 'attached' });
    assert.equal(new URL(page.url()).searchParams.get('servings'), '12');

    await page.getByLabel('Who may read it').selectOption('public');
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Title').fill('Plum cake with walnuts');
    assert.ok(await page.getByRole('radio', { name: /Public/ }).isChecked());
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plum cake with walnuts' }).waitFor();
    await untilSaved(page);

    const kept = await unwrap(listRecipes({ q: 'plum' }, { client: await kitchen.clientOf(NEW_COOK) }));
    assert.deepEqual(
      kept.items.map(({ title, visibility, tags, servings }) => ({ title, visibility, tags, servings })),
      [{ title: 'Plum cake with walnuts', visibility: 'public', tags: ['sweet', 'baking'], servings: 8 }],
    );
  });

  test('finds by ingredient, tag and time, scrolls to the end, cooks, deletes and thinks better of it', async (context) => {
    const recipes = await kitchen.stock(COOK);
    const page = await openApp(context, browser, kitchen.origin);
    await signIn(page, COOK);
    const cards = page.getByRole('list', { name: 'Recipes' }).getByRole('article');
    await cards.first().waitFor();
    assert.ok((await cards.count()) < recipes.length, 'the list comes in pages');
    // The third page is held back until it is released.
    const cursors = new Set<string | null>();
    let mayArrive = false;
    const more = page.getByRole('button', { name: 'Show more' });
    await page.route(
      ({ pathname }) => pathname === '/api/recipes',
      (route) => {
        cursors.add(new URL(route.request().url()).searchParams.get('cursor'));
        return cursors.size < 3 || mayArrive ? route.continue() : route.abort();
      },
    );
    await page.getByRole('button', { name: 'Mine' }).click();
    await page.getByRole('heading', { level: 1, name: 'My recipes' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('article').length === 12);
    await more.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelectorAll('article').length === 24);
    await more.scrollIntoViewIfNeeded();
    // The list stays as it is, and asks for the page again on request.
    await page.getByText('The next recipes did not arrive.').waitFor();
    assert.equal(await cards.count(), 24);
    mayArrive = true;
    await more.click();
    await page.waitForFunction(
      (count) => document.querySelectorAll('article').length === count,
      recipes.length,
    );
    const titles = await cards.getByRole('heading').allTextContents();
    assert.deepEqual(titles, recipes.map(({ title }) => title).toReversed(), 'each once, and in order');
    assert.ok(cursors.has(null));
    assert.ok(cursors.size >= 3, 'a cursor for each page after the first');
    await page.unrouteAll();

    await page.getByLabel('Search recipes').fill('paprika');
    await page.waitForFunction(() => document.querySelectorAll('article').length === 1);
    await page.getByRole('link', { name: 'Soup of roasted tomatoes' }).waitFor();
    await page.getByLabel('Search recipes').fill('');
    await page.getByRole('group', { name: 'Tags' }).getByRole('button', { name: 'quick' }).click();
    await page.getByLabel('Ready within').selectOption('15');
    await page.getByLabel('Order').selectOption('title');
    await page.waitForURL(/tag=quick&max=15&mine=1&sort=title/);
    await page.getByRole('link', { name: 'Shaved fennel salad' }).click();

    await page.getByRole('link', { name: 'Start cooking' }).click();
    await page.getByText('Step 1 of 1').waitFor();
    await page.getByRole('link', { name: 'Stop cooking' }).click();

    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Shaved fennel salad' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('“Shaved fennel salad” is deleted.').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Shaved fennel salad' }).count(), 0);
    const client = await kitchen.clientOf(COOK);
    const recipeId = recipes.find(({ title }) => title === 'Shaved fennel salad')?.id ?? '';
    assert.equal((await getRecipe({ recipeId }, { client })).status, 200, 'it can still be undone');
    // Leaving the page ends the time to undo.
    await page.reload();
    await page.getByRole('article').first().waitFor();
    const deadline = Date.now() + 10_000;
    while ((await getRecipe({ recipeId }, { client })).status !== 404) assert.ok(Date.now() < deadline);
  });
});
