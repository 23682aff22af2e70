/*
  @name List{found}RecipesBy{order}
  @variants {order}             | {key}         | {after} | {direction}
            CreatedAt           | created_at    | >       | ASC
            CreatedAtDescending | created_at    | <       | DESC
            Title               | title_key     | >       | ASC
            TotalMinutes        | total_minutes | >       | ASC
  @variants {found} | {search}
                    |
            Found   | AND search @@ recipe.search_query(:words!, :tags!)
*/
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
      SELECT id, {key}
      FROM recipe.recipes
      WHERE :isFromEverybody!::boolean
        AND visibility = 'public'
        AND total_minutes <= :maxTotalMinutes!
        AND ({key}, id) {after} (:key!, :id!)
        {search}
      ORDER BY {key} {direction}, id {direction}
      LIMIT :count!
    )
    UNION ALL
    (
      SELECT owned.id, owned.{key}
      FROM unnest(:visibilities!::recipe.visibility[]) AS slice (visibility)
      CROSS JOIN LATERAL (
        SELECT id, {key}
        FROM recipe.recipes
        WHERE author = :author!
          AND recipes.visibility = slice.visibility
          AND total_minutes <= :maxTotalMinutes!
          AND ({key}, id) {after} (:key!, :id!)
          {search}
        ORDER BY {key} {direction}, id {direction}
        LIMIT :count!
      ) AS owned
    )
    ORDER BY {key} {direction}, id {direction}
    LIMIT :count!
  ) AS page
CROSS JOIN LATERAL (SELECT * FROM recipe.recipes WHERE recipes.id = page.id OFFSET 0) AS recipe
ORDER BY page.{key} {direction}, page.id {direction};
