"""Where champions and volunteers are, as a grid and a table."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.connections.layers.coverage import CoveredSquare, coverage_of
from fans.connections.layers.shapes import box_around
from fans.disclosure import HIDDEN
from fans.people.permissions import reach_of

MANY: Final = 15


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show the squares of whoever asks; every number is the same for everybody."""
    found = coverage_of(reach_of(request.user, "layers.coverage"))
    context = {
        "coverage": found,
        "squares": [(one, champions_step(one), volunteers_step(one)) for one in found.squares],
        "uncovered": sum(1 for one in found.squares if one.homes and not one.areas),
        "fit": box_around(one.square.box for one in found.squares),
        "for_the_map": [_drawn(one) for one in found.squares],
    }
    return render(request, "layers/coverage.html", context)


def champions_step(one: CoveredSquare) -> str:
    """Name the shade of a square by the champions' areas that touch it."""
    return str(min(one.areas, 2)) if one.areas else "none"


def volunteers_step(one: CoveredSquare) -> str:
    """Name the shade of a square by its volunteers as published."""
    if one.volunteers is None:
        return "hidden"
    if one.volunteers == 0:
        return "none"
    if one.volunteers == HIDDEN:
        return "1"
    return "2" if one.volunteers < MANY else "3"


def _drawn(one: CoveredSquare) -> dict[str, Any]:
    west, south, east, north = (round(degrees, 5) for degrees in one.square.box)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    areas = f"{one.areas} area{'' if one.areas == 1 else 's'}"
    return {
        "key": f"square-{one.square.key}",
        "name": one.name,
        "parts": [[ring]],
        "inside": [round((west + east) / 2, 5), round((south + north) / 2, 5)],
        "faces": {
            "champions": [champions_step(one), areas if one.areas else "no champion"],
            "volunteers": [volunteers_step(one), one.volunteers_words],
        },
    }
