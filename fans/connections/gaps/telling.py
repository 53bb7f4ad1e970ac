"""The reasons of a suggestion, in words. Pure."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from assets.checking.ages import since_words
from fans.connections.gaps.ways import NEAR_M, Way, by_minibus, walkable
from geo.wording import distance_words

_SMALL: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")

_WHEELCHAIR: Final = {
    "yes": "wheelchairs get in",
    "limited": "wheelchairs get in partly",
    "no": "no way in for a wheelchair",
}
_STEP_FREE: Final = {"yes": "step-free", "no": "steps at the door"}


def interest_words(met: Sequence[str], wished: int) -> str:
    """Say which of the wished themes it meets."""
    if not wished:
        return "no wish is open to go by"
    if not met:
        return "no open wish names it"
    return f"{len(met)} of {wished} wished themes: {joined(met)}"


def reach_words(way: Way, *, has_minibus: bool) -> str:
    """Say how far it is, and how one gets there; whether that is measured is said once."""
    far = "" if way.walk_m is None else distance_words(way.walk_m)
    if walkable(way):
        near = way.walk_m is not None and way.walk_m <= NEAR_M
        return f"{far} away, {'near by on foot or wheels' if near else 'a walk or wheel'}"
    if by_minibus(way, has_minibus=has_minibus) and way.ride_min is not None:
        return ", ".join(filter(None, [far, f"{max(1, round(way.ride_min))} min by minibus"]))
    if not far and way.ride_min is None:
        return "no way there was found"
    beyond = "further than 15 min by minibus" if has_minibus else "further than a walk"
    return f"{far} away, {beyond}" if far else beyond


def novelty_words(kind: str, partners: int) -> str:
    """Say whether the home knows one of its kind."""
    if not partners:
        return f"the first of its kind for you: {kind[:1].lower()}{kind[1:]}"
    return f"you have {_SMALL[partners].lower() if partners < 10 else partners} of its kind"


def capacity_words(could_give: str, would_love: str, hours: str) -> str:
    """Say what it says of room, days and helpers."""
    if could_give:
        return f"could give: {could_give}"
    if would_love:
        return f"would love: {would_love}"
    return f"open {hours}; room not said" if hours else "not said: worth asking"


def closed_words(until: dt.date | None) -> str:
    """Say that it is closed for now."""
    return f"closed until {until.day} {until:%B}" if until else "closed for now"


def access_words(wheelchair: str, step_free: str) -> str:
    """Say how one gets in."""
    said = [_STEP_FREE.get(step_free, ""), _WHEELCHAIR.get(wheelchair, "")]
    return ", ".join(filter(None, said)) or "the way in is not said"


def seen(words: str, day: dt.date | None, today: dt.date) -> str:
    """Add when somebody last looked."""
    return f"{words}, seen {since_words(day, today)}" if day else f"{words}, nobody has looked"


def lead(
    themes: Sequence[tuple[str, int]],
    way: str,
    access: str,
    checked_on: dt.date | None,
    today: dt.date,
) -> str:
    """Return the sentence that comes first: wishes, way, entrance, last check."""
    wishes = [f"{_times(count)} {label[:1].lower()}{label[1:]}" for label, count in themes[:2]]
    checked = f"checked {since_words(checked_on, today)}" if checked_on else "not checked yet"
    said = ", ".join([way, access, checked])
    if not wishes:
        return f"{said[:1].upper()}{said[1:]}."
    return f"{_upper(joined(wishes))}: {said}."


def _times(count: int) -> str:
    number = _SMALL[count].lower() if count < len(_SMALL) else str(count)
    return f"{number} wish{'' if count == 1 else 'es'} for"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def joined(words: Sequence[str]) -> str:
    """Join with commas and an "and"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
