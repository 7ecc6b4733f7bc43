-- What is left of matches that are deleted: numbers.
CALL ensure_constraint('found_counts', 'found_counts_kind_known',
  'CHECK (kind IN (''ASSISTANT'', ''PROVIDER''))');
CALL ensure_constraint('found_counts', 'found_counts_first_of_month',
  'CHECK (date_trunc(''month'', month::timestamp) = month::timestamp)');
-- Drafts by when they were touched last.
CREATE INDEX IF NOT EXISTS orders_drafts ON orders (edited_at) WHERE state = 'DRAFT';
