/*
  @name BaseColumns
*/
-- verdicts: ! ! ? ! ? !
SELECT id, name, nick, tags, scores, full_name FROM shop.people;

/*
  @name WholeRowAndSystem
*/
-- verdicts: ! ! !
SELECT p AS person, p.ctid, p.tableoid FROM shop.people AS p;

/*
  @name LeftJoin
*/
-- verdicts: ! ? ?
SELECT p.name, o.id, o.fee FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id;

/*
  @name RightJoin
*/
-- verdicts: ! ?
SELECT p.name, o.id FROM shop.orders AS o RIGHT JOIN shop.people AS p ON o.person_id = p.id;

/*
  @name FullJoin
*/
-- verdicts: ? ?
SELECT p.name, o.id FROM shop.people AS p FULL JOIN shop.orders AS o ON o.person_id = p.id AND o.fee > 0;

/*
  @name FullJoinUsing
*/
-- verdicts: ! ? ?
SELECT id, a.name, b.label FROM shop.people AS a FULL JOIN shop.touched AS b USING (id);

/*
  @name LeftJoinUsing
*/
-- verdicts: ! ?
SELECT id, b.id AS b_id FROM shop.people AS a LEFT JOIN shop.touched AS b USING (id);

/*
  @name RightJoinUsing
*/
-- verdicts: ! ?
SELECT id, a.id AS a_id FROM shop.touched AS a RIGHT JOIN shop.people AS b USING (id);

/*
  @name NestedLeftJoins
*/
-- verdicts: ! ? ?
SELECT p.id, o.id AS order_id, l.article FROM shop.people AS p LEFT JOIN (shop.orders AS o JOIN shop.lines AS l ON l.order_id = o.id) ON o.person_id = p.id;

/*
  @name LeftThenInner
*/
-- verdicts: ! ! ! ?
SELECT p.id, o.id AS order_id, l.article, l.note FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id JOIN shop.lines AS l ON l.order_id = o.id;

/*
  @name LeftProvenByWhere
*/
-- verdicts: ! ! ! ?
SELECT p.id, o.id AS order_id, o.fee, o.total FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id WHERE o.fee > 0;

/*
  @name FullProvenByWhere
*/
-- verdicts: ? ! !
SELECT p.name, o.id, o.fee FROM shop.people AS p FULL JOIN shop.orders AS o ON o.person_id = p.id AND o.fee > 0 WHERE o.fee >= 0;

/*
  @name AntiJoin
*/
-- verdicts: ! ?
SELECT p.name, o.id FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id WHERE o.id IS NULL;

/*
  @name JoinAlias
*/
-- verdicts: ! ?
SELECT j.name, j.order_id FROM (shop.people AS p LEFT JOIN (SELECT id AS order_id, person_id FROM shop.orders) AS o ON o.person_id = p.id) AS j;

/*
  @name CrossJoin
*/
-- verdicts: ! ?
SELECT a.name, b.label FROM shop.people AS a CROSS JOIN shop.touched AS b;

/*
  @name SelfJoin
*/
-- verdicts: ! ?
SELECT p.name, m.name AS manager FROM shop.people AS p LEFT JOIN shop.people AS m ON m.id = p.manager_id;

/*
  @name LateralLeft
*/
-- verdicts: ! ?
SELECT p.id, last.id AS last_id FROM shop.people AS p LEFT JOIN LATERAL (SELECT o.id FROM shop.orders AS o WHERE o.person_id = p.id ORDER BY o.id DESC LIMIT 1) AS last ON true;

/*
  @name LateralCross
*/
-- verdicts: ! ! ?
SELECT p.id, c.n, c.top FROM shop.people AS p CROSS JOIN LATERAL (SELECT count(*) AS n, max(o.fee) AS top FROM shop.orders AS o WHERE o.person_id = p.id) AS c;

/*
  @name LateralProven
*/
-- verdicts: !
SELECT s.y FROM shop.people AS p, LATERAL (SELECT p.nick AS y) AS s WHERE p.nick IS NOT NULL;

/*
  @name IsNotNull
*/
-- verdicts: ! ?
SELECT nick, born_on FROM shop.people WHERE nick IS NOT NULL;

