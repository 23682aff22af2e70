/* @name ListRecipesByCreatedAt */
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
  recipe.created_at AS "createdAt",
  recipe.updated_at AS "updatedAt",
  recipe.version
FROM (
    (
      SELECT id, created_at
      FROM recipe.recipes
      WHERE :isFromEverybody!::boolean
        AND visibility = 'public'
        AND total_minutes <= :maxTotalMinutes!
        AND (created_at, id) > (:createdAt!, :id!)
      ORDER BY created_at, id
      LIMIT :count!
    )
    UNION ALL
    (
      SELECT owned.id, owned.created_at
      FROM unnest(:visibilities!::recipe.visibility[]) AS slice (visibility)
      CROSS JOIN LATERAL (
        SELECT id, created_at
        FROM recipe.recipes
        WHERE author = :author!
          AND recipes.visibility = slice.visibility
          AND total_minutes <= :maxTotalMinutes!
          AND (created_at, id) > (:createdAt!, :id!)
        ORDER BY created_at, id
        LIMIT :count!
      ) AS owned
    )
    ORDER BY created_at, id
    LIMIT :count!
  ) AS page
CROSS JOIN LATERAL (SELECT * FROM recipe.recipes WHERE recipes.id = page.id OFFSET 0) AS recipe
ORDER BY page.created_at, page.id;

/* @name ListRecipesByCreatedAtDescending */
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
  recipe.created_at AS "createdAt",
  recipe.updated_at AS "updatedAt",
  recipe.version
FROM (
    (
      SELECT id, created_at
      FROM recipe.recipes
      WHERE :isFromEverybody!::boolean
        AND visibility = 'public'
        AND total_minutes <= :maxTotalMinutes!
        AND (created_at, id) < (:createdAt!, :id!)
      ORDER BY created_at DESC, id DESC
      LIMIT :count!
    )
    UNION ALL
    (
      SELECT owned.id, owned.created_at
      FROM unnest(:visibilities!::recipe.visibility[]) AS slice (visibility)
      CROSS JOIN LATERAL (
        SELECT id, created_at
        FROM recipe.recipes
        WHERE author = :author!
          AND recipes.visibility = slice.visibility
          AND total_minutes <= :maxTotalMinutes!
          AND (created_at, id) < (:createdAt!, :id!)
        ORDER BY created_at DESC, id DESC
        LIMIT :count!
      ) AS owned
    )
    ORDER BY created_at DESC, id DESC
    LIMIT :count!
  ) AS page
CROSS JOIN LATERAL (SELECT * FROM recipe.recipes WHERE recipes.id = page.id OFFSET 0) AS recipe
ORDER BY page.created_at DESC, page.id DESC;

/* @name ListRecipesByTitle */
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
  recipe.created_at AS "createdAt",
  recipe.updated_at AS "updatedAt",
  recipe.version
FROM (
    (
      SELECT id, title_key
      FROM recipe.recipes
      WHERE :isFromEverybody!::boolean
        AND visibility = 'public'
        AND total_minutes <= :maxTotalMinutes!
        AND (title_key, id) > (:titleKey!, :id!)
      ORDER BY title_key, id
      LIMIT :count!
    )
    UNION ALL
    (
      SELECT owned.id, owned.title_key
      FROM unnest(:visibilities!::recipe.visibility[]) AS slice (visibility)
      CROSS JOIN LATERAL (
        SELECT id, title_key
        FROM recipe.recipes
        WHERE author = :author!
          AND recipes.visibility = slice.visibility
          AND total_minutes <= :maxTotalMinutes!
          AND (title_key, id) > (:titleKey!, :id!)
        ORDER BY title_key, id
        LIMIT :count!
      ) AS owned
    )
    ORDER BY title_key, id
    LIMIT :count!
  ) AS page
CROSS JOIN LATERAL (SELECT * FROM recipe.recipes WHERE recipes.id = page.id OFFSET 0) AS recipe
ORDER BY page.title_key, page.id;

/* @name ListRecipesByTotalMinutes */
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
  recipe.created_at AS "createdAt",
  recipe.updated_at AS "updatedAt",
  recipe.version
FROM (
    (
      SELECT id, total_minutes
      FROM recipe.recipes
      WHERE :isFromEverybody!::boolean
        AND visibility = 'public'
        AND total_minutes <= :maxTotalMinutes!
        AND (total_minutes, id) > (:totalMinutes!, :id!)
      ORDER BY total_minutes, id
      LIMIT :count!
    )
    UNION ALL
    (
      SELECT owned.id, owned.total_minutes
      FROM unnest(:visibilities!::recipe.visibility[]) AS slice (visibility)
      CROSS JOIN LATERAL (
        SELECT id, total_minutes
        FROM recipe.recipes
        WHERE author = :author!
          AND recipes.visibility = slice.visibility
          AND total_minutes <= :maxTotalMinutes!
          AND (total_minutes, id) > (:totalMinutes!, :id!)
        ORDER BY total_minutes, id
        LIMIT :count!
      ) AS owned
    )
    ORDER BY total_minutes, id
    LIMIT :count!
  ) AS page
CROSS JOIN LATERAL (SELECT * FROM recipe.recipes WHERE recipes.id = page.id OFFSET 0) AS recipe
ORDER BY page.total_minutes, page.id;
