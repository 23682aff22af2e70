-- Recipes to look at in development, and rows that `npm run migrate -- verify` takes down and up again.

INSERT INTO recipe.recipes (
  id, author, visibility, title, title_key, description, servings, prep_minutes, cook_minutes, tags, ingredient_names, steps,
  created_at, updated_at, version
)
VALUES
  (
    '019b0000-0000-7000-8000-000000000001', 'seed', 'public', 'Käsespätzle', 'kasespatzle',
    'Egg noodles with mountain cheese and fried onions.', 4, 30, 20, ARRAY['vegetarian', 'comfort food'],
    ARRAY['flour', 'eggs', 'mountain cheese', 'onions'],
    ARRAY['Beat flour, eggs and water to a thick batter.', 'Press it into boiling water.', 'Layer with cheese, and top with onions.'],
    '2026-01-05T18:00:00Z', '2026-01-05T18:00:00Z', 1
  ),
  (
    '019b0000-0000-7000-8000-000000000002', 'seed', 'public', 'Tomato soup', 'tomato soup',
    'Roasted tomatoes, blended.', 4, 10, 25, ARRAY['vegan', 'quick'], ARRAY['tomatoes', 'salt'],
    ARRAY['Roast the tomatoes.', 'Blend them.'], '2026-01-12T11:30:00Z', '2026-01-12T11:30:00Z', 1
  ),
  (
    '019b0000-0000-7000-8000-000000000003', 'seed', 'public', 'Crème brûlée', 'creme brulee',
    'Custard below burnt sugar.', 6, 20, 45, ARRAY['vegetarian', 'dessert'], ARRAY['cream', 'egg yolks', 'sugar', 'vanilla'],
    ARRAY['Warm the cream with the vanilla.', 'Stir in yolks and sugar, and bake in a water bath.', 'Burn sugar on top.'],
    '2026-02-14T09:00:00Z', '2026-02-14T09:00:00Z', 1
  ),
  (
    '019b0000-0000-7000-8000-000000000004', 'seed', 'private', 'Bread of every day', 'bread of every day',
    '', 2, 20, 40, ARRAY['vegan', 'bread'], ARRAY['flour', 'water', 'salt', 'yeast'],
    ARRAY['Knead, and let it rise for a night.', 'Bake.'], '2026-03-01T06:00:00Z', '2026-03-01T06:00:00Z', 1
  );

INSERT INTO recipe.ingredients (recipe_id, position, name, quantity, unit, note)
VALUES
  ('019b0000-0000-7000-8000-000000000001', 1, 'flour', 400, 'g', NULL),
  ('019b0000-0000-7000-8000-000000000001', 2, 'eggs', 5, NULL, NULL),
  ('019b0000-0000-7000-8000-000000000001', 3, 'mountain cheese', 250, 'g', 'grated'),
  ('019b0000-0000-7000-8000-000000000001', 4, 'onions', 2, NULL, 'in rings'),
  ('019b0000-0000-7000-8000-000000000002', 1, 'tomatoes', 1.5, 'kg', 'quartered'),
  ('019b0000-0000-7000-8000-000000000002', 2, 'salt', NULL, NULL, NULL),
  ('019b0000-0000-7000-8000-000000000003', 1, 'cream', 500, 'ml', NULL),
  ('019b0000-0000-7000-8000-000000000003', 2, 'egg yolks', 6, NULL, NULL),
  ('019b0000-0000-7000-8000-000000000003', 3, 'sugar', 120, 'g', NULL),
  ('019b0000-0000-7000-8000-000000000003', 4, 'vanilla', 1, 'pod', NULL),
  ('019b0000-0000-7000-8000-000000000004', 1, 'flour', 500, 'g', NULL),
  ('019b0000-0000-7000-8000-000000000004', 2, 'water', 350, 'g', NULL),
  ('019b0000-0000-7000-8000-000000000004', 3, 'salt', 10, 'g', NULL),
  ('019b0000-0000-7000-8000-000000000004', 4, 'yeast', 2, 'g', 'fresh');
