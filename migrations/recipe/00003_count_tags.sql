-- Up Migration

-- How many recipes have each tag, kept by triggers so that reading it does not count recipes. author is '' for the public
-- recipes of everybody (no subject is empty), else the author of private and unlisted ones.
CREATE TABLE recipe.tag_counts (
  author text NOT NULL,
  tag text COLLATE "C" NOT NULL,
  recipes bigint NOT NULL,
  PRIMARY KEY (author, tag)
);

-- Rows are touched in the order of the key, so that two writers wait for each other and never in a circle.
CREATE FUNCTION recipe.count_tags() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO recipe.tag_counts AS counted (author, tag, recipes)
    SELECT CASE visibility WHEN 'public' THEN '' ELSE author END AS scope, tag COLLATE "C" AS tag, count(*)
    FROM new_rows, unnest(tags) AS tag
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (author, tag) DO UPDATE SET recipes = counted.recipes + EXCLUDED.recipes;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO recipe.tag_counts AS counted (author, tag, recipes)
    SELECT CASE visibility WHEN 'public' THEN '' ELSE author END AS scope, tag COLLATE "C" AS tag, -count(*)
    FROM old_rows, unnest(tags) AS tag
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (author, tag) DO UPDATE SET recipes = counted.recipes + EXCLUDED.recipes;
  ELSE
    INSERT INTO recipe.tag_counts AS counted (author, tag, recipes)
    SELECT scope, tag, sum(change)
    FROM (
      SELECT CASE visibility WHEN 'public' THEN '' ELSE author END AS scope, tag COLLATE "C" AS tag, 1 AS change
      FROM new_rows, unnest(tags) AS tag
      UNION ALL
      SELECT CASE visibility WHEN 'public' THEN '' ELSE author END, tag COLLATE "C", -1
      FROM old_rows, unnest(tags) AS tag
    ) AS changes
    GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
    ON CONFLICT (author, tag) DO UPDATE SET recipes = counted.recipes + EXCLUDED.recipes;
  END IF;
  -- A counter at zero is one of those just changed, so that its row is locked already.
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM recipe.tag_counts AS counted
    USING (SELECT author, visibility, unnest(tags) COLLATE "C" AS tag FROM old_rows) AS gone
    WHERE counted.author = CASE gone.visibility WHEN 'public' THEN '' ELSE gone.author END
      AND counted.tag = gone.tag
      AND counted.recipes = 0;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER count_tags_of_new AFTER INSERT ON recipe.recipes
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recipe.count_tags();
CREATE TRIGGER count_tags_of_changed AFTER UPDATE ON recipe.recipes
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recipe.count_tags();
CREATE TRIGGER count_tags_of_deleted AFTER DELETE ON recipe.recipes
REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION recipe.count_tags();

-- Down Migration
DROP TRIGGER count_tags_of_deleted ON recipe.recipes;
DROP TRIGGER count_tags_of_changed ON recipe.recipes;
DROP TRIGGER count_tags_of_new ON recipe.recipes;
DROP FUNCTION recipe.count_tags();
DROP TABLE recipe.tag_counts;
