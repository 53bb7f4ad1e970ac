"""Noes where two places, or two homes, turn out to be one."""

from typing import Any

from assets.twins import registry
from fans.connections.gaps.models import Dismissal
from homes import merging
from homes.models import Home


def register_rules() -> None:
    """Say how a home's noes go over."""
    registry.register("gaps.Dismissal", combine_noes, words=("no", "noes"))
    merging.register("gaps.Dismissal", move_noes)


def combine_noes(kept: Dismissal, lost: Dismissal) -> dict[str, Any]:
    """Return what one no says where there were two to one place: the later one's reason."""
    leads = max(kept, lost, key=lambda no: (no.said_on, no.pk))
    return {"reason": leads.reason, "words": leads.words, "said_on": leads.said_on}


def move_noes(rows: Any, kept: Home) -> None:
    """Let the home that stays keep its own word to a place, and take over the rest."""
    said = Dismissal.objects.filter(home=kept).values("asset")
    rows.filter(asset__in=said).delete()
    rows.update(home=kept)
