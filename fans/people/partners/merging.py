"""What becomes of questions and claims where two records of one place become one."""

from typing import Any

from assets.twins import registry
from assets.twins.registry import Notes
from fans.people.partners.models import Claim


def register_rules() -> None:
    """Tell the registry; again changes nothing."""
    # A question was about what the record said that leaves, and went to its address: its
    # links open nothing while that one is hidden, and work again if the two are parted.
    registry.register_staying("partners.Question")
    registry.register_by_hand("partners.Claim", move_claims, words=("claim", "claims"))
    registry.register("partners.Ending")


def move_claims(notes: Notes, keep: Any, lose: Any) -> None:
    """Move the claims; a link mailed to the other record's address proves nothing here."""
    rows = Claim.objects.filter(asset=lose)
    notes.change(list(rows.filter(token_hash__isnull=False)), token_hash=None)
    notes.change(list(Claim.objects.filter(asset=lose)), asset=keep)
