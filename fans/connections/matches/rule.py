"""The open rule by which a volunteer and a home fit: pure, no Django, no records.

``match = 0.40 interest + 0.20 reach + 0.15 need + 0.15 times + 0.10 role``, after the rule
for places. What is not in ``VolunteerFacts`` cannot count: nobody's age, origin, faith or
health, nor whether they come alone or with a group. A language or prayer counts where an
open wish of the home itself names it, and else not at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from fans.connections.fitting import Fit, Part

WEIGHTS: Final = {"interest": 0.40, "reach": 0.20, "need": 0.15, "times": 0.15, "role": 0.10}
LABELS: Final = {
    "interest": "What they enjoy",
    "reach": "Getting there",
    "need": "Who comes already",
    "times": "When",
    "role": "What they would do",
}

ONLY_IF_WISHED: Final = frozenset({"prayer"})
"""Interests that tell of somebody's faith."""

ENOUGH_WISHES: Final = 3
"""Meeting so many wishes is all that can be asked for."""

NEUTRAL: Final = 0.4
"""Where nothing is known, nobody is starved and nobody favoured."""

A_SHORT_WALK_M: Final = 1_200
MOST_TIMES: Final = 3
FROM_AFAR: Final = 0.5
LONGEST_TRAVEL_M: Final = 16_093


@dataclass(frozen=True, slots=True)
class Wished:
    """One theme of a home's open wishes."""

    label: str
    interests: frozenset[str]  # slugs that share it
    count: int  # open wishes with it


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What is known of a home: nothing about anybody who lives there."""

    wished: tuple[Wished, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)  # named by an open wish
    volunteers_count: int = 0  # who come already
    shared: frozenset[str] = frozenset()  # what those who come already enjoy
    busy_days: frozenset[str] = frozenset()  # on which something happened lately: tue


@dataclass(frozen=True, slots=True)
class VolunteerFacts:
    """What a volunteer said, and their rough distance."""

    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    travel_m: int = 0  # 0: only online or by letter
    distance_m: float | None = None  # from the middle of a rough area; None without one
    role_label: str = ""
    is_cleared: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What things are called."""

    interests: Mapping[str, str]
    times: Mapping[str, str]


def fit(home: HomeFacts, volunteer: VolunteerFacts, words: Words) -> Fit:
    """Return how well they fit, part by part, each with its reason in words."""
    interest = _interest(home, volunteer, words)
    parts = (
        interest,
        _reach(volunteer),
        _need(home, volunteer, words),
        _times(home, volunteer, words),
        _role(volunteer),
    )
    return Fit(parts, lead=f"{interest.words}, {parts[1].words}")


def _part(name: str, value: float, words: str) -> Part:
    return Part(name, LABELS[name], value, WEIGHTS[name], words)


def _interest(home: HomeFacts, volunteer: VolunteerFacts, words: Words) -> Part:
    enjoys = frozenset(volunteer.interests)
    met = [theme for theme in home.wished if theme.interests & enjoys]
    spoken = [home.languages[code] for code in volunteer.languages if code in home.languages]
    count = sum(theme.count for theme in met) + len(spoken)
    if count:
        asked = sum(theme.count for theme in home.wished) + len(home.languages)
        themes = [theme.label for theme in met] + [f"speaking {name}" for name in spoken]
        return _part("interest", min(1.0, count / min(asked, ENOUGH_WISHES)), _wished(themes))
    said = [
        words.interests[slug]
        for slug in volunteer.interests
        if slug in words.interests and slug not in ONLY_IF_WISHED
    ]
    likes = f"They enjoy {_and(_low(said))}" if said else "They have not said what they enjoy"
    if not home.wished and not home.languages:
        return _part("interest", NEUTRAL, f"{likes}; no wish is pegged up")
    return _part("interest", 0.2 if said else 0.1, f"{likes}; no open wish is about it")


def _wished(themes: list[str]) -> str:
    return f"Somebody here wishes for it: {_and(_low(themes))}"


def _reach(volunteer: VolunteerFacts) -> Part:
    if not volunteer.travel_m:
        return _part("reach", FROM_AFAR, "writes or calls, and does not travel")
    if volunteer.distance_m is None:
        return _part("reach", NEUTRAL, "where they live is too small an area to tell")
    metres = volunteer.distance_m
    words = rough_distance(metres)
    if metres <= A_SHORT_WALK_M:
        return _part("reach", 1.0, words)
    # From 1 at a short walk down to 0.3 at 10 miles, whatever way somebody would go at most:
    # they themselves say how far, and whoever would come from further is not held lower.
    beyond = min(1.0, (metres - A_SHORT_WALK_M) / (LONGEST_TRAVEL_M - A_SHORT_WALK_M))
    return _part("reach", 1.0 - 0.7 * beyond, words)


def rough_distance(metres: float) -> str:
    """Say a distance as roughly as it is known: from the middle of a postcode area."""
    km = round(metres / 1_000)
    return f"about {km} km away" if km else "less than 1 km away"


def _need(home: HomeFacts, volunteer: VolunteerFacts, words: Words) -> Part:
    if not home.volunteers_count:
        return _part("need", 1.0, "no volunteer comes here yet")
    comes = (
        "1 volunteer comes"
        if home.volunteers_count == 1
        else (f"{home.volunteers_count} volunteers come")
    )
    new = [
        words.interests[slug]
        for slug in volunteer.interests
        if slug in words.interests and slug not in home.shared | ONLY_IF_WISHED
    ]
    if new:
        return _part("need", 0.6, f"{comes} already; none of them for {_or(_low(new))}")
    return _part("need", 0.3, f"{comes} already")


def _times(home: HomeFacts, volunteer: VolunteerFacts, words: Words) -> Part:
    free = [slug for slug in volunteer.times if slug in words.times]
    if not free:
        return _part("times", NEUTRAL, "they have not said when they can")
    named = _and([words.times[slug] for slug in free[:MOST_TIMES]])
    more = " and at other times" if len(free) > MOST_TIMES else ""
    new = [slug for slug in free if slug.split("-")[0] not in home.busy_days]
    if home.busy_days and new:
        day = _and([words.times[slug] for slug in new[:MOST_TIMES]])
        return _part("times", 1.0, f"free on {day}, when little has happened here lately")
    return _part("times", 0.7, f"free on {named}{more}")


def _role(volunteer: VolunteerFacts) -> Part:
    role = volunteer.role_label or "No role is chosen"
    if volunteer.is_cleared:
        return _part("role", 1.0, f"{role}: cleared for it")
    return _part("role", 0.4, f"{role}: always with somebody at hand until they are cleared")


def _low(labels: Iterable[str]) -> list[str]:
    return [label if label[:2].isupper() else label[:1].lower() + label[1:] for label in labels]


def _and(words: list[str]) -> str:
    return _joined(words, "and")


def _or(words: list[str]) -> str:
    return _joined(words, "or")


def _joined(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
