"""Mail on its way or kept, and what people said about getting more of it."""

from fans.people.post.models.mail import OVER, Kind, Mail, State
from fans.people.post.models.receivers import (
    EVERY_KIND,
    STOPPABLE,
    Approval,
    How,
    Returned,
    Stop,
    Why,
)

__all__ = [
    "EVERY_KIND",
    "OVER",
    "STOPPABLE",
    "Approval",
    "How",
    "Kind",
    "Mail",
    "Returned",
    "State",
    "Stop",
    "Why",
]
