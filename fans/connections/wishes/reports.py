"""What pages show of wishes: reads that cost a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, QuerySet

from fans.connections.wishes.around import Theme, themes
from fans.connections.wishes.days import in_words, median_days
from fans.connections.wishes.models import Wish, WishQuerySet, WishStatus
from fans.connections.wishes.tags import TAGS, Tag
from fans.people.models import Person
from fans.people.permissions import homes_in_reach, reach_of
from fans.people.volunteers.models import Stage, Volunteer
from homes.models import Home

AROUND: Final = "wishes.locality"
NEAR_M: Final = 10_000
"""A volunteer's locality is that of the nearest home, which lies within this."""


def counts_of(home: Home) -> dict[str, int]:
    """Count a home's wishes by status; what there is none of is 0."""
    rows = Wish.objects.of_home(home).order_by().values("status").annotate(n=Count("pk"))
    return {**dict.fromkeys(WishStatus.values, 0), **{row["status"]: row["n"] for row in rows}}


def tags_of(wishes: WishQuerySet) -> list[tuple[Tag, int]]:
    """Return the tags that some wishes have with how many each, in the list's order."""
    rows = wishes.order_by().values_list("tags", flat=True)
    counts = Counter(slug for tags in rows for slug in tags)
    return [(tag, counts[slug]) for slug, tag in TAGS.items() if slug in counts]


def days_to_grant(home: Home) -> list[int]:
    """Return how many days each granted wish of a home waited."""
    rows = Wish.objects.of_home(home).granted().annotate(waited=F("granted_on") - F("taken_on"))
    return [row.days for row in rows.values_list("waited", flat=True)]


def half_within(home: Home) -> str:
    """Say within how many days half of a home's granted wishes came true; '' below three."""
    return in_words(median_days(days_to_grant(home)))


@dataclass(frozen=True)
class Board:
    """What is wished for in one locality; without themes, too few homes wish."""

    locality: str
    themes: list[Theme] | None


def boards_for(person: Person) -> list[Board]:
    """Return the boards of the localities where somebody's roles reach a home, by name.

    A volunteer who is under way sees the locality of the home nearest to their rough place.
    """
    names = {name for name in _of_roles(person) | _of_volunteer(person) if name}
    return [Board(name, themes(_wishes_in(name))) for name in sorted(names)]


def _wishes_in(locality: str) -> list[tuple[int, list[str]]]:
    rows = Wish.objects.open().filter(home__local_authority=locality).order_by()
    return list(rows.values_list("home_id", "tags"))


def _of_roles(person: Person) -> set[str]:
    reach = reach_of(person, AROUND)
    homes: QuerySet[Home] = homes_in_reach(reach)
    return set(homes.order_by().values_list("local_authority", flat=True).distinct())


def _of_volunteer(person: Person) -> set[str]:
    active = Volunteer.objects.filter(person=person, stage=Stage.ACTIVE)
    point = active.exclude(location=None).values_list("location", flat=True).first()
    if point is None:
        return set()
    near = Home.objects.within(NEAR_M, of=point).nearest_first(to=point)
    return set(near.values_list("local_authority", flat=True)[:1])
