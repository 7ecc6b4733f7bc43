-- What second factors promise beyond their columns. Safe to run again.
CALL ensure_constraint('second_factors', 'second_factors_id_is_user', 'CHECK (id = user_id)');
CALL ensure_constraint('second_factors', 'second_factors_in_order',
  'CHECK (version >= 0 AND pending > version AND last_step >= 0 AND codes_version >= 0
     AND (version > 0) = (confirmed_at IS NOT NULL))');
