-- Up Migration

CREATE TYPE recipe.visibility AS ENUM ('private', 'unlisted', 'public');

-- What a search looks through. Declared immutable because array_to_string is only stable for element types whose text form
-- depends on settings; text has none.
CREATE FUNCTION recipe.search_vector(title text, description text, ingredients text[], tags text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple',
    title || ' ' || description || ' ' || array_to_string(ingredients, ' ') || ' ' || array_to_string(tags, ' '))
  -- A tag as a whole is the lexeme '#tag': no word begins with '#', so that one index serves words and tags together.
  || array_to_tsvector(ARRAY(SELECT '#' || tag FROM unnest(tags) AS tag));

-- Quotes a lexeme for the text form of a tsquery.
CREATE FUNCTION recipe.quote_lexeme(lexeme text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''';

-- The recipes in which every word of words begins a word, and that have every tag of tags. Text without any word matches
-- nothing; the empty string and the empty array leave their half out. The high cost keeps the planner from
-- calling it once a row in the generic plan of a prepared statement, where it does not know the words: it asks the index instead.
CREATE FUNCTION recipe.search_query(words text, tags text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
RETURN (
  SELECT CASE WHEN words <> '' AND count(*) FILTER (WHERE source = 'word') = 0 THEN ''::tsquery
    ELSE coalesce(string_agg(part, ' & '), '')::tsquery END
  FROM (
    SELECT 'word' AS source, recipe.quote_lexeme(lexeme) || ':*' AS part
    FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', words))) AS lexeme
    UNION ALL
    SELECT 'tag', recipe.quote_lexeme('#' || tag) FROM unnest(tags) AS tag
  ) AS parts
);

CREATE TABLE recipe.recipes (
  id uuid PRIMARY KEY,
  author text NOT NULL CHECK (char_length(author) BETWEEN 1 AND 255),
  visibility recipe.visibility NOT NULL,
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  -- The title as lists sort it: made by the application, compared by code point, the same on every system.
  title_key text COLLATE "C" NOT NULL CHECK (char_length(title_key) <= 100),
  description text NOT NULL CHECK (char_length(description) <= 4000),
  servings integer NOT NULL CHECK (servings BETWEEN 1 AND 1000),
  prep_minutes integer NOT NULL CHECK (prep_minutes BETWEEN 0 AND 43200),
  cook_minutes integer NOT NULL CHECK (cook_minutes BETWEEN 0 AND 43200),
  total_minutes integer NOT NULL GENERATED ALWAYS AS (prep_minutes + cook_minutes) STORED,
  tags text[] NOT NULL CHECK (cardinality(tags) <= 20),
  -- Names of the recipe's ingredients, here for the search; recipe.ingredients is where they are read from.
  ingredient_names text[] NOT NULL CHECK (cardinality(ingredient_names) <= 100),
  steps text[] NOT NULL CHECK (cardinality(steps) BETWEEN 1 AND 100),
  -- Milliseconds, as the application's clock ticks: a cursor then loses nothing on its way through JavaScript.
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL CHECK (updated_at >= created_at),
  version integer NOT NULL CHECK (version >= 1),
  search tsvector NOT NULL GENERATED ALWAYS AS (recipe.search_vector(title, description, ingredient_names, tags)) STORED
);

CREATE TABLE recipe.ingredients (
  recipe_id uuid NOT NULL REFERENCES recipe.recipes (id) ON DELETE CASCADE,
  position integer NOT NULL CHECK (position BETWEEN 1 AND 100),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  -- numeric without a scale keeps every digit that was written, trailing zeros included.
  quantity numeric CHECK (quantity > 0 AND quantity < 1000000000 AND scale(quantity) <= 9),
  unit text CHECK (char_length(unit) BETWEEN 1 AND 40),
  note text CHECK (char_length(note) BETWEEN 1 AND 500),
  PRIMARY KEY (recipe_id, position)
);

-- A list is a merge of slices: the public recipes of everybody, and the caller's own of each visibility. Per sort order one index
-- holds each kind of slice in the order of its list, so that a page reads a page's worth of entries. total_minutes is included so
-- that the filter by time is decided in the index.
CREATE INDEX recipes_by_created_at ON recipe.recipes (visibility, created_at, id) INCLUDE (total_minutes);
CREATE INDEX recipes_by_title ON recipe.recipes (visibility, title_key, id) INCLUDE (total_minutes);
CREATE INDEX recipes_by_total_minutes ON recipe.recipes (visibility, total_minutes, id);
CREATE INDEX recipes_of_author_by_created_at ON recipe.recipes (author, visibility, created_at, id) INCLUDE (total_minutes);
CREATE INDEX recipes_of_author_by_title ON recipe.recipes (author, visibility, title_key, id) INCLUDE (total_minutes);
CREATE INDEX recipes_of_author_by_total_minutes ON recipe.recipes (author, visibility, total_minutes, id);

-- Words and tags.
CREATE INDEX recipes_by_search ON recipe.recipes USING gin (search);

-- Down Migration
DROP TABLE recipe.ingredients;
DROP TABLE recipe.recipes;
DROP FUNCTION recipe.search_query(text, text[]);
DROP FUNCTION recipe.quote_lexeme(text);
DROP FUNCTION recipe.search_vector(text, text, text[], text[]);
DROP TYPE recipe.visibility;
