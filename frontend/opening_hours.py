"""Opening hours in OpenStreetMap's syntax, said in words where they are simple."""

import re
from typing import Final

_DAYS: Final = {
    "Mo": "Monday",
    "Tu": "Tuesday",
    "We": "Wednesday",
    "Th": "Thursday",
    "Fr": "Friday",
    "Sa": "Saturday",
    "Su": "Sunday",
    "PH": "bank holidays",
}
_DAY: Final = "|".join(_DAYS)
_RULE: Final = re.compile(
    rf"^(?:(?P<days>(?:{_DAY})(?:[-,] ?(?:{_DAY}))*) ?)?"
    r"(?P<times>off|closed|\d\d:\d\d-\d\d:\d\d(?:, ?\d\d:\d\d-\d\d:\d\d)*)$"
)


def hours_in_words(text: str) -> list[str]:
    """Return one phrase a rule; a rule that is not simple stays as it was written."""
    if text.strip() == "24/7":
        return ["Always open"]
    return [_phrase(rule.strip()) for rule in text.split(";") if rule.strip()]


def _phrase(rule: str) -> str:
    match = _RULE.match(rule)
    if match is None:
        return rule
    days = _days(match["days"]) if match["days"] else "Every day"
    if match["times"] in ("off", "closed"):
        return f"{days}: closed"
    spans = (span.strip().split("-") for span in match["times"].split(","))
    return f"{days}, {' and '.join(f'{_clock(a)} to {_clock(b)}' for a, b in spans)}"


def _days(text: str) -> str:
    named = re.sub(_DAY, lambda match: _DAYS[match[0]], text)
    ranges = [part.strip().replace("-", " to ") for part in named.split(",")]
    words = ", ".join(ranges[:-1]) + (" and " if ranges[:-1] else "") + ranges[-1]
    return words[0].upper() + words[1:]


def _clock(text: str) -> str:
    hours, minutes = text.split(":")
    return str(int(hours)) if minutes == "00" else f"{int(hours)}.{minutes}"
