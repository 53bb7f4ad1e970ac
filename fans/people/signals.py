"""What this room tells the rooms above it."""

from django.dispatch import Signal

address_changed = Signal()
"""Somebody has another address: ``old`` and ``new``, inside the transaction."""
people_shown = Signal()
"""Rows about people are shown: ``request``, ``rows``, ``action`` of the table."""