/*
  @name StrictComparison
*/
-- verdicts: ! !
SELECT nick, born_on FROM shop.people WHERE nick LIKE '%' AND born_on > '1900-01-01';

/*
  @name StrictFunctionProof
*/
-- verdicts: !
SELECT nick FROM shop.people WHERE length(nick) > 0;

/*
  @name OrIntersection
*/
-- verdicts: ! ?
SELECT nick, born_on FROM shop.people WHERE (nick = 'annie' AND born_on IS NOT NULL) OR nick = 'c';

/*
  @name NotProof
*/
-- verdicts: !
SELECT nick FROM shop.people WHERE NOT (nick IS NULL);

/*
  @name NotStrict
*/
-- verdicts: !
SELECT nick FROM shop.people WHERE NOT (nick = 'zzz');

/*
  @name OptionalFilter
*/
-- verdicts: ?
-- values: [null]
SELECT nick FROM shop.people WHERE :nick::text IS NULL OR nick = :nick;

/*
  @name RequiredEquality
*/
-- verdicts: !
-- values: ["c"]
SELECT nick FROM shop.people WHERE nick = :nick!;

/*
  @name AnyOfArray
*/
-- verdicts: !
-- values: [["c", "annie"]]
SELECT nick FROM shop.people WHERE nick = ANY (:nicks!::text[]);

/*
  @name NotInKeepsNull
*/
-- verdicts: ?
SELECT nick FROM shop.people WHERE nick IS DISTINCT FROM 'annie';

/*
  @name AllOfEmpty
*/
-- verdicts: ?
-- values: [[]]
SELECT nick FROM shop.people WHERE nick <> ALL (:none!::text[]);

/*
  @name BooleanColumnProof
*/
-- verdicts: !
SELECT active FROM shop.people WHERE active;

/*
  @name IsNotTrue
*/
-- verdicts: ?
SELECT active FROM shop.people WHERE active IS NOT TRUE;

/*
  @name IsFalse
*/
-- verdicts: !
SELECT active FROM shop.people WHERE active IS FALSE;

/*
  @name InSubquery
*/
-- verdicts: !
SELECT nick FROM shop.people WHERE nick IN (SELECT n.nick FROM shop.nicknames AS n);

/*
  @name ExistsSublink
*/
-- verdicts: !
SELECT EXISTS (SELECT FROM shop.orders AS o WHERE o.person_id = p.id) AS has_orders FROM shop.people AS p;

/*
  @name ScalarSubquery
*/
-- verdicts: ? ! ?
SELECT (SELECT o.id FROM shop.orders AS o WHERE o.person_id = p.id LIMIT 1) AS one, (SELECT count(*) FROM shop.orders AS o WHERE o.person_id = p.id) AS n, (SELECT max(id) FROM shop.orders AS o WHERE o.person_id = p.id) AS top FROM shop.people AS p;

/*
  @name ArraySubquery
*/
-- verdicts: !
SELECT ARRAY(SELECT o.id FROM shop.orders AS o WHERE o.person_id = p.id) AS ids FROM shop.people AS p;

/*
  @name InExpression
*/
-- verdicts: ! ?
SELECT p.id IN (SELECT o.person_id FROM shop.orders AS o) AS a, p.nick IN (SELECT o.article FROM shop.lines AS o) AS b FROM shop.people AS p;

/*
  @name Aggregates
*/
-- verdicts: ! ! ? ? ?
SELECT count(*) AS n, count(nick) AS nicks, max(name) AS top, array_agg(id) AS ids, sum(id) AS total FROM shop.people WHERE id > 100;

/*
  @name GroupedAggregates
*/
-- verdicts: ? ! ! ? ! ! !
SELECT manager_id, count(*) AS n, max(name) AS top, max(nick) AS nick, array_agg(nick) AS nicks, string_agg(name, ',') AS names, jsonb_agg(nick) AS j FROM shop.people GROUP BY manager_id;

/*
  @name FilteredAggregate
*/
-- verdicts: ? ?
SELECT manager_id, sum(id) FILTER (WHERE active) AS s FROM shop.people GROUP BY manager_id;

/*
  @name Deviation
*/
-- verdicts: ? ?
SELECT manager_id, stddev(id) AS s FROM shop.people GROUP BY manager_id;

