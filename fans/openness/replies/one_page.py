"""The one-page picture of a closed wave: what a home may hand to others.

Always as those outside the home's team may see it, whoever prints it: paper goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fans.disclosure import publish_count
from fans.openness.evidence import Evidence
from fans.openness.few_answers import LEAST_ELSEWHERE
from fans.openness.models import ContextEvent, Wave
from fans.openness.picture import Picture
from fans.openness.replies.said import Said, events_during, said_of
from fans.openness.reports import Overview, overview_up_to

SIGNS_SAID: Final = 2
EVENTS_SAID: Final = 2
CAUTIONS_SAID: Final = 2
NAME_LETTERS: Final = 70
LETTERS: Final = 110
"""So much of a sign's words fits on the page; the home's own view has them whole."""


@dataclass(frozen=True)
class OnePage:
    """Everything on the page, in words that fit."""

    name: str
    wave: Wave
    overview: Overview
    picture: Picture
    before: str
    numbers: tuple[tuple[str, str], ...]
    whole: str
    signs: tuple[tuple[str, str], ...]
    more_words: int
    events: tuple[ContextEvent, ...]
    cautions: tuple[str, ...]
    next: tuple[str, ...]
    answered_by: str

    @property
    def title(self) -> str:
        """The document's title."""
        return f"{self.name} and its neighbours, month {self.wave.month}"

    @property
    def days(self) -> int:
        """How many days the counts were taken from."""
        window = self.picture.instrument.window
        return window.days_for(self.picture.evidence.occupied_beds)

    @property
    def has_memory(self) -> bool:
        """Whether some wave was counted from memory."""
        return any(picture.from_memory for picture in self.overview.pictures)

    @property
    def lines_in_words(self) -> str:
        """Lived and felt by month, for whoever cannot see the lines."""
        said = []
        for each in self.overview.pictures:
            lived = _figure(each.figures.lived)
            felt = "too few answers to show" if each.keeps_back else _figure(each.felt)
            said.append(f"{each.title}: lived {lived}, felt {felt}.")
        return " ".join(said)


def one_page(wave: Wave, *, waves: Sequence[Wave]) -> OnePage:
    """Return the page of one wave, with those of ``waves`` before it beside it."""
    overview = overview_up_to(wave, waves=waves, least=LEAST_ELSEWHERE)
    picture = overview.pictures[-1]
    said = said_of(wave, with_log=False)
    signs = _signs(picture, said)
    return OnePage(
        name=_cut(wave.enrolment.home.name, NAME_LETTERS),
        wave=wave,
        overview=overview,
        picture=picture,
        before=_before(overview.pictures[:-1]),
        numbers=tuple(_numbers(picture.evidence)),
        whole=said.whole.words if said.whole else "",
        signs=signs[:SIGNS_SAID],
        more_words=len(signs[SIGNS_SAID:]),
        events=tuple(events_during(overview.waves)[-EVENTS_SAID:]),
        cautions=tuple(overview.cautions[:CAUTIONS_SAID]),
        next=tuple(_cut(f"{name}: {words}", LETTERS) for name, words in picture.moves),
        answered_by=_answered_by(picture),
    )


def _before(pictures: Sequence[Picture]) -> str:
    """Say what the level was before, wave by wave."""
    said = [f"at {each.title.lower()} “{each.level}”" for each in pictures]
    if not said:
        return ""
    together = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"{together[0].upper()}{together[1:]}."


def _numbers(evidence: Evidence) -> list[tuple[str, str]]:
    """Return the counts, of people as they may leave a home; unknown ones left out."""
    seen, beds = evidence.observed, evidence.occupied_beds
    active, two_way = seen.active_partners, seen.two_way_partners
    rows = [
        ("Neighbours came in", _times(seen.visits_in)),
        ("We went out", _times(seen.trips_out)),
        ("Got beyond the grounds", _people(seen.residents_out, beds)),
        ("Met someone from outside", _people(seen.residents_reached, beds)),
        (
            "Active ties, both sides give",
            "" if active is None else f"{active:g}, of which {two_way or 0:g}",
        ),
        (
            "Began with a resident",
            f"{seen.occurrences_from_residents:g} of {seen.occurrences_with_origin:g}"
            if seen.occurrences_with_origin and seen.occurrences_from_residents is not None
            else "",
        ),
    ]
    return [(name, words) for name, words in rows if words]


def _figure(value: float | None) -> str:
    return "not enough yet" if value is None else f"{value} of 100"


def _times(count: float | None) -> str:
    if count is None:
        return ""
    return "once" if count == 1 else f"{count:g} times"


def _people(count: float | None, beds: float | None) -> str:
    """Say a count of people: small ones not at all, others to the nearest five."""
    if count is None or not beds:
        return ""
    shown = publish_count(int(count))
    return f"fewer than 8 of {beds:g}" if shown == "*" else f"about {shown} of {beds:g}"


def _signs(picture: Picture, said: Said) -> tuple[tuple[str, str], ...]:
    return tuple(
        (picture.signs[code].name, _cut(reply.words, LETTERS))
        for code, reply in said.by_sign.items()
        if code in picture.signs and reply.words
    )


def _answered_by(picture: Picture) -> str:
    """Name the groups whose answers stand in the picture, without how many they were."""
    names = dict.fromkeys(
        group.name for sign in picture.signs.values() for group in sign.groups
    )
    return ", ".join(names).lower() or "nobody yet"


def _cut(words: str, letters: int) -> str:
    """Cut words to what fits, between two of them."""
    if len(words) <= letters:
        return words
    return words[: letters - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
