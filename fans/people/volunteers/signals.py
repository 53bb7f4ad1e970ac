"""What happened to volunteers, told inside the transaction to whoever must hear it."""

from django.dispatch import Signal

refused = Signal()
"""An adult said no for somebody under 18: what is kept of ``person``, and of the adult as
their ``guardian``, goes now."""