/*
  @name Rollup
*/
-- verdicts: ? ! ?
SELECT name, count(*) AS n, sum(id) AS s FROM shop.people GROUP BY ROLLUP (name);

/*
  @name GroupingSets
*/
-- verdicts: ! ? !
SELECT name, nick, grouping(name) AS g FROM shop.people GROUP BY GROUPING SETS ((name), (nick)) HAVING name IS NOT NULL;

/*
  @name HavingProof
*/
-- verdicts: ! !
SELECT nick, count(*) AS n FROM shop.people GROUP BY nick HAVING nick > '';

/*
  @name GroupedExpression
*/
-- verdicts: ! ?
SELECT length(name) AS l, length(nick) AS k FROM shop.people GROUP BY 1, 2;

/*
  @name Coalesced
*/
-- verdicts: ! ? !
SELECT coalesce(nick, name) AS a, coalesce(nick, notes ->> 'k') AS b, coalesce(nick, '') AS c FROM shop.people;

/*
  @name CaseElse
*/
-- verdicts: ! ?
SELECT CASE WHEN active THEN 1 ELSE 0 END AS a, CASE WHEN active THEN 1 END AS b FROM shop.people;

/*
  @name CaseProof
*/
-- verdicts: ! ! ?
SELECT CASE WHEN nick IS NULL THEN name ELSE nick END AS a, CASE WHEN nick IS NOT NULL THEN nick ELSE '' END AS b, CASE WHEN born_on IS NULL THEN nick ELSE 'x' END AS c FROM shop.people;

/*
  @name CaseSimple
*/
-- verdicts: ?
SELECT CASE id WHEN 1 THEN 'one' WHEN 2 THEN nick ELSE 'more' END AS a FROM shop.people;

/*
  @name Nullif
*/
-- verdicts: ?
SELECT nullif(name, 'Ann') AS a FROM shop.people;

/*
  @name GreatestLeast
*/
-- verdicts: ! ?
SELECT greatest(nick, name) AS a, least(born_on, seen_at::date) AS b FROM shop.people;

/*
  @name Casts
*/
-- verdicts: ! ? ! ! !
SELECT shop.orders.id::text AS a, nick::varchar(3) AS b, fee::integer AS c, state::text AS d, '1'::integer AS e FROM shop.orders, shop.people;

/*
  @name CastsSeen
*/
-- verdicts: ! ! ? !
SELECT id::text AS a, id::numeric::integer AS b, nick::varchar(3) AS c, extra::text AS d FROM shop.people;

/*
  @name JsonCast
*/
-- verdicts: ? ?
SELECT (extra -> 'k')::text AS a, ('null'::jsonb)::integer AS b FROM shop.people;

/*
  @name Operators
*/
-- verdicts: ! ? ! ! ! ! !
SELECT id + 1 AS a, name || nick AS b, name || 'x' AS c, name ~ 'A' AS d, tags @> '{a}' AS e, extra ? 'k' AS f, -id AS g FROM shop.people;

/*
  @name Comparisons
*/
-- verdicts: ? ! ! ! ?
SELECT nick = 'c' AS a, id > 1 AS b, nick IS NULL AS c, nick IS DISTINCT FROM 'c' AS d, (id, nick) < (2, 'b') AS e FROM shop.people;

/*
  @name BooleanLogic
*/
-- verdicts: ! ? ?
SELECT id > 1 AND name > '' AS a, id > 2 OR active AS b, NOT active AS c FROM shop.people;

/*
  @name JsonOperators
*/
-- verdicts: ? ? ? ? !
SELECT extra -> 'k' AS a, extra ->> 'k' AS b, extra #>> '{list,0}' AS c, extra @? 'strict $.k' AS d, extra || '{}' AS e FROM shop.people;

/*
  @name JsonConstructors
*/
-- verdicts: ! ? ! ! ! ?
SELECT jsonb_build_object('a', nick) AS a, to_jsonb(nick) AS b, json_object('k' VALUE nick) AS c, json_array(nick) AS d, row_to_json(p) AS e, json_value(extra, '$.k') AS f FROM shop.people AS p;

/*
  @name JsonSets
*/
-- verdicts: ! ! ?
SELECT k.key, k.value, t.value AS text FROM shop.people AS p, jsonb_each(p.extra) AS k, jsonb_each_text(p.extra) AS t;

