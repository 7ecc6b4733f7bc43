"""Measurements against peers, run by hand: never part of a test."""
