"""Whom a home may mean by a name: those it knows already, and places on the map."""

from dataclasses import dataclass
from typing import Final

from django.db.models import F

from assets.models import Asset
from assets.twins.names import Name, likeness, name_of
from fans.connections.candidates import Candidate, places_for, standing_ties
from fans.connections.models import PartnerKind, Partnership
from fans.people.models import Person
from homes.models import Home

MOST: Final = 5
ALIKE: Final = 0.72
"""From here on two names are worth a question; measured on the names of the demo."""

NEAR_M: Final = 15_000
"""A group of this name farther away is another one."""

_TRIGRAMS: Final = 0.3
_MOST_PLACES: Final = 40


@dataclass(frozen=True)
class Alike:
    """A tie or a place that may be meant, and how alike its name is, from 0 to 1."""

    candidate: Candidate
    name: str
    likeness: float


def same_name(name: str) -> str:
    """Return a name as two spellings of it share it: no case, spaces, signs or accents."""
    taken = name_of(name)
    return " ".join((*taken.words, *sorted(taken.aside))) or " ".join(name.casefold().split())


def namesake(home: Home, name: str) -> Partnership | None:
    """Return the home's tie with a partner off the map whose name is the same, over or not."""
    wanted = same_name(name)
    ties = home.partnerships.exclude(partner__kind=PartnerKind.ASSET).select_related("partner")
    return next((tie for tie in ties if same_name(tie.partner.name) == wanted), None)


def alike(name: str, *, home: Home, person: Person) -> list[Alike]:
    """Return the home's ties, and places near it, that may be meant; the likest first.

    Never what other homes call those that they know: that is theirs.
    """
    asked = name_of(name)
    found = [_alike(tie, str(tie.partner), asked) for tie in standing_ties(home)]
    found += [
        _alike(place, place.name, asked) for place in _places(name, home=home, person=person)
    ]
    likely = [each for each in found if each.likeness >= ALIKE]
    return sorted(likely, key=lambda each: (-each.likeness, each.name))[:MOST]


def _alike(candidate: Candidate, name: str, asked: Name) -> Alike:
    return Alike(candidate, name, likeness(asked, name_of(name)))


def _places(name: str, *, home: Home, person: Person) -> list[Asset]:
    rows = places_for(person).named_like(name, more_than=_TRIGRAMS)
    rows = rows.exclude(partner__partnerships__home=home)
    if home.location is not None:
        rows = rows.within(NEAR_M, of=home.location)
    return list(rows.order_by(F("likeness").desc(), "pk")[:_MOST_PLACES])
