"""What a home's openness looks like over its waves, read for a page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from fans.openness.chart import NARROW, WIDE, Dumbbells, Layout, Lines, dumbbells, lines
from fans.openness.evidence import Answers, Evidence, parse_evidence
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
from fans.openness.picture import TOO_FEW, Picture, SideShown, one_place, picture
from fans.openness.score import score
from fans.openness.strict_json import Node
from homes.models import Home

NOT_SHOWN = "not shown"
"""Said beside a row of the chart, where there is no room for the reason."""


@dataclass(frozen=True)
class SideOverWaves:
    """One side's value in each picture, in words."""

    id: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """A home's pictures, oldest first; ``current`` is the one that is looked at."""

    home: Home
    pictures: tuple[Picture, ...]
    current: Picture
    waves: tuple[Wave, ...]

    @property
    def open_wave(self) -> Wave | None:
        """The wave that is open today, if one is."""
        today = timezone.localdate()
        return next((wave for wave in self.waves if wave.is_open_on(today)), None)

    @property
    def current_wave(self) -> Wave | None:
        """The wave that is looked at; None for a home as it stands today."""
        return next((w for w in self.waves if w.month == self.current.month), None)

    @property
    def has_waves(self) -> bool:
        """Whether the home has been measured, or is only looked at as it stands today."""
        return self.current.month is not None

    @cached_property
    def sides(self) -> list[SideOverWaves]:
        """Return the table of the chart."""
        return [
            SideOverWaves(side.id, side.name, tuple(p.sides[n].words for p in self.pictures))
            for n, side in enumerate(self.current.sides)
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
    def lines(self) -> Lines | None:
        """Return lived and felt over the waves, once there are two."""
        if len(self.pictures) < 2:
            return None
        return lines(
            {p.month: p.score.lived for p in self.pictures},
            {p.month: p.felt for p in self.pictures},
        )

    @property
    def months(self) -> str:
        """The months that the chart shows, in words."""
        names = [str(p.month) for p in self.pictures if p.month is not None]
        if len(names) > 1:
            return f"months {', '.join(names[:-1])} and {names[-1]}"
        return f"month {names[0]}" if names else "today"

    def _dumbbells(self, layout: Layout) -> Dumbbells:
        rows = [
            (
                side.name,
                {p.month: p.sides[n].value for p in self.pictures},
                _change([p.sides[n] for p in self.pictures]),
            )
            for n, side in enumerate(self.current.sides)
        ]
        return dumbbells(rows, layout)


def overview_of(home: Home, *, month: int | None = None) -> Overview:
    """Return a home's openness over the waves of its latest enrolment that have begun.

    ``month`` picks the wave to look at, the latest one unless told or not there. A home
    without such a wave is shown as it stands today. Three queries, and one for each wave
    that is not scored as it stands now: usually the open one.
    """
    today = timezone.localdate()
    waves = _begun_waves(home, today)
    pictures = _pictures(home, waves, today) if waves else (_as_today(home),)
    looked_at = [p for p in pictures if p.month == month]
    return Overview(
        home=home,
        pictures=pictures,
        current=looked_at[0] if looked_at else pictures[-1],
        waves=tuple(waves),
    )


def _begun_waves(home: Home, today: dt.date) -> list[Wave]:
    """Return the waves of the latest enrolment that has any, each with its score. One query."""
    waves = Wave.objects.filter(enrolment__home=home, opens_on__lte=today)
    latest = waves.order_by("-enrolment__starts_on", "-enrolment_id").values("enrolment")[:1]
    found = waves.filter(enrolment=latest).order_by("month")
    return list(found.select_related("enrolment__home", "instrument", "score"))


def _pictures(home: Home, waves: Sequence[Wave], today: dt.date) -> tuple[Picture, ...]:
    """Show closed waves as they were scored; open ones, or not scored yet, as they are now."""
    stands = evidence_for(home)
    as_they_are = [wave for wave in waves if not _is_settled(wave, today)]
    answers = answers_of(as_they_are) if as_they_are else {}
    return tuple(_picture(wave, stands, answers, today) for wave in waves)


def _is_settled(wave: Wave, today: dt.date) -> bool:
    """Say whether a wave is over and was scored on its day or after it."""
    row: Score | None = getattr(wave, "score", None)
    return row is not None and not wave.is_open_on(today) and row.as_of >= day_of(wave)


def _picture(
    wave: Wave, stands: Evidence, answers: Mapping[int, Answers], today: dt.date
) -> Picture:
    instrument = instrument_of(wave.instrument)
    if _is_settled(wave, today):
        as_of = wave.score.as_of
        evidence = parse_evidence(Node(wave.score.evidence), {instrument.version: instrument})
    else:
        as_of = day_of(wave)
        evidence = evidence_with(wave, answers.get(wave.pk, {}))
    return picture(
        instrument,
        evidence,
        score(instrument, evidence),
        as_of=as_of,
        month=wave.month,
        today=stands,
    )


def _as_today(home: Home) -> Picture:
    instrument = published()[WITHOUT_WAVE]
    evidence = evidence_for(home)
    found = score(instrument, evidence)
    return picture(instrument, evidence, found, as_of=timezone.localdate())


def _change(sides: Sequence[SideShown]) -> str:
    known = [side.words for side in sides if side.value is not None]
    if not known:
        return NOT_SHOWN if any(side.words == TOO_FEW for side in sides) else one_place(None)
    return known[0] if len(known) == 1 else f"{known[0]} → {known[-1]}"
