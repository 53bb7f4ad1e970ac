"""What the map and the table of a home's ties say: one set of words for both."""

import datetime as dt
from typing import Any, Final

from django.urls import reverse

from fans.connections.gaps.ways import DETOUR, MINIBUS_M_A_MIN, MINIBUS_MIN, NEAR_M, WALK_M
from fans.connections.layers.errors import UnknownOrderError
from fans.connections.layers.standing import Standing, State
from fans.connections.layers.ties import DrawnTie, Picture
from homes.models import Home, HomeAssetKind

WAY_WORDS: Final = {
    "in": "they come",
    "out": "we go",
    "online": "online",
    "letter": "letters",
}
_STATE_WORDS: Final = {
    State.NOT_YET: "not met yet",
    State.BETWEEN: "not in these weeks",
    State.QUIET: "going quiet",
    State.OVER: "ended",
}
BY_NAME: Final = "name"
BY_LAST: Final = "last"
DECIMALS: Final = 5
"""A metre or so: as closely as places are drawn."""


def words_of(stood: Standing) -> str:
    """Say how a tie stood in its four weeks: "6 times, we go and they come"."""
    if not stood.times:
        return _STATE_WORDS[stood.state]
    times = f"{stood.times} time{'' if stood.times == 1 else 's'}"
    commonest_first = sorted(stood.ways, key=lambda way: stood.ways[way], reverse=True)
    ways = " and ".join(WAY_WORDS[way] for way in commonest_first)
    said = f"{times}, {ways}"
    return f"{said}; {_STATE_WORDS[stood.state]}" if stood.state in _STATE_WORDS else said


def summary_of(picture: Picture, number: int) -> str:
    """Say how a stop stood as a whole: "9 ties met 34 times; 2 going quiet"."""
    met = picture.met(number)
    times = sum(stood.times for stood in met)
    quiet = picture.quiet(number)
    said = (
        f"{len(met)} tie{'' if len(met) == 1 else 's'} met"
        f" {times} time{'' if times == 1 else 's'}"
        if met
        else "Nobody met"
    )
    return f"{said}; {quiet} going quiet" if quiet else said


def in_order(picture: Picture, by: str | None) -> list[DrawnTie]:
    """Return the ties by name, by their last contact, or by a stop's times, most first.

    Raises:
        UnknownOrderError: the table has no such order.
    """
    last = len(picture.stops) - 1
    stops = {str(number): number for number in range(last + 1)}
    by_name = sorted(picture.ties, key=lambda tie: str(tie.partnership.partner).casefold())
    if by == BY_NAME:
        return by_name
    if by == BY_LAST:
        return sorted(by_name, key=lambda tie: tie.now.last_on or dt.date.min, reverse=True)
    if by is not None and by not in stops:
        raise UnknownOrderError(by)
    number = last if by is None else stops[by]
    return sorted(by_name, key=lambda tie: tie.months[number].times, reverse=True)


def rings_of(home: Home) -> list[dict[str, Any]]:
    """Return the circles of a home's reach, the widest last: how far, as the crow flies.

    Ways along streets are taken as 1.3 times the straight line, as in the gap finder.
    """
    rings = [
        (metres, f"{metres} m", f"{metres} m on foot or wheels") for metres in (NEAR_M, WALK_M)
    ]
    minibus = home.home_assets.listed().filter(kind=HomeAssetKind.MINIBUS)
    if minibus.exists():
        ride = f"{MINIBUS_MIN} minutes by minibus"
        rings.append((MINIBUS_MIN * MINIBUS_M_A_MIN, ride, ride))
    return [
        {"metres": round(metres / DETOUR), "short": short, "label": label}
        for metres, short, label in rings
    ]


def for_the_map(home: Home, picture: Picture, rings: list[dict[str, Any]]) -> dict[str, Any]:
    """Return everything that the map draws, all stops at once; nothing of undrawn ties."""
    point = home.location
    return {
        "home": [round(point.x, DECIMALS), round(point.y, DECIMALS)] if point else None,
        "name": home.name,
        "rings": rings,
        "stops": [
            {"label": stop.label, "span": stop.span, "summary": summary_of(picture, number)}
            for number, stop in enumerate(picture.stops)
        ],
        "ties": [_drawn(tie) for tie in in_order(picture, None) if tie.point is not None],
    }


def _drawn(tie: DrawnTie) -> dict[str, Any]:
    partner, point = tie.partnership.partner, tie.point
    assert point is not None  # noqa: S101 (placed ones alone are drawn)
    return {
        "name": str(partner),
        "url": reverse("ties:tie", args=[tie.partnership.pk]),
        "point": [round(point.x, DECIMALS), round(point.y, DECIMALS)],
        "category": partner.category,
        "steps": [
            [stood.state, stood.way, stood.band, words_of(stood)] for stood in tie.months
        ],
    }