/*
  @name StringFunctions
*/
-- verdicts: ! ! ? ! ! ! ?
SELECT upper(name) AS a, concat(nick, NULL) AS b, substring(name FROM 'z') AS c, substring(name FROM 1 FOR 1) AS d, split_part(name, 'n', 1) AS e, format('%s', nick) AS f, regexp_match(name, 'A') AS g FROM shop.people;

/*
  @name DateFunctions
*/
-- verdicts: ! ? ! ? ! ?
SELECT now() AS a, extract(month FROM born_on) AS b, date_trunc('day', placed_at) AS c, extract(month FROM seen_at) AS d, current_date AS e, to_char(seen_at, 'YYYY') AS f FROM shop.orders, shop.people;

/*
  @name InfiniteMonth
*/
-- verdicts: ?
SELECT extract(month FROM seen_at) AS a FROM shop.people WHERE seen_at IS NOT NULL;

/*
  @name RangeFunctions
*/
-- verdicts: ? ? ! !
SELECT lower(valid) AS a, upper(valid) AS b, isempty(valid) AS c, valid && tstzrange(NULL, NULL) AS d FROM shop.orders;

/*
  @name ArrayFunctions
*/
-- verdicts: ? ! ? ! ? ! ! !
SELECT array_length(tags, 1) AS a, cardinality(tags) AS b, tags[1] AS c, tags[1:1] AS d, array_position(tags, 'a') AS e, array_append(scores, 1) AS f, array_to_string(tags, ',') AS g, scores || 1 AS h FROM shop.people;

/*
  @name ArrayAny
*/
-- verdicts: ? ! ?
SELECT 'q' = ANY (tags) AS a, id = ANY (ARRAY[1, 2]) AS b, 'q' = ANY (ARRAY[name, nick]) AS c FROM shop.people;

/*
  @name ArrayAndRow
*/
-- verdicts: ! ! !
SELECT ARRAY[nick] AS a, ROW(nick, NULL) AS b, ARRAY[ARRAY[1]] AS c FROM shop.people;

/*
  @name CompositeField
*/
-- verdicts: ? ? ?
SELECT size, (size).width AS w, (size).height AS h FROM shop.orders;

/*
  @name Windows
*/
-- verdicts: ! ! ? ! ! ! ? ! !
SELECT row_number() OVER w AS a, rank() OVER w AS b, lag(id) OVER w AS c, lag(id, 1, 0) OVER w AS d, sum(id) OVER w AS e, first_value(name) OVER w AS f, nth_value(name, 2) OVER w AS g, count(*) OVER () AS h, ntile(2) OVER w AS i FROM shop.people WINDOW w AS (ORDER BY id);

