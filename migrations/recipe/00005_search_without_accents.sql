-- Up Migration

-- Letters as they are searched for: small, without accents, ligatures written out. The application sorts titles alike
-- (titleKey); vowel signs of Indic scripts stay here, because they tell words apart.
CREATE FUNCTION recipe.fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(replace(
  translate(
    regexp_replace(
      lower(normalize(words, NFKD) COLLATE pg_catalog.pg_c_utf8),
      '[\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]',
      '', 'g'),
    'ςøłđðħıŧ', 'σolddhit'),
  'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');

CREATE OR REPLACE FUNCTION recipe.search_vector(title text, description text, ingredients text[], tags text[])
RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple', recipe.fold(
    title || ' ' || description || ' ' || array_to_string(ingredients, ' ') || ' ' || array_to_string(tags, ' ')))
  || array_to_tsvector(ARRAY(SELECT '#' || tag FROM unnest(tags) AS tag));

CREATE OR REPLACE FUNCTION recipe.search_query(words text, tags text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
RETURN (
  SELECT CASE WHEN words <> '' AND count(*) FILTER (WHERE source = 'word') = 0 THEN ''::tsquery
    ELSE coalesce(string_agg(part, ' & '), '')::tsquery END
  FROM (
    SELECT 'word' AS source, recipe.quote_lexeme(lexeme) || ':*' AS part
    FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', recipe.fold(words)))) AS lexeme
    UNION ALL
    SELECT 'tag', recipe.quote_lexeme('#' || tag) FROM unnest(tags) AS tag
  ) AS parts
);

-- lint-waive change-without-where: what each recipe is found by is computed again
UPDATE recipe.recipes SET title = title;

-- Down Migration

CREATE OR REPLACE FUNCTION recipe.search_vector(title text, description text, ingredients text[], tags text[])
RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple',
    title || ' ' || description || ' ' || array_to_string(ingredients, ' ') || ' ' || array_to_string(tags, ' '))
  || array_to_tsvector(ARRAY(SELECT '#' || tag FROM unnest(tags) AS tag));

CREATE OR REPLACE FUNCTION recipe.search_query(words text, tags text[]) RETURNS tsquery
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

DROP FUNCTION recipe.fold(text);

-- What each recipe is found by is computed again.
UPDATE recipe.recipes SET title = title;
