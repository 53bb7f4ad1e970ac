"""What a wave has and what it lacks, piece by piece, with the way to mend each.

For any number of waves in five queries. Of people who answered, fewer than three are told
as such outside the home: nobody's answer is to be singled out.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Min, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from fans.connections.models import Connection, LogSource, Tally
from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.ledger import TALLY_DAYS
from fans.openness.models import Assessment, RespondentGroup, Wave, WaveState

WANTED: Final = (RespondentGroup.RESIDENTS, RespondentGroup.RELATIVES, RespondentGroup.STAFF)
"""Groups without whom a picture is one-sided; the others are welcome."""

LOOK_BACK_DAYS: Final = 28
WEEKS: Final = 4

ANSWERS: Final = "answers"
MANAGER: Final = "manager"
TALLY: Final = "tally"
LOOK_BACK: Final = "look_back"
LOG: Final = "log"
LATER: Final = "waves:look_back"


@dataclass(frozen=True)
class Piece:
    """One thing that a wave is made of: what is there, and where to do it."""

    kind: str
    name: str
    words: str
    is_done: bool
    minutes: int
    url_name: str
    args: tuple[int | str, ...]
    query: str = ""

    @property
    def url(self) -> str:
        """The page on which it is done."""
        return reverse(self.url_name, args=self.args) + self.query


Missing = Piece


@dataclass(frozen=True)
class Facts:
    """What the tables say about some waves."""

    answers: Mapping[tuple[int, str], int]
    late: Mapping[tuple[int, str], int]
    tallies: Collection[tuple[int, dt.date]]
    recalled: Mapping[int, Sequence[dt.date]]
    first_log_on: Mapping[int, dt.date]


def missing_of(waves: Iterable[Wave], *, inside: bool = False) -> dict[int, list[Missing]]:
    """Return what each wave lacks, by its id; nothing for one that has not begun.

    ``inside``: for the eyes of the home's own team, who may know that two have answered.
    """
    return {
        wave: [piece for piece in pieces if not piece.is_done]
        for wave, pieces in pieces_of(waves, inside=inside).items()
    }


def pieces_of(waves: Iterable[Wave], *, inside: bool = False) -> dict[int, list[Piece]]:
    """Return what each wave is made of, by its id, done or not; nothing before it begins."""
    found = list(waves)
    prefetch_related_objects(found, "enrolment")
    today = timezone.localdate()
    begun = [wave for wave in found if wave.state_on(today) != WaveState.PLANNED]
    return pieces_from(found, facts_of(begun), inside=inside)


def pieces_from(
    waves: Iterable[Wave], facts: Facts, *, inside: bool = False
) -> dict[int, list[Piece]]:
    """Return the pieces of waves whose facts were read before. No query."""
    today = timezone.localdate()
    return {
        wave.pk: []
        if wave.state_on(today) == WaveState.PLANNED
        else _pieces(wave, facts, min(today, wave.closes_on), inside=inside)
        for wave in waves
    }


def facts_of(waves: Sequence[Wave]) -> Facts:
    """Return what the tables say. Four queries, however many waves."""
    homes = {wave.enrolment.home_id for wave in waves}
    counts = Assessment.objects.filter(wave__in=waves).order_by()
    answers: dict[bool, dict[tuple[int, str], int]] = {False: {}, True: {}}
    for wave, group, late, count in counts.values_list("wave", "group", "is_late").annotate(
        Count("pk")
    ):
        answers[late][wave, group] = count
    rows: Any = Connection.objects.standing().filter(home__in=homes).with_day().order_by()
    recalled: dict[int, list[dt.date]] = {}
    remembered = rows.filter(source=LogSource.RECALL).values_list("home", "counted_on")
    for home, day in remembered.distinct():
        recalled.setdefault(home, []).append(day)
    logged = rows.exclude(source=LogSource.RECALL).values_list("home")
    return Facts(
        answers=answers[False],
        late=answers[True],
        tallies=set(Tally.objects.filter(home__in=homes).values_list("home", "month")),
        recalled=recalled,
        first_log_on=dict(logged.annotate(Min("counted_on"))),
    )


def tally_month(as_of: dt.date) -> dt.date:
    """Return the month with most days among the 28 that end on ``as_of``."""
    return (as_of - dt.timedelta(days=TALLY_DAYS // 2 - 1)).replace(day=1)


def weeks_logged(first_log_on: dt.date | None, as_of: dt.date) -> int:
    """Return how many of the last four weeks lie wholly after the log's first day."""
    if first_log_on is None:
        return 0
    return max(0, min(WEEKS, ((as_of - first_log_on).days + 1) // 7))


def _pieces(wave: Wave, facts: Facts, as_of: dt.date, *, inside: bool) -> list[Piece]:
    log = _log(wave, facts, as_of)
    if wave.is_staying_check:
        return [log]
    return [
        _look_back(wave, facts, as_of),
        _tally(wave, facts, as_of),
        _manager(wave, facts),
        *(_answers(wave, facts, group, inside=inside) for group in WANTED),
        log,
    ]


def _answers(wave: Wave, facts: Facts, group: RespondentGroup, *, inside: bool) -> Piece:
    count = facts.answers.get((wave.pk, group.value), 0)
    is_done = count >= LEAST_RESPONDENTS
    if is_done:
        words = f"{count} answers."
    elif inside:
        words = f"{count} of {LEAST_RESPONDENTS} answers."
    else:
        words = f"Fewer than {LEAST_RESPONDENTS} answers."
    return Piece(ANSWERS, str(group.label), words, is_done, 4, "respond:codes", (wave.pk,))


def _manager(wave: Wave, facts: Facts) -> Piece:
    is_done = bool(facts.answers.get((wave.pk, RespondentGroup.MANAGER.value)))
    words = "Answered." if is_done else "Not answered yet."
    group = RespondentGroup.MANAGER
    return Piece(
        MANAGER, str(group.label), words, is_done, 5, "openness:assess", (wave.pk,),
        f"?group={group.value}",
    )  # fmt: skip


def _tally(wave: Wave, facts: Facts, as_of: dt.date) -> Piece:
    month, home = tally_month(as_of), wave.enrolment.home_id
    is_done = (home, month) in facts.tallies
    words = f"{month:%B %Y} is counted." if is_done else f"{month:%B %Y} is not counted yet."
    return Piece(
        TALLY, "The month’s tally", words, is_done, 3, "connections:tally", (home,),
        f"?month={month:%Y-%m}",
    )  # fmt: skip


def _look_back(wave: Wave, facts: Facts, as_of: dt.date) -> Piece:
    home, last = wave.enrolment.home_id, wave.look_back_until or as_of
    first = last - dt.timedelta(days=LOOK_BACK_DAYS - 1)
    is_done = any(first <= day <= last for day in facts.recalled.get(home, ()))
    words = f"From {first:%-d %B} to {last:%-d %B}, "
    words += "put down from memory." if is_done else "not put down yet."
    # At the start it is asked with whom the home knows; later, of the ties it has.
    url_name, args = ("steps:know", (home,)) if wave.month == 0 else (LATER, (wave.pk,))
    return Piece(LOOK_BACK, "The look-back", words, is_done, 6, url_name, args)


def _log(wave: Wave, facts: Facts, as_of: dt.date) -> Piece:
    home = wave.enrolment.home_id
    weeks = weeks_logged(facts.first_log_on.get(home), as_of)
    words = f"It covers {weeks} of the last {WEEKS} weeks."
    return Piece(LOG, "The log", words, weeks == WEEKS, 2, "connections:log", (home,))
