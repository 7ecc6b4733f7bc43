"""Migrations: how the tables came to be. Constraints and triggers follow from `models/sql/`."""
