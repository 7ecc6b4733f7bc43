-- The two roles of the portal and its database; may be run again at any time, as a superuser, with psql 15 or newer:
--   PORTAL_OWNER_PASSWORD=… PORTAL_APP_PASSWORD=… psql -v ON_ERROR_STOP=1 -f portal/roles.sql postgres
-- portal_owner owns the tables and migrates; portal_app is what the processes run as, and owns nothing.
\getenv owner_password PORTAL_OWNER_PASSWORD
\getenv app_password PORTAL_APP_PASSWORD

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['portal_owner', 'portal_app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE portal_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';

-- A lost client, a lock nobody gives up and a statement that never ends must not hold up the others.
ALTER ROLE portal_app SET statement_timeout = '5s';
ALTER ROLE portal_app SET lock_timeout = '2s';
ALTER ROLE portal_app SET idle_in_transaction_session_timeout = '10s';

SELECT 'CREATE DATABASE portal OWNER portal_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec

REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_app;
