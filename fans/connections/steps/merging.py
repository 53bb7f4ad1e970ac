"""What a home knew and wants where two places, or two homes, turn out to be one."""

from typing import Any

from django.db.models import QuerySet

from assets.twins import registry
from fans.connections.steps.models import Acquaintance, Pick, StepDone
from homes import merging
from homes.models import Home


def register_rules() -> None:
    """Add the rules of this part; again replaces them."""
    registry.register("steps.Acquaintance", combine_known)
    registry.register("steps.Pick", combine_picks)
    merging.register("steps.StepDone", combine_done)


def combine_known(kept: Acquaintance, lost: Acquaintance) -> dict[str, Any]:
    """Return what is remembered of somebody who was put down twice: what either says."""
    return {
        "known_by": [*dict.fromkeys([*kept.known_by, *lost.known_by])],
        "how_often": kept.how_often or lost.how_often,
        "last_on": max((day for day in (kept.last_on, lost.last_on) if day), default=None),
    }


def combine_picks(kept: Pick, lost: Pick) -> dict[str, Any]:
    """Return the themes of both."""
    return {"themes": [*dict.fromkeys([*kept.themes, *lost.themes])][:12]}


def combine_done(rows: QuerySet[StepDone], kept: Home) -> None:
    """Let a step be done at one home that was done at either."""
    there = StepDone.objects.filter(home=kept).values("step")
    rows.filter(step__in=list(there.values_list("step", flat=True))).delete()
    rows.update(home=kept)
