"""What this room tells the rooms above it."""

from django.dispatch import Signal

people_shown = Signal()
"""Rows about people are shown: ``request``, ``rows``, ``action`` of the table."""
