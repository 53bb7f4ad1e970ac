"""What happened to volunteers, told inside the transaction to whoever must hear it."""

from django.dispatch import Signal

changed = Signal()
"""Sent as ``changed.send(Volunteer, volunteer=row, by=person)`` when somebody, held, came to
another stage, or when what lets them be alone with people who live there may have changed."""

refused = Signal()
"""An adult said no for somebody under 18: what is kept of ``person``, and of the adult as
their ``guardian``, goes now."""
