"""A home's ties on a map with its months, and the same as a table."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.connections.layers.errors import UnknownOrderError
from fans.connections.layers.stops import Stop
from fans.connections.layers.telling import (
    BY_LAST,
    BY_NAME,
    for_the_map,
    in_order,
    rings_of,
    summary_of,
    words_of,
)
from fans.connections.layers.ties import DrawnTie, Picture, picture_of
from fans.connections.views.access import home_for


@dataclass(frozen=True)
class Column:
    """One stop as a column of the table."""

    stop: Stop
    order: str
    summary: str


@require_safe
def ties_map(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show a home's ties from its programme's first month on; ``?order=`` sorts the table."""
    home = home_for(request, home_id, "connections.view")
    picture, order = picture_of(home), request.GET.get("order")
    try:
        ties = in_order(picture, order)
    except UnknownOrderError as error:
        return render(request, "400.html", {"reason": str(error)}, status=400)
    rings = rings_of(home)
    context: dict[str, Any] = {
        "home": home,
        "picture": picture,
        "columns": _columns(picture),
        "rows": [_row(tie, picture) for tie in ties],
        "order": order or str(len(picture.stops) - 1),
        "by_name": BY_NAME,
        "by_last": BY_LAST,
        "rings": rings,
        "for_the_map": for_the_map(home, picture, rings),
        "may_log": request.user.has_perm("connections.log", home),
    }
    return render(request, "layers/ties.html", context)


def _columns(picture: Picture) -> list[Column]:
    return [
        Column(stop, str(number), summary_of(picture, number))
        for number, stop in enumerate(picture.stops)
    ]


def _row(tie: DrawnTie, picture: Picture) -> dict[str, Any]:
    months = zip(picture.stops, tie.months, strict=True)
    return {
        "tie": tie,
        "cells": [
            {"stop": stop, "stood": stood, "words": words_of(stood)} for stop, stood in months
        ],
    }
