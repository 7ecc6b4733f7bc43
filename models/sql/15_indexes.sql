-- What lists and foreign keys are read by. Tortoise's migrations cannot index a relation.
CREATE INDEX IF NOT EXISTS users_by_state ON users (state, role, id);
-- What staff finds people by: the beginning of a word, compared byte by byte whatever the collation
-- (schema/plan/search.py). A part from the middle would take an extension.
CREATE INDEX IF NOT EXISTS users_found_by_first_name ON users (lower(first_name) text_pattern_ops);
CREATE INDEX IF NOT EXISTS users_found_by_last_name ON users (lower(last_name) text_pattern_ops);
CREATE INDEX IF NOT EXISTS users_found_by_email ON users (lower(email) text_pattern_ops);
CREATE INDEX IF NOT EXISTS users_found_by_postcode ON users (lower(postcode) text_pattern_ops);
CREATE INDEX IF NOT EXISTS talks_by_user ON talks (user_id);
CREATE INDEX IF NOT EXISTS identity_checks_by_user ON identity_checks (user_id);
CREATE INDEX IF NOT EXISTS assistants_by_provider ON assistants (provider_id);
CREATE INDEX IF NOT EXISTS coordinators_by_provider ON coordinators (provider_id);
CREATE INDEX IF NOT EXISTS orders_by_seeker ON orders (seeker_id, id);
CREATE INDEX IF NOT EXISTS orders_by_state ON orders (state, id);
CREATE INDEX IF NOT EXISTS matches_by_assistant ON matches (assistant_id, state, id);
CREATE INDEX IF NOT EXISTS matches_by_provider ON matches (provider_id, state, id);
-- An acceptor's orders, the newest first, and how far each has come: without these a page reads
-- every match there is, and the stage of a person costs a row per match.
CREATE INDEX IF NOT EXISTS matches_by_assistant_order ON matches (assistant_id, order_id)
  INCLUDE (state) WHERE assistant_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS matches_by_provider_order ON matches (provider_id, order_id)
  INCLUDE (state) WHERE provider_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id);
CREATE INDEX IF NOT EXISTS idempotency_keys_by_age ON idempotency_keys (created_at);
