"""What pages say of matches: who, how far, what a check lets them do, what happened."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Self

from django.contrib.gis.db.models.functions import Distance
from django.db.models import F, Prefetch

from fans.connections.matches.models import (
    Happening,
    Manner,
    Match,
    MatchQuerySet,
    MatchStatus,
    MatchStep,
    Side,
)
from fans.connections.matches.models.match import RECHECK_SOON
from fans.connections.matches.naming import Names, anonymous
from fans.connections.matches.suggesting import enjoyed
from fans.people.models import Person
from fans.people.volunteers.lists import TIMES
from fans.people.volunteers.roles import role_of

_DID: Final = {
    Happening.PROPOSED: "brought the two together",
    Happening.YES: "said yes",
    Happening.DECLINED: "said no",
    Happening.STARTED: "noted that the visits have begun",
    Happening.RESTED: "let it rest",
    Happening.RESUMED: "started it again",
    Happening.ENDED: "ended it",
    Happening.MANNER: "changed how they come",
    Happening.RELEASED: "let them be alone there again",
    Happening.UNDONE: "took the last step back",
}
_BY_RULE: Final = {
    Happening.HELD: "With somebody at hand only, until the check is looked at again",
    Happening.ENDED: "Ended, since one of the two is not there any more",
    Happening.DECLINED: "Did not come about, since one of the two is not there any more",
}


@dataclass(frozen=True)
class Row:
    """A match as one person sees it."""

    match: Match
    label: str
    is_named: bool
    enjoys: tuple[str, ...]
    times: tuple[str, ...]
    role: str
    is_cleared: bool
    recheck_on: dt.date | None
    is_due: bool
    is_due_soon: bool

    @classmethod
    def of(cls, match: Any, names: Names, today: dt.date) -> Self:
        """Say what a match is, read by ``told``."""
        volunteer, recheck = match.volunteer, match.recheck_on
        name, role = names.of(volunteer), role_of(volunteer.role_slug)
        metres = match.metres.m if match.metres is not None else None
        return cls(
            match=match,
            label=name or _who(match, metres),
            is_named=bool(name),
            enjoys=enjoyed(volunteer),
            times=tuple(TIMES[slot] for slot in volunteer.times if slot in TIMES),
            role=role.label if role else "",
            is_cleared=match.cleared,
            recheck_on=recheck,
            is_due=recheck is not None and recheck < today,
            is_due_soon=recheck is not None and today <= recheck <= today + RECHECK_SOON,
        )

    @property
    def is_blocked(self) -> bool:
        """Say whether both agreed to what no check lets them do."""
        alone = self.match.manner == Manner.ALONE and not self.is_cleared
        return alone and self.match.status == MatchStatus.AGREED

    @property
    def is_accompanied_for_now(self) -> bool:
        """Say whether somebody has to be at hand until a check was looked at again."""
        held = self.match.held_since is not None or not self.is_cleared
        return self.match.manner == Manner.ALONE and held and not self.match.is_over

    @property
    def manner(self) -> str:
        """Say how they come today."""
        alone = self.match.manner == Manner.ALONE and not self.is_accompanied_for_now
        return str((Manner.ALONE if alone else Manner.ACCOMPANIED).label)


def told(matches: MatchQuerySet, today: dt.date) -> MatchQuerySet:
    """Read with matches what a page tells of them, in one query."""
    rows = matches.select_related("home", "volunteer__person").with_clearance(today)
    return rows.annotate(metres=Distance("home__location", F("volunteer__location")))


def with_story(matches: MatchQuerySet) -> MatchQuerySet:
    """Read with matches what happened to them, and what is ready; in two queries."""
    steps = MatchStep.objects.select_related("by", "undone_by")
    return matches.prefetch_related(Prefetch("steps", steps), "ready_ticks")


def rows_of(matches: Iterable[Match], person: Person, today: dt.date) -> list[Row]:
    """Return matches as somebody sees them; two queries more at most, for the names."""
    found = list(matches)
    names = Names.for_person(person, [match.volunteer for match in found])
    return [Row.of(match, names, today) for match in found]


@dataclass(frozen=True)
class Line:
    """One thing that happened, in words, with its day."""

    step: MatchStep
    words: str
    is_undone: bool


def lines_of(match: Match, *, label: str, viewer: str) -> list[Line]:
    """Return what happened to a match, read by ``with_story``, as one side is told it.

    The latest first. ``viewer`` is a side. A volunteer is told which side it was, the
    others also who.
    """
    return [
        Line(step, _in_words(step, label=label, viewer=viewer), hasattr(step, "undone_by"))
        for step in match.steps.all()
    ]


def _in_words(step: MatchStep, *, label: str, viewer: str) -> str:
    if step.side == Side.RULE:
        return _BY_RULE.get(Happening(step.what), str(step.get_what_display()))
    did = _DID[Happening(step.what)]
    if step.what == Happening.PROPOSED and step.side != Side.BROKER:
        did = "asked"
    return f"{_whose(step, label=label, viewer=viewer)} {did}"


def _whose(step: MatchStep, *, label: str, viewer: str) -> str:
    if step.side == Side.VOLUNTEER:
        return "You" if viewer == Side.VOLUNTEER else label
    side = "The home" if step.side == Side.HOME else "Your lead or champion"
    if viewer == Side.VOLUNTEER:
        return side
    if step.side == Side.HOME:
        return f"{step.by.name}, for the home," if step.by else side
    return step.by.name if step.by else "The lead or champion"


def _who(match: Match, metres: float | None) -> str:
    volunteer = match.volunteer
    if volunteer.is_young:
        return "A young volunteer, with the adult who answers for them"
    return anonymous(metres, travel_m=volunteer.travel_m)
