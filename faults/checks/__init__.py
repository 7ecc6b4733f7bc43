"""The checker: what the history and the database must say afterwards."""
