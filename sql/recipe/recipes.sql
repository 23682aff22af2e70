/* @name FindRecipeById */
SELECT
  recipe.id,
  recipe.author,
  recipe.visibility,
  recipe.title,
  recipe.description,
  recipe.servings,
  recipe.prep_minutes AS "prepMinutes",
  recipe.cook_minutes AS "cookMinutes",
  recipe.tags,
  recipe.steps,
  recipe.created_at AS "createdAt",
  recipe.updated_at AS "updatedAt",
  recipe.version,
  lines.names AS "ingredientNames",
  lines.quantities AS "ingredientQuantities",
  lines.units AS "ingredientUnits",
  lines.notes AS "ingredientNotes"
FROM recipe.recipes AS recipe
CROSS JOIN LATERAL (
  SELECT
    coalesce(array_agg(name ORDER BY position), '{}') AS names,
    coalesce(array_agg(coalesce(quantity::text, '') ORDER BY position), '{}') AS quantities,
    coalesce(array_agg(coalesce(unit, '') ORDER BY position), '{}') AS units,
    coalesce(array_agg(coalesce(note, '') ORDER BY position), '{}') AS notes
  FROM recipe.ingredients
  WHERE recipe_id = recipe.id
) AS lines
WHERE recipe.id = :id!;

/* @name FindRecipeForUpdate */
SELECT id FROM recipe.recipes WHERE id = :id! FOR UPDATE;

/* @name InsertRecipe */
WITH inserted AS (
  INSERT INTO recipe.recipes (
    id, author, visibility, title, title_key, description, servings, prep_minutes, cook_minutes, tags, ingredient_names, steps,
    created_at, updated_at, version
  )
  VALUES (
    :id!, :author!, :visibility!, :title!, :titleKey!, :description!, :servings!, :prepMinutes!, :cookMinutes!, :tags!,
    :ingredientNames!, :steps!, :createdAt!, :updatedAt!, :version!
  )
  RETURNING id
)
INSERT INTO recipe.ingredients (recipe_id, position, name, quantity, unit, note)
SELECT
  inserted.id, line.position, line.name, nullif(line.quantity, '')::numeric, nullif(line.unit, ''), nullif(line.note, '')
FROM inserted
CROSS JOIN unnest(
  :ingredientNames!::text[], :ingredientQuantities!::text[], :ingredientUnits!::text[], :ingredientNotes!::text[]
) WITH ORDINALITY AS line (name, quantity, unit, note, position);

/* @name UpdateRecipe */
WITH updated AS (
  UPDATE recipe.recipes
  SET
    visibility = :visibility!,
    title = :title!,
    title_key = :titleKey!,
    description = :description!,
    servings = :servings!,
    prep_minutes = :prepMinutes!,
    cook_minutes = :cookMinutes!,
    tags = :tags!,
    ingredient_names = :ingredientNames!,
    steps = :steps!,
    updated_at = :updatedAt!,
    version = :version!
  WHERE id = :id! AND version = :replacedVersion!
  RETURNING id
),
removed AS (
  DELETE FROM recipe.ingredients
  USING updated
  WHERE ingredients.recipe_id = updated.id AND ingredients.position > cardinality(:ingredientNames!::text[])
)
INSERT INTO recipe.ingredients AS kept (recipe_id, position, name, quantity, unit, note)
SELECT
  updated.id, line.position, line.name, nullif(line.quantity, '')::numeric, nullif(line.unit, ''), nullif(line.note, '')
FROM updated
CROSS JOIN unnest(
  :ingredientNames!::text[], :ingredientQuantities!::text[], :ingredientUnits!::text[], :ingredientNotes!::text[]
) WITH ORDINALITY AS line (name, quantity, unit, note, position)
ON CONFLICT (recipe_id, position) DO UPDATE
SET name = EXCLUDED.name, quantity = EXCLUDED.quantity, unit = EXCLUDED.unit, note = EXCLUDED.note
RETURNING kept.recipe_id AS "recipeId";

/* @name DeleteRecipe */
DELETE FROM recipe.recipes WHERE id = :id! AND version = :version! RETURNING id;

/* @name ListTagCounts */
SELECT tag, sum(recipes)::bigint AS "recipes"
FROM recipe.tag_counts
WHERE author IN ('', :author!) AND starts_with(tag, :prefix!)
GROUP BY tag
HAVING sum(recipes) > 0
ORDER BY sum(recipes) DESC, tag
LIMIT :count!;
