"""What happened to volunteers, told inside the transaction to whoever must hear it."""

from django.dispatch import Signal

refused = Signal()
"""An adult said no for somebody under 18: ``person`` and what is kept of them go now."""
