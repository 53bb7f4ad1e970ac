"""What a home's own people, and those who accompany them, do from its page."""

from dataclasses import dataclass, replace
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from fans.people.models import Person
from fans.people.table import action_of
from homes.models import Home


@dataclass(frozen=True)
class Way:
    """One thing to do for a home, in words that start with what it is about."""

    label: str
    route: str
    symbol: str
    action: str = ""  # where the route itself is open to all
    url: str = ""


OF_HOME: Final = (
    Way("Getting started, in three steps", "steps:start", "walk"),
    Way("Our ties, and whom to ring", "ties:list", "two-way"),
    Way("Our ties on a map, month by month", "layers:ties", "map"),
    Way("Wishes on the line", "wishes:board", "wish"),
    Way("Where a tie is missing", "gaps:home", "idea"),
    Way("How open we are", "openness:home", "chart"),
    Way("Months 0, 3 and 6: what is missing", "waves:home", "clock"),
    Way("Our plans, and the next step", "learning:plans", "flag"),
    Way("Volunteers who would fit", "matches:home", "users"),
    Way("A month on one sheet", "grid:month", "calendar"),
    Way("A code for the staff room", "quick:codes", "grid"),
    Way("What staff noted, to confirm", "quick:waiting", "check"),
    Way("Our welcome card", "prints:welcome", "mail", "prints.make"),
    Way("A poster for the window", "prints:poster", "print"),
)


def ways_of(user: Person | AnonymousUser, home: Home) -> list[Way]:
    """Return what this person may do for a home; asks the permission table, no database."""
    return [
        replace(way, url=reverse(way.route, args=[home.pk]))
        for way in OF_HOME
        if (action := way.action or action_of(way.route)) is not None
        and user.has_perm(action, home)
    ]
