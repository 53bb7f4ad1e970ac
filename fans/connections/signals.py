"""What this room says to those above it, inside the transaction of the change."""

from django.dispatch import Signal

log_changed = Signal()
"""Sent as ``log_changed.send(Connection, home_ids={...})`` when a log or tally changed.

``holds_places=True`` from whoever holds places already: nobody may then wait for a home.
"""