/*
  @name WindowFrames
*/
-- verdicts: ! ? ? ?
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS a, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) AS b, max(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE CURRENT ROW) AS c, first_value(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS d FROM shop.people;

/*
  @name Subquery
*/
-- verdicts: ! ! !
SELECT s.name, s.nick, s.n FROM (SELECT name, nick, 1 AS n FROM shop.people WHERE nick IS NOT NULL) AS s;

/*
  @name SubqueryLeft
*/
-- verdicts: ! ?
SELECT p.id, s.n FROM shop.people AS p LEFT JOIN (SELECT person_id, count(*) AS n FROM shop.orders GROUP BY person_id) AS s ON s.person_id = p.id;

/*
  @name Cte
*/
-- verdicts: ! ! ?
WITH named AS (SELECT id, nick FROM shop.people WHERE nick IS NOT NULL), more AS (SELECT id, nick FROM named) SELECT m.id, m.nick, p.nick AS other FROM more AS m JOIN shop.people AS p ON p.id >= m.id;

/*
  @name RecursiveCte
*/
-- verdicts: ! ! ? ! ?
WITH RECURSIVE tree AS (SELECT id, name, manager_id, 1 AS depth, NULL::text AS boss FROM shop.people WHERE manager_id IS NULL UNION ALL SELECT p.id, p.name, p.manager_id, t.depth + 1, t.name FROM shop.people AS p JOIN tree AS t ON t.id = p.manager_id) SELECT id, name, manager_id, depth, boss FROM tree;

/*
  @name RecursiveBecomesNull
*/
-- verdicts: ! ? ?
WITH RECURSIVE r AS (SELECT 1 AS n, 'x' AS a, 'y' AS b UNION ALL SELECT n + 1, b, NULL FROM r WHERE n < 4) SELECT n, a, b FROM r;

/*
  @name RecursiveSearch
*/
-- verdicts: ! !
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET path SELECT n, path AS "path!" FROM r;

/*
  @name RecursiveSearchBare
*/
-- verdicts: u
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET path SELECT path FROM r;

/*
  @name UnionColumns
*/
-- verdicts: ! ? ?
SELECT id, name, 'x' AS k FROM shop.people UNION ALL SELECT id, label, NULL FROM shop.touched;

/*
  @name UnionNotNull
*/
-- verdicts: ! !
SELECT id, name FROM shop.people UNION SELECT order_id, article FROM shop.lines;

/*
  @name ExceptIntersect
*/
-- verdicts: ! ?
SELECT id, nick FROM shop.people EXCEPT SELECT id, nick FROM shop.people WHERE id = 1;

/*
  @name Intersect
*/
-- verdicts: !
SELECT nick FROM shop.people INTERSECT SELECT name FROM shop.people;

/*
  @name IntersectNull
*/
-- verdicts: ?
SELECT nick FROM shop.people INTERSECT SELECT label FROM shop.touched;

/*
  @name NestedSetOperations
*/
-- verdicts: ! ?
(SELECT id, nick FROM shop.people UNION SELECT id, name FROM shop.people) EXCEPT SELECT id, name FROM shop.people WHERE id = 1;

/*
  @name ValuesRows
*/
-- verdicts: ! ?
SELECT v.a, v.b FROM (VALUES (1, 'x'), (2, NULL)) AS v (a, b);

/*
  @name ValuesStatement
*/
-- verdicts: ! !
VALUES (1, 'a'), (2, 'b');

/*
  @name ViewColumns
*/
-- verdicts: ! ! ? ? ? ! ?
SELECT id, name, nick, order_id, fee, lines, last_note FROM shop.people_with_orders;

/*
  @name ViewProof
*/
-- verdicts: ! !
SELECT id, nick FROM shop.nicknames;

/*
  @name ViewLeftJoined
*/
-- verdicts: ! ?
SELECT p.id, n.nick FROM shop.people AS p LEFT JOIN shop.nicknames AS n ON n.id = p.id;

/*
  @name MaterializedView
*/
-- verdicts: u ?
SELECT id, nick FROM shop.person_names;

/*
  @name NotValidConstraint
*/
-- verdicts: ?
SELECT word FROM shop.loose;

/*
  @name NotNullDomain
*/
-- verdicts: ? !
SELECT code, 'x'::shop.code AS made FROM shop.orders;

/*
  @name UserFunction
*/
-- verdicts: ? ?
SELECT shop.half(id) AS a, shop.half(manager_id) AS b FROM shop.people;

/*
  @name HintWins
*/
-- verdicts: ! ? ?
SELECT nick AS "nick!", name AS "name?", shop.half(id) AS "h?" FROM shop.people WHERE nick <> '';

/*
  @name GenerateSeries
*/
-- verdicts: ! !
SELECT n, generate_series(1, 2) AS m FROM generate_series(1, 3) AS n;

/*
  @name SeveralSets
*/
-- verdicts: ? ?
SELECT generate_series(1, 2) AS a, generate_series(1, 3) AS b;

/*
  @name RowsFrom
*/
-- verdicts: ? ? !
SELECT a, b, c FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) WITH ORDINALITY AS x (a, b, c);

/*
  @name Unnest
*/
-- verdicts: ? !
SELECT t, o FROM shop.people, unnest(tags) WITH ORDINALITY AS u (t, o);

/*
  @name UnnestParameter
*/
-- verdicts: !
-- values: [["a", "b"]]
SELECT t FROM unnest(:words!::text[]) AS t;

/*
  @name UnnestTwo
*/
-- verdicts: ? ?
-- values: [["a"], [1, 2]]
SELECT a, b FROM unnest(:some!::text[], :more!::integer[]) AS x (a, b);

/*
  @name FunctionInFrom
*/
-- verdicts: ! ?
SELECT d, n FROM date('2025-01-01') AS d, nullif(1, 1) AS n;

