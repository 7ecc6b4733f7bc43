-- What the blocks table promises beyond its columns. Safe to run again.
CALL ensure_constraint('blocks', 'blocks_one_acceptor',
  'CHECK (num_nonnulls(assistant_id, provider_id) = 1)');
CREATE INDEX IF NOT EXISTS blocks_by_assistant ON blocks (assistant_id);
CREATE INDEX IF NOT EXISTS blocks_by_provider ON blocks (provider_id);
