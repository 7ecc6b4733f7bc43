"""Matching: which offers fit a demand. Pure, and numpy instead of a loop per offer."""
