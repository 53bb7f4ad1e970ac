"""What waits for one person: a fixed number of queries, however many homes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from fans.connections.models import Partnership
from fans.connections.nudges import wordings
from fans.connections.nudges.facts import SOURCES
from fans.connections.nudges.models import Aside
from fans.connections.nudges.rules import RULES, Fact, Kind, Standing, is_hidden, standing_on
from fans.connections.reports import SHOWN_OUTSIDE
from fans.people.models import Person
from fans.people.permissions import Reach, homes_in_reach, reach_of
from homes.models import Home

_PAGES: dict[Kind, str] = {
    Kind.FOLLOW_UP: "ties:tie",
    Kind.INVITATION: "ties:tie",
    Kind.QUIET: "ties:tie",
    Kind.QUICK: "quick:waiting",
    Kind.MATCH: "matches:home",
    Kind.WISH: "wishes:board",
    Kind.HAND_OVER: "ties:list",
}
"""Where the one thing to do is done."""


@dataclass(frozen=True)
class Nudge:
    """One reminder as somebody sees it."""

    standing: Standing
    home: Home
    tie: Partnership | None = None  # with its partner and the partner's asset
    aside: Aside | None = None  # what they said of it, whether or not that still holds

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other one."""
        return str(self.standing.kind), self.standing.thing_id

    @property
    def label(self) -> str:
        """What kind it is of, in words."""
        return RULES[self.standing.kind].label

    @property
    def title(self) -> str:
        """What it is about, for a page of the site."""
        return self._title(str(self.tie.partner) if self.tie else "")

    @property
    def mailed_title(self) -> str:
        """What it is about, for a mail: only a place or a group is named there."""
        named = self.tie is not None and self.tie.partner.kind in SHOWN_OUTSIDE
        return self.title if named else self._title(wordings.SOMEBODY)

    def _title(self, partner: str) -> str:
        return wordings.title_of(self.standing, home=str(self.home), partner=partner)

    @property
    def words(self) -> str:
        """What waits, and since when."""
        arranged_by = self.tie.arranged_by if self.tie else ""
        return wordings.words_of(self.standing, arranged_by=arranged_by)

    @property
    def todo(self) -> str:
        """The one thing to do."""
        return wordings.WORDINGS[self.standing.kind].todo

    @property
    def url(self) -> str:
        """Where it is done: an ordinary page, behind sign-in."""
        about_tie = _PAGES[self.standing.kind] == "ties:tie"
        pk = self.tie.pk if about_tie and self.tie else self.home.pk
        return reverse(_PAGES[self.standing.kind], args=[pk])

    @property
    def phone(self) -> str:
        """The number to ring, where the tie's place has one."""
        asset = self.tie.partner.asset if self.tie else None
        return asset.phone if asset else ""


class Reached:
    """The homes that somebody reaches for each action: each reach is looked up once."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._homes: dict[Reach, dict[int, Home]] = {}

    def homes(self, action: str) -> dict[int, Home]:
        """Return open homes by id; those that left the register have a page of their own."""
        reach = reach_of(self._person, action)
        if reach not in self._homes:
            found: Any = homes_in_reach(reach) if reach else Home.objects.none()
            closed = found.closed().values("pk")
            self._homes[reach] = found.exclude(pk__in=closed).order_by("name", "pk").in_bulk()
        return self._homes[reach]


def standing_for(
    reached: Reached, today: dt.date, *, kinds: Iterable[Kind] = RULES
) -> list[Standing]:
    """Return the reminders of all homes that somebody reaches, whatever they said of them."""
    wanted, facts = set(kinds), list[Fact]()
    for source, of_kinds in SOURCES.items():
        if wanted.isdisjoint(of_kinds):
            continue
        homes = reached.homes(RULES[of_kinds[0]].action)
        if homes:
            facts += [fact for fact in source(list(homes), today) if fact.kind in wanted]
    return standing_on(today, facts, settings.NUDGE_AFTER)


def nudges_for(
    person: Person, today: dt.date, *, reached: Reached | None = None
) -> tuple[list[Nudge], list[Nudge]]:
    """Return what waits for somebody, and what they put off or closed."""
    reached = reached or Reached(person)
    standing = standing_for(reached, today)
    asides = {(row.kind, row.thing_id): row for row in Aside.objects.of(person)}
    ties = Partnership.objects.select_related("partner__asset").in_bulk(
        [one.fact.tie_id for one in standing if one.fact.tie_id and not RULES[one.kind].by_home]
    )
    shown, hidden = list[Nudge](), list[Nudge]()
    for one in standing:
        home = reached.homes(RULES[one.kind].action)[one.home_id]
        tie = ties.get(one.fact.tie_id) if one.fact.tie_id else None
        nudge = Nudge(one, home, tie, asides.get((str(one.kind), one.thing_id)))
        is_aside = is_hidden(one, nudge.aside.said if nudge.aside else None, today)
        (hidden if is_aside else shown).append(nudge)
    return shown, hidden
