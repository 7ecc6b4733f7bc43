-- Which schema this database has: `models.migrate.digest` of the code that brought it here.
CREATE TABLE IF NOT EXISTS schema_state (digest text NOT NULL);
