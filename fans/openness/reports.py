"""What a home's openness looks like over its waves, read for a page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from fans.openness.batches import so_far
from fans.openness.chart import (
    NARROW,
    STRIP,
    WIDE,
    Compares,
    Dumbbells,
    Layout,
    Lines,
    Side,
    dumbbells,
    lines,
)
from fans.openness.comparing import cautions, counts_compare, sides_compare
from fans.openness.evidence import Answers, Evidence, parse_evidence
from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.from_log import (
    WITHOUT_WAVE,
    answers_of,
    day_of,
    evidence_for,
    evidence_with,
    instrument_of,
)
from fans.openness.instrument_file import published
from fans.openness.models import Score, Wave
from fans.openness.picture import (
    TOO_FEW,
    Picture,
    SideShown,
    one_place,
    picture,
    with_answers_before,
)
from fans.openness.replies.seeing import is_own_team, least_respondents, visible_waves
from fans.openness.respond.models import UNDO_WINDOW
from fans.openness.score import score
from fans.openness.strict_json import Node
from fans.people.models import Person
from homes.models import Home

Viewer = Person | AnonymousUser

NOT_SHOWN = "not shown"
"""Said beside a row of the chart, where there is no room for the reason."""

NOT_ASKED = "not asked then"


@dataclass(frozen=True)
class SideOverWaves:
    """One side's value in each picture, in words."""

    id: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Strip:
    """One side in a table: its values in words, and its marks as a picture."""

    side: SideOverWaves
    chart: Dumbbells


@dataclass(frozen=True)
class Overview:
    """A home's pictures, oldest first, as somebody may see them.

    ``current`` is the one that is looked at; None where this person may see none yet.
    ``waves`` are all that have begun, also those whose picture this person may not see.
    """

    home: Home
    pictures: tuple[Picture, ...]
    current: Picture | None
    waves: tuple[Wave, ...]
    least: int = LEAST_RESPONDENTS

    @property
    def open_wave(self) -> Wave | None:
        """The wave that is open today, if one is."""
        today = timezone.localdate()
        return next((wave for wave in self.waves if wave.is_open_on(today)), None)

    @property
    def current_wave(self) -> Wave | None:
        """The wave that is looked at; None for a home as it stands today."""
        month = self.current.month if self.current else None
        return next((w for w in self.waves if w.month == month), None)

    @property
    def not_yet_seen(self) -> list[Wave]:
        """The waves that have begun and whose figures this person may not see, or not yet."""
        shown = {picture.month for picture in self.pictures}
        return [wave for wave in self.waves if wave.month not in shown]

    @property
    def has_waves(self) -> bool:
        """Whether the home has been measured, or is only looked at as it stands today."""
        return self.current is not None and self.current.month is not None

    @cached_property
    def cautions(self) -> list[str]:
        """Say which waves were counted in different ways, so that they do not compare."""
        return cautions(self.pictures)

    @cached_property
    def sides(self) -> list[SideOverWaves]:
        """Return the table of the chart; an instrument may lack a side of another's."""
        return [
            SideOverWaves(
                side.id,
                side.name,
                tuple(_words(p.sides_by_id.get(side.id)) for p in self.pictures),
            )
            for side in (self.current.sides if self.current else ())
        ]

    @cached_property
    def wide(self) -> Dumbbells:
        """Return the chart for wide screens."""
        return self._dumbbells(WIDE)

    @cached_property
    def narrow(self) -> Dumbbells:
        """Return the chart for phones."""
        return self._dumbbells(NARROW)

    @cached_property
    def strips(self) -> list[Strip]:
        """Return the chart as rows of a table: each side's values, and its marks alone."""
        return [Strip(side, dumbbells([self._side(side)], STRIP)) for side in self.sides]

    @cached_property
    def lines(self) -> Lines | None:
        """Return lived and felt over the waves, once there are two."""
        if len(self.pictures) < 2:
            return None
        by_month = {p.month: p for p in self.pictures}
        return lines(
            {p.month: p.figures.lived for p in self.pictures},
            {p.month: p.felt for p in self.pictures},
            lambda one, other: counts_compare(by_month[one], by_month[other]),
        )

    @property
    def months(self) -> str:
        """The months that the chart shows, in words."""
        names = [str(p.month) for p in self.pictures if p.month is not None]
        if len(names) > 1:
            return f"months {', '.join(names[:-1])} and {names[-1]}"
        return f"month {names[0]}" if names else "today"

    def _dumbbells(self, layout: Layout) -> Dumbbells:
        return dumbbells([self._side(side) for side in self.sides], layout)

    def _side(self, side: SideOverWaves) -> Side:
        by_month = {picture.month: picture for picture in self.pictures}
        asked = {month: picture.sides_by_id.get(side.id) for month, picture in by_month.items()}
        found = {month: each for month, each in asked.items() if each is not None}

        def compares(one: int | None, other: int | None) -> bool:
            return sides_compare(by_month[one], by_month[other], found[other])

        return Side(
            name=side.name,
            values={month: each.value for month, each in found.items()},
            change=_change(found, compares),
            compares=compares,
        )