/*
  @name Parameters
*/
-- verdicts: ! ? !
-- values: ["x", null]
SELECT :a!::text AS a, :b::text AS b, coalesce(:b, 'x') AS c;

/*
  @name ServerValues
*/
-- verdicts: ! ! ! !
SELECT current_user AS a, current_timestamp AS b, version() AS c, gen_random_uuid() AS d;

/*
  @name Literals
*/
-- verdicts: ! ? ! !
SELECT 1 AS a, NULL::text AS b, 'x' AS c, true AS d;

/*
  @name InsertReturning
*/
-- verdicts: ! ! ? ? !
-- values: [50, "Zed", null]
INSERT INTO shop.people (id, name, nick) VALUES (:id!, :name!, :nick) RETURNING id, name, nick, born_on, tags;

/*
  @name InsertWritten
*/
-- verdicts: !
-- values: ["y"]
INSERT INTO shop.people (id, name, nick) VALUES (51, 'Yan', :nick!) RETURNING nick;

/*
  @name InsertTriggered
*/
-- verdicts: ! ?
INSERT INTO shop.touched (id, stamp) VALUES (9, 'x') RETURNING id, stamp;

/*
  @name InsertSelect
*/
-- verdicts: ! !
INSERT INTO shop.people (id, name, nick) SELECT id + 100, name || '2', nick FROM shop.people WHERE nick IS NOT NULL RETURNING id, nick;

/*
  @name InsertOldNew
*/
-- verdicts: ? ! ?
INSERT INTO shop.touched (id, label) VALUES (1, 'again'), (7, 'new') ON CONFLICT (id) DO UPDATE SET label = EXCLUDED.label RETURNING old.id AS old_id, new.id AS new_id, new.label;

/*
  @name UpdateReturning
*/
-- verdicts: ! ? ! ?
UPDATE shop.people SET nick = NULL WHERE nick IS NOT NULL RETURNING id, nick, old.nick AS before, new.nick AS after;

/*
  @name UpdateUntouched
*/
-- verdicts: ! !
-- values: [true]
UPDATE shop.people SET active = :active! WHERE nick IS NOT NULL RETURNING nick, active;

/*
  @name UpdateTriggered
*/
-- verdicts: ? ? !
UPDATE shop.touched SET label = 'x' WHERE stamp IS NOT NULL RETURNING stamp, label, old.stamp AS before;

/*
  @name UpdateFrom
*/
-- verdicts: ! ? ? ?
UPDATE shop.orders AS o SET fee = 3 FROM shop.people AS p LEFT JOIN shop.people AS m ON m.id = p.manager_id WHERE p.id = o.person_id RETURNING o.id, o.total, p.nick, m.name;

/*
  @name DeleteReturning
*/
-- verdicts: ! ! ?
DELETE FROM shop.lines WHERE note IS NOT NULL RETURNING order_id, note, new.order_id AS gone;

/*
  @name DeleteCte
*/
-- verdicts: ! ? !
WITH gone AS (DELETE FROM shop.lines WHERE amount > 3 RETURNING order_id, note, article) SELECT order_id, note, article FROM gone;

/*
  @name MergeReturning
*/
-- verdicts: ! ! ! ? ?
MERGE INTO shop.touched AS t USING (VALUES (1, 'm'), (30, 'n')) AS s (id, label) ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = s.label WHEN NOT MATCHED THEN INSERT (id, label) VALUES (s.id, s.label) RETURNING merge_action() AS action, t.id, s.label, old.id AS before, t.stamp;

/*
  @name MergeBySource
*/
-- verdicts: ! ? ?
MERGE INTO shop.touched AS t USING (VALUES (1, 'm')) AS s (id, label) ON t.id = s.id WHEN MATCHED THEN UPDATE SET label = s.label WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING t.id, s.id AS source_id, new.id AS after;

/*
  @name DistinctOn
*/
-- verdicts: ! ?
SELECT DISTINCT ON (person_id) person_id, total FROM shop.orders ORDER BY person_id, id DESC;

/*
  @name OrderLimit
*/
-- verdicts: ! ?
SELECT name, nick FROM shop.people ORDER BY nick NULLS FIRST LIMIT 2;

