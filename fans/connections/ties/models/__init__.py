"""Approaches, what happened to a tie and when, and the links in invitations."""

from fans.connections.ties.models.approach import Answer, Approach, ApproachQuerySet, Channel
from fans.connections.ties.models.event import LIFE, How, Kind, TieEvent
from fans.connections.ties.models.link import Purpose, TieLink

__all__ = [
    "LIFE",
    "Answer",
    "Approach",
    "ApproachQuerySet",
    "Channel",
    "How",
    "Kind",
    "Purpose",
    "TieEvent",
    "TieLink",
]
