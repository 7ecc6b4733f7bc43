-- What the advice centres of a district promise beyond their columns. Safe to run again.
CALL ensure_constraint('advice_centres', 'advice_centres_kind_known',
  'CHECK (kind IN (''TEILHABEBERATUNG'', ''PFLEGESTUETZPUNKT'', ''TRAEGER''))');
CALL ensure_constraint('advice_centres', 'advice_centres_reachable',
  'CHECK (phone IS NOT NULL OR email IS NOT NULL OR web IS NOT NULL)');
