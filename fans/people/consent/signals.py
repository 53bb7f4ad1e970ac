"""What happened in the ledger, told inside the transaction.

Each carries ``consent``; its ``person`` and ``purpose`` say what depends on it.
"""

from django.dispatch import Signal

agreed = Signal()
withdrawn = Signal()
restored = Signal()
"""A withdrawal was taken back within its ten minutes."""
