-- Up Migration

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
DROP INDEX recipe.recipes_by_search;
DROP INDEX recipe.recipes_of_author_by_total_minutes;
DROP INDEX recipe.recipes_of_author_by_title;
DROP INDEX recipe.recipes_of_author_by_created_at;
DROP INDEX recipe.recipes_by_total_minutes;
DROP INDEX recipe.recipes_by_title;
DROP INDEX recipe.recipes_by_created_at;