/*
  @name CorrelatedProof
*/
-- verdicts: ? ?
SELECT (SELECT max(o.fee) FROM shop.orders AS o WHERE o.person_id = p.id) AS top, p.nick FROM shop.people AS p WHERE EXISTS (SELECT FROM shop.orders AS o WHERE o.person_id = p.id AND o.id = 13);

/*
  @name TableSample
*/
-- verdicts: ! ?
SELECT name, nick FROM shop.people TABLESAMPLE SYSTEM (100);

/*
  @name Locking
*/
-- verdicts: ! ?
SELECT name, nick FROM shop.people ORDER BY id FOR UPDATE SKIP LOCKED;

/*
  @name MultipleAssignment
*/
-- verdicts: ? ?
UPDATE shop.people SET (nick, active) = (SELECT 'k', NULL::boolean) RETURNING nick, active;

/*
  @name SpreadIn
  @param nicks -> (...)
*/
-- verdicts: !
-- values: ["c"]
SELECT nick FROM shop.people WHERE nick IN :nicks;

/*
  @name UpdateGenerated
*/
-- verdicts: ?
UPDATE shop.people SET nick = NULL WHERE loud IS NOT NULL RETURNING loud;

/*
  @name MergeProvenSource
*/
-- verdicts: ! ?
MERGE INTO shop.touched AS t USING (shop.people AS s JOIN shop.orders AS o ON o.person_id = s.id AND o.total > 4 AND o.total < 6) ON t.id = s.id WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING t.id, o.total;

/*
  @name CaseJoinProof
*/
-- verdicts: ! !
SELECT CASE WHEN o.id IS NOT NULL THEN o.fee ELSE 0 END AS a, coalesce(o.fee, 0) AS b FROM shop.people AS p LEFT JOIN shop.orders AS o ON o.person_id = p.id;

/*
  @name CompositeFunctionInFrom
*/
-- verdicts: ? ?
SELECT r.id, r.label FROM jsonb_populate_record(NULL::shop.touched, '{"id": 1}') AS r;

/*
  @name UpdateFromItself
*/
-- verdicts: ? ! ?
-- values: ["x"]
UPDATE shop.people SET nick = nick || :more! RETURNING nick, coalesce(nick, 'none') AS shown, old.nick AS before;

/*
  @name UpdateFromItselfProven
*/
-- verdicts: ! ? !
-- values: ["x"]
UPDATE shop.people AS p SET nick = (SELECT p.nick || :more!) WHERE p.nick IS NOT NULL RETURNING nick, loud, old.nick AS before;

/*
  @name UpdateCoalesced
*/
-- verdicts: ! ?
UPDATE shop.people SET nick = coalesce(nick, name) RETURNING nick, old.nick AS before;

/*
  @name ScalarOfNoSet
*/
-- verdicts: ?
SELECT (SELECT DISTINCT 1 AS one FROM (SELECT unnest('{}'::integer[])) AS nothing) AS one;

/*
  @name PartnerOfPartner
*/
-- verdicts: ! ! ! ?
SELECT p.name, boss.name AS boss, above.name AS above, boss.nick FROM shop.people AS p
LEFT JOIN shop.people AS boss ON boss.id = p.manager_id LEFT JOIN shop.people AS above ON above.id = boss.manager_id
WHERE above.id IS NOT NULL;

/*
  @name PartnerOfJoin
*/
-- verdicts: ! ! ?
SELECT o.total AS owed, l.article, l.note FROM shop.people AS p
LEFT JOIN (shop.orders AS o JOIN shop.lines AS l ON l.order_id = o.id AND o.total > 0) ON o.person_id = p.id
WHERE l.number > 0;

/*
  @name MoreOfValues
*/
-- verdicts: ! ! !
SELECT to_date('2025', 'YYYY') AS day, multirange(o.valid) AS ranges, array_fill(NULL::text, ARRAY[2]) AS blanks FROM shop.orders AS o;

/*
  @name InfinityHasNoTime
*/
-- verdicts: ? ? ? !
SELECT o.placed_at::time AS at, o.placed_at::timetz AS zoned, o.placed_at::timestamp::time AS local, o.placed_at::date AS day
FROM (SELECT placed_at FROM shop.orders UNION ALL SELECT 'infinity') AS o;

