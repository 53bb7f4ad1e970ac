"""What areas lack, as a map: the numbers of the page by area, and nothing else."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.connections.gaps.by_area import FEWEST_HOMES, AreaGap, gaps_of
from fans.connections.layers.shapes import Outline, box_around, outlines_of
from fans.people.permissions import reach_of

FEW: Final = 1
SOME: Final = 3
"""Of ten places with a live tie: up to 1 is least, up to 3 is more, beyond is most."""


@require_safe
def gaps_map(request: HttpRequest) -> HttpResponse:
    """Shade the areas of whoever asks by how few of their places have a tie."""
    found = gaps_of(reach_of(request.user, "gaps.areas"))
    outlines = outlines_of(gap.area_id for gap in found)
    drawn = [(gap, outlines[gap.area_id]) for gap in found if gap.area_id in outlines]
    context = {
        "areas": [(gap, step_of(gap)) for gap in found],
        "shown": [gap for gap in found if gap.is_shown],
        "fewest_homes": FEWEST_HOMES,
        "fit": box_around(outline.box for _, outline in drawn),
        "for_the_map": [_drawn(gap, outline) for gap, outline in drawn],
    }
    return render(request, "layers/gaps.html", context)


def step_of(gap: AreaGap) -> str:
    """Name the shade of an area: by what it lacks, never by how open its homes are."""
    if not gap.is_shown:
        return "hidden"
    if gap.in_ten is None:
        return "none"
    if gap.in_ten <= FEW:
        return "3"
    return "2" if gap.in_ten <= SOME else "1"


def words_of(gap: AreaGap) -> str:
    """Say what is written on an area."""
    if not gap.is_shown:
        return "too few to say"
    return "no places" if gap.in_ten is None else f"{gap.in_ten} in 10"


def _drawn(gap: AreaGap, outline: Outline) -> dict[str, Any]:
    return {
        "key": f"area-{gap.area_id}",
        "name": gap.name,
        "parts": outline.rings,
        "inside": outline.inside,
        "faces": {"gaps": [step_of(gap), words_of(gap)]},
    }