def overview_of(home: Home, *, person: Viewer, month: int | None = None) -> Overview:
    """Return a home's openness over the waves of its latest enrolment that have begun.

    Only what ``person`` may see: the home's own team sees every wave, an open one as it
    moves, its answers three and more at a time; a home without waves is shown to it as it
    stands today. Others see closed waves, as ``replies.seeing`` says. ``month`` picks the
    wave to look at, the latest one unless told or not there. Three queries for the team,
    one for each wave that is not scored as it stands now, usually the open one, and at
    most five for others.
    """
    today = timezone.localdate()
    waves = _begun_waves(home, today)
    least = least_respondents(person, home)
    if is_own_team(person, home):
        seen = waves
        pictures = _pictures(home, seen, least) if waves else (_as_today(home),)
    else:
        seen = visible_waves(person, waves)
        pictures = _pictures(home, seen, least) if seen else ()
    pictures = with_answers_before(pictures)
    looked_at = [p for p in pictures if p.month == month] or list(pictures[-1:])
    return Overview(
        home=home,
        pictures=pictures,
        current=looked_at[0] if looked_at else None,
        waves=tuple(waves),
        least=least,
    )


def overview_up_to(wave: Wave, *, waves: Sequence[Wave], least: int) -> Overview:
    """Return one closed wave's picture with those of ``waves`` before it, for a reader.

    Who may see which wave is for the caller to ask; ``least`` is for how many people a
    group is shown to this reader.
    """
    home = wave.enrolment.home
    earlier = [each for each in waves if each.month <= wave.month]
    pictures = with_answers_before(_pictures(home, earlier, least))
    return Overview(home, pictures, pictures[-1], tuple(earlier), least)


def _begun_waves(home: Home, today: dt.date) -> list[Wave]:
    """Return the waves of the latest enrolment that has any, each with its score. One query."""
    waves = Wave.objects.filter(enrolment__home=home, opens_on__lte=today)
    latest = waves.order_by("-enrolment__starts_on", "-enrolment_id").values("enrolment")[:1]
    found = waves.filter(enrolment=latest).order_by("month")
    return list(found.select_related("enrolment__home", "instrument", "score"))


def _pictures(home: Home, waves: Sequence[Wave], least: int) -> tuple[Picture, ...]:
    """Show closed waves as they were scored; open ones, or not scored yet, as they are now."""
    stands = evidence_for(home)
    as_they_are = [wave for wave in waves if not _is_settled(wave)]
    # A sheet that can still be taken back would tell, with others beside it, what these say.
    until = timezone.now() - UNDO_WINDOW
    answers = answers_of(as_they_are, until=until) if as_they_are else {}
    return tuple(_picture(wave, stands, answers, least) for wave in waves)


def _is_settled(wave: Wave) -> bool:
    """Say whether a wave is over and was scored on its day or after it."""
    row: Score | None = getattr(wave, "score", None)
    is_over = not wave.still_moves(timezone.now())
    return row is not None and is_over and row.as_of >= day_of(wave)


def _picture(
    wave: Wave,
    stands: Evidence,
    answers: Mapping[int, Answers],
    least: int,
) -> Picture:
    instrument = instrument_of(wave.instrument)
    is_open = wave.still_moves(timezone.now())
    if _is_settled(wave):
        as_of = wave.score.as_of
        evidence = parse_evidence(Node(wave.score.evidence), {instrument.version: instrument})
    else:
        as_of = day_of(wave)
        given = answers.get(wave.pk, {})
        evidence = evidence_with(wave, so_far(instrument, given) if is_open else given)
    return picture(
        instrument,
        evidence,
        score(instrument, evidence),
        as_of=as_of,
        month=wave.month,
        today=stands,
        least=least,
        is_open=is_open,
    )


def _as_today(home: Home) -> Picture:
    instrument = published()[WITHOUT_WAVE]
    evidence = evidence_for(home)
    found = score(instrument, evidence)
    return picture(instrument, evidence, found, as_of=timezone.localdate())


def _words(side: SideShown | None) -> str:
    return NOT_ASKED if side is None else side.words


def _change(sides: Mapping[int | None, SideShown], compares: Compares) -> str:
    """Say a side's first and last value: with an arrow where the two compare."""
    known = [(month, side.words) for month, side in sides.items() if side.value is not None]
    if not known:
        is_kept = any(side.words == TOO_FEW for side in sides.values())
        return NOT_SHOWN if is_kept else one_place(None)
    (first, then), (last, now) = known[0], known[-1]
    if first == last:
        return now
    return f"{then} → {now}" if compares(first, last) else f"{then} | {now}"
