"""Writes of the quick log: keyword-only, atomic."""