/*
  @name ElementsAfterACast
*/
-- verdicts: ? !
SELECT unnest(ARRAY[o.placed_at]::time[]) AS at, (SELECT count(*) FROM unnest(ARRAY[o.id]::text[]) AS t) AS n
FROM (SELECT id, placed_at FROM shop.orders UNION ALL SELECT 0, 'infinity') AS o;

/*
  @name CastElements
*/
-- verdicts: !
SELECT unnest(ARRAY[o.id, 1]::text[]) AS word FROM shop.orders AS o;

/*
  @name ConstantArrays
*/
-- verdicts: ! ! ?
SELECT unnest('{a,b}'::text[]) AS word, o.id = ANY ('{10,11}') AS is_one, o.id = ANY ('{10,NULL}'::integer[]) AS may_be FROM shop.orders AS o;

/*
  @name ConstantWithNull
*/
-- verdicts: ?
SELECT unnest('{a,NULL}'::text[]) AS word;

/*
  @name Slices
*/
-- verdicts: ! ! ! ! ? ?
SELECT tags[:2] AS first, tags[2:] AS rest, tags[:] AS whole, tags[1:(p.id)] AS some, scores[:1] AS scored, tags[1] AS one FROM shop.people AS p;

/*
  @name OrderedSets
*/
-- verdicts: ! ! ! ? ? ?
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY l.amount) AS half, percentile_disc(0.5) WITHIN GROUP (ORDER BY l.article) AS word,
  mode() WITHIN GROUP (ORDER BY l.number) AS usual, mode() WITHIN GROUP (ORDER BY l.note) AS note,
  mode() WITHIN GROUP (ORDER BY l.number) FILTER (WHERE l.number > 1) AS later,
  percentile_cont(NULLIF(l.order_id / 40.0, 0.25)) WITHIN GROUP (ORDER BY l.amount) AS part
FROM shop.lines AS l GROUP BY l.order_id;

/*
  @name OrderedSetOfAll
*/
-- verdicts: ?
SELECT mode() WITHIN GROUP (ORDER BY id) AS usual FROM shop.orders WHERE id < 0;

/*
  @name JsonExists
*/
-- verdicts: ! ? ?
SELECT json_exists(extra, '$.k') AS has, json_exists(notes, '$.k') AS noted, json_exists(extra, 'strict $.k' UNKNOWN ON ERROR) AS strict
FROM shop.people;

/*
  @name JsonTable
*/
-- verdicts: ! ? ?
SELECT t.row, t.n, t.k FROM shop.people AS p,
  json_table(p.extra, '$' COLUMNS (row FOR ORDINALITY, k text PATH '$.k', NESTED PATH '$.list[*]' COLUMNS (n FOR ORDINALITY))) AS t;

/*
  @name JsonToRecord
*/
-- verdicts: ? ?
SELECT r.k, r.z FROM shop.people AS p, jsonb_to_record(p.extra) AS r (k text, z integer);

/*
  @name SetConfig
*/
-- verdicts: !
SELECT set_config('shop.user', 'ann', true) AS set;

/*
  @name LateralAggregate
*/
-- verdicts: ! ! ? ?
SELECT p.id, n.count, n.first, o.id AS order_id FROM shop.people AS p
LEFT JOIN LATERAL (SELECT count(*) AS count, min(id) AS first FROM shop.orders AS o WHERE o.person_id = p.id) AS n ON true
LEFT JOIN LATERAL (SELECT o.id FROM shop.orders AS o WHERE o.person_id = p.id LIMIT 1) AS o ON true;

/*
  @name LateralAggregateWithCondition
*/
-- verdicts: ! ?
SELECT p.id, n.count FROM shop.people AS p
LEFT JOIN LATERAL (SELECT count(*) AS count FROM shop.orders AS o WHERE o.person_id = p.id) AS n ON n.count > 0;

/*
  @name GeneratedColumns
*/
-- verdicts: ! ? ! ?
SELECT p.full_name, p.loud, length(p.full_name) AS size, other.full_name AS other FROM shop.people AS p
LEFT JOIN (SELECT full_name FROM shop.people WHERE id < 0) AS other ON true;

/*
  @name VirtualColumns
*/
-- verdicts: ! ?
SELECT double, maybe FROM shop.computed;
