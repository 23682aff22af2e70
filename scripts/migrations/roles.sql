-- Two roles for one database: the owner migrates, the application reads and writes rows and cannot change the schema.
-- Run it once as a superuser (or a role that may create roles), connected to the application's database:
--
--   psql "postgres://postgres@db.example/api" -f scripts/migrations/roles.sql
--
-- then give each a password (`\password api_owner`, `\password api` in psql), and set
--
--   MIGRATION_DATABASE_URL=postgres://api_owner:…@db.example/api    for `npm run migrate`, straight to PostgreSQL
--   DATABASE_URL=postgres://api:…@db.example/api                    for the API, through PgBouncer if there is one
--
-- Running it again changes nothing. On a database that role api has migrated until now, first hand everything over:
-- `REASSIGN OWNED BY api TO api_owner`. Other names: PGOPTIONS='-c roles.owner=shop_owner -c roles.app=shop' psql …
--
-- Time-outs are set on the role: PgBouncer refuses them as start-up parameters, and SET would reach other clients.

DO $$
DECLARE
  owner_role text := coalesce(nullif(current_setting('roles.owner', true), ''), 'api_owner');
  app_role text := coalesce(nullif(current_setting('roles.app', true), ''), 'api');
  database text := current_database();
  space text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner_role) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', owner_role);
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = app_role) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', app_role);
  END IF;
  IF NOT pg_has_role(owner_role, 'MEMBER') THEN
    EXECUTE format('GRANT %I TO CURRENT_USER', owner_role);
  END IF;

  -- The database: only these two come in, and only the owner makes schemas.
  EXECUTE format('ALTER DATABASE %I OWNER TO %I', database, owner_role);
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I', database, app_role);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', database, app_role);
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  EXECUTE format('REVOKE CREATE ON SCHEMA public FROM %I', app_role);

  -- What the owner makes from now on.
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE ON SCHEMAS TO %I', owner_role, app_role);
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', owner_role, app_role);
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE, SELECT ON SEQUENCES TO %I', owner_role, app_role);
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT EXECUTE ON FUNCTIONS TO %I', owner_role, app_role);
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE ON TYPES TO %I', owner_role, app_role);

  -- What it owns already; of the version tables the application may read only.
  FOR space IN SELECT nspname FROM pg_namespace WHERE nspowner = to_regrole(quote_ident(owner_role)) LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', space, app_role);
    IF space = 'migrations' THEN
      EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', space, app_role);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', space, app_role);
      EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', space, app_role);
      EXECUTE format('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA %I TO %I', space, app_role);
    END IF;
  END LOOP;

  EXECUTE format('ALTER ROLE %I SET statement_timeout TO ''5s''', app_role);
  EXECUTE format('ALTER ROLE %I SET lock_timeout TO ''2s''', app_role);
  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout TO ''5s''', app_role);
END
$$;
