"""Matches of volunteers and homes, what happened to them, and what both sides know."""

from fans.connections.matches.models.events import Happening, MatchStep, ReadyTick
from fans.connections.matches.models.match import (
    BOTH_SAID_YES,
    OPEN,
    OVER,
    Manner,
    Match,
    MatchQuerySet,
    MatchStatus,
    Reason,
    Side,
)

__all__ = [
    "BOTH_SAID_YES",
    "OPEN",
    "OVER",
    "Happening",
    "Manner",
    "Match",
    "MatchQuerySet",
    "MatchStatus",
    "MatchStep",
    "ReadyTick",
    "Reason",
    "Side",
]
